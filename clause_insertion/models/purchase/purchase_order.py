from odoo import api, fields, models

from ...tools.base.days import region_day
from . import (  # noqa: F401  (a parent is known before its children)
    clause_insertion_essential_data_mixin,
    clause_insertion_obligation_mixin,
)
from .clause_insertion_obligation_mixin import CLAUSE_READERS, STAFF

READERS = "clause_insertion.group_clause_insertion_user"
STEPS = {"draft": "draft", "sent": "planned", "to approve": "planned", "purchase": "run", "cancel": "cancel"}


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "clause.insertion.essential.data.mixin", "clause.insertion.obligation.mixin"]

    clause_insertion_ids = fields.One2many(
        "clause.insertion",
        "purchase_order_id",
        string="Social clauses",
        copy=True,
        groups=CLAUSE_READERS,
    )
    essential_word_ids = fields.Many2many(
        "clause.insertion.essential.word", string="Lists of essential data", groups=STAFF, locked="_is_published"
    )
    essential_subsequent = fields.Boolean(
        "Subsequent contract",
        copy=False,
        locked="_is_published",
        help="Placed after a new competition among the holders of the framework agreement: it is published as a "
        "contract of its own. A plain order under the agreement is not published.",
    )
    essential_modification_ids = fields.One2many(
        "clause.insertion.contract.modification",
        "purchase_order_id",
        string="Modifications",
        copy=False,
        groups=f"purchase.group_purchase_user,{READERS}",
    )

    @api.depends("amount_untaxed", "currency_rate")
    def _compute_insertion_amount(self):
        for order in self:
            order.insertion_amount = order.amount_untaxed / (order.currency_rate or 1)

    def _insertion_step(self):
        return STEPS.get(self.state)

    def _insertion_period(self):
        return tuple(moment and region_day(self, moment) for moment in (self.date_order, self.date_planned))

    def _insertion_ordered_amount(self):
        return self.insertion_amount if self.state == "purchase" else 0

    def _insertion_priced_products(self):
        return [(line.product_id, line.price_subtotal) for line in self.order_line]

    def _insertion_frame(self):
        """An order under a framework agreement is called off it: the agreement answers for it."""
        return self.requisition_id.filtered(lambda agreement: agreement.requisition_type == "blanket_order")

    @api.depends("requisition_id.insertion_obligation")
    def _compute_insertion_obligation(self):
        return super()._compute_insertion_obligation()

    def button_confirm(self):
        self.filtered(lambda order: order.state in ("draft", "sent"))._insertion_check_obligation()
        return super().button_confirm()

    def action_merge(self):
        """Requests are merged with their clauses: each keeps the amount on which it bears."""
        open_clauses = self.clause_insertion_ids.filtered(lambda clause: clause._is_open_to_sizing())
        amounts = {clause.id: clause.amount_untaxed for clause in open_clauses}
        return super(PurchaseOrder, self.with_context(insertion_amounts=amounts)).action_merge()

    def _merge_alternative_po(self, rfqs):
        result = super()._merge_alternative_po(rfqs)
        amounts = self.env.context.get("insertion_amounts", {})
        moved = rfqs.clause_insertion_ids.filtered(lambda clause: clause.id in amounts)
        if moved:
            moved._move_to(self)
            for clause in self.clause_insertion_ids.filtered(lambda clause: clause.id in amounts):
                clause.amount_untaxed = amounts[clause.id]
        return result

    # -- essential data ------------------------------------------------------------------------------
    # A contract of its own, unless it is an order placed under a framework agreement.

    def _is_essential_contract(self):
        return not self._insertion_frame() or self.essential_subsequent

    @api.depends("requisition_id.requisition_type", "essential_subsequent")
    def _compute_essential_required(self):
        return super()._compute_essential_required()

    def _essential_title(self):
        return " ; ".join(line.name for line in self.order_line if not line.display_type and line.name)

    def _essential_confirmed_on(self):
        return self._essential_day(self.date_approve)

    def _essential_dates(self):
        start, end = super()._essential_dates()
        start = start or self._essential_confirmed_on()
        return start, end or self._essential_day(self.date_planned)

    def _essential_delivery(self):
        return self.dest_address_id or super()._essential_delivery()
