from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.eligibility import fresh_until
from ...tools.base.days import region_today


class ClauseInsertionProof(models.Model):
    """A proof of eligibility that somebody has seen. The document itself is not kept."""

    _name = "clause.insertion.proof"
    _description = "Proof of eligibility seen"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.person.mixin"]
    _order = "seen_on desc, id desc"

    participant_id = fields.Many2one(
        "clause.insertion.participant", required=True, index=True, ondelete="cascade", locked="_is_created"
    )
    company_id = fields.Many2one(related="participant_id.company_id", store=True, index=True)
    facilitator_id = fields.Many2one(related="participant_id.facilitator_id", store=True, index=True)
    public_id = fields.Many2one("clause.insertion.public", required=True, ondelete="restrict", locked="_is_created")
    expected_proof = fields.Char("Document", related="public_id.proof")
    issued_on = fields.Date(
        "Document of", locked="_is_created", help="Date written on the document; counts for its freshness."
    )
    fresh_until = fields.Date(
        "Fresh until",
        compute="_compute_fresh_until",
        compute_sudo=True,  # a portal relay records proofs, and does not read the list of publics
        store=True,
        help="Last day of hire for which it may be used, included; none when it does not age.",
    )
    seen_on = fields.Date(required=True, default=region_today)
    seen_by_id = fields.Many2one(
        "res.users",
        "Seen by",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        locked=True,
    )

    @api.depends("issued_on", "public_id.freshness_months")
    def _compute_fresh_until(self):
        for proof in self:
            proof.fresh_until = fresh_until(proof.issued_on, proof.public_id.freshness_months)

    @api.constrains("issued_on", "seen_on")
    def _check_dates(self):
        today = region_today(self)
        for proof in self:
            if proof.seen_on > today or (proof.issued_on and proof.issued_on > proof.seen_on):
                raise ValidationError(
                    self.env._("A document is dated before it is seen, and seen today at the latest.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        proofs = super().create(vals_list)
        for proof in proofs.sudo():  # a portal relay records proofs, and does not read the list of publics
            proof.participant_id.public_ids |= proof.public_id
        return proofs
