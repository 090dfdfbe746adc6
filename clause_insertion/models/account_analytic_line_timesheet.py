from odoo import api, fields, models
from odoo.exceptions import AccessError

from .account_analytic_line_ledger import LIFE_FIELDS

# Computed by Odoo for each line, the same for all the hours of a clause (no account or journal of Odoo's books).
GIVEN = (
    "currency_id",
    "department_id",
    "general_account_id",
    "journal_id",
    "manager_id",
    "parent_task_id",
    "partner_id",
)


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
        shared = self._insertion_timesheet_values(declarations.clause_id)
        no_clause, today = self.env["clause.insertion"], fields.Date.context_today(self)
        for vals in vals_list:
            clause = clauses.get(vals.get("insertion_declaration_id"), no_clause)
            vals.setdefault("insertion_state", "draft")
            vals.setdefault("insertion_kind", "work")
            vals.setdefault("date", today)
            for name in GIVEN:
                vals.pop(name, None)
            vals.update(name=vals.get("name") or clause.name, amount=0, **shared.get(clause, {}))
            if "insertion_employment_id" not in vals:
                vals["insertion_employment_id"] = find_employment(
                    vals.get("insertion_participant_id"), clause.id, fields.Date.to_date(vals["date"])
                )

    def _insertion_timesheet_values(self, clauses):
        """What all the hours of a clause have in common, by clause: given once, not computed line by line."""
        employees = {company: company._insertion_employee() for company in clauses.company_id}
        accounts = {
            (project, company): self._timesheet_preprocess_get_accounts(
                {"project_id": project.id, "company_id": company.id}
            )
            for project, company in {(clause.project_id, clause.company_id) for clause in clauses}
        }
        return {
            clause: accounts[clause.project_id, clause.company_id]
            | self._insertion_clause_values(clause, employees[clause.company_id])
            for clause in clauses
        }

    def _insertion_clause_values(self, clause, employee):
        task, project, company = clause.task_id, clause.project_id, clause.company_id
        values = {
            "clause_insertion_id": clause.id,
            "project_id": project.id,
            "task_id": task.id,
            "parent_task_id": task.parent_id.id,
            "partner_id": (task.partner_id or project.partner_id).id,
            "company_id": company.id,
            "currency_id": company.currency_id.id,
            "product_uom_id": company.project_time_mode_id.id,
            "employee_id": employee.id,
            "department_id": employee.department_id.id,
            "manager_id": employee.parent_id.id,
            "category": "other",
        }
        return {name: value for name, value in values.items() if value}

    def _create(self, data_list):
        """The columns that Odoo would compute again for each new line are those given for the clause."""
        lines = super()._create(data_list)
        given = [data["record"].id for data in data_list if data["stored"].get("clause_insertion_id")]
        for name in GIVEN:
            self.env.remove_to_compute(self._fields[name], self.browse(given))
        return lines

    @api.model
    def default_get(self, fields):
        """Hours brought in by thousands say everything themselves."""
        return {} if self.env.context.get("insertion_without_defaults") else super().default_get(fields)

    def _timesheet_preprocess_get_accounts(self, vals):
        """The accounts of an hour are those of its clause's project, given with the rest."""
        return {} if vals.get("clause_insertion_id") else super()._timesheet_preprocess_get_accounts(vals)

    def _timesheet_postprocess(self, values):
        """A new hour costs nothing: no amount is written back line by line."""
        return values if values.get("clause_insertion_id") else super()._timesheet_postprocess(values)

    def _check_company(self, fnames=None):
        """New hours of a clause share nearly all their records: those that do are checked once for all."""
        if fnames:
            return super()._check_company(fnames)
        insertion = self.filtered("clause_insertion_id")
        shared = {*self._get_plan_fnames(), *GIVEN}
        own = [n for n, field in self._fields.items() if field.relational and field.check_company and n not in shared]
        alike = {tuple(line[name].id for name in ("clause_insertion_id", *own)): line.id for line in insertion}
        return super(AccountAnalyticLine, (self - insertion) + self.browse(alike.values()))._check_company()

    def _check_can_write(self, values):
        """Insertion hours have rules of their own; Odoo's "own timesheets only" is about staff."""
        insertion = self.sudo().filtered("clause_insertion_id")
        return super(AccountAnalyticLine, self - insertion.sudo(self.env.su))._check_can_write(values)

    def _timesheet_postprocess_values(self, values):
        """The technical employee costs nothing: there is no amount to compute."""
        insertion = self.sudo().filtered("clause_insertion_id")
        result = super(AccountAnalyticLine, self - insertion.sudo(self.env.su))._timesheet_postprocess_values(values)
        return {**dict.fromkeys(insertion.ids, {}), **result}
