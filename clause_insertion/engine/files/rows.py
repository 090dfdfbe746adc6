"""The rows of a CSV or XLSX file, as texts, one at a time: the memory used does not grow with the file."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator

from . import bounds
from .errors import FileError
from .workbook import workbook_rows

DELIMITERS = (";", ",", "\t")

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ColumnOf = Callable[[str], str | None]  # the column that a header names, if it names any


def rows(content: bytes, filename: str, column: ColumnOf) -> Iterator[list[str]]:
    """Every row, header included, blank rows too so that numbers are those of the spreadsheet.

    ``column`` knows the headers of this kind of file: they tell what separates the cells of a CSV.

    >>> column = {"titulaire": "contractor", "clause": "clause"}.get
    >>> list(rows("titulaire;clause\\nBâtisseurs;CI/2026/0001".encode("cp1252"), "", column))
    [['titulaire', 'clause'], ['Bâtisseurs', 'CI/2026/0001']]
    >>> list(rows(b"", "", column))
    Traceback (most recent call last):
    odoo.addons.clause_insertion.engine.files.errors.FileError: empty
    """
    if len(content) > bounds.MOST_BYTES:
        raise FileError("too_big")
    if not content or content.isspace():
        raise FileError("empty")
    if content.startswith(ZIP):
        return workbook_rows(content)
    if content.startswith(OLD_EXCEL):
        raise FileError("old_excel")
    if filename.lower().endswith(".xlsx"):
        raise FileError("not_xlsx")
    return _csv_rows(content, column)


# -- CSV -------------------------------------------------------------------------------------------


def encoding(content: bytes) -> str:
    """
    >>> encoding("é".encode()), encoding("é".encode("utf-8-sig")), encoding("é".encode("cp1252"))
    ('utf-8', 'utf-8-sig', 'cp1252')
    >>> encoding("é".encode("utf-16"))
    'utf-16'
    >>> encoding(b"PDF\\x00")
    Traceback (most recent call last):
    odoo.addons.clause_insertion.engine.files.errors.FileError: binary
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = "utf-16"
    elif content.startswith(codecs.BOM_UTF8):
        found = "utf-8-sig"
    else:
        found = "utf-8"
        if b"\0" in content:
            raise FileError("binary")
    tried = (found, "cp1252") if found == "utf-8" else (found,)
    for name in tried:
        if _decodes(content, name):
            return name
    raise FileError("encoding")


def _decodes(content: bytes, name: str) -> bool:
    """Piece by piece, so that the whole text is never held."""
    reader = io.TextIOWrapper(io.BytesIO(content), encoding=name)
    try:
        while piece := reader.read(65536):
            if "\0" in piece:
                raise FileError("binary")
    except UnicodeError:
        return False
    return True


def _csv_rows(content: bytes, column: ColumnOf) -> Iterator[list[str]]:
    name = encoding(content)
    header = next(_lines(content, name), None)
    if header is None:  # a mark of encoding, and nothing else
        raise FileError("empty")
    delimiter = _delimiter(header, column)
    number = length = 0

    def lines() -> Iterator[str]:
        """Those of one row are counted together: a quotation mark that is never closed makes one row of the file."""
        nonlocal length
        for line in _lines(content, name):
            length += len(line)
            if length > bounds.MOST_CHARACTERS:
                raise FileError("long_line", number + 1)
            yield line

    try:
        for cells in csv.reader(lines(), delimiter=delimiter, strict=True):
            number, length = number + 1, 0
            if number > bounds.MOST_ROWS:
                raise FileError("many_rows")
            if any(cells[bounds.MOST_COLUMNS :]):
                raise FileError("wide_row", number)
            yield [cell.strip() for cell in cells]
    except csv.Error:
        raise FileError("broken_quotes", row=number + 1) from None


def _lines(content: bytes, name: str) -> Iterator[str]:
    text = io.TextIOWrapper(io.BytesIO(content), encoding=name, newline="")
    while line := text.readline(bounds.MOST_CHARACTERS):
        if len(line) == bounds.MOST_CHARACTERS:
            raise FileError("long_line")
        yield line


def _delimiter(header: str, column: ColumnOf) -> str:
    """The one that makes most headers known.

    >>> column = {"titulaire": "contractor", "clause": "clause"}.get
    >>> _delimiter("titulaire,clause,participant", column), _delimiter("titulaire;clause;jour, ou rien", column)
    (',', ';')
    >>> _delimiter("titulaire|clause|participant", column)
    Traceback (most recent call last):
    odoo.addons.clause_insertion.engine.files.errors.FileError: delimiter
    """

    def known(delimiter: str) -> int:
        return sum(column(cell.strip(' "\r\n')) is not None for cell in header.split(delimiter))

    best = max(DELIMITERS, key=known)
    if known(best) < 2:
        raise FileError("delimiter", row=1)
    return best
