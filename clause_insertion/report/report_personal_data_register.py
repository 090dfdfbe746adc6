from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.base.days import region_today
from ..tools.people.audit import audit_warning

DELAYS = ("erasure_months", "erasure_notice_days", "copy_months", "eligibility_months", "smallest_group")


class ReportPersonalDataRegister(models.AbstractModel):
    _name = "report.clause_insertion.report_personal_data_register"
    _description = "Record of processing activities"

    @api.model
    def _get_report_values(self, docids, data=None):
        """For the Region's officers, about their own companies; delays are those in force today."""
        companies = self.env["res.company"].sudo(False).browse(docids or self.env.company.ids)
        officers = "clause_insertion.group_clause_insertion_officer"
        if not self.env.user.has_group(officers) or companies - self.env.user.company_ids:
            raise AccessError(self.env._("The Region's officers read the record of processing activities."))
        Parameter, today = self.env["clause.insertion.parameter"], region_today(self)
        return {
            "doc_ids": companies.ids,
            "doc_model": companies._name,
            "docs": companies,
            "today": today,
            "delays": {
                company.id: {code: round(Parameter._require(code, today, company)) for code in DELAYS}
                for company in companies
            },
            "audit_warning": audit_warning(self.env),
        }
