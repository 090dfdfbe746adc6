from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestNotification(InsertionCommon):
    """Who acts next is told: an activity in the back office, a message on the portal, no name in either."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant()
        cls._new_employment(cls.person, cls.clause)
        cls.declaration = cls._new_declaration(cls.clause, hours={cls.person: 100})

    def _told(self, record):
        return record.message_ids.notified_partner_ids

    def _submit(self):
        self.declaration.with_user(self.user_contractor).action_submit()

    def test_a_month_goes_to_the_relay_and_comes_back(self):
        self._submit()
        activity = self.declaration.activity_ids
        self.assertEqual((activity.user_id, str(activity.date_deadline)), (self.user_facilitator, "2026-10-15"))
        self.assertEqual(self._told(self.declaration), self.user_portal_relay.partner_id)
        self.declaration.with_user(self.user_facilitator).action_validate()
        self.assertFalse(self.declaration.activity_ids, "answered: nothing left to do")
        self.assertIn(self.user_contractor.partner_id, self._told(self.declaration))
        self.assertNotIn(self.user_other_contractor.partner_id, self._told(self.declaration))

    def test_a_refused_month_goes_back_without_its_reason(self):
        self._submit()
        self.declaration.with_user(self.user_portal_relay).action_refuse("Camille était absente")
        self.assertFalse(self.declaration.activity_ids)
        message = self.declaration.message_ids.filtered("notified_partner_ids")[0]
        self.assertEqual(message.notified_partner_ids, self.user_contractor.partner_id)
        self.assertNotIn("Camille", f"{message.subject} {message.body}")

    def test_a_hire_goes_to_the_relay_and_comes_back(self):
        Employment = self.env["clause.insertion.employment"].with_user(self.user_contractor)
        person = {"firstname": "Dominique", "lastname": "Inventé", "birthdate": "1990-01-02"}
        hires = [
            Employment._hire_own_candidate(
                self.clause.with_user(self.user_contractor), person, {"date_start": "2026-10-12"}
            ).with_env(self.env)
            for _time in range(2)
        ]
        for hire in hires:
            self.assertEqual(hire.activity_ids.user_id, self.user_facilitator)
            self.assertEqual(self._told(hire), self.user_portal_relay.partner_id)
        confirmed, refused = hires
        public = self.env.ref("clause_insertion.public_rsa")
        confirmed.participant_id.proof_ids = [(0, 0, {"public_id": public.id, "seen_on": "2026-10-05"})]
        confirmed.with_user(self.user_facilitator).action_confirm()
        refused.with_user(self.user_facilitator).action_refuse("Dominique n'est pas éligible")
        for hire in hires:
            self.assertFalse(hire.activity_ids)
            self.assertIn(self.user_contractor.partner_id, self._told(hire))
            text = " ".join(f"{m.subject} {m.body}" for m in hire.message_ids)
            self.assertNotIn("Inventé", text)

    def test_entered_by_the_relay_waits_for_nobody(self):
        hire = self._new_employment(self._new_participant(), self.clause)
        self.assertFalse(hire.activity_ids)
        self.assertFalse(self._told(hire))
