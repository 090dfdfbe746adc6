from odoo import fields, models


class ClauseInsertionTrade(models.Model):
    _name = "clause.insertion.trade"
    _description = "Trade"
    _order = "name"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    labour_share = fields.Float(
        "Labour share", required=True, digits=(5, 4), help="Share of labour in the price of the trade's work."
    )
    verified = fields.Boolean(help="Untick while a facilitator still has to confirm the share.")
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "A trade with this code already exists.")
    _labour_share_range = models.Constraint(
        "CHECK (labour_share >= 0 AND labour_share <= 1)", "A labour share lies between 0 and 100 %."
    )
