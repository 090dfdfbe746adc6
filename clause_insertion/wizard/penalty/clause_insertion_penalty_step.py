from odoo import api, fields, models

# The button of the penalty that each step presses.
ACTIONS = {
    "reply": "action_reply",
    "applied": "action_apply",
    "reduced": "action_reduce",
    "waived": "action_waive",
    "cleared": "action_clear",
    "cancelled": "action_cancel",
}


class ClauseInsertionPenaltyStep(models.TransientModel):
    """Asks for what a step writes: a reply to record, or the reason of a decision."""

    _name = "clause.insertion.penalty.step"
    _description = "Step of a penalty"

    penalty_id = fields.Many2one("clause.insertion.penalty", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="penalty_id.currency_id")
    amount_notified = fields.Monetary("Notified", related="penalty_id.amount")
    reply = fields.Text(related="penalty_id.reply")
    evidence = fields.Text(related="penalty_id.evidence")
    step = fields.Selection(
        [
            ("reply", "Reply"),
            ("applied", "Apply"),
            ("reduced", "Reduce"),
            ("waived", "Waive"),
            ("cleared", "Not attributable"),
            ("cancelled", "Cancel"),
        ],
        required=True,
    )
    amount = fields.Monetary("Amount owed", compute="_compute_amount", store=True, readonly=False)
    words = fields.Text("Reason", required=True, help="Read by the contractor. Do not name anybody.")

    @api.depends("penalty_id", "step")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.penalty_id.amount if wizard.step in ("applied", "reduced") else 0

    def action_confirm(self):
        self.ensure_one()
        written = (self.words, self.amount) if self.step == "reduced" else (self.words,)
        getattr(self.penalty_id, ACTIONS[self.step])(*written)
        return {"type": "ir.actions.act_window_close"}
