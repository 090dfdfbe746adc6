"""Files of hours: what the cells of a row say, or what is wrong with them. Nothing is looked up here."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from stdnum.fr import siret

from ..text import digits, folded
from .cells import CellError, checked_hours, column_letter, is_formula, parse_day, parse_month
from .table import Headings, Problem, RowReader, T

HEADINGS = Headings(
    {
        "contractor": ("titulaire", "contractor"),
        "clause": ("clause",),
        "person": ("participant", "person", "participante"),
        "day": ("jour", "date", "day"),
        "month": ("mois", "month"),
        "hours": ("heures", "hours"),
        "kind": ("nature", "kind"),
        "validated_on": ("validé le", "validated on"),
    },
    required=["contractor", "clause", "person", "hours"],
)
KINDS = {"travail": "work", "work": "work", "formation": "training", "training": "training"}
SIREN_DIGITS = 9
_PSEUDONYM = re.compile(r"P-\d{1,9}", re.ASCII)


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

    >>> problems = header_problems(["Titulaire", "clause", "jour", "heures", "nom", ""], False)
    >>> [(p.code, p.value, dict(p.params)) for p in problems]
    [('missing_column', 'participant', {}), ('unknown_column', '', {'letter': 'E'})]
    >>> {p.code for p in header_problems(["Camille", "Exemple"], False)}
    {'missing_column'}
    """
    columns = [HEADINGS.column(text) for text in header]
    known = [column for column in HEADINGS.texts if column in columns]
    missing = [column for column in HEADINGS.required if column not in known]
    if "day" not in known and "month" not in known:
        missing.append("day")
    if is_taken_over and "validated_on" not in known:
        missing.append("validated_on")
    twice = [column for column in known if columns.count(column) > 1]
    # Its letter, not its text, which may be a name. With hardly a header known, this is no row of headers.
    unknown = [n for n, text in enumerate(header) if text and not HEADINGS.column(text)] if len(known) > 1 else []
    return [
        *(Problem(1, column, HEADINGS.label(column), "missing_column") for column in missing),
        *(Problem(1, "", "", "unknown_column", {"letter": column_letter(number)}) for number in unknown),
        *(Problem(1, column, HEADINGS.label(column), "column_twice") for column in twice),
    ]


def cells_by_column(rows: Iterable[list[str]]) -> Iterator[tuple[int, dict[str, str], bool]]:
    """Row number, texts by column, and whether there are texts outside the columns; blank rows are left out.

    >>> list(cells_by_column([["clause", "heures"], ["CI/2026/0001", "7"], ["", ""], ["CI/2026/0002", "7", "5"]]))[1]
    (4, {'clause': 'CI/2026/0002', 'hours': '7'}, True)
    """
    rows = iter(rows)
    columns = [HEADINGS.column(text) for text in next(rows, [])]
    for number, row in enumerate(rows, 2):
        if any(row):
            cells = {column: text for column, text in zip(columns, row, strict=False) if column}
            yield number, cells, any(row[len(columns) :])


# -- cells -----------------------------------------------------------------------------------------


def parse_kind(text: str) -> str:
    """
    >>> parse_kind(""), parse_kind("Formation"), parse_kind("TRAVAIL")
    ('work', 'training', 'work')
    """
    if not text:
        return "work"
    try:
        return KINDS[folded(text)]
    except KeyError:
        raise CellError("not_a_kind") from None


def parse_pseudonym(text: str) -> str:
    """
    >>> parse_pseudonym("p-000123")
    'P-000123'
    """
    text = text.upper()
    if not _PSEUDONYM.fullmatch(text):
        raise CellError("not_a_pseudonym")
    return text


def parse_contractor(text: str) -> str:
    """A SIRET as its digits, a name folded.

    >>> parse_contractor("356 000 000 00048"), parse_contractor("Bâtisseurs du Seuil")
    ('35600000000048', 'batisseurs du seuil')
    """
    number = digits(text)
    if len(number) < SIREN_DIGITS:
        return folded(text)
    if not siret.is_valid(number):
        raise CellError("not_siret")
    return number


# -- rows ------------------------------------------------------------------------------------------


class HourReader(RowReader):
    """Reads the rows of a file of hours, those already validated if ``is_taken_over``."""

    def __init__(self, is_taken_over: bool, today: date) -> None:
        super().__init__()
        self.is_taken_over = is_taken_over
        self.today = today

    def hour(self, number: int, cells: dict[str, str], has_more: bool = False) -> HourRow | None:
        """
        >>> def read(**cells):
        ...     reader = HourReader(False, date(2026, 11, 22))
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
        self._begin(number, cells)
        if has_more:
            self._problem("", "too_many_cells")
        contractor = self._filled("contractor", parse_contractor)
        clause = self._filled("clause", str.upper)
        person = self._filled("person", parse_pseudonym)
        day, month = self._date()
        hours = self._filled("hours", lambda text: checked_hours(text, "month" if month else "day"))
        kind = self._read("kind", parse_kind) or "work"
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
        found = self._filled(column, parse_day if has_day else parse_month)
        if found and found > self.today:
            self._problem(column, "future")
        return (found, None) if has_day else (None, found)

    def _validation_date(self, worked: date | None) -> date | None:
        if not self.is_taken_over:
            if self._cells.get("validated_on"):
                self._problem("validated_on", "not_validated_yet")
            return None
        found = self._filled("validated_on", parse_day)
        if found and found > self.today:
            self._problem("validated_on", "future")
        elif found and worked and found < worked:
            self._problem("validated_on", "validated_before_worked")
        return found

    def _filled(self, column: str, parse: Callable[[str], T]) -> T | None:
        """The same as ``_read``, of a cell that must not be empty."""
        if not self._cells.get(column):
            self._problem(column, "empty_cell")
        return self._read(column, parse)

    def _parse(self, column: str, text: str, parse: Callable[[str], T], wrong: str) -> T | None:
        if is_formula(text):
            self._problem(column, "formula")
            return None
        return super()._parse(column, text, parse, wrong)
