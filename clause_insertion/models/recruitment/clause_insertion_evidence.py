from odoo import api, fields, models
from odoo.tools import format_date

from ...tools.base.days import region_today


class ClauseInsertionEvidence(models.Model):
    """A dated fact that clears the contractor: written by the program, changed by nobody."""

    _name = "clause.insertion.evidence"
    _description = "Evidence not attributable to the contractor"
    _inherit = ["clause.insertion.lock.mixin"]
    _order = "date desc, id desc"

    clause_id = fields.Many2one(
        "clause.insertion", required=True, index=True, ondelete="restrict", copy=False, locked=True
    )
    company_id = fields.Many2one(related="clause_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        related="clause_id.partner_id", store=True, index="btree_not_null", string="Contractor"
    )
    facilitator_id = fields.Many2one(related="clause_id.facilitator_id", store=True, index="btree_not_null")
    date = fields.Date(required=True, readonly=True, default=region_today, copy=False, locked=True)
    reason = fields.Selection(
        [
            ("no_answer", "Candidates were asked for: nobody was proposed within the delay"),
            ("nobody_fits", "Candidates were asked for: the relay has nobody to propose"),
        ],
        required=True,
        readonly=True,
        copy=False,
        locked=True,
    )
    recruitment_id = fields.Many2one(
        "clause.insertion.recruitment", required=True, index=True, ondelete="restrict", copy=False, locked=True
    )
    quantity = fields.Integer("People asked for", related="recruitment_id.quantity")
    asked_on = fields.Date(related="recruitment_id.asked_on")

    _once = models.UniqueIndex("(recruitment_id)", "This request has already left its evidence.")

    @api.depends("reason", "date")
    def _compute_display_name(self):
        labels = dict(self._fields["reason"]._description_selection(self.env))
        for evidence in self:
            evidence.display_name = labels.get(evidence.reason, "")

    def _counts_by_reason(self):
        """One line per reason: how many requests, and when. Counts and dates, nobody."""
        lines = []
        for reason, label in self._fields["reason"]._description_selection(self.env):
            if found := self.filtered(lambda evidence, reason=reason: evidence.reason == reason):
                days = ", ".join(format_date(self.env, day) for day in found.sorted("date").mapped("date"))
                lines.append(self.env._("%(reason)s: %(count)s (%(days)s)", reason=label, count=len(found), days=days))
        return "\n".join(lines)
