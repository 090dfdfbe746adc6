from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import HiredPersonCommon


class DraftMonthCommon(HiredPersonCommon):
    """The contractor prepares September, with 120 hours of one person; it types through RPC as well as on the page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declaration = cls._new_declaration(cls.clause, hours={cls.person: 120})
        cls.line = cls.declaration.line_ids
        cls.month = cls.declaration.with_user(cls.user_contractor)
        cls.hour = cls.line.with_user(cls.user_contractor)
        cls.other_clause = cls._new_running_clause(partner=cls.other_contractor)
        cls.other_declaration = cls._new_declaration(cls.other_clause)
        cls.other_company = cls.env["res.company"].create({"name": "Autre Région (fictive)"})
        cls.other_project = cls.env["project.project"].create({"name": "Ailleurs", "allow_timesheets": True})

    def _hour(self, **values):
        return {
            "insertion_declaration_id": self.declaration.id,
            "insertion_participant_id": self.person.id,
            "unit_amount": 3,
            "date": "2026-09-02",
            **values,
        }


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestHourLocks(DraftMonthCommon):
    """The fields of an hour that come from its clause are its clause's, whoever gives them and however."""

    def _of_another_clause(self):
        """What would make this hour another clause's, or count it before its relay does."""
        other = self.other_clause
        return {
            "amount": 1000.0,
            "account_id": self.other_project.account_id.id,
            "project_id": self.other_project.id,
            "task_id": False,
            "user_id": self.user_contractor.id,
            "partner_id": self.contractor.id,
            "employee_id": False,
            "company_id": self.other_company.id,
            "product_uom_id": self.env.ref("uom.product_uom_day").id,
            "category": "invoice",
            "currency_id": self.env.ref("base.USD").id,
            "clause_insertion_id": other.id,
            "insertion_state": "validated",
            "insertion_validated_on": "2026-09-30 12:00:00",
            "insertion_refusal": "Non",
            "insertion_reversal_of_id": self.line.id,
            "insertion_import_id": 1,
        }

    def test_what_a_contractor_types(self):
        training = {"insertion_kind": "training", "insertion_is_monthly": False, "date": "2026-09-10"}
        self.hour.write({**training, "unit_amount": 7, "name": "Geste et posture"})
        self.assertRecordValues(
            self.line, [{"insertion_kind": "training", "unit_amount": 7, "name": "Geste et posture"}]
        )
        other = self._new_participant(lastname="Modèle")
        contract = self._new_employment(other, self.clause)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.hour.insertion_participant_id = other  # under the contract of the first
        self.hour.write({"insertion_participant_id": other.id, "insertion_employment_id": contract.id})
        self.assertEqual(self.line.insertion_employment_id, contract)

    def test_hours_are_of_people_whom_it_knows(self):
        """Whoever names a person is shown its pseudonym, and what hours it has elsewhere."""
        unknown = self._new_participant(lastname="Inconnu")
        for refused in (
            lambda: self.hour.create(self._hour(insertion_participant_id=unknown.id)),
            lambda: self.hour.write({"insertion_participant_id": unknown.id, "insertion_employment_id": False}),
        ):
            with self.assertRaisesRegex(AccessError, "not yours to choose"), self.cr.savepoint():
                refused()
        person = {"firstname": "Anatole", "lastname": "Exemple", "birthdate": "2001-02-03"}
        waiting = (
            self.env["clause.insertion.employment"]
            .with_user(self.user_contractor)
            ._hire_own_candidate(self.clause.with_user(self.user_contractor), person, {"date_start": "2026-09-01"})
        )
        own = waiting.sudo().participant_id
        self.assertEqual(self.hour.create(self._hour(insertion_participant_id=own.id)).sudo().unit_amount, 3)

    def test_what_it_does_not_write(self):
        before = self.line.read(list(self._of_another_clause()))
        for name, value in self._of_another_clause().items():
            with self.subTest(name), self.assertRaises(AccessError), self.cr.savepoint():
                self.hour.write({name: value})
        self.env.invalidate_all()
        self.assertEqual(self.line.read(list(before[0])), before)

    def test_what_it_does_not_create(self):
        """Refused where it would be the relay's answer; else the clause gives its own."""
        names = list(self._of_another_clause())
        expected = self.line.read(names)[0]
        for name, value in self._of_another_clause().items():
            with self.subTest(name), self.cr.savepoint():
                try:
                    created = self.hour.create(self._hour(**{name: value}))
                except AccessError:
                    self.assertIn("insertion_", name)
                else:
                    self.assertEqual(created.sudo().read([name])[0][name], expected[name])

    def test_no_default_of_the_context_does_either(self):
        names = list(self._of_another_clause())
        expected = self.line.read(names)[0]
        for name, value in self._of_another_clause().items():
            with self.subTest(name), self.cr.savepoint():
                created = self.hour.with_context(**{f"default_{name}": value}).create(self._hour())
                self.assertEqual(created.sudo().read([name])[0][name], expected[name])

    def test_the_page_and_the_answer_take_no_default_of_the_context(self):
        context = {f"default_{name}": value for name, value in self._of_another_clause().items()}
        month = self.month.with_context(**context)
        month._month_grid().save({(str(self.employment.id), "training"): "5"})
        self.assertRecordValues(
            self.declaration.line_ids - self.line,
            [{"insertion_state": "draft", "amount": 0, "insertion_refusal": False}],
        )
        self.month.action_submit()
        self.declaration.with_user(self.user_facilitator).action_validate()
        reversal = self.line.with_user(self.user_facilitator).with_context(**context).action_reverse("Erreur").sudo()
        self.assertFalse(reversal.insertion_refusal)
        self.assertEqual(reversal.project_id, self.line.project_id)

    def test_an_hour_stays_in_its_declaration(self):
        own = self._new_declaration(self.clause, "2026-08-01")
        for declaration in (own, self.other_declaration, self.declaration.browse()):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.hour.insertion_declaration_id = declaration
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.hour.write({"insertion_declaration_id": declaration.id, "unit_amount": 1})
        with self.assertRaises(AccessError), self.cr.savepoint():
            own.with_user(self.user_contractor).line_ids = [Command.link(self.line.id)]
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.hour.create(self._hour(insertion_declaration_id=self.other_declaration.id))
        self.assertEqual(self.line.insertion_declaration_id, self.declaration)

    def test_the_commands_of_the_declaration_are_no_back_door(self):
        line = self._hour(insertion_state="validated")
        del line["insertion_declaration_id"]
        for command in (Command.create(line), Command.update(self.line.id, {"amount": 5})):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.month.line_ids = [command]
        line["insertion_state"] = False
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.month.line_ids = [Command.create({**line, "insertion_reversal_ids": [Command.link(self.line.id)]})]
            self.assertFalse(self.line.insertion_reversal_of_id)
            self.month.line_ids = [Command.update(self.line.id, {"insertion_reversal_ids": [Command.clear()]})]

    def test_import_by_load(self):
        names = ["insertion_declaration_id/.id", "insertion_participant_id/.id", "unit_amount", "date"]
        row = [str(self.declaration.id), str(self.person.id), "3", "2026-09-02"]
        for extra, value in (("insertion_state", "Validated"), ("insertion_refusal", "Non")):
            result = self.hour.browse().load([*names, extra], [[*row, value]])
            self.assertFalse(result["ids"], extra)
        self.assertEqual(len(self.declaration.line_ids), 1)

    def test_a_copy_is_a_draft_of_the_same_month(self):
        copied = self.hour.copy({"date": "2026-09-03"}).sudo()
        self.assertRecordValues(
            copied,
            [{"insertion_state": "draft", "clause_insertion_id": self.clause.id, "task_id": self.clause.task_id.id}],
        )

    def test_with_timesheets_of_another_kind(self):
        """A list that has both creates each with its own rights: a contractor has none on a timesheet."""
        timesheet = {"project_id": self.clause.project_id.id, "name": "Réunion", "unit_amount": 2}
        with self.assertRaises(UserError), self.cr.savepoint():
            self.hour.create([self._hour(), timesheet])
        employee = self.company.insertion_employee_id.id
        lines = self.env["account.analytic.line"].create([{**timesheet, "employee_id": employee}, self._hour()])
        self.assertEqual(lines.mapped("clause_insertion_id"), self.clause)
        self.assertEqual(lines.mapped("unit_amount"), [2, 3])


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestTimesheetsOfOthers(DraftMonthCommon):
    """Timesheets of Odoo are as they would be without insertion hours, and nothing makes them some."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "hr_timesheet.group_hr_timesheet_approver,clause_insertion.group_clause_insertion_officer"
        cls.user_staff = new_test_user(cls.env, login="test_staff", groups=groups)
        cls.env["hr.employee"].create({"name": "Agent (fictif)", "user_id": cls.user_staff.id})
        cls.clause.project_id.privacy_visibility = "employees"  # as a buyer's own project may be
        cls.timesheet = (
            cls.env["account.analytic.line"]
            .with_user(cls.user_staff)
            .create({"project_id": cls.clause.project_id.id, "unit_amount": 2, "name": "Réunion"})
        )

    def test_what_odoo_lets_be_written(self):
        task = self.clause.task_id
        self.timesheet.write({"task_id": task.id, "amount": -5, "unit_amount": 3, "partner_id": self.contractor.id})
        self.assertRecordValues(self.timesheet, [{"task_id": task.id, "unit_amount": 3}])
        self.assertEqual(self.timesheet.copy().name, "Réunion")
        context = {"default_unit_amount": 4, "default_task_id": task.id}
        created = self.timesheet.with_context(**context).create({"project_id": task.project_id.id, "name": "Appel"})
        self.assertEqual((created.unit_amount, created.task_id), (4, task))

    @mute_logger("odoo.sql_db")
    def test_no_timesheet_has_anything_of_an_hour(self):
        """Its number would count in a declaration, its person in an objective."""
        for values in (
            {"clause_insertion_id": self.clause.id},
            {"insertion_declaration_id": self.declaration.id},
            {"insertion_participant_id": self.person.id},
            {"insertion_employment_id": self.employment.id},
            {"insertion_kind": "work"},
            {"insertion_is_monthly": True},
            {"insertion_state": "validated"},
            {"insertion_validated_on": "2026-10-01 08:00:00"},
        ):
            typed = {"project_id": self.clause.project_id.id, "unit_amount": 1, "name": "Réunion"}
            with self.subTest(values):
                with self.assertRaises(UserError), self.cr.savepoint():
                    self.timesheet.write(values)
                with self.assertRaises(UserError), self.cr.savepoint():
                    self.timesheet.create({**typed, **values})
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.timesheet.with_context(default_insertion_declaration_id=self.declaration.id).create(typed)
        self.assertEqual(self.declaration.hours, 120)

    def test_a_relay_refuses_no_timesheet(self):
        for user in (self.user_facilitator, self.user_staff):
            with self.assertRaises(UserError), self.cr.savepoint():
                self.timesheet.with_user(user).action_refuse("Non")
        self.assertFalse(self.timesheet.insertion_state)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestDeclarationLocks(DraftMonthCommon):
    """A declaration is its clause's: the contractor chooses the clause and the month, and submits."""

    def _of_others(self):
        return {
            "state": "validated",
            "state_since": "2026-01-01",
            "facilitator_id": self.other_relay.id,
            "partner_id": self.other_contractor.id,
            "company_id": self.other_company.id,
            "hours": 500,
            "hours_validated": 500,
            "submitted_on": "2026-10-01 08:00:00",
            "validated_on": "2026-10-01 08:00:00",
            "validated_by": self.user_contractor.id,
            "is_taken_over": True,
            "access_token": "connu",
        }

    def test_what_the_contractor_does_not_set(self):
        before = self.declaration.read(list(self._of_others()))
        for name, value in self._of_others().items():
            with self.subTest(name):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    self.month.write({name: value})
                values = {"clause_id": self.clause.id, "month": "2026-08-01"}
                with self.assertRaises(AccessError), self.cr.savepoint():
                    self.month.create({**values, name: value})
                created = self.month.with_context(**{f"default_{name}": value}).create(values).sudo()
                self.assertNotEqual(created.read([name])[0][name], value)
                self.assertEqual((created.state, created.facilitator_id), ("draft", self.relay))
                created.unlink()
        self.env.invalidate_all()
        self.assertEqual(self.declaration.read(list(self._of_others())), before)

    def test_nor_does_the_relay(self):
        self.month.action_submit()
        for name, value in self._of_others().items():
            with self.subTest(name), self.assertRaises(AccessError), self.cr.savepoint():
                self.declaration.with_user(self.user_facilitator).write({name: value})

    def test_it_moves_to_no_clause_but_its_contractor_s_own(self):
        empty = self._new_declaration(self.clause, "2026-08-01").with_user(self.user_contractor)
        with self.assertRaises(AccessError), self.cr.savepoint():
            empty.clause_id = self.other_clause
        empty.clause_id = self._new_running_clause()
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.month.clause_id = empty.clause_id
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.month.month = "2026-07-01"
