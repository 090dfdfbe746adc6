from odoo import api, models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def _render_xlsx(self, report_ref, docids, data):
        self._get_report(report_ref)._check_printable(docids, self.env)
        return super()._render_xlsx(report_ref, docids, data)
