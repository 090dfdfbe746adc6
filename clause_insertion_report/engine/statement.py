"""The yearly statement: figures of one year of work, as they stood on the evening of a day."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

from odoo.addons.clause_insertion.engine.hours_by_trait import MANY
from odoo.addons.clause_insertion.engine.suppression import SMALLEST_GROUP, Size, is_small, widened

from .figures import DIMENSIONS, Figures, Row

DAYS = ("as_of", "last_day", "people_day", "told_day")


@dataclass(frozen=True)
class Statement:
    """``people_total`` and the breakdowns about people are those of ``people_day``, the last end of a month.

    Hours in those breakdowns are told of ``many`` people, as of ``told_day``, where those of everybody were
    ``told_total``; both are None where none are told.
    """

    year: int
    as_of: date
    fte_base: float
    total: Figures = Figures()
    last_day: date | None = None
    breakdowns: dict[str, list[Row]] = field(default_factory=dict)
    people_total: Figures = Figures()
    people_day: date | None = None
    smallest: int = SMALLEST_GROUP
    has_few_people: bool = False  # once published: their number is not kept
    told_day: date | None = None
    told_total: float | None = None
    many: int = MANY

    @property
    def hides_people(self) -> bool:
        """So few people in all that even their number is withheld."""
        return self.has_few_people or is_small(self.total.people, self.smallest)

    @property
    def is_partial(self) -> bool:
        """The year was not over.

        >>> Statement(2014, date(2014, 12, 30), 1600).is_partial, Statement(2014, date(2014, 12, 31), 1600).is_partial
        (True, False)
        """
        return self.as_of < date(self.year, 12, 31)

    @property
    def stops_early(self) -> bool:
        """The year was over, but no hour of December stands: it may be incomplete.

        >>> Statement(2014, date(2026, 1, 1), 1600, last_day=date(2014, 4, 30)).stops_early
        True
        >>> Statement(2014, date(2026, 1, 1), 1600, last_day=date(2014, 12, 1)).stops_early
        False
        """
        return not self.is_partial and self.last_day is not None and self.last_day.month < 12

    @property
    def has_part_hours(self) -> bool:
        """Some hours are not whole."""
        shown = [self.total, *(row.figures for rows in self.breakdowns.values() for row in rows if row.figures)]
        return any(
            hours % 1
            for figures in shown
            for hours in (figures.hours_due, figures.hours_declared, figures.hours_validated)
        )

    def with_people(self, breakdowns: Mapping[str, list[Row]], total: Figures, day: date, **told: Any) -> "Statement":
        """The same statement with what is known of the people, as it stood on ``day``; ``told``: of their hours."""
        return replace(self, breakdowns={**self.breakdowns, **breakdowns}, people_total=total, people_day=day, **told)


def build(
    year: int,
    as_of: date,
    fte_base: float,
    done: Iterable[Mapping],
    due: Iterable[Mapping],
    smallest: int = SMALLEST_GROUP,
) -> Statement:
    """The statement from what was read: ``done`` under the clauses, and hours ``due``.

    Each mapping has a ``dimension`` ("total" for the whole), a ``key`` and figures.

    >>> done = [
    ...     {"dimension": "total", "key": None, "hours_validated": 130.0, "people": 8, "last_day": date(2012, 12, 3)},
    ...     {"dimension": "lever", "key": "execution", "hours_validated": 130.0, "people": 8, "last_day": None},
    ... ]
    >>> due = [
    ...     {"dimension": "total", "key": None, "hours_due": 900.0},
    ...     {"dimension": "lever", "key": "criterion", "hours_due": 900.0},
    ... ]
    >>> statement = build(2012, date(2013, 3, 1), 1600, done, due)
    >>> statement.total.hours_due, statement.total.people, statement.last_day
    (900.0, 8, datetime.date(2012, 12, 3))
    >>> [(row.key, row.figures.hours_due, row.figures.people) for row in statement.breakdowns["lever"]]
    [('execution', 0, 8), ('criterion', 900.0, 0)]
    """
    merged: dict[tuple, dict] = {}
    for record in (*done, *due):
        values = dict(record)
        merged.setdefault((values.pop("dimension"), values.pop("key")), {}).update(values)
    whole = merged.get(("total", None), {})
    breakdowns = {}
    for dimension in DIMENSIONS:
        rows = [Row(key, _figures(values)) for (code, key), values in merged.items() if code == dimension.code]
        breakdowns[dimension.code] = numbers_hidden([row for row in rows if not row.figures.is_empty()], smallest)
    return Statement(year, as_of, fte_base, _figures(whole), whole.get("last_day"), breakdowns, smallest=smallest)


def _figures(values: Mapping) -> Figures:
    return Figures(**{item.name: values.get(item.name) or 0 for item in fields(Figures)})


def numbers_hidden(rows: list[Row], smallest: int = SMALLEST_GROUP) -> list[Row]:
    """The same rows, without the numbers of people that are too small, nor those that would give them.

    >>> rows = [Row(str(number), Figures(hours_validated=100, people=number)) for number in (10, 3, 8, 0)]
    >>> [row.hides_people for row in numbers_hidden(rows)]
    [False, True, True, False]
    """
    sizes = {row.key: Size(row.figures.people, 0) for row in rows}
    hidden = widened([list(sizes)], sizes, smallest)
    return [
        replace(row, hides_people=True, is_small=is_small(row.figures.people, smallest)) if row.key in hidden else row
        for row in rows
    ]


# -- what is published, as plain data that JSON keeps, and back to the digit ------------------------


def to_plain(statement: Statement) -> dict[str, Any]:
    """
    >>> published = Statement(2014, date(2015, 3, 1), 1600.0, Figures(hours_validated=8.4), date(2014, 12, 31))
    >>> from_plain(to_plain(published)) == published
    True
    """
    plain = asdict(_without_small_numbers(statement))
    for name in DAYS:
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
    days = {name: plain.get(name) and date.fromisoformat(plain[name]) for name in DAYS}
    breakdowns = {code: [_row(row) for row in rows] for code, rows in plain["breakdowns"].items()}
    totals = {name: Figures(**plain[name]) for name in ("total", "people_total")}
    return Statement(**{**plain, **days, **totals, "breakdowns": breakdowns})


def _row(plain: dict[str, Any]) -> Row:
    figures = plain["figures"] and Figures(**plain["figures"])
    return Row(**{**plain, "figures": figures, "only": tuple(plain.get("only", ()))})
