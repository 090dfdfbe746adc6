"""What a clause was before a moment: the first act recorded since then says it; without any, it is what it is now."""

from odoo.tools import SQL


def join_past(until) -> SQL:
    """A join to ``past``: one row at most for each ``clause``, and none without a moment (UTC)."""
    if not until:
        return SQL()
    return SQL(
        """
        LEFT JOIN (
            SELECT DISTINCT ON (clause_id) clause_id, facilitator_id, hours_due, state
              FROM clause_insertion_act
             WHERE kind = 'clause' AND recorded_on >= %s
             ORDER BY clause_id, recorded_on, id
        ) past ON past.clause_id = clause.id
        """,
        until,
    )


def at(until, column) -> SQL:
    """A column of ``clause`` as it was, under that join."""
    now, then = SQL.identifier("clause", column), SQL.identifier("past", column)
    return SQL("CASE WHEN past.clause_id IS NULL THEN %s ELSE %s END", now, then) if until else now
