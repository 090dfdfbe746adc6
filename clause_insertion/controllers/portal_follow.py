from odoo import fields, http
from odoo.http import request

from .portal_forms import labels, read_choice, read_day, read_text, selection
from .portal_person import PERSON, InsertionPersonPortal


class InsertionFollowPortal(InsertionPersonPortal):
    """What happens between a relay and a person: contacts logged, the person handed over to another relay."""

    def _prepare_person_values(self, person):
        Contact = request.env["clause.insertion.contact"]
        return super()._prepare_person_values(person) | {
            "contacts": Contact.search([("participant_id", "=", person.id)]),
            "contact_kinds": selection(Contact, "kind"),
            "today": fields.Date.context_today(Contact),
            "other_relays": self._other_relays(),
        }

    def _other_relays(self):
        """sudo: the names of the other relays, which are public, to choose from."""
        relays = request.env["res.partner"].sudo().search([("is_insertion_facilitator", "=", True)], order="name")
        return [(str(relay.id), relay.name) for relay in relays - request.env.user.commercial_partner_id]

    @http.route(f"{PERSON}/contact", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_contact(self, person_id, **typed):
        person = self._own_person(person_id)
        return self._do(person, self._log_contact, person, typed)

    def _log_contact(self, person, typed):
        Contact = request.env["clause.insertion.contact"]
        names = labels(Contact, "kind", "date", "subject", "note")
        kinds = {value: value for value, _label in selection(Contact, "kind")}
        Contact.create(
            {
                "participant_id": person.id,
                "kind": read_choice(typed, "kind", names["kind"], kinds),
                "date": read_day(typed, "date", names["date"], required=True),
                "subject": read_text(typed, "subject", names["subject"], required=True),
                "note": read_text(typed, "note", names["note"], most=2000),
            }
        )

    @http.route(f"{PERSON}/hand-over", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_hand_over(self, person_id, **typed):
        """The person leaves the user's list: what is shown next is that list, or what was refused."""
        person = self._own_person(person_id)
        answer = self._do(person, self._hand_over, person, typed)
        if not person._is_followed():
            return request.redirect("/my/insertion-people")
        return answer

    def _hand_over(self, person, typed):
        Handover = request.env["clause.insertion.handover"]
        names = labels(Handover, "to_id", "reason")
        relays = {value: int(value) for value, _label in self._other_relays()}
        Handover.create(
            {
                "participant_id": person.id,
                "to_id": read_choice(typed, "to_id", names["to_id"], relays),
                "reason": read_text(typed, "reason", names["reason"], required=True),
            }
        )
