from odoo import api, fields, models


class PurchaseRequisition(models.Model):
    """A framework agreement is a contract; a purchase template is none."""

    _name = "purchase.requisition"
    _inherit = ["purchase.requisition", "clause.insertion.essential.data.mixin"]

    essential_word_ids = fields.Many2many("clause.insertion.essential.word", string="Lists of essential data")
    essential_modification_ids = fields.One2many(
        "clause.insertion.contract.modification", "requisition_id", string="Modifications", copy=False
    )

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
        return fields.Date.context_today(self)

    def _essential_dates(self):
        start, end = super()._essential_dates()
        return self.date_start or start, self.date_end or end
