from odoo import models


class ClauseInsertionParticipant(models.Model):
    """Training goes with the person."""

    _inherit = "clause.insertion.participant"

    def _absorb(self, other):
        Registration = self.env["clause.insertion.training.registration"]
        kept = Registration.search([("participant_id", "=", self.id), ("state", "!=", "cancelled")]).training_id
        moved = Registration.search([("participant_id", "=", other.id)])
        moved.filtered(lambda registration: registration.training_id not in kept).participant_id = self
        return super()._absorb(other)
