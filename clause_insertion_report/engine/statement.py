"""The yearly statement of a Region: figures of one year of work, as they stood on the evening of a day.

Three counts that are never mixed: people, contracts and hours. Hours add up; people, contracts,
work contracts and companies are counted once in the total and once in each row where they appear.
Ratios are sums over sums.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from odoo.addons.clause_insertion.engine.progress import full_time_equivalents, ratio
from odoo.addons.clause_insertion.engine.small_groups import SMALLEST_GROUP

OTHER_PUBLICS = "other"  # key of the publics that nobody outside the relay may name


@dataclass(frozen=True)
class Figures:
    """Hours, and numbers of different things under which those hours were validated."""

    hours_due: float = 0
    hours_declared: float = 0
    hours_validated: float = 0
    contracts: int = 0
    clauses: int = 0
    companies: int = 0
    people: int = 0
    employments: int = 0

    @property
    def hours_per_person(self) -> float:
        """
        >>> round(Figures(hours_validated=40_549, people=189).hours_per_person, 1)
        214.5
        """
        return ratio(self.hours_validated, self.people)

    @property
    def hours_per_contract(self) -> float:
        """
        >>> round(Figures(hours_validated=60_205, contracts=160).hours_per_contract, 1)
        376.3
        """
        return ratio(self.hours_validated, self.contracts)

    @property
    def employments_per_person(self) -> float:
        """
        >>> round(Figures(employments=75_194, people=57_231).employments_per_person, 2)
        1.31
        """
        return ratio(self.employments, self.people)

    def is_empty(self) -> bool:
        return not any(getattr(self, item.name) for item in fields(self))


@dataclass(frozen=True)
class Dimension:
    """A way to break the figures down.

    ``has_due``: hours due are known by it. ``about_people``: it tells something of the persons, so
    small groups are withheld. ``people_add_up``: each person is in one row.
    """

    code: str
    has_due: bool = False
    about_people: bool = False
    people_add_up: bool = False
    hours_add_up: bool = True


DIMENSIONS = (
    Dimension("territory", has_due=True),
    Dimension("relay", has_due=True),
    Dimension("lever", has_due=True),
    Dimension("trade", has_due=True),
    Dimension("public", about_people=True, hours_add_up=False),
    Dimension("gender", about_people=True, people_add_up=True),
    Dimension("age_band", about_people=True, people_add_up=True),
    Dimension("execution_mode"),
    Dimension("kind"),
)


@dataclass(frozen=True)
class Row:
    """Figures of one value of a dimension; ``key`` is None where the value is not known.

    Withheld rows have no figures; ``is_small`` says that it is for fewer than five people, and not
    to keep another row from being found by subtraction.
    """

    key: str | None
    figures: Figures | None
    is_small: bool = False


@dataclass(frozen=True)
class Statement:
    year: int
    as_of: date
    fte_base: float
    total: Figures = Figures()
    last_day: date | None = None
    breakdowns: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def full_time_equivalents(self) -> float:
        """
        >>> round(Statement(2021, date(2021, 12, 31), 1600, Figures(hours_validated=25_124_684)).full_time_equivalents)
        15703
        """
        return full_time_equivalents(self.total.hours_validated, self.fte_base)

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


def build(year: int, as_of: date, fte_base: float, done: Iterable[Mapping], due: Iterable[Mapping]) -> Statement:
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
    total = _figures(whole)
    breakdowns = {}
    for dimension in DIMENSIONS:
        rows = [Row(key, _figures(values)) for (code, key), values in merged.items() if code == dimension.code]
        if dimension.about_people:
            rows = publishable([row for row in rows if row.figures.people], total.people)
        breakdowns[dimension.code] = [row for row in rows if row.figures is None or not row.figures.is_empty()]
    return Statement(year, as_of, fte_base, total, whole.get("last_day"), breakdowns)


def _figures(values: Mapping) -> Figures:
    return Figures(**{item.name: values.get(item.name) or 0 for item in fields(Figures)})


def publishable(rows: list[Row], people: int, smallest: int = SMALLEST_GROUP) -> list[Row]:
    """The same rows, without the figures of the small groups and of what would give them away.

    A row that is withheld alone is the total less the others: the next smallest goes with it, and
    again until those withheld are at least ``smallest`` people together.

    >>> def shown(*people):
    ...     rows = [Row(str(number), Figures(people=number)) for number in people]
    ...     return {row.key: row.figures and row.figures.people for row in publishable(rows, sum(people))}
    >>> shown(10, 8)
    {'10': 10, '8': 8}
    >>> shown(10, 3, 8)
    {'10': 10, '3': None, '8': None}
    >>> shown(10, 1, 2, 8)
    {'10': 10, '1': None, '2': None, '8': None}
    >>> shown(10, 3, 4)
    {'10': 10, '3': None, '4': None}

    Where all are fewer than five, even the names of the rows would tell something of them:

    >>> shown(1, 3)
    {}
    """
    if people < smallest:
        return []
    by_size = sorted(rows, key=lambda row: row.figures.people)
    small = [row for row in by_size if row.figures.people < smallest]
    withheld = list(small)
    for row in by_size[len(small) :]:
        if not small or (len(withheld) > 1 and sum(row.figures.people for row in withheld) >= smallest):
            break
        withheld.append(row)
    hidden = {row.key for row in withheld}
    return [Row(row.key, None, row in small) if row.key in hidden else row for row in rows]
