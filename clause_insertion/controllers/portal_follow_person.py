from odoo import http
from odoo.http import request

from .portal_follow import InsertionFollowPortal
from .portal_person import PERSON, InsertionPersonPortal


class InsertionFollowPersonPortal(InsertionFollowPortal, InsertionPersonPortal):
    """What happens between a relay and a person of its own."""

    def _prepare_person_values(self, person):
        met = [("participant_id", "=", person.id)]
        return super()._prepare_person_values(person) | self._prepare_follow_values(person, met)

    @http.route(f"{PERSON}/contact", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_contact(self, person_id, **typed):
        person = self._own_person(person_id)
        return self._do(person, self._log_contact, {"participant_id": person.id}, typed)

    @http.route(f"{PERSON}/hand-over", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_hand_over(self, person_id, **typed):
        """The person leaves the user's list: what is shown next is that list, or what was refused."""
        person = self._own_person(person_id)
        answer = self._do(person, self._hand_over, {"participant_id": person.id}, typed)
        return answer if person._is_followed() else request.redirect("/my/insertion-people")
