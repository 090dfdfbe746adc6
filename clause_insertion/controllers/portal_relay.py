from odoo.http import request

from ..tools.base.days import region_today
from .form_values import labels, read_choice, read_day, read_selection, read_text, selection
from .portal_base import InsertionPortalBase


class InsertionRelayPortal(InsertionPortalBase):
    """What a relay notes on the page of a person, of a hire or of a clause: proofs seen, contacts, handovers."""

    def _prepare_relay_values(self, subject, contacts):
        """``subject`` is the person or the clause; ``contacts`` finds those to show."""
        Contact = request.env["clause.insertion.contact"]
        return {
            "subject": subject,
            "contacts": Contact.search(contacts),
            "contact_kinds": selection(Contact, "kind"),
            "today": region_today(Contact),
            "other_relays": self._other_relays(),
        }

    def _other_relays(self):
        """sudo: the names of the other relays, which are public, to choose from."""
        relays = request.env["res.partner"].sudo().search([("is_insertion_facilitator", "=", True)], order="name")
        return [(str(relay.id), relay.name) for relay in relays - request.env.user.commercial_partner_id]

    def _record_proof(self, person, typed):
        """Note what the relay has seen, for which public; the document itself is not kept."""
        Proof = request.env["clause.insertion.proof"]
        names = labels(Proof, "public_id", "issued_on")
        publics = {str(public.id): public.id for public in request.env["clause.insertion.public"].search([])}
        Proof.create(
            {
                "participant_id": person.id,
                "public_id": read_choice(typed, "public_id", names["public_id"], publics),
                "issued_on": read_day(typed, "issued_on", names["issued_on"]),
            }
        )

    def _log_contact(self, met, typed):
        """``met`` says who was met: a person, or a company on a clause."""
        Contact = request.env["clause.insertion.contact"]
        names = labels(Contact, "date", "subject", "note")
        Contact.create(
            {
                **met,
                "kind": read_selection(typed, Contact, "kind"),
                "date": read_day(typed, "date", names["date"], required=True),
                "subject": read_text(typed, "subject", names["subject"], required=True),
                "note": read_text(typed, "note", names["note"], most=2000),
            }
        )

    def _hand_over(self, subject, typed):
        """``subject`` is ``{field of the handover: id}``."""
        Handover = request.env["clause.insertion.handover"]
        names = labels(Handover, "to_id", "reason")
        relays = {value: int(value) for value, _label in self._other_relays()}
        Handover.create(
            {
                **subject,
                "to_id": read_choice(typed, "to_id", names["to_id"], relays),
                "reason": read_text(typed, "reason", names["reason"], required=True),
            }
        )
