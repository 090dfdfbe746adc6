from odoo.tests import HttpCase, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestOfficerTour(InsertionCommon, HttpCase):
    """From what waits to the certificate, in a real browser."""

    def test_from_what_waits_to_the_certificate(self):
        clause = self._new_running_clause(date_start="2026-01-05", date_end="2026-09-30")
        person = self._new_participant()
        self._new_employment(person, clause)
        declaration = self._new_declaration(clause, hours={person: 120})
        declaration.with_user(self.user_contractor).action_submit()
        declaration.with_user(self.user_facilitator).action_validate()
        self.start_tour("/odoo/insertion-next", "insertion_officer_tour", login=self.user_officer.login)
        self.assertEqual(clause.state, "certified")
        self.assertEqual(clause.certificate_id.hours_validated, 120)


@tagged("post_install", "-at_install")
class TestOfficerTourOnAPhone(TestOfficerTour):
    browser_size = "375x667"
    touch_enabled = True
