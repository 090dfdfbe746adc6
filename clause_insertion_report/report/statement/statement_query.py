"""The reads of the yearly statement, and of what changed since: a few queries, whatever the number of lines and rows.

They go through the tables of the analyses, so that a figure has one definition.
"""

from datetime import date, datetime
from typing import NamedTuple

from odoo.tools import SQL

from ...engine.figures import CONTRACT_SIZES, OTHER, SMALLEST_CONTRACTS

# What is counted.
CELL_COLUMNS = ("clause_id", "contract_id", "partner_id", "participant_id", "employment_id", "facilitator_id")
# Where each dimension is read, in both analyses or in the hours alone.
DUE_COLUMNS = {
    "owner": "company_id",
    "territory": "territory_id",
    "relay": "facilitator_id",
    "convention": "convention_id",
    "buyer_department": "buyer_department_id",
    "lever": "lever",
    "contract_size": "contract_size",
    "trade": "trade_id",
    "job_family": "job_family",
}
DONE_COLUMNS = {**DUE_COLUMNS, "month": "month", "execution_mode": "execution_mode", "kind": "kind"}
# What is known of a person, who may also be of several publics.
PERSON_COLUMNS = ("gender", "age_band", "education_level", "prescriber_kind", "exit_kind")
STARTED_STATES = ("running", "done", "certified")


class Scope(NamedTuple):
    """Whose figures: companies, and in them what has ``value`` in ``column`` (a relay, a convention…).

    ``rates``: euros for one unit of each company's currency. ``within``: the column and value of the whole that the
    part must not be told from, where it is not the companies: a convention is a part of its relay.
    """

    rates: dict[int, float]
    column: str | None = None
    value: int | None = None
    within: tuple[str, int] | None = None

    def condition(self) -> SQL:
        companies = SQL("company_id IN %s", tuple(self.rates))
        if not self.column:
            return companies
        return SQL("%s AND %s = %s", companies, SQL.identifier(self.column), self.value)

    def of_whole(self) -> "Scope":
        """What it is a part of."""
        return Scope(self.rates, *(self.within or ()))

    def group(self) -> SQL:
        """The part that each hour is in; what is in none is a part as well, or it would be found by subtraction."""
        if self.column:
            return SQL("COALESCE(%s, 0)", SQL.identifier(self.column))
        return SQL("company_id")


def done_query(env, scope: Scope, year: int, until: datetime, with_breakdowns: bool) -> SQL:
    """Figures of the hours worked in ``year``, by dimension and key, as they stood before ``until`` (UTC)."""
    columns = DONE_COLUMNS if with_breakdowns else {}
    return SQL(
        "WITH cell AS (%s) SELECT %s, %s FROM cell %s",
        _cells(env, scope, year, until, columns),
        _key(columns),
        _figures(),
        _grouping(columns),
    )


def due_query(env, scope: Scope, year: int, as_of: date, until: datetime, with_breakdowns: bool) -> SQL:
    """Hours due before ``until`` (UTC) under the clauses that started in ``year``, on ``as_of`` at the latest."""
    columns = DUE_COLUMNS if with_breakdowns else {}
    return SQL(
        """
        SELECT %(key)s, ROUND(SUM(hours_due)::numeric, 2)::float8 AS hours_due
          FROM (SELECT *, %(size)s AS contract_size FROM %(clauses)s clauses) clauses
         WHERE %(scope)s AND state IN %(states)s AND date_start BETWEEN %(first)s AND %(last)s
        %(grouping)s
        """,
        key=_key(columns),
        size=_contract_size(scope),
        clauses=env["clause.insertion.clause.report"]._as_of(until),
        scope=scope.condition(),
        states=STARTED_STATES,
        first=date(year, 1, 1),
        last=min(as_of, date(year, 12, 31)),
        grouping=_grouping(columns),
    )


def people_query(env, scope: Scope, year: int, until: datetime) -> SQL:
    """Hours of each person recorded in each month before ``until``, with what is known of the person."""
    return SQL(
        """
        SELECT %(group)s AS "group",
               DATE_TRUNC('month', recorded_on)::date AS month,
               participant_id AS person, clause_id AS clause, contract_id AS contract,
               partner_id AS contractor, employment_id AS employment, SUM(hours) AS hours, %(person)s
          FROM %(hours)s hours
         WHERE %(scope)s AND state = 'validated' AND recorded_at < %(until)s
           AND date BETWEEN %(first)s AND %(last)s
         GROUP BY 1, 2, 3, 4, 5, 6, 7, %(person)s
        """,
        group=scope.group(),
        person=SQL(", ").join(SQL.identifier(column) for column in PERSON_COLUMNS),
        hours=env["clause.insertion.hours.report"]._as_of(until),
        scope=scope.of_whole().condition(),
        until=until,
        first=date(year, 1, 1),
        last=date(year, 12, 31),
    )


def publics_query(env, people: list[int]) -> SQL:
    """The publics of each person; the sensitive ones are one, under which a person counts once."""
    publics = env["clause.insertion.participant"]._fields["public_ids"]
    sensitive = env["clause.insertion.public"]._fields["sensitive"]
    return SQL(
        """
        SELECT rel.%(person)s AS person,
               ARRAY_AGG(DISTINCT CASE WHEN public.sensitive THEN %(other)s ELSE public.id::text END) AS keys
          FROM %(relation)s rel
          JOIN clause_insertion_public public ON public.id = rel.%(public)s
         WHERE rel.%(person)s = ANY(%(people)s)
         GROUP BY rel.%(person)s
        """,
        other=OTHER,
        relation=SQL.identifier(publics.relation, to_flush=publics),
        person=SQL.identifier(publics.column1),
        public=SQL.identifier(publics.column2, to_flush=sensitive),
        people=people,
    )


