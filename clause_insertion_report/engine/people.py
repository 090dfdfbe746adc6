"""Figures by what is known of the people (public, gender, age…), with what would tell who they are withheld."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo.addons.clause_insertion.engine.small_groups import SMALLEST_GROUP, is_small

from .figures import Figures, Row
from .suppression import LEAST_HOURS, WHOLE, Entry, withheld


class Work(NamedTuple):
    """Hours of a person validated in a month, less those taken back in it, under one clause and work contract.

    ``group`` is the relay, contractor or department of a statement that is of one of them; ``keys`` are
    the person's in each dimension ("gender": ("female",)): several where a person is eligible in several ways.
    """

    group: Hashable
    month: date
    person: int
    clause: int
    contract: int
    contractor: int
    employment: int | None
    hours: float
    keys: dict[str, tuple[str | None, ...]]


def release_day(as_of: date, today: date) -> date:
    """The last end of a month that is over and not after ``as_of``: figures about people come out on that day.

    >>> release_day(date(2026, 3, 31), date(2026, 4, 1)), release_day(date(2026, 3, 30), date(2026, 4, 1))
    (datetime.date(2026, 3, 31), datetime.date(2026, 2, 28))

    A month that ends today is not over:

    >>> release_day(date(2026, 3, 31), date(2026, 3, 31))
    datetime.date(2026, 2, 28)
    """
    last = min(as_of, today - timedelta(days=1))
    return last if (last + timedelta(days=1)).day == 1 else last + relativedelta(day=1, days=-1)


def breakdown(works: Sequence[Work], dimension: str, group: Hashable = WHOLE, smallest: int = SMALLEST_GROUP) -> list:
    """The rows of a dimension for ``group``: figures, or none where they are withheld.

    >>> def work(person, gender, hours=10.0, group="A"):
    ...     return Work(group, date(2025, 3, 1), person, 1, 1, 1, person, hours, {"gender": (gender,)})
    >>> women, men = [work(n, "female") for n in range(6)], [work(n, "male") for n in range(6, 14)]
    >>> [(row.key, row.figures.people, row.figures.hours_validated) for row in breakdown(women + men, "gender")]
    [('female', 6, 60.0), ('male', 8, 80.0)]
    >>> [(row.key, row.figures, row.is_small) for row in breakdown(women[:2] + men, "gender")]
    [('female', None, True), ('male', None, False)]

    Of fewer than five people in all, even the names of the rows would tell something:

    >>> breakdown(women[:2] + men[:2], "gender")
    []
    """
    own = [work for work in works if group is WHOLE or work.group == group]
    if is_small(figures_of(own).people, smallest):
        return []
    entries = [
        Entry(work.group, key, work.person, work.month, work.hours) for work in works for key in work.keys[dimension]
    ]
    hidden = withheld(entries, group, smallest)
    by_key = defaultdict(list)
    for work in own:
        for key in work.keys[dimension]:
            by_key[key].append(work)
    rows = ((key, figures_of(behind)) for key, behind in by_key.items())
    return [
        Row(key, None, is_small=is_small(figures.people, smallest)) if key in hidden else Row(key, figures)
        for key, figures in rows
        if figures.people
    ]


def figures_of(works: Iterable[Work]) -> Figures:
    """Hours validated, and the different things under which some stand."""
    hours: dict[tuple, float] = defaultdict(float)
    for work in works:
        hours[work.person, work.clause, work.contract, work.contractor, work.employment] += work.hours
    standing = [key for key, number in hours.items() if number > LEAST_HOURS]
    people, clauses, contracts, contractors, employments = (
        {value for value in values if value is not None}
        for values in (zip(*standing, strict=True) if standing else [()] * 5)
    )
    return Figures(
        hours_validated=round(sum(hours.values()), 2),
        people=len(people),
        clauses=len(clauses),
        contracts=len(contracts),
        companies=len(contractors),
        employments=len(employments),
    )
