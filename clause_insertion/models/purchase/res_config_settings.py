from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The company's usual choices of essential data."""

    _inherit = "res.config.settings"

    essential_nature = fields.Selection(related="company_id.essential_nature", readonly=False)
    essential_procedure = fields.Selection(related="company_id.essential_procedure", readonly=False)
    essential_ccag = fields.Selection(related="company_id.essential_ccag", readonly=False)
    essential_price_form = fields.Selection(related="company_id.essential_price_form", readonly=False)
    essential_grouping = fields.Selection(related="company_id.essential_grouping", readonly=False)
    essential_place_kind = fields.Selection(related="company_id.essential_place_kind", readonly=False)
    essential_place_code = fields.Char(related="company_id.essential_place_code", readonly=False)
    essential_word_ids = fields.Many2many(related="company_id.essential_word_ids", readonly=False)
