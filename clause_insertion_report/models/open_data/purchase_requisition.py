from odoo import models


class PurchaseRequisition(models.Model):
    _inherit = "purchase.requisition"

    def _decp_vendor(self):
        return self.vendor_id

    def _decp_vendor_fields(self):
        return ["vendor_id"]
