from odoo import fields, models

from ...engine import essential_data as words


class ClauseInsertionEssentialChoicesMixin(models.AbstractModel):
    """What a company decides once for most of its contracts, and each contract may change.

    Each model adds ``essential_word_ids``: the name of its table would be too long for the mixin's own.
    """

    _name = "clause.insertion.essential.choices.mixin"
    _description = "Usual choices of essential data"

    essential_nature = fields.Selection(list(words.NATURES.items()), string="Nature of the contract")
    essential_procedure = fields.Selection(list(words.PROCEDURES.items()), string="Award procedure")
    essential_ccag = fields.Selection(
        list(words.CCAG.items()), string="CCAG", help="General administrative terms to which the contract refers."
    )
    essential_price_form = fields.Selection(list(words.PRICE_FORMS.items()), string="Form of price")
    essential_grouping = fields.Selection(list(words.GROUPINGS.items()), string="Grouping of companies")
    essential_place_kind = fields.Selection(list(words.PLACE_KINDS.items()), string="Kind of place code")
    essential_place_code = fields.Char(
        "Code of the place", help="INSEE code rather than postcode: 86194 (commune), 86 (department), 75 (region)."
    )
