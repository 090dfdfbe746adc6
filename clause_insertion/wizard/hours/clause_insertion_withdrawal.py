from odoo import fields, models


class ClauseInsertionWithdrawal(models.TransientModel):
    """Asks for the reason why a certificate is withdrawn."""

    _name = "clause.insertion.withdrawal"
    _description = "Withdrawal of a certificate"

    certificate_id = fields.Many2one("clause.insertion.certificate", required=True, ondelete="cascade")
    reason = fields.Char(
        required=True, help="Public: anyone who has the code of the certificate reads it. Do not name anybody."
    )

    def action_confirm(self):
        self.ensure_one()
        self.certificate_id.action_withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
