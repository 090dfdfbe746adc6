from odoo import api, models
from odoo.exceptions import UserError


class ReportClauseInsertionPenaltyNotice(models.AbstractModel):
    """The letter that opens the procedure: nothing is printed before the contractor is notified."""

    _name = "report.clause_insertion.report_penalty_notice"
    _description = "Notice of a penalty"

    @api.model
    def _get_report_values(self, docids, data=None):
        docs = self.env["clause.insertion.penalty"].browse(docids)
        docs.check_access("read")
        if any(not record.notified_on for record in docs):
            raise UserError(self.env._("Notify the penalty first: the letter carries the day of the notice."))
        return {"doc_ids": docids, "doc_model": docs._name, "docs": docs}
