from odoo import fields, models


class ClauseInsertionTraining(models.Model):
    """Whom a structure may register."""

    _inherit = "clause.insertion.training"

    def _takes_registrations(self):
        """From relays and companies: until it begins."""
        return self.state == "open" and self.date_start > fields.Datetime.now()

    def _registrable_people(self):
        """With the user's own rights: the people that its relay follows, or that it employs on that day."""
        self.ensure_one()
        Participant = self.env["clause.insertion.participant"]
        partner = self.env.user.commercial_partner_id
        if partner.is_insertion_facilitator:
            return Participant.search([("facilitator_id", "=", partner.id), ("company_id", "=", self.company_id.id)])
        day = self.date_start.date()
        employments = self.env["clause.insertion.employment"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "confirmed"),
                ("date_start", "<=", day),
                "|",
                ("date_end", "=", False),
                ("date_end", ">=", day),
            ]
        )
        return employments.participant_id
