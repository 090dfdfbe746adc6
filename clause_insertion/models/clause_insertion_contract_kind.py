from odoo import api, fields, models

CONTRACT_KINDS = [("works", "Works"), ("services", "Services"), ("supplies", "Supplies")]


class ClauseInsertion(models.Model):
    """Works, services or supplies: the EU thresholds do not tell the last two apart, the Region's objectives do."""

    _inherit = "clause.insertion"

    contract_kind = fields.Selection(
        CONTRACT_KINDS,
        "Kind of contract",
        compute="_compute_contract_kind",
        store=True,
        readonly=False,
        help="Proposed until the contract starts: works by its category, supplies where goods are most of the amount.",
    )

    @api.depends(
        "purchase_order_id.insertion_category",
        "purchase_order_id.order_line.product_id",
        "purchase_order_id.order_line.price_subtotal",
        "requisition_id.insertion_category",
        "requisition_id.line_ids.product_id",
        "requisition_id.line_ids.product_qty",
        "requisition_id.line_ids.price_unit",
    )
    def _compute_contract_kind(self):
        for clause in self:
            if clause._is_open_to_sizing() or not clause.contract_kind:
                clause.contract_kind = clause._proposed_contract_kind()
            else:
                clause.contract_kind = clause.contract_kind

    def _proposed_contract_kind(self):
        if self._contract().insertion_category == "works":
            return "works"
        amounts = [(line.product_id, line.price_subtotal) for line in self.purchase_order_id.order_line]
        amounts += [(line.product_id, line.product_qty * line.price_unit) for line in self.requisition_id.line_ids]
        goods = sum(amount for product, amount in amounts if product and product.type != "service")
        return "supplies" if goods > sum(amount for _product, amount in amounts) / 2 else "services"
