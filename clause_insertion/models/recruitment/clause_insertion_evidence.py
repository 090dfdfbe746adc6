from odoo import api, fields, models


class ClauseInsertionEvidence(models.Model):
    """A dated fact that clears the contractor: written by the program, changed by nobody."""

    _name = "clause.insertion.evidence"
    _description = "Evidence not attributable to the contractor"
    _order = "date desc, id desc"

    clause_id = fields.Many2one("clause.insertion", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="clause_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        related="clause_id.partner_id", store=True, index="btree_not_null", string="Contractor"
    )
    facilitator_id = fields.Many2one(related="clause_id.facilitator_id", store=True, index="btree_not_null")
    date = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    reason = fields.Selection(
        [
            ("no_answer", "Candidates were asked for: nobody was proposed within the delay"),
            ("nobody_fits", "Candidates were asked for: the relay has nobody to propose"),
        ],
        required=True,
        readonly=True,
    )
    recruitment_id = fields.Many2one("clause.insertion.recruitment", required=True, index=True, ondelete="restrict")
    quantity = fields.Integer("People asked for", related="recruitment_id.quantity")
    asked_on = fields.Date(related="recruitment_id.asked_on")

    _once = models.UniqueIndex("(recruitment_id)", "This request has already left its evidence.")

    @api.depends("reason", "date")
    def _compute_display_name(self):
        labels = dict(self._fields["reason"]._description_selection(self.env))
        for evidence in self:
            evidence.display_name = labels.get(evidence.reason, "")
