from odoo import fields, models


class ClauseInsertionPublic(models.Model):
    _name = "clause.insertion.public"
    _description = "Eligible public"
    _order = "sequence, code"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    proof = fields.Char(translate=True, help="The document that the relay must see; it is not stored.")
    freshness_months = fields.Integer(
        "Fresh for (months)", help="The proof must be more recent than this on the day of hire; 0 for no limit."
    )
    sensitive = fields.Boolean(help="Health, justice or child welfare: shown outside the relay as “eligible” only.")
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "A public with this code already exists.")
    _freshness_positive = models.Constraint("CHECK (freshness_months >= 0)", "A number of months cannot be negative.")
