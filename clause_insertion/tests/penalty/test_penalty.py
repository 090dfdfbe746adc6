from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..common import InsertionCommon


class PenaltyCommon(InsertionCommon):
    """A contract of a million euros that owes 80 hours, with the rules given to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Rule = cls.env["clause.insertion.penalty.rule"]
        Rule.search([]).active = False  # the shipped examples have their own test
        cls.per_hour = cls._new_penalty_rule()
        cls.per_index = cls._new_penalty_rule(
            name="4 × plafond horaire", shape="index", index="ceiling_hourly", coefficient=4
        )
        cls.per_smic = cls._new_penalty_rule(name="2 × SMIC", shape="index", index="smic_hourly", coefficient=2)
        cls.per_working_day = cls._new_penalty_rule(
            name="Document, jour ouvré", failure="document", shape="day", amount=50, day_basis="working"
        )
        cls.per_day = cls._new_penalty_rule(
            name="Document, jour calendaire", failure="document", shape="day", amount=50, day_basis="calendar"
        )
        cls.per_meeting = cls._new_penalty_rule(name="Réunion manquée", failure="meeting", shape="event", amount=500)
        cls.rules = Rule.search([])
        cls.clause = cls._new_running_clause(hours_typed=80)

    def _decided(self, rule=None, **values):
        """A penalty that was notified, then applied after the contractor's reply."""
        record = self._new_penalty(self.clause, rule or self.per_index, **values)
        officer = record.with_user(self.user_officer)
        officer.action_notify()
        officer.action_reply("Reçu.")
        officer.action_apply("Manquement établi.")
        return record


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPenaltyAmount(PenaltyCommon):
    """The figures of the domain, through the records."""

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


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPenaltyRule(PenaltyCommon):
    """Rules are data; a contract keeps those it runs with."""

    def test_shipped_examples_are_to_be_checked(self):
        rules = self.env.ref("clause_insertion.penalty_rule_hours")
        rules |= self.env.ref("clause_insertion.penalty_rule_document")
        rules |= self.env.ref("clause_insertion.penalty_rule_meeting")
        self.assertEqual(rules.mapped("verified"), [False] * 3)
        self.assertEqual(rules.mapped("reply_days"), [15] * 3)
        self.assertTrue(all(rule.source for rule in rules))
        rules.active = True
        clause = self._new_running_clause(hours_typed=80)
        self.assertEqual(self._new_penalty(clause, rules[0]).amount, 9_600)
        late = {"date_due": "2026-09-16", "date_done": "2026-10-02"}
        self.assertEqual(self._new_penalty(clause, rules[1], **late).amount, 600)
        self.assertEqual(self._new_penalty(clause, rules[2]).amount, 500)

    def test_proposed_those_in_force_in_the_company(self):
        elsewhere = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        self._new_penalty_rule(name="Ailleurs", company_id=elsewhere.id)
        self._new_penalty_rule(name="Plus tard", date_from="2026-10-06")
        self.assertEqual(self._new_clause().penalty_rule_ids, self.rules)

    def test_rules_of_a_running_contract_no_longer_change(self):
        rule = self.per_hour.with_user(self.user_manager)
        with self.assertRefused(UserError, "no longer changes"):
            rule.amount = 45
        with self.assertRefused(UserError, "no longer changes"):
            rule.unlink()
        rule.verified = True
        rule.active = False
        free = self._new_penalty_rule().with_user(self.user_manager)
        free.amount = 45
        free.unlink()

    def test_clause_keeps_its_rules(self):
        clause = self.clause.with_user(self.user_officer)
        with self.assertRefused(UserError, "no longer change"):
            clause.penalty_rule_ids = self.per_hour
        self.assertEqual(clause.penalty_rule_ids, self.rules)

    def test_contract_taken_over_is_given_its_rules_once(self):
        clause = self._new_running_clause(penalty_rule_ids=[]).with_user(self.user_officer)
        clause.penalty_rule_ids = [(6, 0, [])]
        self.assertFalse(clause.penalty_rule_ids)
        clause.penalty_rule_ids = self.per_hour
        with self.assertRefused(UserError, "no longer change"):
            clause.penalty_rule_ids = self.per_meeting

    def test_only_rules_of_the_contract(self):
        with self.assertRefused(ValidationError, "no such rule"):
            self._new_penalty(self.clause, self._new_penalty_rule())

    def test_no_penalty_before_the_contract_runs(self):
        with self.assertRefused(ValidationError, "before the contract runs"):
            self._new_penalty(self._new_clause(), self.per_hour)


