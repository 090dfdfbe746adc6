from odoo import api, fields, models

STEPS = {"draft": "draft", "sent": "planned", "to approve": "planned", "purchase": "run", "cancel": "cancel"}


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "clause.insertion.obligation.mixin"]

    clause_insertion_ids = fields.One2many("clause.insertion", "purchase_order_id", string="Social clauses", copy=True)

    @api.depends("amount_untaxed", "currency_rate")
    def _compute_insertion_amount(self):
        for order in self:
            order.insertion_amount = order.amount_untaxed / (order.currency_rate or 1)

    def _insertion_launch_date(self):
        return (self.date_order or fields.Datetime.now()).date()

    def _insertion_step(self):
        return STEPS[self.state]

    def _insertion_frame(self):
        """An order under a framework agreement is called off it: the agreement answers for it."""
        return self.requisition_id.filtered(lambda agreement: agreement.requisition_type == "blanket_order")

    @api.depends("date_order")
    def _compute_insertion_consultation_date(self):
        return super()._compute_insertion_consultation_date()

    @api.depends("requisition_id.insertion_obligation")
    def _compute_insertion_obligation(self):
        return super()._compute_insertion_obligation()

    def button_confirm(self):
        self.filtered(lambda order: order.state in ("draft", "sent"))._insertion_check_obligation()
        return super().button_confirm()
