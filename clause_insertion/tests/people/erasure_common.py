from odoo.tests import freeze_time

from ..common import InsertionCommon


class ErasureCommon(InsertionCommon):
    """The daily job, and people of whom nothing was heard since a day. Today is 5 October 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("clause_insertion.ir_cron_clause_insertion_erasure")
        cls.user_facilitator.partner_id.email = "relais@haut-clain.example"
        cls.user_portal_relay.partner_id.email = "portail@haut-clain.example"

    @classmethod
    def _forgotten(cls, day="2024-03-01", **values):
        public = cls.env.ref("clause_insertion.public_jeune").id
        person = cls._new_participant(proof_ids=[(0, 0, {"public_id": public, "seen_on": day})], **values)
        cls._registered_on(person, day)
        return person

    @classmethod
    def _registered_on(cls, people, day):
        people.flush_recordset()
        cls.env.cr.execute(
            "UPDATE clause_insertion_participant SET create_date = %s WHERE id = ANY(%s)", [day, people.ids]
        )
        people.invalidate_recordset()

    def _run(self, *days):
        for day in days:
            with freeze_time(f"{day} 04:00:00"), self.enter_registry_test_mode():
                self.cron.method_direct_trigger()
            self.env.invalidate_all()

    def _erasures(self, people):
        return self.env["clause.insertion.erasure"].search([("participant_id", "in", people.ids)])

    def _ask(self, person, user=None):
        """The person asked the relay's user for it: why its data are kept, if they are."""
        user = user or self.user_facilitator
        return self.env["clause.insertion.erasure"].with_user(user)._ask(person.with_user(user))
