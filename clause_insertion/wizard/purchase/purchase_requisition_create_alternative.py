from odoo import Command, models


class PurchaseRequisitionCreateAlternative(models.TransientModel):
    _inherit = "purchase.requisition.create.alternative"

    def _get_alternative_values(self):
        """Whoever wins the tender owes the same clauses."""
        origin = self.origin_po_id
        clauses = origin.clause_insertion_ids.filtered(lambda clause: clause.state != "cancelled").copy_data()
        common = {
            "insertion_category": origin.insertion_category,
            "insertion_consultation_date": origin.insertion_consultation_date,
            "insertion_estimated_need": origin.insertion_estimated_need,
        }
        return [
            {
                **values,
                **common,
                "clause_insertion_ids": [Command.create({**clause, "purchase_order_id": False}) for clause in clauses],
            }
            for values in super()._get_alternative_values()
        ]
