from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from ...tools.penalty.penalty_text import PenaltyText
from .clause_insertion_penalty import ACCOUNTANT, OWED_STATES


class AccountMoveLine(models.Model):
    """The journal item that takes a penalty: what was decided, neither more nor less, and once."""

    _name = "account.move.line"
    _inherit = ["account.move.line", "clause.insertion.lock.mixin"]
    _stays_writable = False  # an ordinary bill is written as without us

    insertion_penalty_id = fields.Many2one(
        "clause.insertion.penalty",
        "Insertion penalty",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        locked="_is_not_insertion_biller",
    )

    _penalty_once = models.UniqueIndex(
        "(insertion_penalty_id) WHERE insertion_penalty_id IS NOT NULL AND parent_state != 'cancel'",
        "This insertion penalty is already on another bill.",
    )

    def _is_not_insertion_biller(self):
        """Odoo lets a buyer write bills as well."""
        return not self.env.user.has_group(ACCOUNTANT)

    def _lock_message(self, names):
        return self.env._("Someone with the right to bill takes a penalty on a bill.")

    @api.model
    def _insertion_penalty_values(self, record, sign):
        """One line, excluding tax: a penalty bears none. The account is the company's choice, else the journal's."""
        account = record.company_id.insertion_penalty_account_id
        # sudo: whoever bills reads how a decided penalty was computed
        computation = PenaltyText(record.sudo()).owed()
        values = {
            "insertion_penalty_id": record.id,
            "name": self.env._(
                "Penalty %(name)s, %(contract)s: %(computation)s",
                name=record.name,
                contract=record.contract_name,
                computation=computation,
            ),
            "quantity": 1,
            "price_unit": sign * record.amount_decided,
            "tax_ids": [Command.clear()],
        }
        return {**values, "account_id": account.id} if account else values

    # Price, quantity, discount, taxes, currency: one amount follows them all. What follows one of them in another addon
    # is computed while the amount is, which would be looked at half-way.
    @api.constrains("insertion_penalty_id", "price_subtotal", "partner_id")
    def _check_insertion_penalty(self):
        for line in self.filtered("insertion_penalty_id"):
            record = line.insertion_penalty_id.sudo()  # whoever bills may know nothing of the procedure
            if not line._carries(record):
                raise ValidationError(
                    self.env._(
                        "Penalty %(name)s is taken as it was decided: %(amount)s excluding tax, on %(contractor)s. To "
                        "give it up, delete its line.",
                        name=record.name,
                        amount=PenaltyText(record).money(record.amount_decided),
                        contractor=record.partner_id.name,
                    )
                )

    def _carries(self, record):
        """Whether the line takes exactly this penalty from its contractor."""
        sign = {"in_refund": 1, "in_invoice": -1}.get(self.move_id.move_type, 0)
        return (
            record.state in OWED_STATES
            and record.company_id == self.company_id
            and record.currency_id == self.currency_id
            and record.partner_id == self.move_id.commercial_partner_id
            and not self.tax_ids
            and not self.currency_id.compare_amounts(self.price_subtotal, sign * record.amount_decided)
        )
