from odoo.tests import HttpCase, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestRecruitmentTour(InsertionCommon, HttpCase):
    """Contractor, relay, contractor, relay: each step in a real browser, on the portal."""

    def test_from_the_request_to_the_confirmed_hire(self):
        clause, person = self._new_running_clause(), self._new_participant()
        self.start_tour(clause.access_url, "insertion_ask_tour", login=self.user_contractor.login)
        asked = clause.recruitment_ids
        self.assertRecordValues(asked, [{"job_title": "Maçon", "skills": "Coffrage", "quantity": 1, "state": "asked"}])

        self.start_tour("/my/insertion-requests", "insertion_propose_tour", login=self.user_portal_relay.login)
        self.assertEqual(asked.candidate_ids.participant_id, person)

        self.start_tour(asked.access_url, "insertion_hire_tour", login=self.user_contractor.login)
        hire = asked.candidate_ids.employment_id
        self.assertEqual(hire.state, "draft")

        self.start_tour(hire.access_url, "insertion_confirm_tour", login=self.user_portal_relay.login)
        self.assertRecordValues(hire, [{"state": "confirmed", "participant_id": person.id, "clause_ids": clause.ids}])
