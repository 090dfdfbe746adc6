from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestErasure(InsertionCommon):
    """Two years after the last activity, and a notice of 30 days, nobody knows any more who the person was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("clause_insertion.ir_cron_clause_insertion_erasure")
        cls.user_facilitator.partner_id.email = "relais@haut-clain.example"
        cls.person = cls._forgotten("2024-03-01", firstname="Zéphyrine", lastname="Exemple")

    @classmethod
    def _forgotten(cls, day, **values):
        """A person of the relay, of whom nothing was heard since that day."""
        public = cls.env.ref("clause_insertion.public_jeune").id
        proof = (0, 0, {"public_id": public, "seen_on": day})
        person = cls._new_participant(proof_ids=[proof], **values)
        cls._registered_on(person, day)
        return person

    @classmethod
    def _registered_on(cls, people, day):
        people.flush_recordset()
        cls.env.cr.execute(
            "UPDATE clause_insertion_participant SET create_date = %s WHERE id = ANY(%s)", [day, people.ids]
        )
        people.invalidate_recordset()

    def _run(self, day):
        with freeze_time(f"{day} 04:00:00"), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def _erasures(self, person=None):
        return self.env["clause.insertion.erasure"].search([("participant_id", "=", (person or self.person).id)])

    def test_announced_then_erased(self):
        before = self.person.name
        self._run("2026-10-05")
        [erasure] = self._erasures()
        self.assertRecordValues(erasure, [{"state": "announced", "reason": "inactivity"}])
        self.assertEqual(str(erasure.due_on), "2026-11-04")
        self._run("2026-11-03")
        self.assertEqual(self.person.person_name, "Zéphyrine Exemple")
        self._run("2026-11-04")
        self.assertEqual((erasure.state, str(erasure.closed_on)), ("done", "2026-11-04"))
        self.assertFalse(self.person.identity_ids)
        self.assertRegex(self.person.name, "^A-[A-Z2-9]{10}$")
        self.assertNotEqual(self.person.name, before)
