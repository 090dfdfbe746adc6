from odoo import fields
from odoo.tests import HttpCase, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestNetworkTour(InsertionCommon, HttpCase):
    """From a signed convention to a tutor's seat, in a real browser, each step by the person who knows it."""

    def test_convention_meeting_training(self):
        self.start_tour("/odoo/insertion-conventions", "insertion_convention_tour", login=self.user_officer.login)
        convention = self.env["clause.insertion.convention"].search([("partner_id", "=", self.relay.id)])
        self.assertRecordValues(convention, [{"state": "running", "months": 12, "user_id": self.user_officer.id}])

        tomorrow = fields.Datetime.add(fields.Datetime.now(), days=1)
        meeting = self._new_meeting(start=tomorrow, stop=fields.Datetime.add(tomorrow, hours=2))
        self.start_tour(f"/odoo/insertion-meetings/{meeting.id}", "insertion_meeting_tour", login="test_officer")
        self.assertIn(self.user_facilitator.partner_id, meeting.invited_ids)

        training = self._new_training(
            self.contractor, date_start=tomorrow, date_stop=fields.Datetime.add(tomorrow, hours=7)
        )
        self.start_tour("/my/insertion-network", "insertion_training_tour", login=self.user_contractor.login)
        self.assertRecordValues(
            training.registration_ids, [{"attendee_name": "Sam Tuteur", "partner_id": self.contractor.id}]
        )
