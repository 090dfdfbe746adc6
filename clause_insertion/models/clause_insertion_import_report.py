import base64
import csv
import io

from odoo import api, fields, models

from ..engine.hour_cells import harmless


class ClauseInsertionImport(models.Model):
    """The list of what is wrong in a file, to download."""

    _inherit = "clause.insertion.import"

    report_file = fields.Binary(compute="_compute_report_file", attachment=False, export_string_translation=False)

    @api.depends("error_ids")
    def _compute_report_file(self):
        _ = self.env._
        header = [_("Row"), _("Column"), _("Value met"), _("What is wrong"), _("What would be right")]
        for record in self:
            record.report_file = _csv_file([header, *(error._report_row() for error in record.error_ids)])

    def action_download_report(self):
        self.ensure_one()
        filename = self.env._("errors.csv")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/report_file/{filename}?download=true",
            "target": "download",
        }


def _csv_file(rows):
    """As spreadsheets in French open it at once: semicolons, and a mark that says UTF-8.

    The file's own texts come back in it: none of them is run as a formula.
    """
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([harmless(str(cell or "")) for cell in row] for row in rows)
    return base64.b64encode(text.getvalue().encode("utf-8-sig"))
