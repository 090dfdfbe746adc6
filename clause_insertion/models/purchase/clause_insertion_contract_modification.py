from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.base.days import region_today
from . import clause_insertion_published_mixin  # noqa: F401  (a parent is known before its children)

# What is chosen when it is recorded.
IDENTITY = frozenset({"purchase_order_id", "requisition_id", "number"})


class ClauseInsertionContractModification(models.Model):
    """A change of a contract, published as open data: published ones are never edited, others are added."""

    _name = "clause.insertion.contract.modification"
    _inherit = ["clause.insertion.published.mixin"]
    _description = "Modification of a public contract"
    _order = "purchase_order_id, requisition_id, number"

    purchase_order_id = fields.Many2one(
        "purchase.order", index="btree_not_null", ondelete="restrict", locked="_is_created"
    )
    requisition_id = fields.Many2one(
        "purchase.requisition", "Agreement", index="btree_not_null", ondelete="restrict", locked="_is_created"
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    number = fields.Integer(readonly=True, copy=False, locked="_is_created", help="In the order of notification.")
    name = fields.Char("Object", required=True, locked="_is_published")
    notified_on = fields.Date(
        "Notified on",
        required=True,
        default=region_today,
        locked="_is_published",
        help="For a concession, the day it was signed.",
    )
    amount = fields.Monetary(
        "New amount excl. tax",
        locked="_is_published",
        help="The contract's whole amount after the modification.",
    )
    duration = fields.Integer(
        "New duration (months)", locked="_is_published", help="The contract's whole duration, rounded up."
    )
    holder_ids = fields.Many2many(
        "res.partner", string="New holders", locked="_is_published", help="All of them, after the modification."
    )

    _one_contract = models.Constraint(
        "CHECK (num_nonnulls(purchase_order_id, requisition_id) = 1)", "A modification is one contract's."
    )
    _number_in_order = models.UniqueIndex(
        "(purchase_order_id, number) WHERE purchase_order_id IS NOT NULL", "Two modifications have the same number."
    )
    _number_in_agreement = models.UniqueIndex(
        "(requisition_id, number) WHERE requisition_id IS NOT NULL", "Two modifications have the same number."
    )

    @api.depends("purchase_order_id.company_id", "requisition_id.company_id")
    def _compute_company_id(self):
        for modification in self:
            modification.company_id = modification._contract().company_id

    @api.depends("number", "name")
    def _compute_display_name(self):
        for modification in self:
            modification.display_name = self.env._(
                "Modification %(number)s: %(object)s", number=modification.number, object=modification.name
            )

    def _contract(self):
        return self.purchase_order_id or self.requisition_id

    def _is_published_fact(self, name):
        """Whose modification it is, and its number, are published with it."""
        return name in IDENTITY or super()._is_published_fact(name)

    @api.constrains("notified_on", "number", "purchase_order_id", "requisition_id")
    def _check_order(self):
        for contract in (*self.purchase_order_id, *self.requisition_id):
            days = contract.essential_modification_ids.sorted("number").mapped("notified_on")
            if days != sorted(days):
                raise ValidationError(
                    self.env._(
                        "%(contract)s: modifications are numbered in the order of their notification; "
                        "record this one with a day that is not before the last one's.",
                        contract=contract.display_name,
                    )
                )

    @api.constrains("name", "amount", "duration", "holder_ids")
    def _check_change(self):
        for modification in self:
            if not (modification.amount or modification.duration or modification.holder_ids):
                raise ValidationError(
                    self.env._(
                        "“%(object)s” changes nothing: give the new amount, duration or holders.",
                        object=modification.name,
                    )
                )
            if modification.amount < 0 or modification.duration < 0:
                raise ValidationError(self.env._("A new amount or duration cannot be negative."))

    @api.model_create_multi
    def create(self, vals_list):
        """Each takes the number after its contract's last one."""
        last = self._last_numbers(vals_list)
        for vals in vals_list:
            key = _contract_key(vals)
            vals["number"] = last[key] = last[key] + 1
        return super().create(vals_list)

    @api.model
    def _last_numbers(self, vals_list):
        """``{(field, id of the contract): its last number}``. sudo: numbers others' rights would hide count too."""
        last = dict.fromkeys(map(_contract_key, vals_list), 0)
        for field in ("purchase_order_id", "requisition_id"):
            wanted = [number for name, number in last if name == field]
            for contract, number in self.sudo()._read_group([(field, "in", wanted)], [field], ["number:max"]):
                last[field, contract.id] = number
        return last


def _contract_key(vals):
    field = "purchase_order_id" if vals.get("purchase_order_id") else "requisition_id"
    return field, vals.get(field)
