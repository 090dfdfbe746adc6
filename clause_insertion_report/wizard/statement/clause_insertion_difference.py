from odoo import api, fields, models

from odoo.addons.clause_insertion.tools.base.days import region_today

from ...engine.statement import from_plain
from ...report.statement.clause_insertion_difference import DifferenceTables
from ...report.statement.statement_query import movements_query


class ClauseInsertionDifference(models.TransientModel):
    """Why a published year is no longer what it was: what came late, what was taken back, line by line."""

    _name = "clause.insertion.difference"
    _description = "Difference between a published statement and today"
    _inherit = ["clause.insertion.document.mixin"]

    publication_id = fields.Many2one("clause.insertion.publication", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="publication_id.company_id")

    @api.depends("publication_id")
    def _compute_display_name(self):
        for difference in self:
            difference.display_name = self.env._(
                "Since %(publication)s", publication=difference.publication_id.display_name
            )

    @api.depends("publication_id")
    @api.depends_context("lang", "tz", "uid")
    def _compute_preview(self):
        return super()._compute_preview()

    def _document(self):
        publication, today = self.publication_id, region_today(self)
        publication.check_access("read")
        now = publication._read_statement(publication.year, today, publication._evening(today), with_breakdowns=False)
        movements = self.env.execute_query_dict(
            movements_query(self.env, publication._scope(), publication.year, publication.figures_until)
        )
        published = from_plain(publication.figures["statement"])
        return DifferenceTables(publication, published, now, movements).document
