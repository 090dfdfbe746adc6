from odoo import api, models
from odoo.exceptions import UserError


class ReportTrainingCertificate(models.AbstractModel):
    _name = "report.clause_insertion.report_training_certificate"
    _description = "Certificate of a training session"

    @api.model
    def _get_report_values(self, docids, data=None):
        """With the reader's own rights, also from the portal: names depend on them."""
        registrations = self.env["clause.insertion.training.registration"].sudo(False).browse(docids)
        registrations.check_access("read")
        if any(registration.state != "attended" for registration in registrations):
            raise UserError(self.env._("Only who attended the session has a certificate."))
        return {"doc_ids": docids, "doc_model": registrations._name, "docs": registrations}
