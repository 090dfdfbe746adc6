from odoo import models

NUMBER = "#,##0"
PAPER_A4 = 9
HEADER_ROW = 6
LONGEST_TITLE = 31  # of a sheet, for Excel
REFUSED_IN_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class ClauseInsertionDocumentXlsx(models.AbstractModel):
    """A document as a spreadsheet: one sheet per table, with a chart where the table has something to draw."""

    _name = "clause.insertion.document.xlsx"
    _inherit = "report.report_xlsx.abstract"
    _description = "Document as a spreadsheet"

    def get_workbook_options(self):
        """Names are text, even those that begin with an equals sign."""
        return {"strings_to_formulas": False, "strings_to_urls": False}

    def generate_xlsx_report(self, workbook, data, objs):
        objs.ensure_one()
        document = objs._document()
        workbook.set_properties({"title": document.title, "company": objs.company_id.name})
        formats = self._formats(workbook, document.hours_decimals)
        for table in document.tables:
            sheet = workbook.add_worksheet(table.title.translate(REFUSED_IN_TITLE)[:LONGEST_TITLE])
            self._write_head(sheet, document, table, formats)
            self._write_lines(sheet, table, formats)
            self._set_up(sheet, table)
            self._draw(workbook, sheet, table)

    def _formats(self, workbook, hours_decimals):
        def number(decimals, **style):
            return workbook.add_format({"num_format": NUMBER + ("." + "0" * decimals if decimals else ""), **style})

        def numbers(**style):
            return {
                "hours": number(hours_decimals, **style),
                "number": number(0, **style),
                "ratio": number(1, **style),
                "amount": number(2, **style),
                "percent": workbook.add_format({"num_format": "0.0%", **style}),
                "text": workbook.add_format({"align": "right", **style}),
                "withheld": workbook.add_format({"align": "right", "italic": True, **style}),
                "label": workbook.add_format({"text_wrap": True, **style}),
            }

        return {
            "line": numbers(valign="top"),
            "total": numbers(bold=True, top=1, valign="top"),
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "warning": workbook.add_format({"bold": True, "font_color": "#9C0006"}),
            "header": workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
            "text": workbook.add_format({"text_wrap": True, "valign": "top", "font_color": "#595959"}),
            "note": workbook.add_format({"italic": True}),
        }

    def _write_head(self, sheet, document, table, formats):
        sheet.write_string(0, 0, document.title, formats["title"])
        for row, text in enumerate(document.head, start=1):
            sheet.write_string(row, 0, text)
        sheet.write_string(HEADER_ROW - 2, 0, document.warning, formats["warning"])
        for column, header in enumerate(table.headers):
            sheet.write_string(HEADER_ROW, column, header, formats["header"])

    def _write_lines(self, sheet, table, formats):
        lines = [(line, formats["line"]) for line in table.lines]
        if table.total:
            lines.append((table.total, formats["total"]))
        for row, (line, styles) in enumerate(lines, start=HEADER_ROW + 1):
            self._write_line(sheet, row, line, styles, formats["text"])
        for row, note in enumerate(table.notes, start=HEADER_ROW + len(lines) + 2):
            sheet.write_string(row, 0, note, formats["note"])

    def _write_line(self, sheet, row, line, styles, text_style):
        sheet.write_string(row, 0, line.label, styles["label"])
        for column, cell in enumerate(line.cells, start=1):
            if cell.value is None:
                sheet.write_blank(row, column, None, styles["label"])
            elif cell.is_figure:
                sheet.write_number(row, column, cell.value, styles[cell.kind])
            else:
                sheet.write_string(row, column, cell.value, styles["withheld" if cell.is_withheld else "text"])
        if line.text:
            sheet.write_string(row, len(line.cells) + 1, line.text, text_style)

    def _set_up(self, sheet, table):
        labels = [line.label for line in table.lines]
        sheet.set_column(0, 0, min(max(map(len, [*labels, table.headers[0], " " * 24])) + 2, 60))
        sheet.set_column(1, len(table.headers) - 1, 16)
        if any(line.text for line in table.lines):
            sheet.set_column(len(table.headers) - 1, len(table.headers) - 1, 70)
        sheet.freeze_panes(HEADER_ROW + 1, 1)
        sheet.set_paper(PAPER_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, HEADER_ROW)
        sheet.set_footer("&L&A&R&P / &N")

    def _draw(self, workbook, sheet, table):
        """Bars under the table, in its order; a spreadsheet leaves withheld figures out by itself."""
        if not table.bars:
            return
        first, last, column = HEADER_ROW + 1, HEADER_ROW + len(table.lines), table.drawn + 1
        chart = workbook.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": [sheet.get_name(), HEADER_ROW, column],
                "categories": [sheet.get_name(), first, 0, last, 0],
                "values": [sheet.get_name(), first, column, last, column],
                "fill": {"color": "#714B67"},
                "gap": 40,
            }
        )
        chart.set_title({"name": table.headers[column], "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 900, "height": 120 + 24 * len(table.lines)})
        sheet.insert_chart(last + len(table.notes) + 5, 0, chart)
