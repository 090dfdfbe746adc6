from odoo import api, fields, models

STEPS = {"draft": "draft", "confirmed": "run", "done": "run", "cancel": "cancel"}


class PurchaseRequisition(models.Model):
    _name = "purchase.requisition"
    _inherit = ["purchase.requisition", "clause.insertion.obligation.mixin"]

    clause_insertion_ids = fields.One2many("clause.insertion", "requisition_id", string="Social clauses", copy=True)

    @api.depends("line_ids.product_qty", "line_ids.price_unit", "currency_id", "date_start")
    def _compute_insertion_amount(self):
        for agreement in self:
            amount = sum(line.product_qty * line.price_unit for line in agreement.line_ids)
            agreement.insertion_amount = agreement.currency_id._convert(
                amount,
                agreement.company_id.currency_id,
                agreement.company_id,
                agreement.date_start or fields.Date.context_today(agreement),
            )

    def _insertion_step(self):
        return STEPS[self.state]

    def action_confirm(self):
        self._insertion_check_obligation()
        result = super().action_confirm()
        self.filtered(
            lambda agreement: not agreement.insertion_notified_on
        ).insertion_notified_on = fields.Date.context_today(self)
        return result
