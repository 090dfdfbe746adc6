from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import HiredPersonCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestDeclaration(HiredPersonCommon):
    """The contractor declares a month; its relay is the hard gate."""

    def _declare_as_contractor(self, hours=120.0, **values):
        contractor = self.env(user=self.user_contractor)
        declaration = contractor["clause.insertion.declaration"].create(
            {"clause_id": self.clause.id, "month": "2026-09-01"}
        )
        contractor["account.analytic.line"].create(
            {
                "insertion_declaration_id": declaration.id,
                "insertion_participant_id": self.person.id,
                "insertion_employment_id": self.employment.id,
                "unit_amount": hours,
                "date": "2026-09-30",
                "insertion_is_monthly": True,
                **values,
            }
        )
        return declaration

    def test_from_the_contractor_to_the_validated_hour(self):
        declaration = self._declare_as_contractor()
        self.assertEqual(self.clause.hours_declared, 0, "a draft is nobody else's business")
        declaration.action_submit()
        self.assertEqual((self.clause.hours_declared, self.clause.hours_validated), (120, 0))
        self.assertEqual(self.clause.next_actor, "facilitator")
        declaration.with_user(self.user_facilitator).action_validate()
        self.assertRecordValues(
            declaration.sudo(), [{"state": "validated", "validated_by": self.user_facilitator.id, "hours": 120}]
        )
        self.assertEqual(self.clause.hours_validated, 120)
        self.assertAlmostEqual(self.clause.progress, 120 / 833)

    def test_the_hour_is_a_timesheet(self):
        declaration = self._declare_as_contractor()
        line = declaration.sudo().line_ids
        self.assertEqual(line.task_id, self.clause.task_id)
        self.assertEqual(line.employee_id, self.company.insertion_employee_id)
        self.assertFalse(line.amount)
        self.assertNotIn("Camille", line.name)

    def test_portal_relay_validates_too(self):
        declaration = self._declare_as_contractor()
        declaration.action_submit()
        declaration.with_user(self.user_portal_relay).action_validate()
        self.assertEqual(declaration.sudo().state, "validated")

    def test_nobody_else_validates(self):
        declaration = self._declare_as_contractor()
        declaration.action_submit()
        for user in (
            self.user_contractor,
            self.user_other_facilitator,
            self.user_other_portal_relay,
            self.user_officer,
            self.user_reader,
            self.user_buyer,
        ):
            with self.assertRaises(AccessError, msg=user.login):
                declaration.with_user(user).action_validate()
            with self.assertRaises(AccessError, msg=user.login):
                declaration.with_user(user).action_refuse("non")
        self.assertEqual(declaration.sudo().state, "submitted")

    def test_who_validates_is_a_relay(self):
        """A contact chosen by mistake is none, nor is the contractor of its own hours; the Region validates then."""
        declaration = self._declare_as_contractor()
        declaration.action_submit()
        for partner in (self.contractor, self.company.partner_id):
            with self.assertRaisesRegex(ValidationError, "is not a relay"), self.cr.savepoint():
                self.clause.sudo().facilitator_id = partner
        self.contractor.is_insertion_facilitator = True
        self.clause.sudo().facilitator_id = self.contractor
        with self.assertRaises(AccessError), self.cr.savepoint():
            declaration.with_user(self.user_contractor).action_validate()
        self.contractor.is_insertion_facilitator = False
        with self.assertRaises(AccessError), self.cr.savepoint():
            declaration.with_user(self.user_contractor).action_validate()
        declaration.with_user(self.user_officer).action_validate()
        self.assertEqual(declaration.sudo().validated_by, self.user_officer)

    def test_no_month_long_before_the_contract(self):
        for month in ("0001-01-01", "1950-01-01", "2020-01-01"):
            with self.assertRaisesRegex(ValidationError, "had not begun"), self.cr.savepoint():
                self._new_declaration(self.clause, month)

    def test_region_validates_where_there_is_no_relay(self):
        self.clause.facilitator_id = False
        declaration = self._declare_as_contractor()
        declaration.action_submit()
        with self.assertRaises(AccessError):
            declaration.with_user(self.user_reader).action_validate()
        declaration.with_user(self.user_officer).action_validate()
        self.assertEqual(self.clause.hours_validated, 120)

    def test_refusal_line_by_line(self):
        other = self._new_participant(lastname="Modèle")
        declaration = self._declare_as_contractor()
        self._new_line(declaration.sudo(), other, 35)
        declaration.action_submit()
        refused = declaration.sudo().line_ids.filtered(lambda line: line.insertion_participant_id == other)
        wizard = refused.with_user(self.user_facilitator).action_refuse()
        with Form(
            self.env[wizard["res_model"]].with_user(self.user_facilitator).with_context(**wizard["context"])
        ) as form:
            form.reason = "Pas de contrat de travail à cette date"
        form.record.action_confirm()
        declaration.with_user(self.user_facilitator).action_validate()
        self.assertEqual(declaration.sudo().state, "refused")
        self.assertEqual((self.clause.hours_validated, self.clause.hours_refused), (120, 35))
        self.assertEqual(self.clause.next_actor, "contractor")
        # the contractor corrects what was refused, and only that
        declaration._month_grid().save({(f"p{other.id}", "work"): "21"})
        declaration.action_submit()
        declaration.with_user(self.user_facilitator).action_validate()
        self.assertEqual(declaration.sudo().state, "validated")
        self.assertEqual((self.clause.hours_validated, self.clause.hours_refused), (141, 0))

    def test_refusing_all_with_a_reason(self):
        declaration = self._declare_as_contractor()
        declaration.action_submit()
        declaration.with_user(self.user_facilitator).action_refuse("Mois incomplet")
        self.assertEqual(declaration.sudo().state, "refused")
        self.assertEqual(declaration.sudo().line_ids.insertion_refusal, "Mois incomplet")
        with self.assertRaisesRegex(UserError, "refused hours first"):
            declaration.action_submit()
        declaration.sudo().line_ids.with_user(self.user_contractor).unlink()
        declaration.action_submit()
        self.assertEqual(declaration.sudo().state, "submitted")

    def test_nil_month(self):
        declaration = (
            self.env["clause.insertion.declaration"]
            .with_user(self.user_contractor)
            .create({"clause_id": self.clause.id, "month": "2026-09-01"})
        )
        declaration.action_submit()
        declaration.with_user(self.user_facilitator).action_validate()
        self.assertRecordValues(declaration.sudo(), [{"state": "validated", "hours": 0}])

    def test_submitted_hours_do_not_change(self):
        declaration = self._declare_as_contractor()
        declaration.action_submit()
        line = declaration.sudo().line_ids.with_user(self.user_contractor)
        with self.assertRaises(UserError):
            line.unit_amount = 1
        with self.assertRaises(UserError):
            line.unlink()
        with self.assertRaises(UserError):
            declaration.unlink()

    @mute_logger("odoo.sql_db")
    def test_negative_hours(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._declare_as_contractor(-5)

    def test_bad_hours(self):
        for values, message in (
            ({"unit_amount": 5000}, "not possible"),
            ({"date": "2026-10-31"}, "in advance"),
            ({"date": "2026-08-31"}, "not in the month"),
        ):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, message), self.env.cr.savepoint():
                self._declare_as_contractor(values.pop("unit_amount", 10), **values)

    def test_future_month(self):
        with self.assertRaisesRegex(ValidationError, "not begun"):
            self._new_declaration(self.clause, "2026-11-01")

    def test_closed_month(self):
        declaration = self._declare_as_contractor()
        self.company.insertion_closed_until = "2026-09-30"
        with self.assertRaisesRegex(ValidationError, "closed"), self.env.cr.savepoint():
            self._new_declaration(self._new_running_clause(), "2026-09-01")
        with self.assertRaisesRegex(ValidationError, "closed"), self.env.cr.savepoint():
            self._new_line(declaration.sudo(), self.person, 5)

    def test_clause_must_run(self):
        with self.assertRaisesRegex(ValidationError, "running"):
            self._new_declaration(self._new_clause())

    @mute_logger("odoo.sql_db")
    def test_one_open_declaration_a_month(self):
        declaration = self._declare_as_contractor()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._new_declaration(self.clause)
        declaration.action_submit()
        declaration.with_user(self.user_facilitator).action_validate()
        self.assertTrue(self._new_declaration(self.clause), "late hours come in a declaration of their own")

    def test_another_persons_contract(self):
        other = self._new_participant(lastname="Modèle")
        declaration = self._declare_as_contractor()
        with self.assertRaisesRegex(ValidationError, "another person"):
            self._new_line(declaration.sudo(), other, 5, insertion_employment_id=self.employment.id)

    def test_warnings_in_plain_words(self):
        other_clause = self._new_running_clause()
        elsewhere = self._new_declaration(other_clause)
        self._new_line(elsewhere, self.person, 6, date="2026-09-03", insertion_is_monthly=False)
        declaration = self._declare_as_contractor(11, date="2026-09-03", insertion_is_monthly=False)
        warnings = declaration.sudo().line_ids.insertion_warnings
        self.assertIn("daily cap", warnings)
        self.assertIn("another clause that day", warnings)
        stranger = self._new_participant(lastname="Modèle", proof_ids=False)
        line = self._new_line(declaration.sudo(), stranger, 7)
        for piece in ("not eligible", "No fresh proof", "No work contract"):
            self.assertIn(piece, line.insertion_warnings)
        self.assertEqual(declaration.sudo().warning_count, 2)

    def test_month_above_the_cap(self):
        declaration = self._declare_as_contractor(209)
        self.assertIn("monthly cap", declaration.sudo().line_ids.insertion_warnings)

    def test_bulk_validation_leaves_what_has_a_warning(self):
        clean = self._declare_as_contractor()
        clean.action_submit()
        doubtful = self._new_declaration(self._new_running_clause(), hours={self._new_participant(proof_ids=False): 10})
        doubtful.action_submit()
        both = (clean.sudo() | doubtful).with_user(self.user_facilitator)
        both.action_validate_clean()
        self.assertEqual(both.mapped("state"), ["validated", "submitted"])
