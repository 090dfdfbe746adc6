"""Installing, updating and uninstalling both addons leaves a Region's own rows alone.

The database has purchases and timesheets of its own beforehand. They are compared
as PostgreSQL writes them, column by column, after every step.
"""

import os
import sys
from pathlib import Path

import pytest
from clause_setup.databases import Databases
from clause_setup.log_check import unexpected
from clause_setup.paths import ADDONS
from clause_setup.terminal import run

DATABASE = f"scratch_{os.getpid()}_install"
FILL = (Path(__file__).parent / "data" / "region.py").read_text()
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
# A meeting with the relays is an event of the calendar: it stays there.
MEETING = """
env["clause.insertion.meeting"].create(
    {"name": "Own meeting", "start": "2026-03-02 09:00:00", "stop": "2026-03-02 10:00:00"}
)
env.cr.commit()
"""
# Odoo renews these of its own administrators when it puts them in a group or takes it away.
STAMPS = dict.fromkeys(("res_partner", "res_users"), {"write_date", "write_uid"})


class Snapshot:
    """The rows of a moment, as text; ``differences`` compares them with today's."""

    def __init__(self, databases: Databases) -> None:
        self.databases = databases
        self.columns = {table: self._columns(table) for table in TABLES}
        self.newest = {table: self._newest(table) for table in TABLES}
        self.rows = {table: self._read(table) for table in TABLES}

    def _columns(self, table: str) -> list[str]:
        query = f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' ORDER BY 1"
        return [name for name in self.databases.sql(query, DATABASE).split() if name not in STAMPS.get(table, ())]

    def _newest(self, table: str) -> str:
        source = "res_groups" if table == "res_groups_users_rel" else table
        return self.databases.sql(f"SELECT max(id) FROM {source}", DATABASE)

    def _read(self, table: str) -> list[list[str]]:
        columns = ", ".join(f'"{name}"' for name in self.columns[table])
        order = "gid, uid" if table == "res_groups_users_rel" else "id"
        query = f"SELECT {columns} FROM {table} WHERE {TABLES[table]} <= {self.newest[table]} ORDER BY {order}"
        lines = self.databases.sql(f"COPY ({query}) TO STDOUT", DATABASE).split("\n")
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


def odoo(*arguments: str, stdin: str | None = None) -> str:
    """Run Odoo to its end; return what it warned of."""
    done = run([sys.executable, "-m", "odoo", *arguments], stdin=stdin, cwd="/")
    return unexpected(done.stdout + done.stderr)


def modules(action: str) -> str:
    names = ",".join(ADDONS)
    return odoo("-d", DATABASE, action, names, "--stop-after-init", "--no-http")


@pytest.fixture(scope="module")
def databases():
    found = Databases({})
    found.copy(os.environ["CLAUSE_INSERTION_DEPENDENCIES"], DATABASE)
    odoo("shell", "-d", DATABASE, "--no-http", stdin=FILL)
    yield found
    found.drop(DATABASE)


def states(databases: Databases) -> set[str]:
    query = f"SELECT DISTINCT state FROM ir_module_module WHERE name IN {ADDONS}"
    return set(databases.sql(query, DATABASE).split())


def leftovers(databases: Databases) -> str:
    query = "SELECT model FROM ir_model WHERE model LIKE 'clause.insertion%'"
    return databases.sql(query, DATABASE)


def test_install_update_uninstall_and_again(databases):
    before = Snapshot(databases)
    assert all(before.rows.values()), "every table needs rows for this to show anything"

    assert modules("-i") == ""
    assert (states(databases), before.differences()) == ({"installed"}, set())

    assert modules("-u") == ""
    assert (states(databases), before.differences()) == ({"installed"}, set())

    odoo("shell", "-d", DATABASE, "--no-http", stdin=MEETING)
    odoo("module", "uninstall", "-d", DATABASE, *reversed(ADDONS))
    assert (states(databases), before.differences()) == ({"uninstalled"}, set())
    assert leftovers(databases) == ""
    meeting = "SELECT count(*), count(res_model), count(res_id) FROM calendar_event WHERE name = 'Own meeting'"
    assert databases.sql(meeting, DATABASE) == "1|0|0"

    assert modules("-i") == ""
    assert (states(databases), before.differences()) == ({"installed"}, set())
