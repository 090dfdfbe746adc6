from odoo.tests import HttpCase, tagged

from ..common import InsertionCommon


class MonthTours(InsertionCommon, HttpCase):
    """The month, declared on the portal and validated in the back office."""

    def _month(self, clause):
        person = self._new_participant()
        self._new_employment(person, clause)
        self.start_tour(clause.access_url, "insertion_contractor_tour", login=self.user_contractor.login)
        self.assertRecordValues(clause.declaration_ids, [{"state": "submitted", "hours": 101.5}])

        self.start_tour("/odoo/insertion-declarations", "insertion_relay_tour", login=self.user_facilitator.login)
        self.assertRecordValues(clause, [{"hours_validated": 101.5, "hours_declared": 101.5}])
        self.assertRecordValues(
            clause.line_ids,
            [{"insertion_state": "validated", "insertion_participant_id": person.id, "unit_amount": 101.5}],
        )


@tagged("post_install", "-at_install")
class TestTour(MonthTours):
    """From adding a clause to a validated hour, in a real browser, each step by the person who knows it."""

    def test_from_the_clause_to_the_validated_hour(self):
        order = self._new_order(insertion_consultation_date="2026-09-01")
        self.start_tour(f"/odoo/purchase/{order.id}", "insertion_buyer_tour", login=self.user_buyer.login)
        clause = order.clause_insertion_ids
        self.assertRecordValues(clause, [{"state": "running", "hours_due": 833, "facilitator_id": self.relay.id}])
        self._month(clause)


@tagged("post_install", "-at_install")
class TestTourOnAPhone(MonthTours):
    """The contractor declares from the building site, the relay validates between two meetings."""

    browser_size = "375x667"
    touch_enabled = True

    def test_the_month_on_a_phone(self):
        self._month(self._new_running_clause())
