from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.base.documents import without_remote_content

OURS = "clause_insertion"  # what the names of our reports begin with


class IrActionsReport(models.Model):
    """Our documents print what the user may read, whatever the address they are asked from.

    Odoo's ``/report/pdf`` and ``/report/html`` take any number from anybody, and our templates name the parties under
    sudo. The superuser prints: a page or a button that works under sudo has asked who may see the record.
    """

    _inherit = "ir.actions.report"

    @api.model
    def _get_rendering_context(self, report, docids, data):
        report._check_printable(docids, self.env)
        return super()._get_rendering_context(report, docids, data)

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        self._get_report(report_ref)._check_printable(res_ids, self.env)  # a PDF kept from before is not rendered
        return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)

    @api.model
    def _render_qweb_html(self, report_ref, docids, data=None):
        html, kind = super()._render_qweb_html(report_ref, docids, data=data)
        if self._get_report(report_ref)._is_insertion_report():
            html = without_remote_content(html)  # nothing that somebody typed makes the server fetch a page
        return html, kind

    def _is_insertion_report(self):
        return self.report_name.startswith(OURS)

    def _check_printable(self, docids, env):
        """:raises AccessError: one of the records is not the user's to read, or the report is for other groups"""
        if env.su or not self._is_insertion_report():
            return
        groups = self.sudo().group_ids
        if groups and not groups & env.user.all_group_ids:
            raise AccessError(self.env._("This document is not yours to print."))
        env[self.model].browse(docids or ()).check_access("read")
