"""Rows of a file of hours set against what the database knows: hours that can stand, or what is wrong."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from ..months import declared_day, first_day, last_day
from ..text import digits, folded
from .hours import SIREN_DIGITS, HourRow
from .table import Problem, RowReader


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that the user may fill; ``start`` is the first day of its contract."""

    id: int
    contractor: int
    start: date | None
    refusal: str = ""  # why it takes no hours, as the code of a problem


@dataclass(frozen=True, slots=True)
class Contract:
    """A work contract; both dates are included, an open end is None."""

    id: int
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class MatchedHour:
    """A row that can be written, in the database's own keys."""

    number: int
    clause: int
    person: int
    employment: int | None
    day: date
    is_monthly: bool
    kind: str
    hours: float
    validated_on: date | None


class Contractors:
    """Contractors by name and by SIREN: the establishments of a company are one contractor.

    >>> known = Contractors({1: ("Bâtisseurs du Seuil", "356 000 000 00048"), 2: ("Dupont", ""), 3: ("DUPONT", "")})
    >>> known.find("batisseurs du seuil"), known.find("35600000000030"), known.find("dupont"), known.find("inconnu")
    ({1}, {1}, {2, 3}, set())
    """

    def __init__(self, names: Mapping[int, tuple[str, str]]) -> None:
        self._found: dict[str, set[int]] = {}
        for key, (name, registry) in names.items():
            self._found.setdefault(folded(name), set()).add(key)
            if len(number := digits(registry)) >= SIREN_DIGITS:
                self._found.setdefault(number[:SIREN_DIGITS], set()).add(key)
        self.names = {key: name for key, (name, _registry) in names.items()}

    def find(self, text: str) -> set[int]:
        """``text`` is a folded name, or the digits of a SIRET."""
        return self._found.get(text[:SIREN_DIGITS] if text.isdigit() else text, set())


@dataclass(frozen=True, slots=True)
class KnownRecords:
    """What the user may see of what a file names; everything else is unknown."""

    contractors: Contractors
    clauses: Mapping[str, Clause]
    people: Mapping[str, int]
    contracts: Mapping[tuple[int, int], list[Contract]]  # by (person, clause)
    submitted: Collection[tuple[int, date]]  # (clause, month) that wait for the relay
    closed_until: date | None
    today: date


class HourMatcher(RowReader):
    """Sets rows against known records; what is wrong is added to the ``problems`` of their reader, if it is given."""

    def __init__(self, known: KnownRecords, problems: list[Problem] | None = None) -> None:
        self.known = known
        self.problems = [] if problems is None else problems

    def match(self, row: HourRow, cells: Mapping[str, str]) -> MatchedHour | None:
        """
        >>> seuil = Contractors({1: ("Seuil", ""), 2: ("Autre", "")})
        >>> contracts = {(5, 7): [Contract(9, date(2026, 9, 1), date(2026, 9, 11))]}
        >>> clauses = {"CI/1": Clause(7, 1, date(2026, 9, 1))}
        >>> known = KnownRecords(seuil, clauses, {"P-1": 5}, contracts, (), date(2026, 8, 31), date(2026, 11, 22))
        >>> def match(contractor="seuil", clause="CI/1", person="P-1", day=None, month=None):
        ...     matcher = HourMatcher(known)
        ...     row = HourRow(2, contractor, clause, person, day, month, 7.0, "work", None)
        ...     return matcher.match(row, {}) or [(p.column, p.code) for p in matcher.problems]
        >>> matched = match(month=date(2026, 9, 1))
        >>> matched.day, matched.employment
        (datetime.date(2026, 9, 11), 9)
        >>> match("autre", day=date(2026, 9, 3)), match("x", "CI/2", "P-2", day=date(2026, 9, 3))
        ([('contractor', 'not_contractor')], [('clause', 'unknown_clause'), ('contractor', 'unknown_contractor'), \
('person', 'unknown_person')])
        >>> match(day=date(2026, 8, 31))
        [('day', 'closed')]
        """
        before = len(self.problems)
        self._begin(row.number, cells)
        clause = self._clause(row)
        self._check_contractor(row, clause)
        person = self.known.people.get(row.person)
        if person is None:
            self._problem("person", "unknown_person")
        if clause is None or person is None:
            return None
        contract = self._contract(
            person, clause.id, row.month or row.day, last_day(row.month) if row.month else row.day
        )
        day = row.day or declared_day(row.month, contract and contract.end, self.known.today)
        if not clause.refusal:
            self._check_day("month" if row.month else "day", clause, day)
        if len(self.problems) > before:
            return None
        return MatchedHour(
            row.number,
            clause.id,
            person,
            contract and contract.id,
            day,
            row.month is not None,
            row.kind,
            row.hours,
            row.validated_on,
        )

    def _clause(self, row: HourRow) -> Clause | None:
        clause = self.known.clauses.get(row.clause)
        if clause is None:
            self._problem("clause", "unknown_clause")
        elif clause.refusal:
            self._problem("clause", clause.refusal)
        return clause

    def _check_contractor(self, row: HourRow, clause: Clause | None) -> None:
        found = self.known.contractors.find(row.contractor)
        if not found:
            self._problem("contractor", "unknown_contractor")
        elif len(found) > 1:
            self._problem("contractor", "ambiguous_contractor")
        elif clause and clause.contractor not in found:
            self._problem(
                "contractor", "not_contractor", expected=self.known.contractors.names.get(clause.contractor, "–")
            )

    def _check_day(self, column: str, clause: Clause, day: date) -> None:
        if self.known.closed_until and day <= self.known.closed_until:
            self._problem(column, "closed", until=self.known.closed_until)
        elif clause.start and day < clause.start:
            self._problem(column, "before_clause", start=clause.start)
        elif (clause.id, first_day(day)) in self.known.submitted:
            self._problem(column, "submitted")

    def _contract(self, person: int, clause: int, start: date, end: date) -> Contract | None:
        """The latest work contract on this clause that covers part of these days."""
        among = [
            contract
            for contract in self.known.contracts.get((person, clause), ())
            if contract.start <= end and (contract.end is None or contract.end >= start)
        ]
        return max(among, key=lambda contract: (contract.start, contract.id), default=None)
