from odoo import models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def _decp_vendor(self):
        return self.partner_id

    def _decp_vendor_fields(self):
        return ["partner_id", "requisition_id"]

    def _decp_framework(self):
        if not self.essential_subsequent:
            return {}
        return {"is_subsequent": True, "framework": self._insertion_frame().essential_number or ""}
