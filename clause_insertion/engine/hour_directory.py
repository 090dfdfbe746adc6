"""Rows of a file of hours set against what the database knows: hours that can stand, or what is wrong."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from .hour_cells import digits, folded
from .hour_rows import SIREN_DIGITS, HourRow, Problem
from .months import declared_day, first_day, last_day


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that the user may fill; ``start`` is the first day of its contract."""

    id: int
    contractor: int
    accepts_hours: bool
    start: date | None


@dataclass(frozen=True, slots=True)
class Contract:
    """A work contract; both dates are included, an open end is None."""

    id: int
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class PlacedHour:
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


@dataclass
class Directory:
    """What the user may see of what a file names; everything else is unknown."""

    contractors: Contractors
    clauses: Mapping[str, Clause]
    people: Mapping[str, int]
    contracts: Mapping[tuple[int, int], list[Contract]]  # by (person, clause)
    submitted: Collection[tuple[int, date]]  # (clause, month) that wait for the relay
    closed_until: date | None
    today: date
    problems: list[Problem] = field(default_factory=list)

    def place(self, row: HourRow, cells: Mapping[str, str]) -> PlacedHour | None:
        """
        >>> seuil = Contractors({1: ("Seuil", ""), 2: ("Autre", "")})
        >>> contracts = {(5, 7): [Contract(9, date(2026, 9, 1), date(2026, 9, 11))]}
        >>> clauses = {"CI/1": Clause(7, 1, True, date(2026, 9, 1))}
        >>> def place(contractor="seuil", clause="CI/1", person="P-1", day=None, month=None):
        ...     book = Directory(seuil, clauses, {"P-1": 5}, contracts, (), date(2026, 8, 31), date(2026, 11, 22))
        ...     row = HourRow(2, contractor, clause, person, day, month, 7.0, "work", None)
        ...     return book.place(row, {}) or [(p.column, p.code) for p in book.problems]
        >>> placed = place(month=date(2026, 9, 1))
        >>> placed.day, placed.employment
        (datetime.date(2026, 9, 11), 9)
        >>> place("autre", day=date(2026, 9, 3)), place("x", "CI/2", "P-2", day=date(2026, 9, 3))
        ([('contractor', 'not_contractor')], [('clause', 'unknown_clause'), ('contractor', 'unknown_contractor'), \
('person', 'unknown_person')])
        >>> place(day=date(2026, 8, 31))
        [('day', 'closed')]
        """
        before = len(self.problems)
        self._number, self._cells = row.number, cells
        clause = self._clause(row)
        self._check_contractor(row, clause)
        person = self.people.get(row.person)
        if person is None:
            self._problem("person", "unknown_person")
        if clause is None or person is None:
            return None
        contract = self._contract(
            person, clause.id, row.month or row.day, last_day(row.month) if row.month else row.day
        )
        day = row.day or declared_day(row.month, contract and contract.end, self.today)
        if clause.accepts_hours:
            self._check_day("month" if row.month else "day", clause, day)
        if len(self.problems) > before:
            return None
        return PlacedHour(
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
        clause = self.clauses.get(row.clause)
        if clause is None:
            self._problem("clause", "unknown_clause")
        elif not clause.accepts_hours:
            self._problem("clause", "clause_not_running")
        return clause

    def _check_contractor(self, row: HourRow, clause: Clause | None) -> None:
        found = self.contractors.find(row.contractor)
        if not found:
            self._problem("contractor", "unknown_contractor")
        elif len(found) > 1:
            self._problem("contractor", "ambiguous_contractor")
        elif clause and clause.contractor not in found:
            self._problem("contractor", "not_contractor", expected=self.contractors.names.get(clause.contractor, "–"))

    def _check_day(self, column: str, clause: Clause, day: date) -> None:
        if self.closed_until and day <= self.closed_until:
            self._problem(column, "closed", until=self.closed_until)
        elif clause.start and day < clause.start:
            self._problem(column, "before_clause", start=clause.start)
        elif (clause.id, first_day(day)) in self.submitted:
            self._problem(column, "submitted")

    def _contract(self, person: int, clause: int, start: date, end: date) -> Contract | None:
        """The latest work contract on this clause that covers part of these days."""
        among = [
            contract
            for contract in self.contracts.get((person, clause), ())
            if contract.start <= end and (contract.end is None or contract.end >= start)
        ]
        return max(among, key=lambda contract: (contract.start, contract.id), default=None)

    def _problem(self, column: str, code: str, **params: object) -> None:
        self.problems.append(Problem(self._number, column, self._cells.get(column, ""), code, params))
