from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon

REPORT = "clause_insertion.report_personal_data_register"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestRegister(InsertionCommon):
    """The page that the data protection officer reads says what the program does, with the periods of the day."""

    def _page(self, user):
        content, _kind = self.env["ir.actions.report"].with_user(user)._render_qweb_html(REPORT, self.company.ids)
        return " ".join(content.decode().split())

    def test_periods_are_those_in_force(self):
        self.assertIn("24 months after the last activity", self._page(self.user_officer))
        self.env["clause.insertion.parameter"].create(
            [
                {"code": "erasure_months", "date_from": "2026-10-01", "value": 18},
                {"code": "erasure_notice_days", "date_from": "2026-10-05", "value": 45},
                {"code": "copy_months", "date_from": "2026-10-06", "value": 99},
            ]
        )
        page = self._page(self.user_manager)
        for said in ("18 months after the last activity", "45 days before", "6 months", self.company.name):
            self.assertIn(said, page)
        self.assertNotIn("99 months", page)

    def test_officers_alone(self):
        for user in (self.user_reader, self.user_facilitator, self.user_contractor, self.user_portal_relay):
            with self.assertRaises(AccessError, msg=user.login):
                self._page(user)
        other = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(self.user_officer)._render_qweb_html(REPORT, other.ids)

    def test_the_menu_prints_it(self):
        action = self.env.ref("clause_insertion.clause_insertion_register_action").with_user(self.user_officer).run()
        self.assertEqual(action["report_name"], REPORT)
