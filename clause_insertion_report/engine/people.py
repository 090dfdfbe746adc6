"""Figures by what is known of the people (public, gender, age…), with what would tell who they are withheld."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from odoo.addons.clause_insertion.engine.suppression import (
    LEAST_HOURS,
    SMALLEST_GROUP,
    WHOLE,
    is_small,
    steps,
    withheld,
)

from .figures import Figures, Row

# In each dimension, the keys of a person: several where a person is eligible in several ways.
Profile = Mapping[str, tuple[str | None, ...]]


class Work(NamedTuple):
    """Hours of a person validated in a month, less those taken back in it, under one clause and work contract.

    ``group`` is its part of the whole: a relay, contractor or department, 0 for none; else the company.
    """

    group: Hashable
    month: date
    person: int
    clause: int
    contract: int
    contractor: int
    employment: int | None
    hours: float


class PeopleFigures:
    """Figures about the people of ``group``, where ``works`` are those of all groups and ``profiles`` of all people.

    >>> def work(person, hours=10.0, group="A"):
    ...     return Work(group, date(2025, 3, 1), person, 1, 1, 1, person, hours)
    >>> profiles = {person: {"gender": ("female" if person < 6 else "male",)} for person in range(14)}
    >>> everybody = PeopleFigures([work(person) for person in range(14)], profiles)
    >>> [(row.key, row.figures.people, row.figures.hours_validated) for row in everybody.breakdown("gender")]
    [('female', 6, 60.0), ('male', 8, 80.0)]
    >>> two_women = PeopleFigures([work(person) for person in (0, 1, *range(6, 14))], profiles)
    >>> [(row.key, row.figures, row.is_small) for row in two_women.breakdown("gender")]
    [('female', None, True), ('male', None, False)]
    >>> two_women.total.people, two_women.total.employments
    (10, 10)

    Of fewer than five people in all, even the names of the rows would tell something:

    >>> PeopleFigures([work(person) for person in (0, 1, 6, 7)], profiles).breakdown("gender")
    []
    """

    def __init__(
        self,
        works: Sequence[Work],
        profiles: Mapping[int, Profile],
        group: Hashable = WHOLE,
        smallest: int = SMALLEST_GROUP,
    ):
        self.works = works
        self.profiles = profiles
        self.group = group
        self.smallest = smallest

    def breakdown(self, dimension: str) -> list[Row]:
        """Figures of each key of a dimension, or none where they are withheld."""
        if is_small(self.total.people, self.smallest):
            return []
        hidden = self._hidden(dimension)
        by_key = defaultdict(list)
        for cell in self._cells:
            for key in self.profiles[cell[0][0]][dimension]:
                by_key[key].append(cell)
        rows = ((key, _figures(cells)) for key, cells in by_key.items())
        return [
            Row(key, None, is_small=is_small(figures.people, self.smallest)) if key in hidden else Row(key, figures)
            for key, figures in rows
            if figures.people
        ]

    def _hidden(self, dimension: str) -> set:
        """Of a whole that has parts, such as several companies: all that is withheld in one of them, too."""

        def keys(person):
            return self.profiles[person][dimension]

        hidden = withheld(self._steps, keys, self.group, self.smallest)
        if self.group is WHOLE:
            parts = {work.group for work in self.works}
            for part in parts if len(parts) > 1 else ():
                own = PeopleFigures([work for work in self.works if work.group == part], self.profiles)
                hidden |= withheld(own._steps, keys, WHOLE, self.smallest)
        return hidden

    @cached_property
    def total(self) -> Figures:
        return _figures(self._cells)

    @cached_property
    def _steps(self):
        hours: dict[tuple, float] = defaultdict(float)
        for group, month, person, _clause, _contract, _contractor, _employment, number in self.works:
            hours[month, group, person] += number
        return steps(hours, with_groups=self.group is not WHOLE)

    @cached_property
    def _cells(self):
        """``[((person, clause, contract, contractor, work contract), hours)]`` of the group."""
        hours: dict[tuple, float] = defaultdict(float)
        for group, _month, *cell, number in self.works:
            if self.group is WHOLE or group == self.group:
                hours[tuple(cell)] += number
        return list(hours.items())


def _figures(cells: list) -> Figures:
    """Hours validated, and the different things under which some stand."""
    standing = [cell for cell, hours in cells if hours > LEAST_HOURS]
    columns = zip(*standing, strict=True) if standing else ((),) * 5
    people, clauses, contracts, contractors, employments = (set(column) - {None} for column in columns)
    return Figures(
        hours_validated=round(sum(hours for _cell, hours in cells), 2),
        people=len(people),
        clauses=len(clauses),
        contracts=len(contracts),
        companies=len(contractors),
        employments=len(employments),
    )
