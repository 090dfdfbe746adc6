"""The first sheet of a workbook that may be hostile: openpyxl is handed nothing that is beyond the bounds."""

import io
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from . import bounds
from .cells import as_text
from .errors import FileError

_CENTRAL_HEADER = b"PK\x01\x02"  # there is one for each part of a ZIP


def workbook_rows(content: bytes) -> Iterator[list[str]]:
    """Rows of the first sheet, those left out by the file as empty ones; a formula is its text, never evaluated."""
    archive = _BoundedArchive(content)
    try:
        yield from _sheet_rows(archive)
    except FileError:
        raise
    except Exception as error:  # openpyxl raises anything on a damaged workbook, and wraps what is raised under it
        raise archive.refusal or FileError("not_xlsx") from error


def _sheet_rows(archive: "_BoundedArchive") -> Iterator[list[str]]:
    # Loaded here: only a few files need it.
    from openpyxl.reader.excel import ExcelReader  # pylint: disable=import-outside-toplevel
    from openpyxl.styles.stylesheet import apply_stylesheet  # pylint: disable=import-outside-toplevel
    from openpyxl.worksheet._reader import WorkSheetParser  # pylint: disable=import-outside-toplevel

    class Parser(WorkSheetParser):
        def parse_formula(self, element):
            """Its own text: openpyxl translates a formula that cells share for each of them, which has no end."""
            return f"={element.findtext('{*}f') or ''}"

    reader = ExcelReader(archive.fp, read_only=True, data_only=False, keep_links=False)
    reader.archive = archive
    # What the rows need, each part once: no other sheet, no picture, no property.
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(archive, reader.wb)
    sheets = (found for found in reader.parser.find_sheets() if "chartsheet" not in found[1].Type)
    sheet, relation = next(sheets)
    if sheet.state != "visible":
        raise FileError("hidden_sheet")  # whoever sends the file does not see what would be read
    path = relation.target
    with archive.open(path) as source:
        parser = Parser(source, reader.shared_strings, epoch=reader.wb.epoch, date_formats=reader.wb._date_formats)
        expected = 1
        for number, cells in parser.parse():
            if number > bounds.MOST_ROWS:
                raise FileError("many_rows")
            if number < expected:
                raise FileError("not_xlsx", number)
            for _left_out in range(expected, number):
                yield []
            yield _row(number, cells)
            expected = number + 1


def _row(number: int, cells: list[dict]) -> list[str]:
    """Texts by place; cells that are styled and empty reach nowhere."""
    texts = {cell["column"]: as_text(cell["value"]) for cell in cells if cell["value"] is not None}
    width = max(texts, default=0)
    if width > bounds.MOST_COLUMNS:
        raise FileError("wide_row", number)
    return [texts.get(column, "") for column in range(1, width + 1)]


class _BoundedArchive(zipfile.ZipFile):
    """A workbook whose parts are read within the bounds only, by whoever reads them."""

    def __init__(self, content: bytes) -> None:
        self.refusal: FileError | None = None
        if content.count(_CENTRAL_HEADER) > bounds.MOST_PARTS:
            raise FileError("many_parts")
        try:
            super().__init__(io.BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            raise FileError("not_xlsx") from None
        self._check_parts(self.infolist())

    @staticmethod
    def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
        """By the sizes told, beyond which zipfile never reads a deflated part; other compressions have no such end."""
        if "xl/workbook.xml" not in (part.filename for part in parts):
            raise FileError("not_xlsx")
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
            raise FileError("not_xlsx")
        size = sum(part.file_size for part in parts)
        held = sum(part.file_size for part in parts if not part.filename.startswith("xl/worksheets/"))
        if size > bounds.MOST_BYTES_UNZIPPED or held > bounds.MOST_BYTES_OF_TEXTS:
            raise FileError("too_big_unzipped")

    def open(self, name, mode="r", pwd=None, *, force_zip64=False):
        return _BoundedPart(super().open(name, mode, pwd, force_zip64=force_zip64), self)


class _BoundedPart:
    """A part of a workbook, counted as it is handed on: each piece is looked at before its reader has it."""

    def __init__(self, part, archive: _BoundedArchive) -> None:
        self._part, self._archive, self._counter = part, archive, _Counter()

    def read(self, size: int = -1) -> bytes:  # pylint: disable=method-required-super
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(2**16), b""))
        data = self._part.read(size)
        try:
            self._counter.feed(data)
        except FileError as error:
            self._archive.refusal = error
            raise
        return data

    def close(self) -> None:
        self._part.close()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()


class _Counter:
    """Counts what an XML part of a workbook would be made of, and builds nothing."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._fed = self._last = 0  # bytes
        self._rows = self._texts = self._sheets = self._cells = 0
        self._cells_of_row = self._inside = self._outside = 0
        self._is_inside = False

    def feed(self, data: bytes) -> None:
        try:
            self._parser.Parse(data, not data)
        except expat.ExpatError:
            raise FileError("not_xlsx") from None
        self._fed += len(data)
        self._check_length(self._fed)

    def _check_length(self, until: int) -> None:
        """Whatever stands between two elements: a text, an attribute, a comment."""
        if until - self._last > bounds.MOST_BYTES_OF_A_CELL:
            raise FileError("long_cell")

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        place = self._parser.CurrentByteIndex
        self._check_length(place)
        self._last = place
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._count_cell()
        elif tag in ("row", "si") and not self._is_inside:
            self._begin(tag)
        elif tag == "sheet":
            self._sheets += 1
            if self._sheets > bounds.MOST_SHEETS:
                raise FileError("many_sheets")
        if self._is_inside:
            self._inside += 1
        else:
            self._outside += 1
        if max(self._inside, self._outside) > bounds.MOST_ELEMENTS:
            raise FileError("many_elements", self._rows)

    def _begin(self, tag: str) -> None:
        self._is_inside, self._inside, self._cells_of_row = True, 0, 0
        if tag == "row":
            self._rows += 1
        else:
            self._texts += 1
        if self._rows > bounds.MOST_ROWS:
            raise FileError("many_rows")
        if self._texts > bounds.MOST_TEXTS:
            raise FileError("many_texts")

    def _count_cell(self) -> None:
        self._cells += 1
        self._cells_of_row += 1
        if self._cells_of_row > bounds.MOST_CELLS_OF_A_ROW:
            raise FileError("wide_row", self._rows)
        if self._cells > bounds.MOST_CELLS:
            raise FileError("many_cells")

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] in ("row", "si"):
            self._is_inside = False

    def _doctype(self, *_declaration) -> None:
        """A workbook has none: its entities would multiply texts."""
        raise FileError("not_xlsx")
