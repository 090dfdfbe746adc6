"""Figures by what is known of the people (public, gender, age…), with what would tell who they are withheld."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from odoo.addons.clause_insertion.engine.exact import total
from odoo.addons.clause_insertion.engine.hours_by_trait import MANY, rounded, told_keys
from odoo.addons.clause_insertion.engine.suppression import (
    LEAST_HOURS,
    SMALLEST_GROUP,
    WHOLE,
    is_small,
    steps,
    withheld,
)

from .figures import SECRET, Figures, Row

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

    ``told``: the day as of which hours by trait are told, None before it; ``many``: see ``hours_by_trait``.

    >>> def work(person, hours=10.0, group="A"):
    ...     return Work(group, date(2025, 3, 1), person, 1, 1, 1, person, hours)
    >>> profiles = {person: {"gender": ("female" if person < 60 else "male",)} for person in range(140)}
    >>> everybody = PeopleFigures([work(person) for person in range(140)], profiles, told=date(2026, 2, 28))
    >>> [(row.key, row.figures.people, row.figures.hours_validated) for row in everybody.breakdown("gender")]
    [('female', 60, 600.0), ('male', 80, 800.0)]

    Of fewer people, or before the year is over, the number alone:

    >>> fourteen = PeopleFigures([work(person) for person in range(54, 68)], profiles, told=date(2026, 2, 28))
    >>> [(row.key, row.figures.people, row.only) for row in fourteen.breakdown("gender")]
    [('female', 6, ('people',)), ('male', 8, ('people',))]
    >>> two_women = PeopleFigures([work(person) for person in (0, 1, *range(60, 68))], profiles)
    >>> [(row.key, row.figures, row.is_small) for row in two_women.breakdown("gender")]
    [('female', None, True), ('male', None, False)]
    >>> two_women.total.people, two_women.total.employments
    (10, 10)

    Of fewer than five people in all, even the names of the rows would tell something:

    >>> PeopleFigures([work(person) for person in (0, 1, 60, 61)], profiles).breakdown("gender")
    []
    """

    def __init__(
        self,
        works: Sequence[Work],
        profiles: Mapping[int, Profile],
        group: Hashable = WHOLE,
        smallest: int = SMALLEST_GROUP,
        told: date | None = None,
        many: int = MANY,
    ):
        self.works = works
        self.profiles = profiles
        self.group = group
        self.smallest = smallest
        self.told = told
        self.many = many

    def breakdown(self, dimension: str) -> list[Row]:
        """People of each key of a dimension, and their hours where they are told; nothing where they are withheld."""
        if is_small(self.total.people, self.smallest):
            return []
        hidden, hours = self._hidden(dimension), self._hours(dimension)
        people = self._people_by_key(self._standing, dimension)
        if dimension in SECRET:
            rows = [self._row(key, number, key in hidden, hours, is_small=False) for key, number in people.items()]
            return rows if any(row.figures for row in rows) else []
        return [
            self._row(key, number, key in hidden, hours, is_small(number, self.smallest))
            for key, number in people.items()
        ]

    @staticmethod
    def _row(key, people: int, is_hidden: bool, hours: Mapping, is_small: bool) -> Row:
        if is_hidden:
            return Row(key, None, is_small)
        if key in hours:
            return Row(key, Figures(people=people, hours_validated=hours[key]), only=("people", "hours_validated"))
        return Row(key, Figures(people=people), only=("people",))

    # -- people --------------------------------------------------------------------------------------

    def _people_by_key(self, standing: Mapping[int, float], dimension: str) -> Counter:
        return Counter(key for person in standing for key in self.profiles[person][dimension])

    def _hidden(self, dimension: str) -> set:
        """Of a whole that has parts, such as several companies: all that is withheld in one of them, too."""
        also = set().union(*(part._hidden(dimension) for part in self._parts))
        return withheld(
            self._steps,
            lambda person: self.profiles[person][dimension],
            self.group,
            self.smallest,
            is_secret=dimension in SECRET,
            also=also,
        )

    @cached_property
    def _parts(self) -> list["PeopleFigures"]:
        """Those of a whole of several, each a whole of its own."""
        works = defaultdict(list)
        for work in self.works if self.group is WHOLE else ():
            works[work.group].append(work)
        if len(works) < 2:
            return []
        rest = WHOLE, self.smallest, self.told, self.many
        return [PeopleFigures(own, self.profiles, *rest) for own in works.values()]

    # -- hours ---------------------------------------------------------------------------------------

    def _hours(self, dimension: str) -> dict[Hashable, float]:
        """``{key: hours}`` of the keys whose hours are told; of several companies, what each of them tells."""
        if self.group is not WHOLE or not self.told:
            return {}
        if self._parts:
            return self._hours_of_parts(dimension)
        until = self._hours_of_people(self.told)
        standing = _standing(until)
        keys = told_keys(self._people_by_key(standing, dimension), len(standing), self.many)
        hours: dict[Hashable, float] = defaultdict(float)
        for person, number in until.items():
            for key in keys.intersection(self.profiles[person][dimension]):
                hours[key] += number
        return {key: rounded(number) for key, number in hours.items()}

    def _hours_of_parts(self, dimension: str) -> dict[Hashable, float]:
        told = [(part._people_by_key(part._standing, dimension), part._hours(dimension)) for part in self._parts]
        keys = set().union(*(people for people, _hours in told))
        return {
            key: sum(hours.get(key, 0.0) for _people, hours in told)
            for key in keys
            if all(key in hours for people, hours in told if key in people)
        }

    def _hours_of_people(self, until: date = date.max) -> dict[int, float]:
        hours: dict[int, float] = defaultdict(float)
        for work in self.works:
            if work.month <= until and (self.group is WHOLE or work.group == self.group):
                hours[work.person] += work.hours
        return hours

    @cached_property
    def told_total(self) -> float | None:
        """Hours of everybody on the day as of which those by trait are told; None before it."""
        return total(self._hours_of_people(self.told).values()) if self.told else None

    @cached_property
    def _standing(self) -> dict[int, float]:
        return _standing(self._hours_of_people())

    @cached_property
    def total(self) -> Figures:
        return _figures(self._cells)

    @cached_property
    def _steps(self):
        hours: dict[tuple, float] = defaultdict(float)
        for group, month, person, _clause, _contract, _contractor, _employment, number in self.works:
            hours[month, group, person] += number
        return steps(hours, with_groups=self.group is not WHOLE, of_hours=False)

    @cached_property
    def _cells(self):
        """``[((person, clause, contract, contractor, work contract), hours)]`` of the group."""
        hours: dict[tuple, float] = defaultdict(float)
        for group, _month, *cell, number in self.works:
            if self.group is WHOLE or group == self.group:
                hours[tuple(cell)] += number
        return list(hours.items())


def _standing(hours: Mapping[int, float]) -> dict[int, float]:
    return {person: number for person, number in hours.items() if number > LEAST_HOURS}


def _figures(cells: list) -> Figures:
    """Hours validated, and the different things under which some stand."""
    standing = [cell for cell, hours in cells if hours > LEAST_HOURS]
    columns = zip(*standing, strict=True) if standing else ((),) * 5
    people, clauses, contracts, contractors, employments = (set(column) - {None} for column in columns)
    return Figures(
        hours_validated=total(hours for _cell, hours in cells),
        people=len(people),
        clauses=len(clauses),
        contracts=len(contracts),
        companies=len(contractors),
        employments=len(employments),
    )
