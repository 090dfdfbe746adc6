from odoo import fields
from odoo.tests import HttpCase, tagged

from ...engine.months import previous_month
from ..common import InsertionCommon


class PortalTour(InsertionCommon, HttpCase):
    """A relay and a contractor, both on the portal alone: from a person registered to an hour validated."""

    def _tell_the_story(self):
        month = previous_month(fields.Date.today())
        clause = self._new_running_clause(date_start=month)
        self.start_tour("/my/insertion-people", "insertion_person_tour", login=self.user_portal_relay.login)
        identity = self.env["clause.insertion.identity"].search([("firstname", "=", "Camille")])
        person = identity.participant_id
        self.assertRecordValues(identity, [{"facilitator_id": self.relay.id, "gender": "female", "birth_year": 2001}])
        self.assertEqual(person.proof_ids.seen_by_id, self.user_portal_relay)

        asked = self._new_request(clause, date_start=month)
        self.start_tour("/my/insertion-requests", "insertion_propose_tour", login=self.user_portal_relay.login)
        hire = asked.candidate_ids.with_user(self.user_contractor).action_hire({"date_start": month})
        self.start_tour(hire.access_url, "insertion_confirm_tour", login=self.user_portal_relay.login)
        self.assertRecordValues(hire.sudo(), [{"state": "confirmed", "participant_id": person.id}])

        self.start_tour("/my/insertion-clauses", "insertion_hours_file_tour", login=self.user_contractor.login)
        self.assertRecordValues(clause.declaration_ids, [{"state": "submitted", "hours": 120.5, "month": month}])
        self.start_tour("/my/insertion-declarations", "insertion_validate_tour", login=self.user_portal_relay.login)
        self.assertRecordValues(clause, [{"hours_validated": 120.5}])


@tagged("post_install", "-at_install")
class TestPortalTour(PortalTour):
    def test_from_the_person_to_the_validated_hour(self):
        self._tell_the_story()


@tagged("post_install", "-at_install")
class TestPortalTourOnAPhone(PortalTour):
    browser_size = "375x667"
    touch_enabled = True

    def test_from_the_person_to_the_validated_hour(self):
        self._tell_the_story()
