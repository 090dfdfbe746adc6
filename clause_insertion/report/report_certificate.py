from odoo import api, models
from odoo.exceptions import UserError


class ReportClauseInsertionCertificate(models.AbstractModel):
    """Only what is as it was sealed can be printed as a certificate."""

    _name = "report.clause_insertion.report_certificate"
    _description = "Certificate of an insertion clause"

    @api.model
    def _get_report_values(self, docids, data=None):
        certificates = self.env["clause.insertion.certificate"].browse(docids)
        certificates.check_access("read")
        if not certificates:
            raise UserError(self.env._("This clause has no certificate yet: certify it first."))
        if not all(certificates.mapped("is_sealed")):
            raise UserError(self.env._("This certificate is no longer as it was sealed: it cannot be vouched for."))
        return {"doc_ids": docids, "doc_model": certificates._name, "docs": certificates}
