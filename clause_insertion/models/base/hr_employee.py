from odoo import api, models
from odoo.exceptions import UserError


class HrEmployee(models.Model):
    """The technical employee of insertion hours is nobody: HR can neither archive it, nor move it, nor delete it."""

    _inherit = "hr.employee"

    @api.constrains("active", "company_id")
    def _check_insertion_employee(self):
        for company in self._insertion_companies():
            employee = company.insertion_employee_id
            if not employee.active or employee.company_id != company:
                raise UserError(self._insertion_employee_message())

    @api.ondelete(at_uninstall=False)
    def _unlink_except_insertion_employee(self):
        if self._insertion_companies():
            raise UserError(self._insertion_employee_message())

    def _insertion_companies(self):
        """sudo: only which companies have one of these employees for their hours."""
        return self.env["res.company"].sudo().search([("insertion_employee_id", "in", self.ids)])

    def _insertion_employee_message(self):
        return self.env._(
            "“Insertion” stands for no one: all insertion hours are on this employee. It stays as it is, "
            "or contractors could no longer declare."
        )
