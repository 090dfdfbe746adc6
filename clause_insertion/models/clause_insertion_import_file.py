import base64
import csv
import io

from odoo import api, fields, models

from ..engine.hour_cells import harmless
from ..engine.hour_file import HEADERS

# Invented, and said to be: a month's hours, and a day's.
EXAMPLES = (
    {
        "contractor": "Entreprise Exemple (fictive)",
        "clause": "CI/2026/0001",
        "person": "P-000123",
        "month": "09/2026",
        "hours": "140,5",
        "kind": "travail",
        "validated_on": "09/10/2026",
    },
    {
        "contractor": "Entreprise Exemple (fictive)",
        "clause": "CI/2026/0001",
        "person": "P-000124",
        "day": "14/09/2026",
        "hours": "7h30",
        "kind": "formation",
        "validated_on": "09/10/2026",
    },
)


class ClauseInsertionImport(models.Model):
    """The files that an import gives: a template to fill in, and the report of what is wrong."""

    _inherit = "clause.insertion.import"

    template_file = fields.Binary(compute="_compute_template_file", attachment=False, export_string_translation=False)
    report_file = fields.Binary(compute="_compute_report_file", attachment=False, export_string_translation=False)

    @api.depends("kind")
    def _compute_template_file(self):
        for record in self:
            columns = [name for name in HEADERS if name != "validated_on" or record.kind == "taken_over"]
            record.template_file = _csv_file(
                [
                    [HEADERS[name][0] for name in columns],
                    *([example.get(name, "") for name in columns] for example in EXAMPLES),
                ]
            )

    @api.depends("error_ids")
    def _compute_report_file(self):
        """Whatever comes from the file is made harmless: the report is opened in a spreadsheet as well."""
        _ = self.env._
        header = [_("Row"), _("Column"), _("Value met"), _("What is wrong"), _("What would be right")]
        for record in self:
            record.report_file = _csv_file(
                [
                    header,
                    *(
                        [error.row or "", *map(harmless, (error.column or "", error.value or ""))]
                        + [harmless(error.problem), harmless(error.expected)]
                        for error in record.error_ids
                    ),
                ]
            )

    def action_download_template(self):
        return self._download("template_file", self.env._("template of hours.csv"))

    def action_download_report(self):
        return self._download("report_file", self.env._("errors.csv"))

    def _download(self, field, filename):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/{field}/{filename}?download=true",
            "target": "download",
        }


def _csv_file(rows):
    """As spreadsheets in French open it at once: semicolons, and a mark that says UTF-8."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return base64.b64encode(text.getvalue().encode("utf-8-sig"))
