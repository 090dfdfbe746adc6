"""Spreadsheets that Odoo makes of lists and pivots: a text is a text there, whatever it begins with.

Odoo hands texts to xlsxwriter, which makes a live formula or a link of “=HYPERLINK(…)”, typed as a job title by whoever
may type one. These texts are found in lists of other models too (a task has the name of its clause), so that it is
the export that is mended, not the texts: nothing is changed in them, and a file that is imported again is the same.
"""

import json

from odoo import http

from odoo.addons.web.controllers.export import CSVExport, ExcelExport, ExportXlsxWriter, GroupExportXlsxWriter
from odoo.addons.web.controllers.pivot import TableExporter

from ..engine.files.cells import harmless


class _Texts:
    """A writer of cells that evaluates none."""

    def write(self, row, column, cell_value, style=None):
        if cell_value and isinstance(cell_value, str):
            return self.worksheet.write_string(row, column, cell_value, style)
        return super().write(row, column, cell_value, style)


class _TextXlsxWriter(_Texts, ExportXlsxWriter):
    pass


class _TextGroupXlsxWriter(_Texts, GroupExportXlsxWriter):
    pass


class InsertionExcelExport(ExcelExport):
    """The same as Odoo's, with these writers."""

    def from_group_data(self, fields, columns_headers, groups):
        with _TextGroupXlsxWriter(fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value

    def from_data(self, fields, columns_headers, rows):
        with _TextXlsxWriter(fields, columns_headers, len(rows)) as writer:
            for row, cells in enumerate(rows, 1):
                for column, value in enumerate(cells):
                    writer.write_cell(row, column, value)
        return writer.value


class InsertionCsvExport(CSVExport):
    """A CSV has no types: Odoo puts an apostrophe before =, + and -, and leaves the other texts that are run."""

    def from_data(self, fields, columns_headers, rows):
        return super().from_data(fields, columns_headers, [[_harmless_cell(cell) for cell in row] for row in rows])


def _harmless_cell(cell):
    return harmless(cell) if isinstance(cell, str) and cell.startswith(("@", "\t", "\r", "\n")) else cell


class InsertionTableExporter(TableExporter):
    """A pivot's titles are values of records, which the browser sends."""

    @http.route()
    def export_xlsx(self, data, **kw):
        pivot = json.loads(data) if isinstance(data, str) else json.load(data)
        return super().export_xlsx(json.dumps(_harmless_titles(pivot)), **kw)


def _harmless_titles(value):
    """The same pivot, each text that xlsxwriter would run behind an apostrophe."""
    if isinstance(value, list):
        return [_harmless_titles(item) for item in value]
    if isinstance(value, dict):
        return {key: _harmless_titles(item) for key, item in value.items()}
    is_run = isinstance(value, str) and value.startswith(("=", "{="))
    return f"'{value}" if is_run else value
