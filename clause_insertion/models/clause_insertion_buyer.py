from odoo import api, fields, models


class ClauseInsertion(models.Model):
    """The department of the Region that buys: figures are given by it, as it was when the contract started."""

    _inherit = "clause.insertion"

    buyer_department_id = fields.Many2one(
        "hr.department",
        "Buyer's department",
        compute="_compute_buyer_department_id",
        store=True,
        readonly=False,
        check_company=True,
        index="btree_not_null",
        help="Proposed from the buyer of the purchase until the contract starts.",
    )

    @api.depends("purchase_order_id.user_id", "requisition_id.user_id")
    def _compute_buyer_department_id(self):
        """sudo: which department a buyer works in is on the purchase for all to see, the employee's record is not."""
        for clause in self:
            if clause._is_open_to_sizing():
                employees = clause._contract().sudo().user_id.employee_ids
                own = employees.filtered(lambda employee, company=clause.company_id: employee.company_id == company)
                clause.buyer_department_id = own[:1].department_id or clause.buyer_department_id
            else:
                clause.buyer_department_id = clause.buyer_department_id
