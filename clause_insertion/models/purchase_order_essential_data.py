from odoo import api, fields, models


class PurchaseOrder(models.Model):
    """A contract of its own, unless it is an order placed under a framework agreement."""

    _name = "purchase.order"
    _inherit = ["purchase.order", "clause.insertion.essential.data.mixin"]

    essential_word_ids = fields.Many2many("clause.insertion.essential.word", string="Lists of essential data")
    essential_subsequent = fields.Boolean(
        "Subsequent contract",
        copy=False,
        help="Placed after a new competition among the holders of the framework agreement: it is published as a "
        "contract of its own. A plain order under the agreement is not published.",
    )
    essential_modification_ids = fields.One2many(
        "clause.insertion.contract.modification", "purchase_order_id", string="Modifications", copy=False
    )

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