@tagged("post_install", "-at_install")
class TestPenaltyLife(PenaltyCommon):
    """Finding, notice, reply, decision: each by whom it belongs to, each in its time."""

    @classmethod
    @freeze_time("2026-10-05")
    def setUpClass(cls):
        super().setUpClass()
        cls.found = cls._new_penalty(cls.clause, cls.per_index)
        cls.officer = cls.found.with_user(cls.user_officer)

    def _notify(self):
        with freeze_time("2026-10-05"):
            self.officer.action_notify()

    def test_notice_gives_a_delay(self):
        self._notify()
        self.assertEqual(self.found.state, "notified")
        self.assertEqual((str(self.found.notified_on), str(self.found.reply_due)), ("2026-10-05", "2026-10-20"))
        message = self.found.message_ids.filtered("notified_partner_ids")
        self.assertEqual(message.notified_partner_ids, self.user_contractor.partner_id)
        self.assertIn("10/20/2026", message.body)
        activity = self.found.activity_ids
        self.assertEqual((activity.user_id, str(activity.date_deadline)), (self.user_officer, "2026-10-21"))

    def test_contractor_without_an_account_is_told_at_its_address(self):
        partner = self._new_company_partner("Couvreurs sans portail (fictif)", email="couvreurs@entreprise.example")
        clause = self._new_running_clause(partner=partner, hours_typed=80)
        record = self._new_penalty(clause, self.per_index)
        record.with_user(self.user_officer).action_notify()
        self.assertIn(partner, record.message_ids.notified_partner_ids)
        self.assertNotIn("post the letter", " ".join(record.message_ids.mapped("body")))

    def test_contractor_that_cannot_be_reached(self):
        clause = self._new_running_clause(partner=self._new_company_partner("Sans adresse (fictif)"), hours_typed=80)
        record = self._new_penalty(clause, self.per_index)
        record.with_user(self.user_officer).action_notify()
        self.assertIn("post the letter", " ".join(record.message_ids.mapped("body")))

    def test_notice_says_what_was_found(self):
        self.officer.finding = " "
        with self.assertRefused(UserError, "what was found"):
            self._notify()

    @freeze_time("2026-10-20")
    def test_no_decision_while_the_contractor_may_reply(self):
        self._notify()
        for decide in (self.officer.action_apply, self.officer.action_waive, self.officer.action_clear):
            with self.assertRefused(UserError, "10/20/2026"):
                decide("Motif")
        with self.assertRefused(UserError, "10/20/2026"):
            self.officer.action_reduce("Motif", 100)

    @freeze_time("2026-10-21")
    def test_silent_contractor(self):
        self._notify()
        self.officer.action_apply("Aucune réponse.")
        self.assertRecordValues(
            self.found, [{"state": "applied", "amount_decided": 9_600, "decided_by": self.user_officer.id}]
        )
        self.assertFalse(self.found.activity_ids)

    @freeze_time("2026-10-07")
    def test_reply_opens_the_decision(self):
        self._notify()
        self.found.with_user(self.user_contractor).action_reply("Personne ne nous a été proposé.")
        self.assertEqual((self.found.state, str(self.found.replied_on)), ("replied", "2026-10-07"))
        self.assertEqual(str(self.found.activity_ids.date_deadline), "2026-10-07")
        self.officer.action_reduce("La moitié seulement.", 4_800)
        self.assertEqual((self.found.state, self.found.amount_decided), ("reduced", 4_800))
        with self.assertRefused(UserError, "once"):
            self.officer.action_apply("Finalement, tout.")

    @freeze_time("2026-10-07")
    def test_reply_once_and_with_words(self):
        self._notify()
        contractor = self.found.with_user(self.user_contractor)
        with self.assertRefused(UserError, "Write the reply"):
            contractor.action_reply("  ")
        contractor.action_reply("Nos raisons.")
        with self.assertRefused(UserError, "No reply is awaited"):
            contractor.action_reply("Encore.")

    @freeze_time("2026-10-07")
    def test_only_its_contractor_replies(self):
        self._notify()
        for user in (self.user_other_contractor, self.user_reader, self.user_buyer, self.user_facilitator):
            with self.assertRaises(AccessError):
                self.found.with_user(user).action_reply("À leur place.")

    @freeze_time("2026-10-21")
    def test_only_officers_decide(self):
        self._notify()
        for user in (self.user_contractor, self.user_reader, self.user_buyer):
            with self.assertRaises(AccessError):
                self.found.with_user(user).action_waive("Trop cher.")

    @freeze_time("2026-10-21")
    def test_decision_needs_a_reason(self):
        self._notify()
        with self.assertRefused(UserError, "reason"):
            self.officer.action_apply("  ")
        action = self.officer.action_apply()
        self.assertEqual(action["res_model"], "clause.insertion.penalty.step")
        wizard = Form(self.env[action["res_model"]].with_user(self.user_officer).with_context(**action["context"]))
        wizard.words = "Manquement établi."
        wizard.save().action_confirm()
        self.assertEqual((self.found.state, self.found.reason), ("applied", "Manquement établi."))

    @freeze_time("2026-10-21")
    def test_reduced_is_between_nothing_and_all(self):
        self._notify()
        for amount in (None, 0, -1, 9_600, 10_000):
            with self.assertRefused(UserError, "above zero and below"):
                self.officer.action_reduce("Motif", amount)

    @freeze_time("2026-10-21")
    def test_nobody_was_proposed(self):
        """The relay left a request unanswered: it is shown as evidence, and closes the penalty."""
        request = self._new_request(self.clause, date_start="2026-12-01")
        request.sudo()._leave_unanswered("no_answer")
        request = self._new_request(self.clause, date_start="2026-12-01")
        request.with_user(self.user_facilitator).action_nobody_fits()
        self._notify()
        self.env.invalidate_all()
        lines = self.officer.evidence.splitlines()
        self.assertEqual(len(lines), 2)
        self.assertTrue(all("1 (10/21/2026)" in line for line in lines), lines)
        self.officer.action_clear("Le relais n'a proposé personne.")
        self.assertEqual((self.found.state, self.found.amount_decided), ("cleared", 0))

    def test_no_delay_where_the_contract_leaves_the_procedure_out(self):
        rule = self._new_penalty_rule(reply_days=0)
        clause = self._new_running_clause(penalty_rule_ids=rule.ids)
        record = self._new_penalty(clause, rule).with_user(self.user_officer)
        record.action_notify()
        self.assertFalse(record.reply_due)
        record.action_apply("Selon le CCAP.")
        self.assertEqual(record.state, "applied")

    def test_nothing_is_written_by_another_door(self):
        self._notify()
        manager = self.found.with_user(self.user_manager)
        for values in (
            {"state": "applied"},
            {"amount_decided": 1},
            {"amount": 1},
            {"reply": "x"},
            {"reason": "x"},
            {"notified_on": "2020-01-01"},
            {"reply_due": "2020-01-01"},
            {"move_id": False},
        ):
            with self.subTest(values=values), self.assertRefused(UserError, "buttons"):
                manager.write(values)
        for values in ({"quantity": 1}, {"finding": "x"}, {"rule_id": self.per_hour.id}, {"index_date": "2025-01-01"}):
            with self.subTest(values=values), self.assertRefused(UserError, "no longer changes"):
                manager.write(values)
        values = {"clause_id": self.clause.id, "rule_id": self.per_hour.id, "state": "applied"}
        with self.assertRefused(UserError, "buttons"):
            self.env["clause.insertion.penalty"].with_user(self.user_manager).create(values)

    def test_kept_once_notified(self):
        self._new_penalty(self.clause, self.per_hour).with_user(self.user_officer).unlink()
        self._notify()
        with self.assertRefused(UserError, "cancel it"):
            self.found.with_user(self.user_manager).unlink()
        self.officer.action_cancel("Notifiée par erreur.")
        self.assertEqual((self.found.state, self.found.reason), ("cancelled", "Notifiée par erreur."))
        self.assertFalse(self.found.activity_ids)
        with self.assertRefused(UserError, "cancelled"):
            self.officer.action_cancel("Encore.")

    def test_trail(self):
        with freeze_time("2026-10-21"):
            self._notify()
            self.officer.action_apply("Manquement établi.")
        bodies = " ".join(self.found.message_ids.mapped("body"))
        self.assertIn("9,600.00", bodies)
        self.assertIn("Manquement établi.", bodies)
        self.assertIn("× 4 ×", bodies)

    def test_who_acts_next(self):
        def waits(user):
            self.env.flush_all()
            found = self.env["clause.insertion.todo"].with_user(user).search([("res_model", "=", self.found._name)])
            return [(row.kind, row.actor, str(row.since)) for row in found]

        self._notify()
        with freeze_time("2026-10-20"):
            self.assertEqual(waits(self.user_officer), [("penalty_reply", "contractor", "2026-10-05")])
            self.env.invalidate_all()
            self.assertEqual(self.clause.with_user(self.user_contractor).next_actor, "contractor")
        with freeze_time("2026-10-23"):
            self.assertEqual(waits(self.user_officer), [("penalty_decide", "officer", "2026-10-21")])
            self.assertEqual(waits(self.user_facilitator), [], "a relay knows nothing of penalties")
            self.env.invalidate_all()
            clause = self.clause.with_user(self.user_officer)
            self.assertEqual((clause.next_actor, str(clause.waiting_since)), ("officer", "2026-10-21"))
            self.assertIn(self.found.name, clause.next_action)
            for user in (self.user_facilitator, self.user_portal_relay):
                self.assertNotIn(self.found.name, self.clause.with_user(user).next_action)
            self.officer.action_waive("Premier manquement.")
            self.assertEqual(waits(self.user_officer), [])
