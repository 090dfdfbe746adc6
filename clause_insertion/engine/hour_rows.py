"""Rows of a file of hours: what their cells say, or what is wrong with them. Nothing is looked up here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from stdnum.fr import siret

from . import hour_cells
from .hour_cells import CellError
from .hour_file import HEADERS, column_of

REQUIRED = ("contractor", "clause", "person", "hours")
SIREN_DIGITS = 9
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell, or with a row when ``column`` is empty; ``params`` go into the words."""

    row: int
    column: str
    value: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HourRow:
    """A row whose cells make sense. ``day`` or ``month`` (its first day), never both."""

    number: int
    contractor: str
    clause: str
    person: str
    day: date | None
    month: date | None
    hours: float
    kind: str
    validated_on: date | None


# -- header ----------------------------------------------------------------------------------------


def header_problems(header: list[str], is_taken_over: bool) -> list[Problem]:
    """Missing, repeated and unknown columns. Unknown ones are refused: a file of hours holds no names.

    >>> [(p.code, p.value) for p in header_problems(["Titulaire", "clause", "jour", "heures", "nom", ""], False)]
    [('missing_column', 'participant'), ('unknown_column', 'nom')]
    >>> {p.code for p in header_problems(["Camille", "Exemple"], False)}
    {'missing_column'}
    """
    columns = [column_of(text) for text in header]
    known = [column for column in HEADERS if column in columns]
    missing = [column for column in REQUIRED if column not in known]
    if "day" not in known and "month" not in known:
        missing.append("day")
    if is_taken_over and "validated_on" not in known:
        missing.append("validated_on")
    twice = [column for column in known if columns.count(column) > 1]
    # With hardly a header known, this is no row of headers: its texts, maybe names, are not repeated.
    unknown = [text for text in header if text and not column_of(text)] if len(known) > 1 else []
    return [
        *(Problem(1, column, HEADERS[column][0], "missing_column") for column in missing),
        *(Problem(1, "", text, "unknown_column") for text in unknown),
        *(Problem(1, column, HEADERS[column][0], "column_twice") for column in twice),
    ]


def cells_by_column(rows: Iterable[list[str]]) -> Iterator[tuple[int, dict[str, str], bool]]:
    """Row number, texts by column, and whether there are texts outside the columns; blank rows are left out.

    >>> list(cells_by_column([["clause", "heures"], ["CI/2026/0001", "7"], ["", ""], ["CI/2026/0002", "7", "5"]]))[1]
    (4, {'clause': 'CI/2026/0002', 'hours': '7'}, True)
    """
    rows = iter(rows)
    columns = [column_of(text) for text in next(rows, [])]
    for number, row in enumerate(rows, 2):
        if any(row):
            cells = {column: text for column, text in zip(columns, row, strict=False) if column}
            yield number, cells, any(row[len(columns) :])


# -- reading ---------------------------------------------------------------------------------------


class RowReader:
    """Reads the cells of a row; problems pile up in ``problems``."""

    def __init__(self, is_taken_over: bool, today: date) -> None:
        self.is_taken_over = is_taken_over
        self.today = today
        self.problems: list[Problem] = []

    def hour(self, number: int, cells: dict[str, str], has_more: bool = False) -> HourRow | None:
        """
        >>> def read(**cells):
        ...     reader = RowReader(False, date(2026, 11, 22))
        ...     texts = {"contractor": "Seuil", "clause": "CI/2026/0001", "person": "P-1", "hours": "7"} | cells
        ...     return reader.hour(2, texts) or [(p.column, p.code) for p in reader.problems]
        >>> read(month="09/2026", hours="140").month
        datetime.date(2026, 9, 1)
        >>> read(day="31/02/2026", hours="25")
        [('day', 'impossible_date'), ('hours', 'absurd_day')]
        >>> read(day="23/11/2026", person="Camille Exemple", contractor="=1+1")
        [('contractor', 'formula'), ('person', 'not_a_pseudonym'), ('day', 'future')]
        >>> read(), read(day="22/11/2026", validated_on="22/11/2026")
        ([('day', 'no_date')], [('validated_on', 'not_validated_yet')])
        """
        before = len(self.problems)
        self._number, self._cells = number, cells
        if has_more:
            self._problem("", "too_many_cells")
        contractor = self._take("contractor", _parse_contractor)
        clause = self._take("clause", str.upper)
        person = self._take("person", hour_cells.parse_pseudonym)
        day, month = self._date()
        hours = self._take("hours", lambda text: hour_cells.checked_hours(text, "month" if month else "day"))
        kind = self._take("kind", hour_cells.parse_kind, optional=True) or "work"
        validated_on = self._validation_date(month or day)
        if len(self.problems) > before:
            return None
        return HourRow(number, contractor, clause, person, day, month, hours, kind, validated_on)

    def _date(self) -> tuple[date | None, date | None]:
        has_day, has_month = self._cells.get("day"), self._cells.get("month")
        if bool(has_day) == bool(has_month):
            self._problem("day", "day_and_month" if has_day else "no_date")
            return None, None
        column = "day" if has_day else "month"
        found = self._take(column, hour_cells.parse_day if has_day else hour_cells.parse_month)
        if found and found > self.today:
            self._problem(column, "future")
        return (found, None) if has_day else (None, found)

    def _validation_date(self, worked: date | None) -> date | None:
        if not self.is_taken_over:
            if self._cells.get("validated_on"):
                self._problem("validated_on", "not_validated_yet")
            return None
        found = self._take("validated_on", hour_cells.parse_day)
        if found and found > self.today:
            self._problem("validated_on", "future")
        elif found and worked and found < worked:
            self._problem("validated_on", "validated_before_worked")
        return found

    def _take(self, column: str, parse: Callable[[str], T], optional: bool = False) -> T | None:
        text = self._cells.get(column, "")
        if not text:
            if not optional:
                self._problem(column, "empty_cell")
            return None
        if hour_cells.is_formula(text):
            self._problem(column, "formula")
            return None
        try:
            return parse(text)
        except CellError as error:
            self._problem(column, error.code)
            return None

    def _problem(self, column: str, code: str) -> None:
        self.problems.append(Problem(self._number, column, self._cells.get(column, ""), code))


def _parse_contractor(text: str) -> str:
    """A SIRET as its digits, a name folded."""
    number = hour_cells.digits(text)
    if len(number) < SIREN_DIGITS:
        return hour_cells.folded(text)
    if not siret.is_valid(number):
        raise CellError("not_siret")
    return number
