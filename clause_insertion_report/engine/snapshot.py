"""A statement as plain data that JSON can keep, and back to the digit."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from odoo.addons.clause_insertion.engine.suppression import is_small

from .figures import Figures, Row
from .statement import Statement


def to_plain(statement: Statement) -> dict[str, Any]:
    """
    >>> published = Statement(2014, date(2015, 3, 1), 1600.0, Figures(hours_validated=8.4), date(2014, 12, 31))
    >>> from_plain(to_plain(published)) == published
    True
    """
    plain = asdict(_without_small_numbers(statement))
    for name in ("as_of", "last_day", "people_day"):
        plain[name] = plain[name] and plain[name].isoformat()
    return plain


def _without_small_numbers(statement: Statement) -> Statement:
    """What is not shown is not kept.

    >>> few = Statement(2025, date(2026, 1, 31), 1600.0, Figures(hours_validated=70.0, people=3, employments=4))
    >>> kept = _without_small_numbers(few)
    >>> kept.total.people, kept.total.employments, kept.total.hours_validated, kept.hides_people
    (0, 0, 70.0, True)
    """

    def without(figures: Figures) -> Figures:
        return replace(figures, people=0, employments=0)

    breakdowns = {
        code: [replace(row, figures=without(row.figures)) if row.hides_people else row for row in rows]
        for code, rows in statement.breakdowns.items()
    }
    total = without(statement.total) if statement.hides_people else statement.total
    people_total = statement.people_total
    if is_small(people_total.people, statement.smallest):
        people_total = without(people_total)
    return replace(
        statement,
        breakdowns=breakdowns,
        total=total,
        people_total=people_total,
        has_few_people=statement.hides_people,
    )


def from_plain(plain: dict[str, Any]) -> Statement:
    """
    >>> rows = {"gender": [Row("female", Figures(people=6)), Row("male", None, is_small=True)]}
    >>> whole = Statement(2025, date(2026, 1, 31), 1600.0, breakdowns=rows, people_day=date(2026, 1, 31))
    >>> from_plain(to_plain(whole)) == whole
    True
    """
    days = {name: plain[name] and date.fromisoformat(plain[name]) for name in ("as_of", "last_day", "people_day")}
    breakdowns = {code: [_row(row) for row in rows] for code, rows in plain["breakdowns"].items()}
    totals = {name: Figures(**plain[name]) for name in ("total", "people_total")}
    return Statement(**{**plain, **days, **totals, "breakdowns": breakdowns})


def _row(plain: dict[str, Any]) -> Row:
    return Row(**{**plain, "figures": plain["figures"] and Figures(**plain["figures"])})
