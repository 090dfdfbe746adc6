from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .clause_insertion_penalty import ACCOUNTANT, OWED_STATES


class AccountMoveLine(models.Model):
    """The journal item that takes a penalty: what was decided, neither more nor less, and once."""

    _inherit = "account.move.line"

    insertion_penalty_id = fields.Many2one(
        "clause.insertion.penalty",
        "Insertion penalty",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    _penalty_once = models.UniqueIndex(
        "(insertion_penalty_id) WHERE insertion_penalty_id IS NOT NULL AND parent_state != 'cancel'",
        "This insertion penalty is already on another bill.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("insertion_penalty_id") for vals in vals_list):
            self._check_insertion_biller()
        return super().create(vals_list)

    def write(self, vals):
        if "insertion_penalty_id" in vals:
            self._check_insertion_biller()
        return super().write(vals)

    def _check_insertion_biller(self):
        """Odoo lets a buyer write bills as well."""
        if not (self.env.su or self.env.user.has_group(ACCOUNTANT)):
            raise AccessError(self.env._("Someone with the right to bill takes a penalty on a bill."))

    @api.constrains(
        "insertion_penalty_id", "price_unit", "quantity", "discount", "tax_ids", "currency_id", "partner_id"
    )
    def _check_insertion_penalty(self):
        for line in self.filtered("insertion_penalty_id"):
            record = line.insertion_penalty_id.sudo()  # whoever bills may know nothing of the procedure
            if not line._carries(record):
                raise ValidationError(
                    self.env._(
                        "Penalty %(name)s is taken as it was decided: %(amount)s excluding tax, on %(contractor)s. To "
                        "give it up, delete its line.",
                        name=record.name,
                        amount=record._in_money(record.amount_decided),
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
