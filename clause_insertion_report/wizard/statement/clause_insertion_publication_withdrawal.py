from odoo import fields, models


class ClauseInsertionPublicationWithdrawal(models.TransientModel):
    """Asks for the reason why a published statement is withdrawn."""

    _name = "clause.insertion.publication.withdrawal"
    _description = "Withdrawal of a published statement"

    publication_id = fields.Many2one("clause.insertion.publication", required=True, ondelete="cascade")
    reason = fields.Char(required=True, help="Printed on the statement. Do not name anybody.")

    def action_confirm(self):
        self.ensure_one()
        self.publication_id.action_withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
