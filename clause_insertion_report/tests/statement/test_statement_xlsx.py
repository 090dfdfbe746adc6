import io

from openpyxl import load_workbook

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.clause_insertion.tests.common import PortalCase

from ..common import TODAY, FiguresCommon

REPORT = "clause_insertion_report.clause_insertion_statement"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestStatementXlsx(FiguresCommon):
    """The statement of eleven people under two contracts, opened as a spreadsheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        women = [cls._hire(cls.north, gender="female") for _number in range(6)]
        men = [cls._hire(cls.south, gender="male") for _number in range(5)]
        cls._work(cls.north, dict.fromkeys(women, 100))
        cls._work(cls.south, dict.fromkeys(men, 20.5))

    def _workbook(self, wizard):
        content, kind = wizard.env["ir.actions.report"]._render_xlsx(REPORT, wizard.ids, {})
        self.assertEqual(kind, "xlsx")
        return load_workbook(io.BytesIO(content))

    def test_the_summary_has_its_figures_beside_their_labels(self):
        sheet = self._workbook(self._statement())["Summary"]
        figures = {row[0].value: row[1].value for row in sheet.iter_rows()}
        self.assertEqual(figures["Hours validated"], 702.5)
        self.assertEqual(figures["Contracts with a clause"], 2)
        self.assertEqual(figures["People"], 11)
        self.assertEqual(figures["Hours due"], 1666)
        self.assertEqual(figures["Companies"], 2)

    def test_the_spreadsheet_says_what_the_screen_says(self):
        wizard = self._statement()
        tables, workbook = wizard._tables(), self._workbook(wizard)
        self.assertEqual(workbook.sheetnames, [table.title for table in tables.all])
        for table in tables.all:
            rows = [[cell.value for cell in row] for row in workbook[table.title].iter_rows(min_row=7)]
            self.assertEqual(tuple(rows[0]), table.headers)
            for line, row in zip([*table.lines, *filter(None, [table.total])], rows[1:], strict=False):
                texts = [line.text] if line.text else []
                self.assertEqual([row[0], *row[len(line.cells) + 1 :]], [line.label, *texts])
                for written, cell in zip(row[1:], line.cells, strict=False):
                    if isinstance(cell.value, float):
                        self.assertAlmostEqual(written, cell.value, places=9)
                    else:
                        self.assertEqual(written, cell.value)
                self.assertIn(line.label, wizard.preview)
            self.assertEqual([row[0] for row in rows[len(rows) - len(table.notes) :]], list(table.notes))

    def test_it_reads_and_prints_well(self):
        workbook = self._workbook(self._statement())
        for sheet in workbook:
            self.assertEqual(sheet["A1"].value, "Yearly statement of insertion clauses 2025")
            self.assertEqual(sheet["A2"].value, self.company.name)
            self.assertEqual(sheet["A3"].value, "Figures as of 03/31/2026, in the evening (Europe/Paris)")
            self.assertEqual(sheet.freeze_panes, "B8")
            self.assertEqual(sheet.page_setup.orientation, "landscape")
            self.assertEqual((sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight), (True, 0))
            self.assertEqual(sheet.print_title_rows, "$1:$7")
        self.assertEqual(workbook["Summary"]["B10"].number_format, "#,##0.00")
        self.assertEqual(workbook["Summary"]["B12"].number_format, "#,##0")

    def test_a_partial_year_says_so(self):
        self.assertEqual(
            self._workbook(self._statement(2026))["Summary"]["A5"].value, "Partial year: figures up to 03/31/2026"
        )

    def test_people_do_not_add_up_and_the_sheet_says_so(self):
        sheet = self._workbook(self._statement())["Relay"]
        texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        self.assertIn("People (sub-totals do not add up)", texts)

    def test_a_name_is_never_a_formula(self):
        self.relay.name = "=1+1"
        sheet = self._workbook(self._statement())["Relay"]
        cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
        self.assertEqual(cell.data_type, "s")


@tagged("post_install", "-at_install")
class TestStatementDownload(FiguresCommon, PortalCase):
    """The spreadsheet as the browser asks for it: by who may have it, and by who may not."""

    def test_the_button_gives_a_file_named_after_the_year(self):
        """From the button to the file, as the browser asks for it."""
        wizard = self._statement(2025, "2026-01-31")
        action = wizard.action_download()
        self.assertEqual((action["report_type"], action["report_name"]), ("xlsx", REPORT))
        self._login(self.user_reader)
        response = self._download_xlsx(REPORT, wizard)
        self.assertIn("bilan-insertion-2025.xlsx", response.headers["Content-Disposition"])
        workbook = load_workbook(io.BytesIO(response.content))
        self.assertEqual(workbook["Summary"]["A1"].value, "Yearly statement of insertion clauses 2025")

    def test_a_facilitator_cannot_take_the_regions(self):
        wizard = self._statement(2025, "2026-01-31")
        self._login(self.user_facilitator)
        with mute_logger("odoo.addons.report_xlsx.controllers.main"):
            response = self._download_xlsx(REPORT, wizard)
        self.assertNotIn("Content-Disposition", response.headers)
        self.assertIn("Odoo Server Error", response.text)
