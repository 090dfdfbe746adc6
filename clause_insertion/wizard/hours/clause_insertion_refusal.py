from odoo import api, fields, models


class ClauseInsertionRefusal(models.TransientModel):
    """Asks for the reason of a refusal or of a reversal."""

    _name = "clause.insertion.refusal"
    _description = "Reason of a refusal or reversal"

    declaration_ids = fields.Many2many("clause.insertion.declaration")
    line_ids = fields.Many2many("account.analytic.line")
    is_reversal = fields.Boolean()
    hours_left = fields.Float(
        compute="_compute_hours_left", help="Of the one line to reverse; 0 where there are several."
    )
    hours = fields.Float(
        "Hours to take back",
        compute="_compute_hours",
        store=True,
        readonly=False,
        help="All that is left of the line, or a part of it.",
    )
    reason = fields.Char(required=True, help="Read by the contractor. Do not name anybody.")

    @api.depends("is_reversal", "line_ids")
    def _compute_hours_left(self):
        for wizard in self:
            line = wizard.line_ids if wizard.is_reversal and len(wizard.line_ids) == 1 else None
            wizard.hours_left = line._origin._hours_left() if line else 0

    @api.depends("hours_left")
    def _compute_hours(self):
        for wizard in self:
            wizard.hours = wizard.hours_left

    def action_confirm(self):
        if self.is_reversal:
            self.line_ids.action_reverse(self.reason, self.hours if self.hours_left else None)
        elif self.line_ids:
            self.line_ids.action_refuse(self.reason)
        else:
            self.declaration_ids.action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
