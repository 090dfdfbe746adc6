from odoo import api, fields, models

from ..engine import decp


class ClauseInsertionEssentialDataMixin(models.AbstractModel):
    """What was published stays; what the purchase has become since is told."""

    _inherit = "clause.insertion.essential.data.mixin"

    essential_difference = fields.Char("Changed since it was published", compute="_compute_essential_difference")

    @api.depends_context("lang", "uid")
    def _compute_essential_difference(self):
        self.essential_difference = False
        for purchase in self.filtered("essential_published_data"):
            contract, day = purchase._decp_contract(), purchase.essential_published_on
            changed = decp.differences(purchase._decp_object(contract, day), decp.build(contract, day))
            labels = purchase._decp_labels()
            purchase.essential_difference = ", ".join(labels[name] for name in changed)
