from odoo import api, fields, models


class ClauseInsertionPenaltyStep(models.TransientModel):
    """Asks for the words of a step: a reply to record, or the reason of a decision."""

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
        step = {
            "reply": self.penalty_id.action_reply,
            "applied": self.penalty_id.action_apply,
            "waived": self.penalty_id.action_waive,
            "cleared": self.penalty_id.action_clear,
            "cancelled": self.penalty_id.action_cancel,
        }
        if self.step == "reduced":
            self.penalty_id.action_reduce(self.words, self.amount)
        else:
            step[self.step](self.words)
        return {"type": "ir.actions.act_window_close"}
