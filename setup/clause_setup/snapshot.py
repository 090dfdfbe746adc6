"""The rows that were in a database at a moment, to compare with what they became."""

from .databases import Databases

# Tables, and what tells apart the rows that were there before.
TABLES = {
    "account_analytic_account": "id",
    "account_analytic_line": "id",
    "calendar_event": "id",
    "hr_employee": "id",
    "product_template": "id",
    "project_project": "id",
    "project_task": "id",
    "purchase_order": "id",
    "purchase_order_line": "id",
    "purchase_requisition": "id",
    "res_company": "id",
    "res_groups_users_rel": "gid",  # a group that was there keeps its members
    "res_partner": "id",
    "res_users": "id",
}
# Odoo renews these of its own administrators when it puts them in a group or takes it away.
STAMPS = dict.fromkeys(("res_partner", "res_users"), {"write_date", "write_uid"})


class Snapshot:
    """The rows of a moment, as text; ``differences`` compares them with today's."""

    def __init__(self, databases: Databases, database: str) -> None:
        self.databases, self.database = databases, database
        self.columns = {table: self._columns(table) for table in TABLES}
        self.newest = {table: self._newest(table) for table in TABLES}
        self.rows = {table: self._read(table) for table in TABLES}

    def _columns(self, table: str) -> list[str]:
        query = f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' ORDER BY 1"
        return [name for name in self.databases.sql(query, self.database).split() if name not in STAMPS.get(table, ())]

    def _newest(self, table: str) -> str:
        source = "res_groups" if table == "res_groups_users_rel" else table
        return self.databases.sql(f"SELECT max(id) FROM {source}", self.database)

    def _read(self, table: str) -> list[list[str]]:
        columns = ", ".join(f'"{name}"' for name in self.columns[table])
        order = "gid, uid" if table == "res_groups_users_rel" else "id"
        query = f"SELECT {columns} FROM {table} WHERE {TABLES[table]} <= {self.newest[table]} ORDER BY {order}"
        lines = self.databases.sql(f"COPY ({query}) TO STDOUT", self.database).split("\n")
        return [line.split("\t") for line in lines if line]

    def differences(self) -> set[str]:
        """Lines like ``purchase_order 3, name: P00001 -> P00002``."""
        found = set()
        for table in TABLES:
            before, today = self.rows[table], self._read(table)
            if len(before) != len(today):
                found.add(f"{table}: {len(before)} rows -> {len(today)}")
            for old, new in zip(before, today, strict=False):
                cells = list(zip(self.columns[table], old, new, strict=True))
                row = f"{table} {dict(zip(self.columns[table], old, strict=True)).get('id', '')}"
                found.update(f"{row}, {name}: {a} -> {b}" for name, a, b in cells if a != b)
        return found
