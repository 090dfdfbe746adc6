"""Rows of a file by column, whatever the words that head them, and what is wrong in them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from ..text import folded
from . import bounds
from .cells import is_formula
from .errors import FileError
from .rows import encoding, rows

ROWS_ABOVE_HEADERS = 10  # titles that official workbooks have
_UTF8_LETTER = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
T = TypeVar("T")


class Headings:
    """How each column may be headed, the reference first; ``required`` ones must be there.

    >>> headings = Headings({"code": ("Code commune", "codgeo")}, ["code"])
    >>> headings.column("CODE_COMMUNE"), headings.column("observations"), headings.label("code")
    ('code', None, 'Code commune')
    """

    def __init__(self, texts: Mapping[str, Sequence[str]], required: Sequence[str]) -> None:
        self.texts, self.required = texts, required
        self._columns = {folded(text): column for column, texts in texts.items() for text in texts}

    def column(self, header: str) -> str | None:
        return self._columns.get(folded(header))

    def label(self, column: str) -> str:
        """The reference word of a column; nothing for no column."""
        return self.texts[column][0] if column else ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell, or with a row when ``column`` is empty; ``params`` go into the message."""

    row: int
    column: str
    value: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


class RowReader:
    """Reads one row after the other; what is wrong in any of them piles up in ``problems``."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def _begin(self, number: int, cells: Mapping[str, str]) -> None:
        self._number, self._cells = number, cells

    def _read(self, column: str, parse: Callable[[str], T], wrong: str = "") -> T | None:
        """What ``parse`` makes of the cell; None for an empty one."""
        text = self._cells.get(column, "")
        return self._parse(column, text, parse, wrong) if text else None

    def _parse(self, column: str, text: str, parse: Callable[[str], T], wrong: str) -> T | None:
        """A text that ``parse`` refuses is a problem of that ``wrong`` code, unless the error has one of its own."""
        try:
            return parse(text)
        except ValueError as error:
            self._problem(column, getattr(error, "code", wrong))
            return None

    def _problem(self, column: str, code: str, **params: object) -> None:
        self.problems.append(Problem(self._number, column, self._cells.get(column, ""), code, params))


# -- whole tables ----------------------------------------------------------------------------------
# Official files, directories of relays. Unlike a file of hours, columns that are not known are left out: such files
# hold many.

Row = tuple[int, dict[str, str]]


def read_table(content: bytes, filename: str, headings: Headings) -> tuple[list[Row], list[Problem]]:
    """Numbered rows by column, blank ones left out, and what is wrong with the file as a whole.

    >>> headings = Headings({"code": ("Code commune",), "name": ("Commune",)}, ["code"])
    >>> read_table("Code commune;Commune;x\\n86194;Poitiers;1".encode("cp1252"), "", headings)
    ([(2, {'code': '86194', 'name': 'Poitiers'})], [])
    >>> mixed = "Code commune;Commune\\n17300;Nieul\\n86066;Châtel\\n".encode() + "16102;Éraville".encode("cp1252")
    >>> [(problem.code, problem.row) for problem in read_table(mixed, "", headings)[1]]
    [('mixed_encodings', 3)]
    >>> [problem.code for problem in read_table(b"Commune;Code commune", "", headings)[1]]
    ['no_rows']
    >>> [(problem.code, problem.value) for problem in read_table(b"Commune;Commune;x\\na;b;c", "", headings)[1]]
    [('missing_column', 'Code commune'), ('column_twice', 'Commune')]
    """
    try:
        lines = rows(content, filename, headings.column)  # first of all: they are bounded
        if row := _mixed_at(content):
            return [], [Problem(row, "", "", "mixed_encodings")]
        return _table(lines, headings)
    except FileError as error:
        return [], [Problem(error.row, "", "", error.code)]


def _mixed_at(content: bytes) -> int:
    """The line of a letter in UTF-8 within a text that is not UTF-8: somebody has put two files together."""
    if content.startswith(b"PK") or not content.strip() or encoding(content) != "cp1252":
        return 0
    found = _UTF8_LETTER.search(content)
    return content.count(b"\n", 0, found.start()) + 1 if found else 0


def _table(lines: Iterator[list[str]], headings: Headings) -> tuple[list[Row], list[Problem]]:
    numbered = enumerate(lines, 1)
    header_at, columns = 0, []
    for number, header in islice(numbered, ROWS_ABOVE_HEADERS):
        columns = [headings.column(text) for text in header]
        if sum(column is not None for column in columns) >= 2:
            header_at = number
            break
    if not header_at:
        return [], [Problem(1, "", headings.label(name), "missing_column") for name in headings.required]
    if problems := _header_problems(header_at, columns, headings):
        return [], problems
    table = []
    for number, cells in numbered:
        row = {column: text for column, text in zip(columns, cells, strict=False) if column}
        if any(row.values()):
            table.append((number, row))
        if len(table) > bounds.MOST_ROWS_OF_A_TABLE:
            raise FileError("long_table")
    return (table, []) if table else ([], [Problem(0, "", "", "no_rows")])


def _header_problems(number: int, columns: Sequence[str | None], headings: Headings) -> list[Problem]:
    missing = [name for name in headings.required if name not in columns]
    twice = [name for name in headings.texts if columns.count(name) > 1]
    return [
        *(Problem(number, "", headings.label(name), "missing_column") for name in missing),
        *(Problem(number, "", headings.label(name), "column_twice") for name in twice),
    ]


def formulas(number: int, row: Mapping[str, str]) -> list[Problem]:
    """
    >>> [problem.column for problem in formulas(2, {"name": "=1+1", "phone": "+33 5 49 00 00 00"})]
    ['name']
    """
    return [
        Problem(number, column, text, "formula")
        for column, text in row.items()
        if is_formula(text) and not (column.endswith("phone") and text.startswith("+"))
    ]
