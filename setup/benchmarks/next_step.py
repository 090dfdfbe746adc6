"""Who acts next, at two sizes: the list, the next step of a page of clauses, and the dates that decide.

Two clauses in five run, with a year of months declared; the others are over. Clauses and declarations are copies of
one of each, made in SQL: what is measured is reading, and the computation of the dates as an update does it.
Other sizes: ./setup/bench next_step 1000 100000
"""

import sys
import time
from datetime import date

from benchmarks.statement import copies, one_of_each, seconds

from odoo.tools import SQL

SIZES = (5_000, 50_000)
MONTHS = 12
PAGE = 80
DATES = ("month_to_declare", "month_due_on", "balance_on", "behind_on")
FIELDS = ("kind", "actor", "clause_id", "since", "days", "deadline", "month")


def main(env) -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    first = one_of_each(env)
    officer = env["res.users"].create(
        {
            "name": "Chargée de mission (fictive)",
            "login": "bench_officer",
            "group_ids": [(4, env.ref("clause_insertion.group_clause_insertion_officer").id)],
        }
    )
    done = 0
    for size in sizes:
        fill(env, first, size - done)
        done = size
        print(f"\n{size:,} clauses, {size * MONTHS:,} declarations")
        compute(env)
        show(env(user=officer))
        explain(env)


def compute(env) -> None:
    """The dates of every clause, as an update of the addon computes them."""
    Clause = env["clause.insertion"]
    clauses = Clause.search([])
    start = time.perf_counter()
    for name in DATES:
        env.add_to_compute(Clause._fields[name], clauses)
    env.flush_all()
    print(f"  {'dates of all clauses':34} {time.perf_counter() - start:8.3f} s")
    env.invalidate_all()
    env.cr.execute("ANALYZE")


def show(env) -> None:
    Todo, Clause = env["clause.insertion.todo"], env["clause.insertion"]
    clauses = Clause.search([("state", "=", "running")], limit=PAGE)

    def steps():
        env.invalidate_all()
        return clauses.mapped("next_action")

    def write_due_day():
        start = env["clause.insertion.parameter"].sudo().search([("code", "=", "declaration_due_day")], limit=1)
        start.value = 11 if start.value == 10 else 10
        env.flush_all()

    steps()  # warms the caches of rights
    for name, work in (
        (f"list counted ({Todo.search_count([]):,} rows)", lambda: Todo.search_count([])),
        (f"first {PAGE} rows of the list", lambda: Todo.search_fetch([], FIELDS, limit=PAGE)),
        ("list grouped by who acts", lambda: Todo.formatted_read_group([], ["actor"], ["__count", "days:max"])),
        (f"next step of {PAGE} clauses", steps),
        ("another due day for all that run", write_due_day),
    ):
        print(f"  {name:34} {seconds(work):8.3f} s")


def explain(env) -> None:
    """Which tables the list's count reads from end to end."""
    rows = env["clause.insertion.todo"]._search([]).select()
    env.cr.execute(SQL("EXPLAIN SELECT COUNT(*) FROM (%s) rows", rows))
    plan = [line.strip() for (line,) in env.cr.fetchall()]
    for word in ("Seq Scan on", "Index Scan using", "Bitmap Index Scan on", "Index Only Scan using", "Aggregate"):
        for line in plan:
            if word in line:
                print(f"    {line}")


def fill(env, first: dict[str, int], clauses: int) -> None:
    """Of those that run, one in seven waits for a validation, one in eleven for a correction, one in three is late."""
    start, today = date(date.today().year - 1, 1, 1), date.today()
    last = (today.year - start.year) * 12 + today.month - 2
    env.flush_all()
    clause = copies(
        env,
        first,
        "clause_insertion",
        clauses,
        state="CASE WHEN n %% 5 < 2 THEN 'running' ELSE 'certified' END",
        facilitator_id=f"CASE WHEN n %% 50 = 7 THEN NULL ELSE {first['relay']} + n %% 12 END",
        date_start=f"'{start}'::date + n %% 200",
        date_end=f"'{start}'::date + 400 + n %% 900",
        hours_due="100 + n %% 900",
        progress="0.5 + (n %% 60) / 100.0",
    )
    declarations = clauses * MONTHS
    months = f"(n %% {MONTHS} - {MONTHS} + {last} + CASE WHEN n / {MONTHS} %% 3 = 0 THEN 0 ELSE 1 END)"
    is_last = f"n %% {MONTHS} = {MONTHS - 1} AND n / {MONTHS} %% 5 < 2"
    copies(
        env,
        first,
        "clause_insertion_declaration",
        declarations,
        clause_id=f"{clause} + n / {MONTHS}",
        month=f"('{start}'::date + {months} * interval '1 month')::date",
        state=f"CASE WHEN {is_last} AND n / {MONTHS} %% 7 = 1 THEN 'submitted'"
        f" WHEN {is_last} AND n / {MONTHS} %% 11 = 1 THEN 'refused' ELSE 'validated' END",
    )
    env.cr.execute("ANALYZE")
    env.invalidate_all()
