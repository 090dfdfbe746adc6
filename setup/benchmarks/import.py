"""Bringing hours in: our import, Odoo's load() and COPY, on the same rows, in one run.

The scenario is one Region over five years: 500 clauses, 1,500 people, one row for each person and month.
Our import is measured whole: reading and checking the file, making the declarations, writing the hours.
load() is told clauses and people by their references, as the file does, and the rest by ids: once it makes the
declarations too, as our import does, once they are given to it for nothing. COPY, of the hours alone, is the
physical limit.
"""

import base64
import gc
import io
import time
from collections import namedtuple
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from dateutil.relativedelta import relativedelta

CLAUSES, PEOPLE, MONTHS_OF_WORK = 500, 1500, 7
ROWS, ROUNDS = 10_000, 3
PARTS = 5  # each month's row cut into that many days: 50,000 rows, to see that the memory stays flat
HEADER = "titulaire;clause;participant;mois;jour;heures;nature;validé le"

Row = namedtuple("Row", "clause person month")
Measure = namedtuple("Measure", "name rows seconds processor megabytes")


def main(env) -> None:
    env = env(context={**env.context, "tracking_disable": True, "mail_create_nolog": True, "lang": "en_US"})
    rows = scenario(env)
    each_way(env, rows[: ROWS // 20])  # the first use of anything is slower
    rounds = [each_way(env, rows) for _round in range(ROUNDS)]
    measures = [middle(measures) for measures in zip(*rounds, strict=True)]
    with undone(env):
        daily, _record = our_import(env, "this import, by day", daily_file(rows))
    show(*measures, daily)


def each_way(env, rows: list) -> tuple:
    """The three ways one after the other, since the machine's other work comes and goes."""
    with undone(env):
        ours, record = our_import(env, "this import", monthly_file(rows))
        whole, alone = load(env, record)
        copied = copy(env, *dump(env, record))
    return ours, whole, alone, copied


def middle(measures: tuple):
    """The median in seconds."""
    return sorted(measures, key=lambda measure: measure.seconds)[len(measures) // 2]


# -- the Region ------------------------------------------------------------------------------------


def scenario(env) -> list[Row]:
    """Clauses, people and work contracts, and the person-months that they give."""
    begin = date(2021, 1, 1)
    relay = env["res.partner"].create({"name": "Relais (fictif)", "is_company": True, "is_insertion_facilitator": True})
    contractors = env["res.partner"].create(
        [{"name": f"Entreprise {number} (fictive)", "is_company": True} for number in range(CLAUSES // 5)]
    )
    clauses = new_clauses(env, contractors, relay, begin)
    people = env["clause.insertion.participant"].create([{"facilitator_id": relay.id} for _number in range(PEOPLE)])
    rows, contracts = [], []
    for number, person in enumerate(people):
        clause = clauses[number % CLAUSES]
        hired = begin + relativedelta(months=(number % CLAUSES) % 48 + (number // CLAUSES) * 2)
        contracts.append({"participant_id": person.id, "clause_ids": clause.ids, "date_start": hired})
        for month in range(MONTHS_OF_WORK):
            rows.append(Row(clause, person, hired + relativedelta(months=month)))
    env["clause.insertion.employment"].create(contracts)
    env.flush_all()
    env.cr.execute("ANALYZE")
    return rows[:ROWS]


def new_clauses(env, contractors, relay, begin):
    orders = env["purchase.order"].create(
        [{"partner_id": contractors[number % len(contractors)].id} for number in range(CLAUSES)]
    )
    clauses = env["clause.insertion"].create(
        [
            {
                "purchase_order_id": order.id,
                "facilitator_id": relay.id,
                "date_start": begin,
                "amount_untaxed": 1_000_000,
                "labour_share": 0.5,
                "insertion_rate": 0.05,
                "hourly_cost": 30,
            }
            for order in orders
        ]
    )
    orders.button_confirm()
    return clauses


def monthly_file(rows: list[Row]) -> str:
    return text(
        (row, row.month.strftime("%m/%Y"), "", "151,67", row.month + relativedelta(months=1, days=9)) for row in rows
    )


def daily_file(rows: list[Row]) -> str:
    return text(
        (row, "", (row.month + timedelta(days=part)).strftime("%d/%m/%Y"), "7h30", row.month + relativedelta(months=1))
        for row in rows
        for part in range(PARTS)
    )


def text(cells) -> str:
    lines = (
        f"{row.clause.partner_id.name};{row.clause.name};{row.person.name};{month};{day};{hours};travail;{validated}"
        for row, month, day, hours, validated in cells
    )
    return "\n".join((HEADER, *lines))


# -- the three ways --------------------------------------------------------------------------------


def our_import(env, name: str, content: str):
    record = env["clause.insertion.import"].create(
        {"kind": "taken_over", "filename": "heures.csv", "file": base64.b64encode(content.encode())}
    )
    rows = content.count("\n")
    del content
    env.flush_all()
    env.invalidate_all()
    with measured(name, rows) as measure:
        record._check_not_started()
        record._run()
        env.flush_all()
    if record.state != "done" or record.line_count != rows:
        raise SystemExit(record.error_ids[:5].mapped("problem"))
    return measure.result, record


def dump(env, record) -> tuple[str, list[str]]:
    """The lines that our import wrote, in every column but the id."""
    env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'account_analytic_line'")
    columns = sorted(name for (name,) in env.cr.fetchall() if name != "id")
    texts = io.StringIO()
    query = f"SELECT {', '.join(columns)} FROM account_analytic_line WHERE insertion_import_id = {record.id}"
    env.cr.copy_expert(f"COPY ({query}) TO STDOUT", texts)
    return texts.getvalue(), columns


def copy(env, texts: str, columns: list[str]) -> Measure:
    with measured("COPY", texts.count("\n")) as measure:
        env.cr.copy_expert(f"COPY account_analytic_line ({', '.join(columns)}) FROM STDIN", io.StringIO(texts))
    return measure.result


# What SQL reads: how load() is told it.
DECLARATION = {
    "id": ".id",
    "(SELECT name FROM clause_insertion WHERE id = clause_id)": "clause_id",
    "month": "month",
    "state": "state",
    "validated_on": "validated_on",
    "validated_by": "validated_by/.id",
    "is_taken_over": "is_taken_over",
}
HOUR = {
    "insertion_declaration_id": "insertion_declaration_id/.id",
    "(SELECT name FROM clause_insertion_participant WHERE id = insertion_participant_id)": "insertion_participant_id",
    "insertion_employment_id": "insertion_employment_id/.id",
    "insertion_import_id": "insertion_import_id/.id",
    "date": "date",
    "unit_amount": "unit_amount",
    "insertion_kind": "insertion_kind",
    "insertion_is_monthly": "insertion_is_monthly",
    "insertion_state": "insertion_state",
    "insertion_validated_on": "insertion_validated_on",
}
SELECTIONS = {"work": "Work", "validated": "Validated"}


def load(env, record) -> tuple[Measure, Measure]:
    """Take away what our import wrote, put it back with load(), and compare column by column.

    Two measures: the declarations and the hours, as our import makes them, and the hours alone.
    """
    declarations, hours = told(env, record, DECLARATION), told(env, record, HOUR)
    before, columns = dump(env, record)
    env.cr.execute("DELETE FROM account_analytic_line WHERE insertion_import_id = %s", [record.id])
    env.cr.execute(
        "DELETE FROM clause_insertion_declaration WHERE id = ANY(%s)", [[int(row[0]) for row in declarations]]
    )
    env.invalidate_all()
    with measured("load(), all", len(hours)) as whole:
        ids = loaded(env["clause.insertion.declaration"], DECLARATION, declarations, drop=1)
        again = {row[0]: str(id_) for row, id_ in zip(declarations, ids, strict=True)}
        hours = [[again[row[0]], *row[1:]] for row in hours]
        with measured("load(), hours alone", len(hours)) as alone:
            loaded(env["account.analytic.line"], HOUR, hours)
    compare(before, dump(env, record)[0], columns)
    return whole.result, alone.result


def told(env, record, columns: dict[str, str]) -> list[list[str]]:
    """The rows that our import wrote, as texts."""
    table, key = "account_analytic_line", "insertion_import_id"
    query = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = {record.id} ORDER BY id"
    if columns is DECLARATION:
        lines = f"SELECT insertion_declaration_id FROM {table} WHERE {key} = {record.id}"
        query = f"SELECT {', '.join(columns)} FROM clause_insertion_declaration WHERE id IN ({lines}) ORDER BY id"
    env.cr.execute(query)
    return [[SELECTIONS.get(value, str(value)) for value in row] for row in env.cr.fetchall()]


def loaded(model, columns: dict[str, str], data: list[list[str]], drop: int = 0) -> list[int]:
    result = model.load(list(columns.values())[drop:], [row[drop:] for row in data])
    model.env.flush_all()
    if not result["ids"]:
        raise SystemExit(result["messages"][:3])
    return result["ids"]


def compare(ours: str, theirs: str, columns: list[str]) -> None:
    """The same rows in every column, the times of writing and the declarations' new ids apart."""
    written = [columns.index(name) for name in ("create_date", "write_date", "insertion_declaration_id")]

    def lines(texts):
        rows = (line.split("\t") for line in texts.splitlines())
        return sorted([cell for index, cell in enumerate(row) if index not in written] for row in rows)

    if lines(ours) != lines(theirs):
        raise SystemExit("load() and the import did not write the same rows.")


# -- measuring -------------------------------------------------------------------------------------


@contextmanager
def undone(env):
    """What happens inside leaves nothing, so that each way starts from the same database."""
    env.flush_all()
    savepoint = env.cr.savepoint()
    yield
    env.flush_all()
    savepoint.close(rollback=True)
    env.invalidate_all()


class measured:
    """Seconds, and how far the memory rose above what it was."""

    def __init__(self, name: str, rows: int) -> None:
        self.name, self.rows = name, rows

    def __enter__(self):
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")  # the peak starts again from now
        self.memory, self.start, self.processor = memory("VmRSS"), time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_error) -> None:
        seconds, processor = time.perf_counter() - self.start, time.process_time() - self.processor
        self.result = Measure(self.name, self.rows, seconds, processor, memory("VmHWM") - self.memory)


def memory(key: str) -> float:
    """Megabytes, as Linux tells them."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key)) / 1024


def show(ours: Measure, whole: Measure, alone: Measure, copied: Measure, daily: Measure) -> None:
    print(f"\n{'':22}{'rows':>8}{'seconds':>10}{'of Python':>11}{'rows/s':>9}{'peak memory, MB':>18}")
    for name, rows, seconds, processor, megabytes in (ours, whole, alone, copied, daily):
        print(f"{name:22}{rows:8,}{seconds:10.2f}{processor:11.2f}{rows / seconds:9,.0f}{megabytes:18.1f}")
    print("\nthis import (reading, checking, declarations and hours) is")
    print(f"  {whole.seconds / ours.seconds:.1f} times as fast as load() of the same declarations and hours")
    print(f"  {alone.seconds / ours.seconds:.1f} times as fast as load() of the hours alone, their declarations given")
    print(f"  {copied.seconds / ours.seconds:.2f} of the speed of COPY of the hours alone")
    print(f"{PARTS} times the rows: {daily.megabytes - ours.megabytes:+.1f} MB of peak memory")
