"""Small files that would unpack to anything: refused at a bound, before anything is built of them."""

import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from odoo.addons.clause_insertion.engine.files import bounds
from odoo.addons.clause_insertion.engine.files.errors import FileError
from odoo.addons.clause_insertion.engine.files.rows import rows
from odoo.addons.clause_insertion.engine.files.table import Headings, read_table

HEADINGS = Headings({"code": ("Code commune", "codgeo"), "name": ("Commune",)}, ["code", "name"])
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
TEXTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
START, END = f'<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>"
MOST_MEMORY = 30 * 2**20  # far under what any of these files asks for


def parts_of(*lines):
    """A workbook as {name: bytes} of its parts."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for line in lines or [["Code commune", "Commune"], ["86194", "Poitiers"]]:
        book.active.append(line)
    book.save(content)
    with zipfile.ZipFile(content) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if TEXTS.encode() not in parts["[Content_Types].xml"]:  # openpyxl says so only where cells do share texts
        kind = f'<Override PartName="/{TEXTS}" ContentType="{TEXTS_TYPE}"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind.encode())
        parts[TEXTS] = f'<sst xmlns="{MAIN}"/>'.encode()
    return parts


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    """Parts are bytes, or pieces of them."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, part in parts.items():
            with archive.open(name, "w") as file:
                for piece in [part] if isinstance(part, bytes) else part:
                    file.write(piece)
    return content.getvalue()


def with_part(name, *pieces):
    """``pieces`` are texts, or (text, how many times)."""

    def encoded():
        for piece in pieces:
            text, times = (piece, 1) if isinstance(piece, str) else piece
            whole, rest = divmod(times, 1000)
            for _time in range(whole):
                yield (text * 1000).encode()
            yield (text * rest).encode()

    return zipped(parts_of() | {name: encoded()})


def refused(content, filename="a.xlsx"):
    """Code of the refusal, within little memory beyond the file itself."""
    tracemalloc.start()
    try:
        with pytest.raises(FileError) as error:
            for _row in rows(content, filename, HEADINGS.column):
                pass
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
    return error.value.code


def test_one_row_of_twelve_million_cells():
    """It is 150 kB in the archive, and took 2.4 GB and 105 s."""
    content = with_part(SHEET, START, "<row>", ("<c><v>1</v></c>", 12_600_000), "</row>", END)
    assert len(content) < 400_000
    assert refused(content) == "wide_row"


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        (['<row><c r="IW1"><v>1</v></c></row>'], "wide_row"),
        (['<row><c r="ZZZZZZZZ1"><v>1</v></c></row>'], "not_xlsx"),
        (['<row r="1048577"><c><v>1</v></c></row>'], "many_rows"),
        (['<row r="99999999999999"><c><v>1</v></c></row>'], "many_rows"),
        (['<row r="7"/><row r="2"/>'], "not_xlsx"),
        (["<row>", ("<x/>", 5_000_000), "</row>"], "many_elements"),
        (["<row><row></row>", ("<x/>", 5_000_000), "</row>"], "many_elements"),
        (["<row/>", ("<x/><row/>", 1_000_000)], "many_elements"),
        (["<row><c t='inlineStr'><is><t>", ("x", 20_000_000), "</t></is></c></row>"], "long_cell"),
        (["<row><c t='inlineStr'><is>", ("<r><t>x</t></r>", 5_000_000), "</is></c></row>"], "many_elements"),
        (["<row><c r='", ("A", 20_000_000), "'/></row>"], "long_cell"),
        (["<!--", ("x", 20_000_000), "-->"], "long_cell"),
        (["<mergeCells>", ("<mergeCell ref='A1:XFD1048576'/>", 500_000), "</mergeCells>"], "many_elements"),
        (["<row><x:c xmlns:x='", MAIN, "'/>", (f"<x:c xmlns:x='{MAIN}'/>", 100_000), "</row>"], "wide_row"),
        (["<row>", ("<x>", 5_000_000)], "many_elements"),
        (["<row></c>"], "not_xlsx"),
    ],
)
def test_a_hostile_sheet(pieces, code):
    assert refused(with_part(SHEET, START, *pieces, END)) == code


@pytest.mark.parametrize(
    ("name", "pieces", "code"),
    [
        (TEXTS, ["<sst><si><t>", ("x", 20_000_000), "</t></si></sst>"], "long_cell"),
        (TEXTS, ["<sst><si>", ("<r><t/></r>", 2_000_000), "</si></sst>"], "many_elements"),
        ("xl/styles.xml", ["<styleSheet><cellXfs>", ("<xf/>", 5_000_000), "</cellXfs></styleSheet>"], "many_elements"),
        ("xl/workbook.xml", ["<workbook><sheets>", ("<sheet/>", 1_000_000), "</sheets></workbook>"], "many_sheets"),
        ("xl/workbook.xml", ["<workbook>", ("<definedName/>", 1_000_000), "</workbook>"], "many_elements"),
        ("[Content_Types].xml", ["<Types>", ("<Default/>", 2_000_000), "</Types>"], "many_elements"),
        ("xl/_rels/workbook.xml.rels", ["<a>", ("<b/>", 2_000_000), "</a>"], "many_elements"),
        ("xl/styles.xml", [("\0", 20_000_000)], "not_xlsx"),
        ("xl/media/a.png", [("\0", 60_000_000)], "too_big_unzipped"),
        (SHEET, [(" ", 210_000_000)], "too_big_unzipped"),
    ],
)
def test_a_hostile_part(name, pieces, code):
    """Texts, styles, names, properties: whatever openpyxl reads before it comes to the rows."""
    assert refused(with_part(name, *pieces)) == code


