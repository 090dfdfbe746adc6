from odoo import fields, models


class ClauseInsertionRefusal(models.TransientModel):
    """Asks for the reason of a refusal or of a reversal."""

    _name = "clause.insertion.refusal"
    _description = "Reason of a refusal or reversal"

    declaration_ids = fields.Many2many("clause.insertion.declaration")
    line_ids = fields.Many2many("account.analytic.line")
    is_reversal = fields.Boolean()
    reason = fields.Char(required=True, help="Read by the contractor. Do not name anybody.")

    def action_confirm(self):
        if self.is_reversal:
            self.line_ids.action_reverse(self.reason)
        elif self.line_ids:
            self.line_ids.action_refuse(self.reason)
        else:
            self.declaration_ids.action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
