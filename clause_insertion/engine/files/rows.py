"""The rows of a CSV or XLSX file, as texts, one at a time: the memory used does not grow with the file."""

import codecs
import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence

from .cells import as_text

MOST_BYTES = 50 * 2**20
MOST_BYTES_UNZIPPED = 200 * 2**20
MOST_BYTES_OF_TEXTS = 50 * 2**20  # the parts of a workbook that are held in memory: its texts and styles
MOST_COLUMNS, MOST_ROWS = 50, 2**20
MOST_CHARACTERS = 2**16  # in a line of a CSV
DELIMITERS = (";", ",", "\t")

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ColumnOf = Callable[[str], str | None]  # the column that a header names, if it names any


class FileError(ValueError):
    """A file that cannot be read; ``code`` says why, ``row`` where (0 for the file as a whole)."""

    def __init__(self, code: str, row: int = 0) -> None:
        super().__init__(code)
        self.code, self.row = code, row


def rows(content: bytes, filename: str, column: ColumnOf) -> Iterator[list[str]]:
    """Every row, header included, blank rows too so that numbers are those of the spreadsheet.

    ``column`` knows the headers of this kind of file: they tell what separates the cells of a CSV.

    >>> column = {"titulaire": "contractor", "clause": "clause"}.get
    >>> list(rows("titulaire;clause\\nBâtisseurs;CI/2026/0001".encode("cp1252"), "", column))
    [['titulaire', 'clause'], ['Bâtisseurs', 'CI/2026/0001']]
    >>> list(rows(b"", "", column))
    Traceback (most recent call last):
    odoo.addons.clause_insertion.engine.files.rows.FileError: empty
    """
    if not content.strip():
        raise FileError("empty")
    if len(content) > MOST_BYTES:
        raise FileError("too_big")
    if content.startswith(ZIP):
        return _xlsx_rows(content)
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
    odoo.addons.clause_insertion.engine.files.rows.FileError: binary
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
    reader = csv.reader(_lines(content, name), delimiter=delimiter, strict=True)
    number = 0
    try:
        for cells in reader:
            number += 1
            yield [cell.strip() for cell in cells]
    except csv.Error:
        raise FileError("broken_quotes", row=number + 1) from None


def _lines(content: bytes, name: str) -> Iterator[str]:
    text = io.TextIOWrapper(io.BytesIO(content), encoding=name, newline="")
    while line := text.readline(MOST_CHARACTERS):
        if len(line) == MOST_CHARACTERS:
            raise FileError("long_line")
        yield line


def _delimiter(header: str, column: ColumnOf) -> str:
    """The one that makes most headers known.

    >>> column = {"titulaire": "contractor", "clause": "clause"}.get
    >>> _delimiter("titulaire,clause,participant", column), _delimiter("titulaire;clause;jour, ou rien", column)
    (',', ';')
    >>> _delimiter("titulaire|clause|participant", column)
    Traceback (most recent call last):
    odoo.addons.clause_insertion.engine.files.rows.FileError: delimiter
    """

    def known(delimiter: str) -> int:
        return sum(column(cell.strip(' "\r\n')) is not None for cell in header.split(delimiter))

    best = max(DELIMITERS, key=known)
    if known(best) < 2:
        raise FileError("delimiter", row=1)
    return best


# -- XLSX ------------------------------------------------------------------------------------------


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    """The first sheet. Formulas come as their text: nothing is evaluated."""
    _check_archive(content)
    # Loaded here: only a few files need it.
    from openpyxl import load_workbook  # pylint: disable=import-outside-toplevel

    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = workbook.worksheets[0]
        # The bounds are ours: what the file says of its own size is not to be trusted.
        for cells in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True):
            yield [as_text(cell) for cell in cells]
    except FileError:
        raise
    except Exception as error:  # openpyxl raises anything on a damaged workbook
        raise FileError("not_xlsx") from error


def _check_archive(content: bytes) -> None:
    """Refuse what would fill the memory, before anything is unzipped: zipfile never reads past the sizes told."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise FileError("not_xlsx") from None
    if "xl/workbook.xml" not in (part.filename for part in parts):
        raise FileError("not_xlsx")
    held = [part for part in parts if not part.filename.startswith("xl/worksheets/")]
    if _size(parts) > MOST_BYTES_UNZIPPED or _size(held) > MOST_BYTES_OF_TEXTS:
        raise FileError("too_big_unzipped")


def _size(parts: Sequence[zipfile.ZipInfo]) -> int:
    return sum(part.file_size for part in parts)