def test_parts_that_rows_do_not_need_are_not_read():
    """Whatever they hold: properties, themes, other sheets."""
    for name in ("docProps/core.xml", "xl/theme/theme1.xml", "xl/worksheets/sheet2.xml"):
        content = with_part(name, "<a>", ("<b/>", 2_000_000), "</a>")
        assert len(list(rows(content, "", HEADINGS.column))) == 2


def test_entities_that_multiply():
    """A billion laughs: no part of a workbook declares entities."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    for name in (SHEET, TEXTS, "xl/styles.xml"):
        text = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><x>&a9;</x>'
        assert refused(with_part(name, text)) == "not_xlsx"


def test_entities_of_the_world_outside():
    text = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert refused(with_part(TEXTS, text)) == "not_xlsx"


def test_a_sheet_of_too_many_cells(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_CELLS", 10)
    assert refused(zipped(parts_of(*[[1, 2]] * 6))) == "many_cells"
    assert len(list(rows(zipped(parts_of(*[[1, 2]] * 5)), "", HEADINGS.column))) == 5


def test_a_formula_that_cells_share():
    """It is its own text, once: openpyxl would write it anew for each cell, 200 kB each."""
    long = "+".join(["A1"] * 60_000)
    cells = f'<c r="A1"><f t="shared" si="0" ref="A1:A9">{long}</f></c>', ('<c><f t="shared" si="0"/></c>', 9000)
    content = with_part(SHEET, START, '<row r="1">', cells[0], "</row>", ("<row>" + cells[1][0] + "</row>", 9000), END)
    read = list(rows(content, "", HEADINGS.column))
    assert (len(read), read[0], read[1]) == (9001, [f"={long}"], ["="])


def test_more_parts_than_a_workbook_has():
    parts = parts_of() | {f"x/{number}": b"" for number in range(bounds.MOST_PARTS)}
    assert refused(zipped(parts)) == "many_parts"


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions_that_have_no_end(compression):
    """zipfile reads a deflated part as far as the size told; the others, in pieces of any size."""
    assert refused(zipped(parts_of(), compression)) == "not_xlsx"


def test_a_part_that_lies_about_its_size():
    """It says ten bytes, and is read no further."""
    parts = parts_of() | {SHEET: (START + "<row/>" * 1_000_000 + END).encode()}
    content = zipped(parts)
    size = len(parts[SHEET]).to_bytes(4, "little")
    assert refused(content.replace(size, (10).to_bytes(4, "little"))) == "not_xlsx"


def test_a_password():
    content = bytearray(zipped(parts_of()))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    assert refused(bytes(content)) == "not_xlsx"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Code commune;Commune\n" + b"x" * 40_000_000, "long_line"),
        (b"Code commune;Commune\n" + b";" * 65_000 + b"x\n", "wide_row"),
        (b'Code commune;Commune\n1;"' + b"a\n" * 20_000_000, "long_line"),
        (b"x" * (50 * 2**20 + 1), "too_big"),
        (b"Code commune;Commune\n" + b"a\0" * 10, "binary"),
    ],
)
def test_a_hostile_csv(content, code):
    """One line, a field, a row of delimiters, rows, bytes."""
    assert refused(content, "a.csv") == code


def test_more_texts_than_people_and_clauses(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_TEXTS", 1000)
    content = with_part(TEXTS, f'<sst xmlns="{MAIN}">', ("<si/>", 2_000_000), "</sst>")
    assert refused(content) == "many_texts"


def test_more_rows_than_a_sheet_can_have(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_ROWS", 1000)
    assert refused(b"Code commune;Commune\n" + b"\n" * 1000, "a.csv") == "many_rows"
    assert len(list(rows(b"Code commune;Commune\n" + b"\n" * 999, "a.csv", HEADINGS.column))) == 1000
    assert refused(with_part(SHEET, START, ("<row/>", 1001), END)) == "many_rows"


def test_a_table_longer_than_any_list(monkeypatch):
    """It would be held in memory."""
    monkeypatch.setattr(bounds, "MOST_ROWS_OF_A_TABLE", 2)
    text = "Code commune;Commune\n1;a\n2;b\n"
    assert not read_table(text.encode(), "", HEADINGS)[1]
    assert [problem.code for problem in read_table(f"{text}3;c".encode(), "", HEADINGS)[1]] == ["long_table"]


def test_files_of_real_life_are_read():
    """Columns styled to the end of the sheet, a picture, a stray cell a million rows below."""
    parts = parts_of(*[["86194", f"Poitiers {number}"] for number in range(20_000)])
    styled = '<row r="20001">' + '<c s="0"/>' * 16_384 + "</row>"
    stray = '<row r="1048576"><c r="B1048576" t="inlineStr"><is><t>fin</t></is></c></row>'
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", f"{styled}{stray}</sheetData>".encode())
    parts["xl/media/image1.png"] = b"\x89PNG" + bytes(1000)
    count, filled = 0, []
    for row in rows(zipped(parts), "", HEADINGS.column):
        count += 1
        if any(row):
            filled.append(row)
    assert count == 2**20
    assert (len(filled), filled[0], filled[-1]) == (20_001, ["86194", "Poitiers 0"], ["", "fin"])
