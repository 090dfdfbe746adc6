from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class ClauseInsertionHandover(models.Model):
    """A clause or a person that a relay hands over to another: recording it does it, and both see it."""

    _name = "clause.insertion.handover"
    _description = "Handover between relays"
    _order = "id desc"

    clause_id = fields.Many2one("clause.insertion", index="btree_not_null", ondelete="cascade")
    participant_id = fields.Many2one("clause.insertion.participant", index="btree_not_null", ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    from_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    to_id = fields.Many2one("res.partner", required=True, index=True, domain=[("is_insertion_facilitator", "=", True)])
    reason = fields.Char(required=True, help="Read by both relays. Do not name anybody.")

    _one_subject = models.Constraint(
        "CHECK ((clause_id IS NULL) <> (participant_id IS NULL))", "A handover is about one clause or one person."
    )

    @api.depends("clause_id", "participant_id")
    def _compute_display_name(self):
        for handover in self:
            handover.display_name = handover._subject().display_name

    def _subject(self):
        return self.clause_id or self.participant_id

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            subject = self.new(vals)._subject()._origin
            self._check_may_hand_over(subject)
            vals.update(from_id=subject.facilitator_id.id, company_id=subject.company_id.id)
        handovers = super().create(vals_list)
        for handover in handovers.sudo():  # writing on the subject was checked; its relay is closed to direct writing
            handover._hand_over()
        return handovers

    def write(self, vals):
        if not self.env.su:
            raise AccessError(self.env._("A handover is a fact: record another one to take it back."))
        return super().write(vals)

    def _check_may_hand_over(self, subject):
        """Whoever may write on it; and its own relay, which only reads a clause on the portal."""
        subject.check_access("read")
        if subject.facilitator_id != self.env.user.commercial_partner_id:
            subject.check_access("write")

    def _hand_over(self):
        if not self.to_id.is_insertion_facilitator or self.to_id == self.from_id:
            raise UserError(self.env._("Choose another relay."))
        subject = self._subject()
        subject.facilitator_id = self.to_id
        subject.message_post(
            body=self.env._(
                "Handed over from %(from)s to %(to)s: %(reason)s",
                **{"from": self.from_id.name or "–", "to": self.to_id.name, "reason": self.reason},
            ),
            author_id=self.env.user.partner_id.id,
        )
