from odoo import fields, models


class ClauseInsertionScaleLine(models.Model):
    _name = "clause.insertion.scale.line"
    _description = "Bracket of a training clause"
    _order = "scale_id, amount"

    scale_id = fields.Many2one("clause.insertion.scale", required=True, index=True, ondelete="cascade")
    amount = fields.Float("From (€ excl. tax)", required=True, digits=(16, 2))
    inclusive = fields.Boolean(
        "Bound included", default=True, help="Whether the amount itself already belongs to the bracket."
    )
    hours = fields.Float("Hours due", required=True)

    _hours_positive = models.Constraint("CHECK (hours >= 0 AND amount >= 0)", "Amounts and hours cannot be negative.")