def movements_query(env, scope: Scope, year: int, since: datetime) -> SQL:
    """Hours of ``year`` recorded from ``since`` on (UTC), by clause, month of work and day.

    ``why``: "reversed", and so negative; "taken_over", whatever the day of their validation; else "late".
    """
    line = env["account.analytic.line"]
    return SQL(
        """
        SELECT hours.clause_id, DATE_TRUNC('month', hours.date)::date AS month,
               hours.recorded_on,
               CASE WHEN line.insertion_reversal_of_id IS NOT NULL THEN 'reversed'
                    WHEN declaration.is_taken_over THEN 'taken_over' ELSE 'late' END AS why,
               ROUND(SUM(hours.hours)::numeric, 2)::float8 AS hours
          FROM (SELECT * FROM %(hours)s hours WHERE %(scope)s) hours
          JOIN account_analytic_line line ON line.id = hours.id
          JOIN clause_insertion_declaration declaration ON declaration.id = line.insertion_declaration_id
         WHERE hours.state = 'validated' AND hours.recorded_at >= %(since)s
           AND hours.date BETWEEN %(first)s AND %(last)s
         GROUP BY 1, 2, 3, 4
         ORDER BY 3, 1, 2, 4
        """,
        hours=env["clause.insertion.hours.report"]._table_sql,
        scope=scope.condition(),
        since=SQL("%s", since, to_flush=line._fields["insertion_reversal_of_id"]),
        first=date(year, 1, 1),
        last=date(year, 12, 31),
    )


def _cells(env, scope: Scope, year: int, until: datetime, columns: dict[str, str]) -> SQL:
    """The hours of each person under each clause and work contract; the rest follows from those.

    A reversal is in the cell of what it takes back: a cell at zero counts nobody and nothing.
    """
    return SQL(
        """
        SELECT *, %(standing)s
          FROM (
            SELECT %(keys)s,
                   SUM(hours) FILTER (WHERE declared_at < %(until)s) AS declared,
                   SUM(hours) FILTER (WHERE state = 'validated' AND recorded_at < %(until)s) AS validated,
                   MAX(date) FILTER (WHERE state = 'validated' AND recorded_at < %(until)s) AS last_day
              FROM (
                SELECT *, %(size)s AS contract_size, DATE_TRUNC('month', date)::date AS month
                  FROM %(hours)s hours
              ) hours
             WHERE %(scope)s AND date BETWEEN %(first)s AND %(last)s
             GROUP BY %(keys)s
          ) sums
        """,
        standing=SQL(", ").join(
            SQL(
                "CASE WHEN validated > 0.005 THEN %s END AS %s",
                SQL.identifier(name),
                SQL.identifier(f"standing_{name}"),
            )
            for name in CELL_COLUMNS
        ),
        keys=SQL(", ").join(SQL.identifier(column) for column in dict.fromkeys((*CELL_COLUMNS, *columns.values()))),
        size=_contract_size(scope),
        hours=env["clause.insertion.hours.report"]._as_of(until),
        until=until,
        scope=scope.condition(),
        first=date(year, 1, 1),
        last=date(year, 12, 31),
    )


def _contract_size(scope: Scope) -> SQL:
    """The band of the contract's amount, in euros whatever the company's currency."""
    rates = SQL(" ").join(SQL("WHEN %s THEN %s::float8", company, rate) for company, rate in scope.rates.items())
    amount = SQL("contract_amount * CASE company_id %s END", rates)
    bands = SQL(" ").join(SQL("WHEN %s >= %s THEN %s", amount, least, key) for least, key in CONTRACT_SIZES)
    return SQL("CASE %s ELSE %s END", bands, SMALLEST_CONTRACTS)


def _figures() -> SQL:
    return SQL(
        """
        ROUND(SUM(declared)::numeric, 2)::float8 AS hours_declared,
        ROUND(SUM(validated)::numeric, 2)::float8 AS hours_validated,
        COUNT(DISTINCT standing_contract_id) AS contracts,
        COUNT(DISTINCT standing_clause_id) AS clauses,
        COUNT(DISTINCT standing_partner_id) AS companies,
        COUNT(DISTINCT standing_participant_id) AS people,
        COUNT(DISTINCT standing_employment_id) AS employments,
        COUNT(DISTINCT standing_facilitator_id) AS relays,
        MAX(last_day) FILTER (WHERE standing_participant_id IS NOT NULL) AS last_day
        """
    )


def _key(columns: dict[str, str]) -> SQL:
    """Which dimension a row belongs to, and its key as text."""
    if not columns:
        return SQL("'total' AS dimension, NULL AS key")
    cases = [
        SQL("WHEN GROUPING(%s) = 0 THEN %s", SQL.identifier(column), dimension) for dimension, column in columns.items()
    ]
    keys = [SQL("%s::text", SQL.identifier(column)) for column in columns.values()]
    return SQL("CASE %s ELSE 'total' END AS dimension, COALESCE(%s) AS key", SQL(" ").join(cases), SQL(", ").join(keys))


def _grouping(columns: dict[str, str]) -> SQL:
    sets = [SQL("(%s)", SQL.identifier(column)) for column in columns.values()]
    return SQL("GROUP BY GROUPING SETS ((), %s)", SQL(", ").join(sets)) if sets else SQL()
