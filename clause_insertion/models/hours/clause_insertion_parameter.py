from odoo import api, models

# The stored date of a clause that each parameter decides.
DATES = {"declaration_due_day": "month_due_on", "behind_margin": "behind_on"}


class ClauseInsertionParameter(models.Model):
    """The dates kept on running clauses follow the parameters."""

    _inherit = "clause.insertion.parameter"

    @api.model
    def _values_changed(self, reach):
        result = super()._values_changed(reach)
        Clause = self.env["clause.insertion"].sudo()  # dates that the engine computes, in every company concerned
        for code, company_id in reach:
            if name := DATES.get(code):
                of_company = [("company_id", "=", company_id)] if company_id else []
                clauses = Clause.search([("state", "=", "running"), *of_company])
                self.env.add_to_compute(Clause._fields[name], clauses)
                clauses.modified([name])
        return result
