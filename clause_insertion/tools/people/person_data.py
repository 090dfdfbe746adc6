"""All that is kept of a person, as the relay hands it to the person: one workbook, a sheet for each kind."""

import io
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from ...engine.files.cells import harmless
from ..base.days import region_time

WIDTH = 32


def sheet(title, records, names):
    """``(title, rows)``: the labels of these fields, then a row for each record, as a reader expects them."""
    labels = [records._fields[name]._description_string(records.env) for name in names]
    return title, [labels, *([_shown(record, name) for name in names] for record in records)]


def card(title, *parts):
    """The same for one record of each model, ``(record, names of fields)``: a row for each field."""
    rows = []
    for record, names in parts:
        labels = [record._fields[name]._description_string(record.env) for name in names]
        rows += [[label, _shown(record, name)] for label, name in zip(labels, names, strict=True)]
    return title, rows


def _shown(record, name):
    value, field = record[name], record._fields[name]
    if field.type == "selection":
        return dict(field._description_selection(record.env)).get(value, "")
    if field.relational:
        return ", ".join(value.mapped("display_name"))
    if field.type == "datetime" and value:
        return region_time(record, value)
    return value if field.type in ("integer", "float") else value or ""


def workbook(sheets):
    """The content of an XLSX file; no text of it is run as a formula."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        page = book.create_sheet(title[:31])
        for row in rows:
            page.append([_cell(value) for value in row])
        for column in page.columns:
            page.column_dimensions[column[0].column_letter].width = WIDTH
            for cell in column:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        for cell in page[1] if page.max_column > 2 else page["A"]:
            cell.font = Font(bold=True)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(value):
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", value)) if isinstance(value, str) else value
