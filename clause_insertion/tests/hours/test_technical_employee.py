from odoo.exceptions import UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import ValidatedMonthCommon

STANDS = "“Insertion” stands for no one"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestTechnicalEmployee(ValidatedMonthCommon):
    """Other apps know nothing of it: they cannot stop declarations through the employee or the project of hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_hr = new_test_user(cls.env, login="test_hr", groups="hr.group_hr_manager")
        cls.employee = cls.company.insertion_employee_id.with_user(cls.user_hr)

    def test_hr_cannot_take_it_away(self):
        other = self.env["res.company"].create({"name": "Another"})
        self.user_hr.company_ids |= other
        for step in (
            self.employee.action_archive,
            self.employee.sudo().resource_id.action_archive,
            lambda: self.employee.write({"company_id": other.id}),
            self.employee.unlink,
        ):
            with self.assertRefused(UserError, STANDS):
                step()
                self.env.flush_all()
        self.assertEqual(self.line.employee_id, self.employee.with_env(self.env))

    def test_other_employees_are_hrs(self):
        agent = self.employee.create({"name": "Agent (fictif)"})
        agent.action_archive()
        agent.unlink()
        self.assertFalse(agent.exists())

    def test_it_works_at_no_hours(self):
        """So that public holidays are nothing to it."""
        self.assertFalse(self.employee.resource_calendar_id)

    def test_mandatory_plans_do_not_stop_a_declaration(self):
        self.env["account.analytic.plan"].create({"name": "Politique publique", "default_applicability": "mandatory"})
        month = self.env["clause.insertion.declaration"].with_user(self.user_contractor)
        month = month.create({"clause_id": self.clause.id, "month": "2026-08-01"})
        person = {"insertion_participant_id": self.person.id, "insertion_employment_id": self.employment.id}
        line = month.line_ids.create({"insertion_declaration_id": month.id, **person, "date": "2026-08-31"})
        line.unit_amount = 7
        self.assertEqual(line.unit_amount, 7)
