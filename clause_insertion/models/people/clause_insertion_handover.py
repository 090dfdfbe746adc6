from odoo import api, fields, models
from odoo.exceptions import UserError


class ClauseInsertionHandover(models.Model):
    """A clause or a person that a relay hands over to another: recording it does it, and both see it."""

    _name = "clause.insertion.handover"
    _description = "Handover between relays"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.person.mixin"]
    _order = "id desc"

    clause_id = fields.Many2one("clause.insertion", index="btree_not_null", ondelete="cascade", locked="_is_created")
    participant_id = fields.Many2one(
        "clause.insertion.participant", index="btree_not_null", ondelete="cascade", locked="_is_created"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, compute="_compute_from", store=True, precompute=True
    )
    from_id = fields.Many2one(
        "res.partner", index="btree_not_null", compute="_compute_from", store=True, precompute=True
    )
    to_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        domain=[("is_insertion_facilitator", "=", True)],
        locked="_is_created",
    )
    reason = fields.Char(required=True, help="Read by both relays. Do not name anybody.", locked="_is_created")

    _one_subject = models.Constraint(
        "CHECK ((clause_id IS NULL) <> (participant_id IS NULL))", "A handover is about one clause or one person."
    )

    def _subject(self):
        return self.clause_id or self.participant_id

    @api.depends("clause_id", "participant_id")
    def _compute_display_name(self):
        for handover in self:
            handover.display_name = handover._subject().display_name

    @api.depends("clause_id", "participant_id")
    def _compute_from(self):
        """The relay before: it does not follow what becomes of the clause or of the person afterwards."""
        for handover in self:
            subject = handover._subject()
            handover.from_id = subject.facilitator_id
            handover.company_id = subject.company_id

    @api.model_create_multi
    def create(self, vals_list):
        handovers = super().create(vals_list)
        for handover in handovers:
            handover._check_may_hand_over()
            # sudo: the user was checked just above; the relay of a clause or person is closed to direct writing
            handover.sudo()._hand_over()
        return handovers

    def _may_name(self, name, hidden):
        """Relays are public. sudo: only to ask whether it is one."""
        if name != "to_id":
            return super()._may_name(name, hidden)
        return hidden.sudo().filtered("is_insertion_facilitator").with_env(self.env)

    def _lock_message(self, names):
        return self.env._("A handover is a fact: record another one to take it back.")

    def _check_may_hand_over(self):
        """Whoever may write on it; and its own relay, which only reads a clause on the portal."""
        subject = self._subject()
        subject.check_access("read")
        if self.from_id != self.env.user.commercial_partner_id:
            subject.check_access("write")

    def _leave(self, subject):
        """The relay before follows it no longer, nor is anything left for its people to do. Under sudo."""
        people = subject.message_partner_ids.filtered(lambda one: one.commercial_partner_id == self.from_id)
        subject.message_unsubscribe(people.ids)
        known = subject.activity_ids.filtered(lambda one: one.user_id.commercial_partner_id == self.from_id)
        known |= self.participant_id.activity_ids.filtered(lambda one: not one.user_id)  # of a person, told to nobody
        known.unlink()

    def _hand_over(self):
        if not self.to_id.is_insertion_facilitator or self.to_id == self.from_id:
            raise UserError(self.env._("Choose another relay."))
        subject = self._subject()
        subject.facilitator_id = self.to_id
        self._leave(subject)
        subject.message_post(
            body=self.env._(
                "Handed over from %(from)s to %(to)s: %(reason)s",
                **{"from": self.from_id.name or "–", "to": self.to_id.name, "reason": self.reason},
            ),
            author_id=self.env.user.partner_id.id,
        )
