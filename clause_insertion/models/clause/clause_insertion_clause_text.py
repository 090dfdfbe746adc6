from markupsafe import Markup

from odoo import api, fields, models

from ...engine.documents import fill
from ...engine.tender import PLACEHOLDERS, applies
from ...tools.base.placeholders import check_placeholders, in_braces


class ClauseInsertionClauseText(models.Model):
    """An article of a tender document. Those that suit the lever, in order, make the text to paste."""

    _name = "clause.insertion.clause.text"
    _description = "Text of the tender documents"
    _inherit = ["clause.insertion.lock.mixin"]  # an article is not handed to a company that its author does not see
    _order = "kind desc, sequence, id"  # as they are read: RC, CCAP, AE

    name = fields.Char("Title", required=True)
    kind = fields.Selection(
        [
            ("rc", "Consultation rules (RC)"),
            ("ccap", "Special conditions (CCAP)"),
            ("ae_annex", "Annex to the deed of commitment (AE)"),
        ],
        "Document",
        required=True,
        default="ccap",
    )
    lever = fields.Selection(
        [
            ("any", "Every lever"),
            ("work", "Every lever but training"),
            ("execution", "Execution clause"),
            ("reserved", "Reserved contract"),
            ("criterion", "Award criterion"),
            ("services", "Insertion services contract"),
            ("training", "Training clause"),
        ],
        "For",
        required=True,
        default="any",
    )
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="A company with texts of its own for a document uses those alone. Leave empty to serve the others.",
    )
    body = fields.Html("Text", required=True)
    words = fields.Char("Words that are filled in", compute="_compute_words")
    active = fields.Boolean(default=True)

    def _compute_words(self):
        self.words = in_braces(PLACEHOLDERS)

    @api.constrains("body")
    def _check_placeholders(self):
        for text in self:
            check_placeholders(text, text.body, PLACEHOLDERS)

    def _for(self, company, kind):
        """The articles of a document: the company's own, else those that serve all."""
        texts = self.search([("kind", "=", kind), ("company_id", "in", (company.id, False))])
        return texts.filtered("company_id") or texts

    def _suits(self, clauses):
        return clauses.filtered(lambda clause: applies(self.lever, clause.lever))

    def _filled(self, values):
        """The article with its placeholders filled, ready to print; Html fields are sanitized when they are saved."""
        return Markup(fill(self.body, values))
