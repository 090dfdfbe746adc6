"""The reads of the yearly statement: two queries, whatever the number of lines, clauses and rows.

Both go through the tables of the analyses, so that a figure has one definition.
"""

from datetime import date, datetime

from odoo.tools import SQL

from ..engine.statement import OTHER_PUBLICS

# What is counted.
CELL_COLUMNS = ("clause_id", "contract_id", "partner_id", "participant_id", "employment_id")
# Where each dimension is read; the public, of which a person may have several, is joined apart.
DONE_COLUMNS = {
    "territory": "territory_id",
    "relay": "facilitator_id",
    "lever": "lever",
    "trade": "trade_id",
    "gender": "gender",
    "age_band": "age_band",
    "execution_mode": "execution_mode",
    "kind": "kind",
}
DUE_COLUMNS = {
    "territory": "territory_id",
    "relay": "facilitator_id",
    "lever": "lever",
    "trade": "trade_id",
}
STARTED_STATES = ("running", "done", "certified")


def done_query(env, company, year: int, until: datetime, with_breakdowns: bool) -> SQL:
    """Figures of the hours worked in ``year``, by dimension and key, as they stood before ``until`` (UTC)."""
    columns = DONE_COLUMNS if with_breakdowns else {}
    return SQL(
        "WITH cell AS (%s) SELECT %s, %s FROM cell %s %s",
        _cells(env, company, year, until, columns),
        _key(columns),
        _figures(),
        _grouping(columns),
        _by_public(env) if with_breakdowns else SQL(),
    )


def due_query(env, company, year: int, as_of: date, with_breakdowns: bool) -> SQL:
    """Hours due under the clauses that started in ``year``, on ``as_of`` at the latest."""
    columns = DUE_COLUMNS if with_breakdowns else {}
    return SQL(
        """
        SELECT %(key)s, SUM(hours_due) AS hours_due
          FROM %(clauses)s clauses
         WHERE company_id = %(company)s AND state IN %(states)s AND date_start BETWEEN %(first)s AND %(last)s
        %(grouping)s
        """,
        key=_key(columns),
        clauses=env["clause.insertion.clause.report"]._table_sql,
        company=company.id,
        states=STARTED_STATES,
        first=date(year, 1, 1),
        last=min(as_of, date(year, 12, 31)),
        grouping=_grouping(columns),
    )


def _cells(env, company, year: int, until: datetime, columns: dict[str, str]) -> SQL:
    """The hours of each person under each clause and work contract; the rest follows from those.

    A reversal is in the cell of what it takes back: a cell at zero counts nobody and nothing.
    """
    return SQL(
        """
        SELECT *,
               CASE WHEN validated > 0.005 THEN participant_id END AS person,
               CASE WHEN validated > 0.005 THEN clause_id END AS clause,
               CASE WHEN validated > 0.005 THEN contract_id END AS contract,
               CASE WHEN validated > 0.005 THEN partner_id END AS contractor,
               CASE WHEN validated > 0.005 THEN employment_id END AS employment
          FROM (
            SELECT %(keys)s,
                   SUM(hours) FILTER (WHERE declared_on < %(until)s) AS declared,
                   SUM(hours) FILTER (WHERE state = 'validated' AND validated_on < %(until)s) AS validated,
                   MAX(date) FILTER (WHERE state = 'validated' AND validated_on < %(until)s) AS last_day
              FROM %(hours)s hours
             WHERE company_id = %(company)s AND date BETWEEN %(first)s AND %(last)s
             GROUP BY %(keys)s
          ) sums
        """,
        keys=SQL(", ").join(SQL.identifier(column) for column in (*CELL_COLUMNS, *columns.values())),
        hours=env["clause.insertion.hours.report"]._table_sql,
        until=until,
        company=company.id,
        first=date(year, 1, 1),
        last=date(year, 12, 31),
    )


def _figures() -> SQL:
    return SQL(
        """
        ROUND(SUM(declared)::numeric, 2)::float8 AS hours_declared,
        ROUND(SUM(validated)::numeric, 2)::float8 AS hours_validated,
        COUNT(DISTINCT contract) AS contracts,
        COUNT(DISTINCT clause) AS clauses,
        COUNT(DISTINCT contractor) AS companies,
        COUNT(DISTINCT person) AS people,
        COUNT(DISTINCT employment) AS employments,
        MAX(last_day) FILTER (WHERE person IS NOT NULL) AS last_day
        """
    )


def _by_public(env) -> SQL:
    """A person counts under each public; the sensitive ones are one, under which a person counts once."""
    publics = env["clause.insertion.participant"]._fields["public_ids"]
    sensitive = env["clause.insertion.public"]._fields["sensitive"]
    return SQL(
        """
        UNION ALL
        SELECT 'public', public.key, %(figures)s
          FROM cell
          LEFT JOIN (
            SELECT DISTINCT rel.%(person)s AS participant_id,
                   CASE WHEN public.sensitive THEN %(other)s ELSE public.id::text END AS key
              FROM %(relation)s rel
              JOIN clause_insertion_public public ON public.id = rel.%(public)s
             WHERE rel.%(person)s IN (SELECT person FROM cell)
          ) public ON public.participant_id = cell.participant_id
         WHERE cell.person IS NOT NULL
         GROUP BY public.key
        """,
        figures=_figures(),
        other=OTHER_PUBLICS,
        relation=SQL.identifier(publics.relation, to_flush=publics),
        person=SQL.identifier(publics.column1),
        public=SQL.identifier(publics.column2, to_flush=sensitive),
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
