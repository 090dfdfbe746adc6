from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.clause_insertion.tests.base.common import EveryModelCase

TODAY = "2026-10-05 10:00:00"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestReportRights(EveryModelCase):
    """Each report of both addons, asked by its address for a record that is not the user's: any number is accepted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        elsewhere = cls.env["res.company"].create({"name": "Autre Région (fictive)"})
        cls.user_elsewhere = new_test_user(
            cls.env,
            "test_elsewhere",
            groups="clause_insertion.group_clause_insertion_manager,purchase.group_purchase_manager",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        statement = cls._asked("statement", year=2025)
        publication = statement.with_user(cls.user_officer).action_publish()["res_id"]
        documents = [
            statement,
            cls.env["clause.insertion.publication"].browse(publication),
            cls._asked("difference", publication_id=publication),
            cls._asked("spaser", year_from=2024, year_to=2026),
            cls._new_agreement(),
            cls.company,
            cls.other["clause.insertion"].purchase_order_id,
        ]
        cls.records = {**cls.other, **{record._name: record for record in documents}}
        cls.reports = cls.env["ir.actions.report"].search([("report_name", "=like", "clause_insertion%")])

    @classmethod
    def _asked(cls, kind, **values):
        return cls.env[f"clause.insertion.{kind}"].with_user(cls.user_officer).create(values).with_env(cls.env)

    def _render(self, report, user, record):
        actions = self.env["ir.actions.report"].with_user(user)
        if report.report_type == "xlsx":
            actions.with_context(active_model=record._name)._render_xlsx(report.report_name, record.ids, {})
        else:
            actions._render_qweb_html(report.report_name, record.ids)

    def test_what_is_not_the_user_s_to_read_is_not_printed(self):
        self.assertGreater(len(self.reports), 15)
        users = (self.user_employee, self.user_contractor, self.user_portal_relay, self.user_elsewhere)
        for report in self.reports:
            record = self.records[report.model]
            for user in users:
                if user.share and report.model == "clause.insertion.charter":
                    continue  # everybody invited reads the charter in force
                with self.subTest(report=report.report_name, user=user.login), self.assertRaises(AccessError):
                    self._render(report, user, record)

    def test_nor_is_a_pdf_that_was_kept(self):
        for report in self.reports.filtered(lambda one: one.report_type == "qweb-pdf"):
            actions = self.env["ir.actions.report"].with_user(self.user_employee)
            with self.subTest(report.report_name), self.assertRaises(AccessError):
                actions._render_qweb_pdf_prepare_streams(report.report_name, {}, self.records[report.model].ids)

    def test_a_report_of_a_group_is_printed_by_that_group(self):
        report = self.env.ref("clause_insertion.clause_insertion_meeting_report")
        meeting = self.own["clause.insertion.meeting"]
        self._render(report, self.user_buyer, meeting)
        report.group_ids = self.env.ref("clause_insertion.group_clause_insertion_manager")
        with self.assertRaises(AccessError):
            self._render(report, self.user_buyer, meeting)

    def test_nothing_is_fetched_elsewhere_while_printing(self):
        meeting = self.own["clause.insertion.meeting"]
        meeting.minutes = (
            '<p>Relu.<img src="https://ailleurs.example/suivi.gif"/>'
            '<span style="background-image: url(//ailleurs.example/a)">Oui</span></p>'
        )
        actions = self.env["ir.actions.report"].with_user(self.user_officer)
        printed = actions._render_qweb_html("clause_insertion.report_meeting", meeting.ids)[0]
        self.assertIn(b"Relu.", printed)
        self.assertNotIn(b"ailleurs.example", printed)
