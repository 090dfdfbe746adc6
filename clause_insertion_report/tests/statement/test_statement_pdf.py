from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.clause_insertion.tests.common import PortalCase

from ..common import TODAY, FiguresCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDocumentPdf(FiguresCommon, PortalCase):
    """The statement as it is printed, by those who may ask for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        women = [cls._hire(cls.north, gender="female") for _number in range(6)]
        men = [cls._hire(cls.south, gender="male") for _number in range(5)]
        cls._work(cls.north, dict.fromkeys(women, 100))
        cls._work(cls.south, dict.fromkeys(men, 20.5))

    def _print(self, report, record, user):
        return " ".join(" ".join(self._pages(f"clause_insertion_report.{report}", record, user)).split())

    def test_the_statement_is_printed_with_its_figures(self):
        text = self._print("clause_insertion_statement_pdf", self._statement(), self.user_reader)
        for words in (
            "Yearly statement of insertion clauses 2025",
            self.company.name,
            "702.50",
            "National consolidation",
        ):
            self.assertIn(words, text)
        self.assertRegex(text, r"1 ?/ ?\d")  # pages are numbered

    def test_the_bars_are_those_of_the_table(self):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "clause_insertion_report.clause_insertion_statement_pdf", self._statement().ids
        )
        table = next(table for table in self._statement()._document().tables if table.title == "Relay")
        self.assertEqual([round(share * 100) for _label, _cell, share in table.bars], [17, 100])
        self.assertIn(b"width: 17%", html)

    def test_a_published_statement_and_what_changed_since(self):
        question = self._statement(user=self.user_officer)
        publication = self.env["clause.insertion.publication"].browse(question.action_publish()["res_id"])
        text = self._print("clause_insertion_publication_pdf", publication, self.user_reader)
        self.assertIn("702.50", text)
        action = publication.with_user(self.user_reader).action_compare()
        difference = self.env[action["res_model"]].browse(action["res_id"])
        text = self._print("clause_insertion_difference_pdf", difference, self.user_reader)
        self.assertIn("From what was published to today", text)

    def test_another_ones_question_is_not_printed(self):
        with self.assertRaises(AccessError):
            self._print("clause_insertion_statement_pdf", self._statement(), self.user_facilitator)
