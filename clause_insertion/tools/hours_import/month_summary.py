from odoo import fields
from odoo.tools import format_date

from ...models.hours.clause_insertion_declaration import OPEN_STATES


def month_summary(record):
    """What a checked file would bring in, by month and clause, beside what the open declaration already has.

    ``[{clause, month, rows, people, hours, there}]``: names and months as the reader of a page reads them, in hours.
    """
    totals = record.month_totals or []
    clauses = record.env["clause.insertion"].browse({total["clause"] for total in totals})
    months = [fields.Date.to_date(total["month"]) for total in totals]
    there = _open_hours(clauses, months)
    names = dict(zip(clauses.ids, clauses.mapped("name"), strict=True))
    return [
        {
            **total,
            "clause": names[total["clause"]],
            "month": format_date(record.env, month, date_format="MMMM y"),
            "there": there.get((total["clause"], month), 0),
        }
        for total, month in zip(totals, months, strict=True)
    ]


def _open_hours(clauses, months):
    found = clauses.env["clause.insertion.declaration"].search_fetch(
        [("clause_id", "in", clauses.ids), ("month", "in", months), ("state", "in", OPEN_STATES)],
        ["clause_id", "month", "hours"],
    )
    return {(declaration.clause_id.id, declaration.month): declaration.hours for declaration in found}
