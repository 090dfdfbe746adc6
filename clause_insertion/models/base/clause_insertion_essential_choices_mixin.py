from odoo import fields, models

from ...engine import essential_data
from . import clause_insertion_lock_mixin  # noqa: F401  (a parent is known before its children)


class ClauseInsertionEssentialChoicesMixin(models.AbstractModel):
    """What a company decides once for most of its contracts, and each contract may change until it is published.

    Each model adds ``essential_word_ids``: the name of its table would be too long for the mixin's own.
    """

    _name = "clause.insertion.essential.choices.mixin"
    _description = "Usual choices of essential data"
    _inherit = ["clause.insertion.lock.mixin"]

    essential_nature = fields.Selection(
        list(essential_data.NATURES.items()), string="Nature of the contract", locked="_is_published"
    )
    essential_procedure = fields.Selection(
        list(essential_data.PROCEDURES.items()), string="Award procedure", locked="_is_published"
    )
    essential_ccag = fields.Selection(
        list(essential_data.CCAG.items()),
        string="CCAG",
        locked="_is_published",
        help="General administrative terms to which the contract refers.",
    )
    essential_price_form = fields.Selection(
        list(essential_data.PRICE_FORMS.items()), string="Form of price", locked="_is_published"
    )
    essential_grouping = fields.Selection(
        list(essential_data.GROUPINGS.items()), string="Grouping of companies", locked="_is_published"
    )
    essential_place_kind = fields.Selection(
        list(essential_data.PLACE_KINDS.items()), string="Kind of place code", locked="_is_published"
    )
    essential_place_code = fields.Char(
        "Code of the place",
        locked="_is_published",
        help="INSEE code rather than postcode: 86194 (commune), 86 (department), 75 (region).",
    )

    def _is_published(self):
        """A lock for what is published; nothing is of a company's usual choices."""
        return False
