from odoo import fields, models


class ClauseInsertionImport(models.Model):
    _name = "clause.insertion.import"
    _description = "Import of insertion hours"

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    name = fields.Char()
