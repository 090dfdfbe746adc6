from odoo import api, fields, models


class ClauseInsertionPenaltyBill(models.TransientModel):
    """Where a penalty is taken: a draft bill of its contract, else a credit note."""

    _name = "clause.insertion.penalty.bill"
    _description = "Penalty to take on a bill"

    penalty_ids = fields.Many2many("clause.insertion.penalty", required=True)
    draft_bill_ids = fields.Many2many("account.move", compute="_compute_draft_bill_ids")
    move_id = fields.Many2one(
        "account.move",
        "Draft bill",
        compute="_compute_move_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', draft_bill_ids)]",
        help="Leave it empty to make a vendor credit note.",
    )

    @api.depends("penalty_ids")
    def _compute_draft_bill_ids(self):
        Move = self.env["account.move"]
        for wizard in self:
            wizard.draft_bill_ids = Move.search(Move._insertion_draft_bills(wizard.penalty_ids._origin))

    @api.depends("draft_bill_ids")
    def _compute_move_id(self):
        """The only one proposes itself."""
        for wizard in self:
            bills = wizard.draft_bill_ids
            wizard.move_id = bills if len(bills) == 1 else False

    def action_confirm(self):
        self.ensure_one()
        if self.move_id:
            return self.penalty_ids.action_deduct(self.move_id)
        return self.penalty_ids.action_credit()
