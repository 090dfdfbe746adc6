"""A statement as plain data that JSON can keep, and back to the digit."""

from dataclasses import asdict
from datetime import date
from typing import Any

from .figures import Figures, Row
from .statement import Statement


def to_plain(statement: Statement) -> dict[str, Any]:
    """
    >>> published = Statement(2014, date(2015, 3, 1), 1600.0, Figures(hours_validated=8.4), date(2014, 12, 31))
    >>> from_plain(to_plain(published)) == published
    True
    """
    plain = asdict(statement)
    for name in ("as_of", "last_day", "people_day"):
        plain[name] = plain[name] and plain[name].isoformat()
    return plain


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
