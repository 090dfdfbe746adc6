"""Whole files: CSV and workbooks as rows, headers below titles, and why a file cannot be read."""

import io
import zipfile
from datetime import datetime, time

import openpyxl
import pytest

from odoo.addons.clause_insertion.engine.files import bounds
from odoo.addons.clause_insertion.engine.files.errors import FileError
from odoo.addons.clause_insertion.engine.files.rows import encoding, rows
from odoo.addons.clause_insertion.engine.files.table import Headings, RowReader, formulas, read_table

HEADINGS = Headings({"code": ("Code commune", "codgeo"), "name": ("Commune",), "zone": ("ZE",)}, ["code", "name"])
COLUMN = HEADINGS.column
HEADER = "Code commune;Commune\n"


def refused(content, filename=""):
    with pytest.raises(FileError) as error:
        list(rows(content, filename, COLUMN))
    assert str(error.value) == error.value.code
    return error.value.code, error.value.row


def workbook(*lines):
    book, content = openpyxl.Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(content)
    return content.getvalue()


def archive(names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        for name in names:
            parts.writestr(name, "x" * 10)
    return content.getvalue()


# -- rows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_of_any_spreadsheet(name, delimiter):
    """Encodings and delimiters of Excel and LibreOffice; a mark of encoding is no part of a header."""
    text = f"Code commune{delimiter}Commune\r\n86066{delimiter} Châtellerault \r\n{delimiter}\r\n"
    expected = [["Code commune", "Commune"], ["86066", "Châtellerault"], ["", ""]]
    assert list(rows(text.encode(name), "a.csv", COLUMN)) == expected


def test_quoted_headers_of_a_csv():
    """A delimiter within quotes, or spaces around a header, change nothing."""
    assert list(rows(b'"Code commune";"Commune"\r\n"1";"a;b"', "", COLUMN))[1] == ["1", "a;b"]
    assert list(rows(b" ZE , Commune \n1,a", "", COLUMN)) == [["ZE", "Commune"], ["1", "a"]]


def test_which_encoding():
    """Of Excel where it is not Unicode; marks of both orders of bytes."""
    assert encoding("é".encode("cp1252")) == "cp1252"
    assert encoding(b"\xef\xbb\xbfa") == "utf-8-sig"
    assert encoding(b"\xff\xfea\0") == encoding(b"\xfe\xff\0a") == "utf-16"
    assert encoding(b"a") == "utf-8"


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"", "", ("empty", 0)),
        (b" \r\n ", "", ("empty", 0)),
        (b"\xef\xbb\xbf", "", ("empty", 0)),
        (b"\xd0\xcf\x11\xe0", "a.xls", ("old_excel", 0)),
        (HEADER.encode(), "A.XLSX", ("not_xlsx", 0)),
        (b"PK\x03\x04", "a.xlsx", ("not_xlsx", 0)),
        (archive(["mimetype"]), "a.ods", ("not_xlsx", 0)),
        (archive(["xl/workbook.xml"]), "a.xlsx", ("not_xlsx", 0)),
        (b"Code commune;Commune\0", "", ("binary", 0)),
        ("Code commune;\0".encode("utf-16"), "", ("binary", 0)),
        (b"\x81\x8d", "", ("encoding", 0)),
        (b"\xff\xfea", "", ("encoding", 0)),
        (b"Code commune|Commune", "", ("delimiter", 1)),
        (b"Code commune;nom\n", "", ("delimiter", 1)),
        (b'Code commune;Commune\n1;2\n3;"4\n', "", ("broken_quotes", 3)),
    ],
)
def test_a_file_that_cannot_be_read(content, filename, code):
    """Why, and where."""
    assert refused(content, filename) == code


def test_a_file_of_the_largest_size_is_read(monkeypatch):
    """One byte more is too big."""
    monkeypatch.setattr(bounds, "MOST_BYTES", len(HEADER))
    assert list(rows(HEADER.encode(), "", COLUMN)) == [["Code commune", "Commune"]]
    assert refused(HEADER.encode() + b"\n") == ("too_big", 0)


@pytest.mark.parametrize(("length", "is_read"), [(65_534, True), (65_535, False)])
def test_a_line_that_is_too_long(length, is_read):
    """Its end included."""
    content = f"{HEADER}{'x' * length}\n".encode()
    if is_read:
        assert len(list(rows(content, "", COLUMN))[1][0]) == length
    else:
        assert refused(content)[0] == "long_line"


@pytest.mark.parametrize("limit", ["MOST_BYTES_UNZIPPED", "MOST_BYTES_OF_TEXTS"])
def test_a_workbook_that_would_fill_the_memory(monkeypatch, limit):
    """By the sizes that it tells, at the limit and beyond."""
    content = workbook(["Code commune", "Commune"])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sizes = {part.filename: part.file_size for part in parts.infolist()}
    if limit == "MOST_BYTES_OF_TEXTS":
        del sizes["xl/worksheets/sheet1.xml"]
    monkeypatch.setattr(bounds, limit, sum(sizes.values()))
    assert next(rows(content, "", COLUMN))[:2] == ["Code commune", "Commune"]
    monkeypatch.setattr(bounds, limit, sum(sizes.values()) - 1)
    assert refused(content) == ("too_big_unzipped", 0)


