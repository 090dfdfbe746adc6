from odoo import api, fields, models

from ...tools.base.placeholders import check_placeholders, in_braces
from ...tools.network.convention_text import PLACEHOLDERS


class ClauseInsertionConventionTemplate(models.Model):
    """The text of the Region's conventions. What stands between braces is filled in from each convention."""

    _name = "clause.insertion.convention.template"
    _description = "Template of conventions"
    _inherit = ["clause.insertion.lock.mixin"]
    _order = "sequence, name"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Leave empty to serve every company.")
    region_missions = fields.Text("Missions of the Region", help="One per line.")
    relay_missions = fields.Text("Missions of the relay", help="One per line.")
    body = fields.Html("Convention", required=True)
    annex = fields.Html("Data-protection annex")
    words = fields.Char("Words that are filled in", compute="_compute_words")
    active = fields.Boolean(default=True)

    def _compute_words(self):
        self.words = in_braces(PLACEHOLDERS)

    @api.constrains("body", "annex")
    def _check_placeholders(self):
        for template in self:
            check_placeholders(template, f"{template.body} {template.annex}", PLACEHOLDERS)

    @api.model
    def _first(self):
        """The one that a new convention starts from."""
        return self.search([("company_id", "in", (False, self.env.company.id))], limit=1)
