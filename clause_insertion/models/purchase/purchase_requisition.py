from odoo import api, fields, models

from ...tools.base.days import region_today
from . import (  # noqa: F401  (a parent is known before its children)
    clause_insertion_essential_data_mixin,
    clause_insertion_obligation_mixin,
)
from .clause_insertion_obligation_mixin import CLAUSE_READERS, STAFF

READERS = "clause_insertion.group_clause_insertion_user"
STEPS = {"draft": "draft", "confirmed": "run", "done": "run", "cancel": "cancel"}


class PurchaseRequisition(models.Model):
    _name = "purchase.requisition"
    _inherit = ["purchase.requisition", "clause.insertion.essential.data.mixin", "clause.insertion.obligation.mixin"]

    clause_insertion_ids = fields.One2many(
        "clause.insertion",
        "requisition_id",
        string="Social clauses",
        copy=True,
        groups=CLAUSE_READERS,
    )
    essential_word_ids = fields.Many2many(
        "clause.insertion.essential.word", string="Lists of essential data", groups=STAFF, locked="_is_published"
    )
    essential_modification_ids = fields.One2many(
        "clause.insertion.contract.modification",
        "requisition_id",
        string="Modifications",
        copy=False,
        groups=f"purchase.group_purchase_user,{READERS}",
    )

    @api.depends("line_ids.product_qty", "line_ids.price_unit", "currency_id", "date_start")
    def _compute_insertion_amount(self):
        for agreement in self:
            amount = sum(line.product_qty * line.price_unit for line in agreement.line_ids)
            agreement.insertion_amount = agreement.currency_id._convert(
                amount,
                agreement.company_id.currency_id,
                agreement.company_id,
                agreement.date_start or region_today(agreement),
            )

    def _insertion_step(self):
        return STEPS.get(self.state)

    def _insertion_period(self):
        return self.date_start, self.date_end

    def _insertion_ordered_amount(self):
        return sum(order._insertion_ordered_amount() for order in self.purchase_ids)

    def _insertion_priced_products(self):
        return [(line.product_id, line.product_qty * line.price_unit) for line in self.line_ids]

    def action_confirm(self):
        self._insertion_check_obligation()
        result = super().action_confirm()
        self.filtered(lambda agreement: not agreement.insertion_notified_on).insertion_notified_on = region_today(self)
        return result

    # -- essential data ------------------------------------------------------------------------------
    # A framework agreement is a contract; a purchase template is none.

    def _is_essential_contract(self):
        return self.requisition_type == "blanket_order"

    @api.depends("requisition_type")
    def _compute_essential_required(self):
        return super()._compute_essential_required()

    @api.model
    def _essential_choices(self, company):
        """Whatever is usual, an agreement is a framework agreement, performed by orders."""
        choices = super()._essential_choices(company)
        own = self.env.ref("clause_insertion.essential_technique_framework") | self.env.ref(
            "clause_insertion.essential_execution_orders"
        )
        others = company.essential_word_ids.filtered(lambda word: word.kind not in own.mapped("kind"))
        return choices | {"essential_word_ids": [(6, 0, (own | others).ids)]}

    def _essential_title(self):
        return self.reference or " ; ".join(self.line_ids.product_id.mapped("name"))

    def _essential_confirmed_on(self):
        return region_today(self)

    def _essential_dates(self):
        start, end = super()._essential_dates()
        return self.date_start or start, self.date_end or end
