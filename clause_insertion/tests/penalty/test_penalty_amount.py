from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import PenaltyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPenaltyAmount(PenaltyCommon):
    """What an officer finds on a contract: hours missing, documents late, events, and what the contract limits."""

    def test_missing_hours_at_four_times_the_ceiling(self):
        record = self._new_penalty(self.clause, self.per_index)
        self.assertEqual((record.quantity, record.unit_amount, record.amount), (80, 30, 9_600))
        self.assertEqual(str(record.index_date), "2026-10-05")
        record.index_date = "2025-12-31"
        self.assertEqual((record.unit_amount, record.amount), (29, 9_280))

    def test_missing_hours_at_twice_the_minimum_wage(self):
        record = self._new_penalty(self.clause, self.per_smic, quantity=100)
        self.assertEqual(record.amount, 2_404)

    def test_missing_hours_are_those_neither_validated_nor_charged_already(self):
        person = self._new_participant()
        self._new_employment(person, self.clause)
        declaration = self._new_declaration(self.clause, hours={person: 30.5})
        self._new_line(declaration, person, 0)
        declaration.action_submit()
        self.assertEqual(self._new_penalty(self.clause, self.per_hour).amount, 80 * 40, "declared is not validated")
        declaration.with_user(self.user_facilitator).action_validate()
        first = self._new_penalty(self.clause, self.per_hour)
        self.assertEqual((first.quantity, first.amount), (49.5, 1_980))
        first.quantity = 20
        first.with_user(self.user_officer).action_notify()
        self.assertEqual(self._new_penalty(self.clause, self.per_hour).quantity, 29.5)

    def test_more_hours_than_due(self):
        person = self._new_participant()
        self._new_employment(person, self.clause)
        declaration = self._new_declaration(self.clause, hours={person: 100})
        declaration.action_submit()
        declaration.with_user(self.user_facilitator).action_validate()
        record = self._new_penalty(self.clause, self.per_hour)
        self.assertEqual((record.quantity, record.amount), (0, 0))
        with self.assertRefused(UserError, "no penalty"):
            record.with_user(self.user_officer).action_notify()

    def test_twelve_working_days(self):
        """Due on Wednesday 16 September, sent on Friday 2 October: 16 days, of which 4 of weekends."""
        dates = {"date_due": "2026-09-16", "date_done": "2026-10-02"}
        self.assertEqual(self._new_penalty(self.clause, self.per_working_day, **dates).amount, 12 * 50)
        self.assertEqual(self._new_penalty(self.clause, self.per_day, **dates).amount, 16 * 50)

    def test_public_holidays(self):
        """Over May: 1 and 8 May, Ascension, Whit Monday, and the weekends."""
        dates = {"date_due": "2026-04-30", "date_done": "2026-05-31"}
        self.assertEqual(self._new_penalty(self.clause, self.per_working_day, **dates).quantity, 31 - 10 - 4)
        self.assertEqual(self._new_penalty(self.clause, self.per_day, **dates).quantity, 31)

    def test_not_done_yet_counts_to_the_finding(self):
        record = self._new_penalty(self.clause, self.per_day, date_due="2026-09-30")
        self.assertEqual(record.quantity, 5)

    def test_days_need_a_day(self):
        with self.assertRefused(ValidationError, "which day"):
            self._new_penalty(self.clause, self.per_day)

    def test_event(self):
        record = self._new_penalty(self.clause, self.per_meeting)
        self.assertEqual((record.quantity, record.amount), (1, 500))
        record.quantity = 2
        self.assertEqual(record.amount, 1_000)

    def test_cap_is_of_the_whole_contract(self):
        """1 % of a million euros: 10,000 euros for all penalties under this rule."""
        rule = self._new_penalty_rule(amount=100, cap_share=0.01)
        self.clause = self._new_running_clause(penalty_rule_ids=rule.ids, hours_typed=200)
        first = self._decided(rule, quantity=80)
        self.assertEqual((first.amount_before_limits, first.amount), (8_000, 8_000))
        second = self._new_penalty(self.clause, rule)
        self.assertEqual((second.quantity, second.amount_before_limits, second.amount), (120, 12_000, 2_000))

    def test_cap_reached_between_notice_and_decision(self):
        rule = self._new_penalty_rule(amount=100, cap_share=0.01)
        self.clause = self._new_running_clause(penalty_rule_ids=rule.ids, hours_typed=200)
        waiting = self._new_penalty(self.clause, rule, quantity=60).with_user(self.user_officer)
        waiting.action_notify()
        waiting.action_reply("Reçu.")
        self._decided(rule, quantity=80)
        with self.assertRefused(UserError, "2,000.00"):
            waiting.action_apply("Établi")
        waiting.action_reduce("Plafond", 2_000)
        self.assertEqual(waiting.amount_decided, 2_000)

    def test_floor(self):
        rule = self._new_penalty_rule(amount=100, floor=1_000)
        clause = self._new_running_clause(penalty_rule_ids=rule.ids, hours_typed=10)
        self.assertEqual(self._new_penalty(clause, rule).amount, 0)
        self.assertEqual(self._new_penalty(clause, rule, quantity=10.01).amount, 1_001)

    def test_computation_in_words(self):
        record = self._new_penalty(self.clause, self.per_index)
        self.env["res.lang"]._activate_lang("fr_FR")
        text = record.with_context(lang="fr_FR").computation.replace("\u202f", " ").replace("\u00a0", " ")
        self.assertEqual(text.splitlines()[0], "80 h × 4 × 30,00 € = 9 600,00 €")

    def test_values_stay_when_the_index_changes(self):
        """The ceiling that was known is corrected: the notified penalty keeps what it was computed with."""
        notified, found = self._new_penalty(self.clause, self.per_index), self._new_penalty(self.clause, self.per_index)
        notified.with_user(self.user_officer).action_notify()
        self.env.ref("clause_insertion.parameter_ceiling_2026").value = 31
        found.index_date = "2026-10-04"
        self.assertEqual((notified.amount, notified.unit_amount), (9_600, 30))
        self.assertEqual(found.unit_amount, 31)
