from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import ValidatedMonthCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05 08:00:00")
class TestLedger(ValidatedMonthCommon):
    """Validated hours can be neither changed nor deleted, by anyone, through any door."""

    def _everybody(self):
        return (
            self.user_contractor
            | self.user_facilitator
            | self.user_officer
            | self.user_manager
            | self.user_employee
            | self.env.ref("base.user_admin")
            | self.env.ref("base.user_root")
        )

    def test_no_one_writes(self):
        for user in self._everybody():
            for values in ({"unit_amount": 1}, {"insertion_state": "draft"}, {"date": "2026-09-01"}, {"name": "x"}):
                with self.assertRaises(UserError, msg=user.login):
                    self.line.with_user(user).write(values)
        with self.assertRaises(UserError):
            self.line.sudo().write({"insertion_state": "draft"})

    def test_the_task_of_a_clause_stays_what_it_is(self):
        project = self.env["project.project"].create({"name": "Lycée (fictif)"})
        staff = self._new_user("project_manager", "project.group_project_manager")
        task = self.clause.task_id.with_user(staff)
        for values in (
            {"project_id": project.id},
            {"partner_id": self.other_contractor.id},
            {"allocated_hours": 1},
            {"parent_id": self._new_running_clause().task_id.id},
        ):
            with self.assertRaisesRegex(UserError, "carries the hours"), self.cr.savepoint():
                task.write(values)
        with self.assertRaisesRegex(UserError, "carries the hours"), self.cr.savepoint():
            self._new_running_clause().task_id.with_user(staff).unlink()  # that has no hours yet
        task.write({"user_ids": staff.ids, "priority": "1"})

    def test_validated_hours_do_not_follow_what_they_came_from(self):
        """Odoo computes these again without writing: the superuser changes all that a timesheet depends on."""
        names = [
            name
            for name, field in self.line._fields.items()
            if field.store and (field.compute or field.related) and name != "write_date"
        ]
        before = self.line.read(names)
        manager = self.env["hr.employee"].create({"name": "Direction (fictive)"})
        department = self.env["hr.department"].create({"name": "Service (fictif)"})
        other = self.env["project.project"].create({"name": "Autre (fictif)", "partner_id": self.other_contractor.id})
        self.line.employee_id.write({"parent_id": manager.id, "department_id": department.id})
        self.clause.project_id.partner_id = self.other_contractor
        self.clause.task_id.write({"partner_id": self.other_contractor.id, "project_id": other.id})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.line.read(names), before)

    def test_a_clause_s_task_is_not_every_employee_s(self):
        for user in (self.user_employee, self.user_facilitator, self.user_buyer, self.user_contractor):
            self.assertFalse(self.clause.task_id.with_user(user).has_access("read"), user.login)

    def test_odoo_s_own_pages_show_no_insertion_hour(self):
        """They read under sudo: what follows a project open to the portal would show every contractor's hours."""
        self.clause.project_id.privacy_visibility = "portal"
        self.clause.project_id.message_subscribe(self.contractor.ids + self.other_contractor.ids)
        for user in (self.user_contractor, self.user_other_contractor, self.user_employee):
            domain = self.env["account.analytic.line"].with_user(user)._timesheet_get_portal_domain()
            self.assertNotIn(self.line, self.env["account.analytic.line"].sudo().search(domain), user.login)

    def test_no_one_deletes(self):
        for user in self._everybody():
            with self.assertRaises(UserError, msg=user.login):
                self.line.with_user(user).unlink()
        with self.assertRaises(UserError):
            self.line.sudo().unlink()

    @mute_logger("odoo.sql_db")
    def test_no_parent_takes_them_away(self):
        employment = self.person.employment_ids
        for record in (
            self.declaration,
            self.clause,
            self.clause.task_id,
            self.clause.project_id,
            employment,
            self.person,
        ):
            self.assertTrue(self._is_refused(record.sudo()), record._name)
        self.assertTrue(self.line.exists())

    def _is_refused(self, record):
        try:
            with self.env.cr.savepoint():
                record.unlink()
        except (UserError, RedirectWarning, IntegrityError):
            return True
        return False

    def test_no_back_door_by_a_parent_form(self):
        for command in (
            Command.update(self.line.id, {"unit_amount": 1}),
            Command.delete(self.line.id),
            Command.clear(),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.declaration.with_user(self.user_officer).sudo().write({"line_ids": [command]})
                self.env.flush_all()
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.clause.with_user(self.user_officer).sudo().write({"line_ids": [command]})
                self.env.flush_all()

    def test_no_back_door_by_import(self):
        result = (
            self.env["account.analytic.line"]
            .with_user(self.env.ref("base.user_admin"))
            .load([".id", "unit_amount"], [[str(self.line.id), "1"]])
        )
        self.assertFalse(result["ids"])
        self.assertIn("neither changed nor deleted", result["messages"][0]["message"])

    def test_no_hour_is_born_validated(self):
        for user in (self.user_contractor, self.env.ref("base.user_admin")):
            with self.assertRaises(UserError):
                self.env["account.analytic.line"].with_user(user).create(
                    {
                        "insertion_declaration_id": self._new_declaration(self.clause, "2026-08-01").id
                        if user == self.user_contractor
                        else self._new_declaration(self.clause, "2026-07-01").id,
                        "insertion_participant_id": self.person.id,
                        "unit_amount": 5,
                        "insertion_state": "validated",
                    }
                )

    def test_a_timesheet_does_not_become_an_insertion_hour(self):
        timesheet = self.env["account.analytic.line"].create(
            {
                "project_id": self.clause.project_id.id,
                "employee_id": self.company.insertion_employee_id.id,
                "unit_amount": 2,
                "name": "Réunion",
            }
        )
        with self.assertRaises(UserError):
            timesheet.clause_insertion_id = self.clause

    def test_reversal(self):
        with freeze_time("2026-11-10 09:00:00"):
            reversal = self.line.with_user(self.user_facilitator).action_reverse("Personne déclarée par erreur")
        self.assertRecordValues(
            reversal.sudo(),
            [
                {
                    "unit_amount": -120,
                    "date": self.line.date,
                    "insertion_state": "validated",
                    "insertion_reversal_of_id": self.line.id,
                    "name": "Personne déclarée par erreur",
                }
            ],
        )
        self.assertEqual(str(reversal.sudo().insertion_validated_on), "2026-11-10 09:00:00")
        self.assertEqual(self.clause.hours_validated, 0)
        with self.assertRaises(UserError):
            reversal.sudo().unit_amount = 0
        with self.assertRaises(UserError):
            reversal.with_user(self.user_officer).action_reverse("encore")

    def test_reversed_once(self):
        self.line.with_user(self.user_officer).action_reverse("Erreur de saisie")
        with self.assertRefused(UserError, "only once"):
            self.line.with_user(self.user_officer).action_reverse("Deux fois")

    def test_who_reverses(self):
        for user in (self.user_contractor, self.user_other_facilitator, self.user_reader, self.user_buyer):
            with self.assertRaises(AccessError, msg=user.login):
                self.line.with_user(user).action_reverse("non")

    def test_reversal_stays_possible_in_a_closed_month(self):
        self.company.insertion_closed_until = "2026-09-30"
        self.line.with_user(self.user_officer).action_reverse("Contrôle après clôture")
        self.assertEqual(self.clause.hours_validated, 0)
