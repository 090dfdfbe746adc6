"""The yearly statement at two sizes, against a plain GROUP BY of the same lines in the same run.

Ten years of hours, one line in ten waiting for validation. Lines, people, work
contracts and clauses are copies of one of each, made in SQL: what is measured is reading, not writing. As in the
whole of France, a year has a work contract for four lines, a person and a contract for five.
Other sizes: ./setup/bench statement 100000 3000000
"""

import statistics
import sys
import time

from odoo.tools import SQL

SIZES = (100_000, 1_000_000)
YEARS, FIRST_YEAR = 10, 2016
YEAR = 2024
REPEATED = 3
RELAYS = 12
PIVOT = ([], ["facilitator_id"], ["date:year"], ["facilitator_id", "date:year"])

PLAIN = "SELECT DATE_TRUNC('month', date), SUM(unit_amount) FROM account_analytic_line WHERE clause_insertion_id > 0"


def main(env) -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    models = one_of_each(env)
    done = 0
    for size in sizes:
        fill(env, models, size - done)
        done = size
        show(env, size)


# -- what is measured ------------------------------------------------------------------------------


def show(env, size: int) -> None:
    hours = env["clause.insertion.hours.report"]
    wizard = env["clause.insertion.statement"].create({"year": YEAR})
    total = wizard._statement().total
    print(
        f"\n{size:,} lines; in {YEAR}: {total.hours_validated:,.0f} hours, {total.people:,} people, "
        f"{total.employments:,} work contracts, {total.contracts:,} contracts"
    )
    plain_all = seconds(lambda: env.cr.execute(f"{PLAIN} GROUP BY 1"))
    plain_year = seconds(
        lambda: env.cr.execute(f"{PLAIN} AND date BETWEEN '{YEAR}-01-01' AND '{YEAR}-12-31' GROUP BY 1")
    )
    statement = seconds(lambda: wizard._tables().all)
    pivot = seconds(lambda: hours.formatted_read_grouping_sets([], PIVOT, ["hours_validated:sum"]))
    people = seconds(
        lambda: hours.formatted_read_grouping_sets([], PIVOT, ["hours_validated:sum", "people:count_distinct"])
    )
    for name, taken, compared, what in (
        ("plain GROUP BY month, all years", plain_all, None, ""),
        (f"plain GROUP BY month, {YEAR}", plain_year, None, ""),
        ("statement, with the year before", statement, plain_year, "that year's GROUP BY"),
        ("pivot of hours, relay x year", pivot, plain_all, "all years' GROUP BY"),
        ("the same, with people", people, plain_all, "all years' GROUP BY"),
    ):
        ratio = f"{taken / compared:8.1f} times {what}" if compared else ""
        print(f"  {name:34} {taken:8.3f} s {ratio}")


def seconds(work) -> float:
    """Median time of ``work``."""
    times = []
    for _time in range(REPEATED):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


# -- lines -----------------------------------------------------------------------------------------


def one_of_each(env) -> dict[str, int]:
    """The records that all others are copies of, by table."""
    relays = env["res.partner"].create(
        [{"name": f"Relais {number} (fictif)", "is_insertion_facilitator": True} for number in range(RELAYS)]
    )
    order = env["purchase.order"].create({"partner_id": env["res.partner"].create({"name": "Entreprise (fictive)"}).id})
    clause = env["clause.insertion"].create(
        {"purchase_order_id": order.id, "facilitator_id": relays[0].id, "amount_untaxed": 900_000, "labour_share": 0.5}
    )
    order.button_confirm()
    person = env["clause.insertion.participant"].create({"facilitator_id": relays[0].id, "birth_year": 1990})
    person.public_ids = env["clause.insertion.public"].search([], limit=2)
    hired = {"participant_id": person.id, "clause_ids": clause.ids, "date_start": f"{FIRST_YEAR}-01-01"}
    employment = env["clause.insertion.employment"].create(hired)
    declaration = env["clause.insertion.declaration"].create({"clause_id": clause.id, "month": f"{FIRST_YEAR}-01-01"})
    line = env["account.analytic.line"].create(
        {
            "insertion_declaration_id": declaration.id,
            "insertion_participant_id": person.id,
            "insertion_employment_id": employment.id,
            "date": f"{FIRST_YEAR}-01-31",
            "unit_amount": 7,
        }
    )
    declaration.action_submit()
    env.flush_all()
    records = (order, clause, person, employment, declaration, line)
    return {record._table: record.id for record in records} | {"relay": relays[0].id}


