from odoo import api, fields, models
from odoo.exceptions import AccessError

from .account_analytic_line_ledger import LIFE_FIELDS


class AccountAnalyticLine(models.Model):
    """What Odoo asks of a timesheet, filled in from the clause, for one hour or for many."""

    _inherit = "account.analytic.line"

    @api.model_create_multi
    def create(self, vals_list):
        insertion = [
            vals for vals in vals_list if vals.get("clause_insertion_id") or vals.get("insertion_declaration_id")
        ]
        if insertion:
            self._complete_insertion_values(insertion)
        return super().create(vals_list)

    def _complete_insertion_values(self, vals_list):
        """Fill in what Odoo asks of a timesheet, so that an hour is typed with a person and a number alone."""
        self._check_declarant()
        if not self.env.su and any(LIFE_FIELDS & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("Hours are declared as a draft, and validated by the relay."))
        find_employment = self.env["clause.insertion.employment"]._finder(
            vals.get("insertion_participant_id") for vals in vals_list if "insertion_employment_id" not in vals
        )
        # sudo: the clause's project and the technical employee are plumbing that no role reads
        declarations = (
            self.env["clause.insertion.declaration"]
            .sudo()
            .browse({vals.get("insertion_declaration_id") for vals in vals_list} - {None, False})
        )
        clauses = {declaration.id: declaration.clause_id for declaration in declarations}
        shared = {clause: self._insertion_timesheet_values(clause) for clause in declarations.clause_id}
        no_clause = self.env["clause.insertion"]
        for vals in vals_list:
            clause = clauses.get(vals.get("insertion_declaration_id"), no_clause)
            vals.setdefault("insertion_state", "draft")
            vals.setdefault("insertion_kind", "work")
            vals.setdefault("date", fields.Date.context_today(self))
            vals.update(name=vals.get("name") or clause.name, amount=0, **shared.get(clause, {}))
            if "insertion_employment_id" not in vals:
                vals["insertion_employment_id"] = find_employment(
                    vals.get("insertion_participant_id"), clause.id, fields.Date.to_date(vals["date"])
                )

    def _insertion_timesheet_values(self, clause):
        """What all the hours of a clause have in common: given once, rather than computed line by line."""
        task, project, company = clause.task_id, clause.project_id, clause.company_id
        values = {"project_id": project.id, "company_id": company.id}
        return {
            **values,
            **self._timesheet_preprocess_get_accounts(values),
            "clause_insertion_id": clause.id,
            "task_id": task.id,
            "employee_id": company._insertion_employee().id,
            "partner_id": (task.partner_id or project.partner_id).id,
            "currency_id": company.currency_id.id,
            "product_uom_id": company.project_time_mode_id.id,
            "general_account_id": False,
        }

    def _timesheet_preprocess_get_accounts(self, vals):
        """The accounts of an hour are those of its clause's project, given with the rest."""
        return {} if vals.get("clause_insertion_id") else super()._timesheet_preprocess_get_accounts(vals)

    def _timesheet_postprocess(self, values):
        """A new hour costs nothing: no amount is written back line by line."""
        return values if values.get("clause_insertion_id") else super()._timesheet_postprocess(values)

    def _check_company(self, fnames=None):
        """Hours that share their records (most of those of a clause) are checked once for all."""
        insertion = self.filtered("clause_insertion_id")
        names = [name for name, field in self._fields.items() if field.relational and field.check_company]
        alike = {tuple(line[name].id for name in (*names, "company_id")): line.id for line in insertion}
        return super(AccountAnalyticLine, (self - insertion) + self.browse(alike.values()))._check_company(fnames)

    def _check_can_write(self, values):
        """Insertion hours have rules of their own; Odoo's "own timesheets only" is about staff."""
        insertion = self.sudo().filtered("clause_insertion_id")
        return super(AccountAnalyticLine, self - insertion.sudo(self.env.su))._check_can_write(values)

    def _timesheet_postprocess_values(self, values):
        """The technical employee costs nothing: there is no amount to compute."""
        insertion = self.sudo().filtered("clause_insertion_id")
        result = super(AccountAnalyticLine, self - insertion.sudo(self.env.su))._timesheet_postprocess_values(values)
        return {**dict.fromkeys(insertion.ids, {}), **result}