def test_cells_of_a_workbook():
    """As they would be typed; a formula is its text, blank rows count, empty cells at the end do not."""
    content = workbook(["Code commune", "=1+1", None], [], [86194, None, time(7, 30)], [datetime(2026, 9, 1)])
    assert list(rows(content, "", COLUMN)) == [
        ["Code commune", "=1+1"],
        [],
        ["86194", "", "07:30"],
        ["2026-09-01"],
    ]


# -- tables ----------------------------------------------------------------------------------------


def table(content, filename=""):
    lines, problems = read_table(content, filename, HEADINGS)
    return lines, [(found.row, found.column, found.value, found.code) for found in problems]


POITIERS = {"code": "86194", "name": "Poitiers"}


def test_headers_however_they_are_written():
    """The first word is the one that people are told."""
    assert [COLUMN(text) for text in ("CODE_COMMUNE", " codgeo ", "ze", "x", "")] == [
        "code",
        "code",
        "zone",
        None,
        None,
    ]
    assert (HEADINGS.label("code"), HEADINGS.label("")) == ("Code commune", "")


def test_rows_by_column():
    """Numbered as in the file; blank rows and unknown columns left out."""
    content = b"CODGEO;x;Commune\n;y;\n86194;y;Poitiers\n86066\n"
    assert table(content) == ([(3, POITIERS), (4, {"code": "86066"})], [])


@pytest.mark.parametrize(("titles", "is_found"), [(0, True), (4, True), (9, True), (10, False)])
def test_titles_above_the_headers_of_a_workbook(titles, is_found):
    """The headers are among the first ten rows."""
    lines = [["Title", None]] * titles + [["Code commune", "Commune"], ["86194", "Poitiers"]]
    missing = [(1, "", "Code commune", "missing_column"), (1, "", "Commune", "missing_column")]
    assert table(workbook(*lines)) == (([(titles + 2, POITIERS)], []) if is_found else ([], missing))


def test_one_known_word_is_no_row_of_headers():
    """Two are."""
    content = workbook(["Commune", "x"], ["Code commune", "ZE", "Commune"], ["86194", "", "Poitiers"])
    assert table(content) == ([(3, POITIERS | {"zone": ""})], [])


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (b"Code commune;ZE\n1;2", [(1, "", "Commune", "missing_column")]),
        (b"Code commune;Commune;codgeo\n1;2;3", [(1, "", "Code commune", "column_twice")]),
        (b"ZE;ZE\n1;2", [(1, "", text, "missing_column") for text in ("Code commune", "Commune")]
         + [(1, "", "ZE", "column_twice")]),
        (b"Code commune;Commune\n;\n", [(0, "", "", "no_rows")]),
        (b"", [(0, "", "", "empty")]),
        (b"Code commune|Commune", [(1, "", "", "delimiter")]),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table(content, problems):
    """All that is wrong with its headers, or why it cannot be read."""
    assert table(content) == ([], problems)


def test_two_files_put_together():
    """Lines in two encodings: the line of the first letter of the other one is told."""
    one, other = "86066;Châtel\n".encode(), "16102;Éraville\n".encode("cp1252")
    assert table(HEADER.encode() + other + b"1;a\n" + one) == ([], [(4, "", "", "mixed_encodings")])
    assert table(one + HEADER.encode() + other)[1] == [(1, "", "", "mixed_encodings")]
    assert table(HEADER.encode() + other) == ([(2, {"code": "16102", "name": "Éraville"})], [])
    assert table(HEADER.encode() + one)[1] == []
    assert table(b" ")[1] == [(0, "", "", "empty")]


def test_formulas_of_a_row():
    """A telephone number may begin with a plus sign, and nothing else."""
    row = {"name": "=1", "phone": "+33", "person_phone": "+33", "city": "+33", "email": "x"}
    found = formulas(7, row | {"fax_phone": "=1"})
    assert [(problem.row, problem.column, problem.value, problem.code) for problem in found] == [
        (7, "name", "=1", "formula"),
        (7, "city", "+33", "formula"),
        (7, "fax_phone", "=1", "formula"),
    ]


def test_a_cell_that_is_refused_is_a_problem():
    """Of the code of the error, else of the one that the reader gives; an empty cell is none."""

    def parse(text):
        raise FileError("own") if text == "1" else ValueError(text)

    reader = RowReader()
    reader._begin(5, {"a": "1", "b": "2", "c": ""})
    assert [reader._read(column, parse, "wrong") for column in "abcd"] == [None] * 4
    assert reader._read("b", int) == 2
    reader._problem("d", "empty_cell", first=3)
    assert (reader.problems.pop().value, reader.problems[0].params) == ("", {})
    assert [(found.row, found.column, found.value, found.code) for found in reader.problems] == [
        (5, "a", "1", "own"),
        (5, "b", "2", "wrong"),
    ]
