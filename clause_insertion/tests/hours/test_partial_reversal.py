from random import Random

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ...engine.exact import total
from ...tools.hours.hour_figures import hour_figures
from .common import ValidatedMonthCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05 08:00:00")
class TestPartialReversal(ValidatedMonthCommon):
    """Of the 120 hours validated, a part is taken back, in one act and with a reason."""

    def _reverse(self, hours=None, line=None, user=None, reason="Feuille d'heures fausse"):
        return (line or self.line).with_user(user or self.user_officer).action_reverse(reason, hours)

    def _people(self):
        domain = [("clause_insertion_id", "=", self.clause.id)]
        figures = hour_figures(self.env["account.analytic.line"], domain, ["clause_insertion_id"])[self.clause.id,]
        return figures.hours, figures.people

    def test_thirty_of_the_hours(self):
        reversal = self._reverse(30)
        self.assertRecordValues(
            reversal.sudo(),
            [{"unit_amount": -30, "name": "Feuille d'heures fausse", "insertion_reversal_of_id": self.line.id}],
        )
        self.assertEqual((self.clause.hours_validated, self.line._hours_left()), (90, 90))
        self.assertEqual(self._people(), (90, 1), "the person still has hours")
        with self.assertRefused(UserError, "only once"):
            self._reverse(line=reversal)

    def test_the_rest_then(self):
        self._reverse(30)
        rest = self._reverse().sudo()
        self.assertEqual((rest.unit_amount, rest.insertion_reverses_all), (-90, True))
        self.assertEqual(self._people(), (0, 0))
        self.assertIn(rest, self._reverse().sudo(), "pressed twice, taken back once")
        self.assertEqual(self._people(), (0, 0))
        with self.assertRefused(UserError, "only once"):
            self._reverse(reason="Encore")

    def test_part_by_part_until_nothing_is_left(self):
        """A tenth of an hour at a time is exactly nothing in the end."""
        for left in range(4, 0, -1):
            self._reverse(30, reason=f"Erreur {left}")
            self.assertEqual(self._people(), ((left - 1) * 30, min(left - 1, 1)))

    def test_never_more_than_is_left(self):
        self._reverse(30)
        for hours in (90.01, 120, 0, -5, 0.001):
            with self.subTest(hours=hours), self.assertRefused(UserError, "90.00 hours are left"):
                self._reverse(hours)
        self.assertEqual(self.clause.hours_validated, 90)

    def test_two_at_once(self):
        """The second has not seen what the first took: the database refuses it."""
        [values] = self.line._same_hours_values()
        taken = {"insertion_state": "validated", "insertion_validated_on": "2026-10-05 08:00:00", "unit_amount": -70}
        taken |= {"insertion_reversal_of_id": self.line.id, "insertion_reversal_rank": 1}
        self.env["account.analytic.line"].sudo().create({**values, **taken})
        with self.assertRefused(IntegrityError, "insertion_one_reversal"), self.cr.savepoint():
            self.env["account.analytic.line"].sudo().create({**values, **taken})

    def test_who_takes_a_part_back(self):
        for user in (self.user_contractor, self.user_other_facilitator, self.user_reader, self.user_buyer):
            with self.assertRaises(AccessError, msg=user.login):
                self._reverse(30, user=user)
        self.assertTrue(self._reverse(30, user=self.user_facilitator))

    def test_the_window_asks_how_many(self):
        action = self.line.with_user(self.user_officer).action_reverse()
        form = Form(self.env[action["res_model"]].with_user(self.user_officer).with_context(**action["context"]))
        self.assertEqual(form.hours, 120)
        form.hours, form.reason = 30, "Trente de trop"
        form.save().action_confirm()
        self.assertEqual(self.clause.hours_validated, 90)

    def test_the_window_takes_all_by_default_and_of_several_lines(self):
        self._new_employment(self.person, self.clause, "2026-10-01")
        declaration = self._new_declaration(self.clause, "2026-08-01", {self.person: 50})
        declaration.action_submit()
        declaration.with_user(self.user_facilitator).action_validate()
        both = self.line | declaration.line_ids
        action = both.with_user(self.user_officer).action_reverse()
        form = Form(self.env[action["res_model"]].with_user(self.user_officer).with_context(**action["context"]))
        self.assertEqual(form.hours_left, 0)
        form.reason = "Deux mois de trop"
        form.save().action_confirm()
        self.assertEqual(self.clause.hours_validated, 0)

    def test_caps_look_at_what_is_left(self):
        """208 hours a month: 90 are left of the 120 of another clause, so that there is room for 118."""
        other = self._new_running_clause()
        self._new_employment(self.person, other)
        self._reverse(30)
        declaration = self._new_declaration(other, hours={self.person: 118})
        self.assertNotIn("monthly cap", declaration.line_ids.insertion_warnings or "")
        declaration.line_ids.unit_amount += 0.01
        self.assertIn("monthly cap", declaration.line_ids.insertion_warnings)

    def test_the_ledger_at_random(self):
        """Parts of every size, in any order: what is left is the sum, and never below zero."""
        draw = Random(20261128)
        for _number in range(5):
            month = f"2026-0{draw.randint(1, 8)}-01"
            hours = draw.randint(1, 30_00) / 100
            declaration = self._new_declaration(self.clause, month, {self.person: hours})
            declaration.action_submit()
            declaration.with_user(self.user_facilitator).action_validate()
            line, taken = declaration.line_ids, []
            while line._hours_left():
                part = draw.randint(1, 10_00) / 100
                if part > line._hours_left():
                    with self.assertRefused(UserError, "are left"):
                        self._reverse(part, line)
                    part = line._hours_left()
                self._reverse(part, line)
                taken.append(part)
                self.assertEqual(line._hours_left(), total((hours, *(-part for part in taken))))
            self.assertEqual(total(taken), hours)
            self.assertEqual(line.insertion_reversal_ids.mapped("insertion_reverses_all").count(True), 1)
        self.assertEqual(self.clause.hours_validated, 120)