def fill(env, first: dict[str, int], lines: int) -> None:
    """Line n is of work contract n modulo their number, and that of a person and a clause in the same way."""
    people, clauses, employments, declarations = lines // 5, lines // 5, lines // 4, lines // 2
    env.flush_all()
    order = copies(env, first, "purchase_order", clauses)
    clause = copies(
        env,
        first,
        "clause_insertion",
        clauses,
        purchase_order_id=f"{order} + n",
        facilitator_id=f"{first['relay']} + n %% {RELAYS}",
        date_start=f"MAKE_DATE({FIRST_YEAR} + n %% {YEARS}, 1, 15)",
        lever="(ARRAY['execution', 'reserved_inclusion', 'criterion'])[1 + n %% 3]",
    )
    person = copies(
        env,
        first,
        "clause_insertion_participant",
        people,
        name=f"'B-' || {first.setdefault('people', 0)} + n",
        birth_year="1960 + n %% 45",
        gender="(ARRAY['female', 'male', 'male'])[1 + n %% 3]",
    )
    first["people"] += people
    publics = env["clause.insertion.participant"]._fields["public_ids"]
    env.cr.execute(
        SQL(
            """INSERT INTO %(relation)s SELECT %(start)s + n, public.id FROM GENERATE_SERIES(0, %(last)s) n
               JOIN clause_insertion_public public ON public.id %% 7 = n %% 7""",
            relation=SQL.identifier(publics.relation),
            start=person,
            last=people - 1,
        )
    )
    employment = copies(
        env, first, "clause_insertion_employment", employments, participant_id=f"{person} + n %% {people}"
    )
    declaration = copies(
        env,
        first,
        "clause_insertion_declaration",
        declarations,
        clause_id=f"{clause} + n %% {clauses}",
        state="'validated'",
        submitted_on=f"MAKE_DATE({FIRST_YEAR} + n %% {YEARS}, 2, 5)",
    )
    contract = f"n %% {employments}"
    day = f"MAKE_DATE({FIRST_YEAR} + n %% {YEARS}, 1 + n / {employments} %% 12, 28)"
    copies(
        env,
        first,
        "account_analytic_line",
        lines,
        clause_insertion_id=f"{clause} + {contract} %% {clauses}",
        insertion_participant_id=f"{person} + {contract} %% {people}",
        insertion_employment_id=f"{employment} + {contract}",
        insertion_declaration_id=f"{declaration} + n %% {declarations}",
        date=day,
        unit_amount="1 + n %% 140",
        insertion_state="CASE WHEN n %% 10 = 3 THEN 'submitted' ELSE 'validated' END",
        insertion_validated_on=f"CASE WHEN n %% 10 <> 3 THEN {day} + 12 END",
        insertion_recorded_on=f"CASE WHEN n %% 10 <> 3 THEN {day} + 12 END",
        insertion_declared_on=f"MAKE_DATE({FIRST_YEAR} + n %% {YEARS}, 2, 5)",
    )
    env.cr.execute("ANALYZE")
    env.invalidate_all()


def copies(env, first: dict[str, int], table: str, number: int, **changes) -> int:
    """Insert ``number`` copies with these columns changed, and give the id of the first."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'", [table]
    )
    columns = [name for (name,) in env.cr.fetchall()]
    values = ", ".join(changes.get(name, f'model."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    env.cr.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}")
    (start,) = env.cr.fetchone()
    env.cr.execute(
        f"""INSERT INTO {table} (id, {names}) SELECT {start} + n, {values}
              FROM {table} model, GENERATE_SERIES(0, {number - 1}) n WHERE model.id = %s""",
        [first[table]],
    )
    return start
