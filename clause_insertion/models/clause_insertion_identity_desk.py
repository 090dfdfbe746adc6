from odoo import api, models
from odoo.fields import Domain

from ..engine.hour_cells import folded
from .clause_insertion_participant_relay import FILE_FIELDS

MOST_WORDS = 5


class ClauseInsertionIdentity(models.Model):
    """People found and registered at the relay's desk, with the rights of its user."""

    _inherit = "clause.insertion.identity"

    @api.model
    def _of_relay(self, text="", situation=""):
        """Domain of the people of the user's relay, by words of their name or pseudonym, and by situation."""
        partner = self.env.user.commercial_partner_id
        words = [
            Domain("display_name", "ilike", word) | self._without_accents(word) for word in text.split()[:MOST_WORDS]
        ]
        situations = self.env["clause.insertion.participant"]._situations()
        return Domain.AND(
            [
                [("facilitator_id", "=", partner.id), ("facilitator_id.is_insertion_facilitator", "=", True)],
                *words,
                situations.get(situation, Domain.TRUE),
            ]
        )

    @api.model
    def _without_accents(self, word):
        """“lefevre” finds Lefèvre: the key that finds duplicates has neither accents nor case."""
        plain = folded(word)
        return Domain.FALSE if not plain or plain.isdigit() else Domain("match_key", "ilike", plain)

    @api.model
    def _enrol(self, values):
        """A person comes to the relay of the user; on the portal, part of the file is closed to direct writing."""
        file = {name: value for name, value in values.items() if name in FILE_FIELDS}
        identity = self.create({name: value for name, value in values.items() if name not in FILE_FIELDS})
        if any(file.values()):
            identity.participant_id._relay_file(file)
        return identity

    @api.model
    def _already_known(self, values):
        """``(own people who are probably the same person, what may be told of another relay's)``."""
        told = {name: values[name] for name in ("firstname", "lastname", "birthdate")}
        person = self.new({**told, "facilitator_id": self.env.user.commercial_partner_id.id})
        return person.duplicate_ids._origin, person.followed_elsewhere
