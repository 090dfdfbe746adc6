"""What was validated or taken back after a moment, of the hours of a year."""

from datetime import date, datetime

from odoo.tools import SQL

from .clause_insertion_statement_query import Scope


def movements_query(env, scope: Scope, year: int, since: datetime) -> SQL:
    """Hours of ``year`` validated from ``since`` on (UTC), by clause, month of work and day of validation.

    ``is_reversal`` tells those taken back, which are negative.
    """
    line = env["account.analytic.line"]
    return SQL(
        """
        SELECT hours.clause_id, DATE_TRUNC('month', hours.date)::date AS month,
               (hours.validated_on AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS validated_on,
               line.insertion_reversal_of_id IS NOT NULL AS is_reversal,
               ROUND(SUM(hours.hours)::numeric, 2)::float8 AS hours
          FROM (SELECT * FROM %(hours)s hours WHERE %(scope)s) hours
          JOIN account_analytic_line line ON line.id = hours.id
         WHERE hours.state = 'validated' AND hours.validated_on >= %(since)s
           AND hours.date BETWEEN %(first)s AND %(last)s
         GROUP BY 1, 2, 3, 4
         ORDER BY 3, 1, 2, 4
        """,
        zone=str(env.tz),
        hours=env["clause.insertion.hours.report"]._table_sql,
        scope=scope.condition(),
        since=SQL("%s", since, to_flush=line._fields["insertion_reversal_of_id"]),
        first=date(year, 1, 1),
        last=date(year, 12, 31),
    )
