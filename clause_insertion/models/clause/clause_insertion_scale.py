from odoo import fields, models

from ...engine.sizing import Bracket, bracket_hours


class ClauseInsertionScale(models.Model):
    _name = "clause.insertion.scale"
    _description = "Bracket table of training clauses"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    source = fields.Char()
    line_ids = fields.One2many("clause.insertion.scale.line", "scale_id", string="Brackets", copy=True)
    active = fields.Boolean(default=True)

    def _hours(self, amount):
        """Hours owed for ``amount`` euros excluding tax; 0 without a table."""
        return bracket_hours(amount, [Bracket(line.amount, line.hours, line.inclusive) for line in self.line_ids])
