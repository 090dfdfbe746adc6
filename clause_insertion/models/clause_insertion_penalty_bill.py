from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import float_compare

from .clause_insertion_penalty import OWED_STATES

ACCOUNTANT = "account.group_account_invoice"


class ClauseInsertionPenalty(models.Model):
    """The money: what was decided becomes a vendor credit note, or a deduction on a draft bill of the contract.

    The officer decides; whoever has the right to bill takes it, at exactly what was decided, once.
    """

    _inherit = "clause.insertion.penalty"

    move_line_ids = fields.One2many(
        "account.move.line", "insertion_penalty_id", string="Journal items", readonly=True, groups=ACCOUNTANT
    )
    move_id = fields.Many2one(
        "account.move",
        "Bill or credit note",
        compute="_compute_move_id",
        store=True,
        index="btree_not_null",
        copy=False,
        tracking=True,
        help="Empty while the penalty is still to be taken on a bill, or if that bill was cancelled or deleted.",
    )

    @api.depends("move_line_ids.move_id", "move_line_ids.parent_state")
    def _compute_move_id(self):
        """That of the journal item that takes the penalty: cancelled or deleted, the penalty is to take again."""
        for record in self.sudo():  # whoever deletes a bill may know nothing of penalties
            record.move_id = record.move_line_ids.filtered(lambda line: line.parent_state != "cancel").move_id[:1]

    def _to_take(self):
        return Domain("state", "in", OWED_STATES) & Domain("move_id", "=", False)

    # -- who and which -------------------------------------------------------------------------------

    def _check_takable(self):
        self.check_access("read")
        if not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(self.env._("Someone with the right to bill takes a penalty on a bill."))
        if any(record.state not in OWED_STATES for record in self):
            raise UserError(self.env._("Only a penalty that was applied or reduced is taken on a bill."))
        if any(record.move_id for record in self):
            raise UserError(self.env._("This penalty is already on a bill."))
        if len(self.partner_id) != 1 or len(self.company_id) != 1:
            raise UserError(self.env._("Take together penalties of one contractor only."))

    def _draft_bills(self):
        """Draft bills of the penalties' contract: same contractor, same currency."""
        clauses = self.sudo().clause_id  # ids alone; bills are searched with the user's own rights
        orders = clauses.purchase_order_id | clauses.requisition_id.purchase_ids
        return (
            Domain("move_type", "=", "in_invoice")
            & Domain("state", "=", "draft")
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("currency_id", "in", self.currency_id.ids)
            & Domain("commercial_partner_id", "in", self.partner_id.ids)
            & Domain("line_ids.purchase_line_id.order_id", "in", orders.ids)
        )

    # -- taking --------------------------------------------------------------------------------------

    def action_take(self):
        """Choose between a credit note and a draft bill of the contract."""
        self._check_takable()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_penalty_bill_action")
        return {**action, "context": {"default_penalty_ids": self.ids}}

    def action_credit(self):
        """A draft vendor credit note, one line per penalty."""
        self._check_takable()
        partner = self.partner_id
        move = (
            self.env["account.move"]
            .with_company(self.company_id)
            .create(
                {
                    "move_type": "in_refund",
                    "partner_id": partner.address_get(["invoice"])["invoice"],
                    "company_id": self.company_id.id,
                    "currency_id": self.currency_id.id,
                    "invoice_date": fields.Date.context_today(self),
                    "ref": ", ".join(self.mapped("name")),
                    "invoice_origin": ", ".join(dict.fromkeys(self.mapped("contract_name"))),
                    "invoice_line_ids": [Command.create(record._line_values(1)) for record in self],
                }
            )
        )
        return self._taken(move)

    def action_deduct(self, move):
        """A line less on a draft bill, one per penalty."""
        self._check_takable()
        move.check_access("write")
        if not move.filtered_domain(self._draft_bills()):
            raise UserError(
                self.env._("Choose a draft bill of the same contract and contractor, in the same currency.")
            )
        if float_compare(sum(self.mapped("amount_decided")), move.amount_untaxed, precision_digits=2) > 0:
            raise UserError(self.env._("This bill is lower than the penalty: make a credit note instead."))
        move.write({"invoice_line_ids": [Command.create(record._line_values(-1)) for record in self]})
        return self._taken(move)

    def _line_values(self, sign):
        """One line, excluding tax: a penalty bears none. The account is the company's choice, else the journal's."""
        account = self.company_id.insertion_penalty_account_id
        values = {
            "insertion_penalty_id": self.id,
            "name": self.env._(
                "Penalty %(name)s, %(contract)s: %(computation)s",
                name=self.name,
                contract=self.contract_name,
                computation=self._owed_in_words(),
            ),
            "quantity": 1,
            "price_unit": sign * self.amount_decided,
            "tax_ids": [Command.clear()],
        }
        return {**values, "account_id": account.id} if account else values

    def _owed_in_words(self):
        """sudo: whoever bills reads how a decided penalty was computed."""
        steps = self.sudo().computation.split("\n")
        if self.state == "reduced":
            steps.append(self.env._("reduced to %(amount)s", amount=self._in_money(self.amount_decided)))
        return "; ".join(steps)

    def _taken(self, move):
        for record in self.sudo():  # an accountant reads the penalty, and leaves a trace on it
            record._log_words(
                record.env._(
                    "Taken on a draft bill or credit note: %(amount)s.", amount=record._in_money(record.amount_decided)
                )
            )
        return move._get_records_action()

    def action_open_move(self):
        self.ensure_one()
        return self.move_id._get_records_action()
