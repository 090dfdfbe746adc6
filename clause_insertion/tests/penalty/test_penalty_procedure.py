from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import PenaltyCommon


@tagged("post_install", "-at_install")
class TestPenaltyProcedure(PenaltyCommon):
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
