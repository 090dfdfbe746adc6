from odoo import api, models
from odoo.exceptions import UserError


class ReportClauseInsertionCertificate(models.AbstractModel):
    """Only what was certified can be printed as a certificate."""

    _name = "report.clause_insertion.report_certificate"
    _description = "Certificate of an insertion clause"

    @api.model
    def _get_report_values(self, docids, data=None):
        clauses = self.env["clause.insertion"].browse(docids)
        clauses.check_access("read")
        if any(clause.state != "certified" for clause in clauses):
            raise UserError(self.env._("This clause has no certificate yet: certify it first."))
        return {"doc_ids": docids, "doc_model": clauses._name, "docs": clauses}
