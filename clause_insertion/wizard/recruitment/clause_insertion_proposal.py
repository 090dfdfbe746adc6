from odoo import api, fields, models


class ClauseInsertionProposal(models.TransientModel):
    """The relay picks, among its own eligible people, those to propose."""

    _name = "clause.insertion.proposal"
    _description = "People to propose for a request"

    recruitment_id = fields.Many2one("clause.insertion.recruitment", required=True, ondelete="cascade")
    eligible_ids = fields.Many2many("clause.insertion.participant", compute="_compute_eligible_ids")
    participant_ids = fields.Many2many("clause.insertion.participant", string="People", required=True)

    @api.depends("recruitment_id")
    def _compute_eligible_ids(self):
        for proposal in self:
            proposal.eligible_ids = proposal.recruitment_id._eligible_people()

    def action_confirm(self):
        self.recruitment_id.action_propose(self.participant_ids.ids)
        return {"type": "ir.actions.act_window_close"}
