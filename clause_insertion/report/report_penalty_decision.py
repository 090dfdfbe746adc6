from odoo import api, models
from odoo.exceptions import UserError


class ReportClauseInsertionPenaltyDecision(models.AbstractModel):
    """The letter that closes the procedure: nothing is printed before the decision."""

    _name = "report.clause_insertion.report_penalty_decision"
    _description = "Decision on a penalty"

    @api.model
    def _get_report_values(self, docids, data=None):
        docs = self.env["clause.insertion.penalty"].browse(docids)
        docs.check_access("read")
        if any(not record.decided_on for record in docs):
            raise UserError(self.env._("Nothing was decided on this penalty yet."))
        return {"doc_ids": docids, "doc_model": docs._name, "docs": docs}
