from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    insertion_obligation_policy = fields.Selection(
        related="company_id.insertion_obligation_policy", readonly=False, required=True
    )
    insertion_buyer_kind = fields.Selection(related="company_id.insertion_buyer_kind", readonly=False, required=True)
    insertion_owner_kind = fields.Selection(related="company_id.insertion_owner_kind", readonly=False, required=True)
    insertion_closed_until = fields.Date(related="company_id.insertion_closed_until", readonly=False)
    insertion_training_counts = fields.Boolean(related="company_id.insertion_training_counts", readonly=False)
    insertion_project_id = fields.Many2one(related="company_id.insertion_project_id", readonly=False)
    insertion_penalty_account_id = fields.Many2one(related="company_id.insertion_penalty_account_id", readonly=False)
    essential_nature = fields.Selection(related="company_id.essential_nature", readonly=False)
    essential_procedure = fields.Selection(related="company_id.essential_procedure", readonly=False)
    essential_ccag = fields.Selection(related="company_id.essential_ccag", readonly=False)
    essential_price_form = fields.Selection(related="company_id.essential_price_form", readonly=False)
    essential_grouping = fields.Selection(related="company_id.essential_grouping", readonly=False)
    essential_place_kind = fields.Selection(related="company_id.essential_place_kind", readonly=False)
    essential_place_code = fields.Char(related="company_id.essential_place_code", readonly=False)
    essential_word_ids = fields.Many2many(related="company_id.essential_word_ids", readonly=False)
