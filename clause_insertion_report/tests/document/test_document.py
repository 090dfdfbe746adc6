import io

import lxml.html
from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..common import TODAY, FiguresCommon

KINDS = ("statement", "publication", "difference", "spaser")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDocument(FiguresCommon):
    """Each kind of document, asked for by somebody who reads figures: on screen, in print and as a spreadsheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._work(cls.north, {cls._hire(cls.north): 100.25 for _number in range(6)})
        published = cls._new("statement", cls.user_officer, year=2025).action_publish()["res_id"]
        cls._work(cls.south, {cls._hire(cls.south): 40}, month="2025-11-01", on="2026-02-10 10:00:00")
        publication = cls.env["clause.insertion.publication"].with_user(cls.user_reader).browse(published)
        cls.documents = {
            "statement": cls._new("statement", year=2025),
            "publication": publication.with_context(tz="Europe/Paris"),
            "difference": cls._new("difference", publication_id=published),
            "spaser": cls._new("spaser", year_from=2024, year_to=2026),
        }

    @classmethod
    def _new(cls, kind, user=None, **values):
        asked = cls.env[f"clause.insertion.{kind}"].with_user(user or cls.user_reader)
        return asked.with_context(tz="Europe/Paris").create(values)

    def _each(self):
        for kind in KINDS:
            with self.subTest(kind=kind):
                yield kind, self.documents[kind], self.documents[kind]._document()

    def test_the_screen_tells_the_whole_document(self):
        for _kind, record, document in self._each():
            page = lxml.html.fromstring(record.preview)
            self.assertEqual(page.findtext(".//h2"), document.title)
            self.assertEqual([title.text for title in page.iter("h3")], [table.title for table in document.tables])
            said = [cell.text_content() for cell in page.iter("td")]
            for table in document.tables:
                for line in table.lines:
                    self.assertIn(line.label, said)
                    for cell in line.cells:
                        self.assertIn(record._write_cell(cell, document.hours_decimals), said)

    def test_what_is_printed_is_what_the_screen_tells(self):
        for kind, record, document in self._each():
            name = f"clause_insertion_report.clause_insertion_{kind}_pdf"
            actions = self.env["ir.actions.report"].with_user(self.user_reader).with_context(tz="Europe/Paris")
            printed = lxml.html.fromstring(actions._render_qweb_html(name, record.ids)[0])
            screen = lxml.html.fromstring(record.preview)
            self.assertIn(document.title, [title.text for title in printed.iter("h2")])
            for table in screen.iter("table"):
                rows = [row.text_content().split() for row in table.iter("tr")]
                same = [[row.text_content().split() for row in one.iter("tr")] for one in printed.iter("table")]
                self.assertIn(rows, same)

    def test_the_spreadsheet_has_a_sheet_for_each_table(self):
        for kind, record, document in self._each():
            name = f"clause_insertion_report.clause_insertion_{kind}"
            actions = self.env["ir.actions.report"].with_user(self.user_reader)
            content, _kind = actions.with_context(active_model=record._name)._render_xlsx(name, record.ids, {})
            workbook = load_workbook(io.BytesIO(content))
            self.assertEqual(workbook.sheetnames, [table.title[:31] for table in document.tables])
            for table, sheet in zip(document.tables, workbook, strict=True):
                self.assertEqual([cell.value for cell in sheet[7]], list(table.headers))
                for line, row in zip(table.lines, sheet.iter_rows(min_row=8), strict=False):
                    written = [cell.value for cell in row[1 : len(line.cells) + 1]]
                    for value, cell in zip(written, line.cells, strict=True):
                        if cell.is_figure:
                            self.assertAlmostEqual(value, cell.value, places=9)
                        else:
                            self.assertEqual(value, cell.value)

    def test_the_buttons_give_the_reports_of_that_kind(self):
        for kind, record, _document in self._each():
            downloaded, printed = record.action_download(), record.action_print()
            self.assertEqual((downloaded["report_type"], printed["report_type"]), ("xlsx", "qweb-pdf"))
            self.assertEqual(downloaded["report_name"], f"clause_insertion_report.clause_insertion_{kind}")
            self.assertEqual(printed["report_name"], f"clause_insertion_report.report_{kind}")

    def test_each_is_called_what_it_is(self):
        names = {kind: record.display_name for kind, record in self.documents.items()}
        self.assertEqual(names["statement"], "Yearly statement 2025")
        self.assertEqual(names["publication"], f"{self.company.name}, 2025, published on 03/31/2026")
        self.assertEqual(names["difference"], f"Since {names['publication']}")
        self.assertEqual(names["spaser"], "SPASER follow-up 2024-2026")

    def test_hours_have_decimals_where_one_of_them_is_not_whole(self):
        statement, publication, spaser = (self.documents[kind] for kind in ("statement", "publication", "spaser"))
        self.assertEqual((statement._document().hours_decimals, spaser._document().hours_decimals), (2, 0))
        self.assertIn("601.50", publication.preview)
        self.assertIn("641.50", statement.preview)

    def test_numbers_are_written_as_the_reader_writes_them(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        statement = self.documents["statement"].with_context(lang="fr_FR")
        self.assertRegex(statement.preview, "641,50")
        self.assertIn("641.50", self.documents["statement"].preview)

    def test_a_mistake_is_told_instead_of_figures(self):
        asked = {
            "statement": ({"year": 1066}, "Type a year"),
            "spaser": ({"year_from": 2026, "year_to": 2024}, "Type two years"),
        }
        for kind, (values, told) in asked.items():
            record = self.env[f"clause.insertion.{kind}"].with_user(self.user_reader).new(values)
            with self.subTest(kind=kind):
                self.assertIn(told, record.preview)
                self.assertNotIn("<table", record.preview)

    def test_what_one_may_not_read_is_not_shown_either(self):
        for kind, record, _document in self._each():
            stranger = record.with_user(self.user_buyer)
            stranger.invalidate_recordset(["preview"])
            for door in (lambda one=stranger: one.preview, lambda one=stranger: one._document()):
                with self.assertRaises(AccessError, msg=kind):
                    door()
