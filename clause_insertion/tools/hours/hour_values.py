"""What an insertion hour is made of: what was typed of it, and what its clause gives to a timesheet."""

from odoo import fields

from ...engine.exact import hundredths
from ..base.days import region_today
from ..people.contract_finder import contract_finder

# Of the fields of a timesheet, those that a contractor gives its hours; the others are the clause's to give.
TYPED_FIELDS = ("name", "date", "unit_amount")


def hour_values(lines, vals_list):
    """Complete what was typed of each hour with what its clause gives; any other value is left out."""
    find_employment = contract_finder(
        lines.env, [vals.get("insertion_participant_id") for vals in vals_list if "insertion_employment_id" not in vals]
    )
    declarations = lines.env["clause.insertion.declaration"].browse(
        {vals["insertion_declaration_id"] for vals in vals_list}
    )
    clauses = {declaration.id: declaration.clause_id for declaration in declarations}
    given = _given_by_clause(lines, declarations.clause_id)
    typed = {*TYPED_FIELDS, *(name for name, field in lines._fields.items() if getattr(field, "locked", False))}
    is_declared = any(vals.get("insertion_state", "draft") != "draft" for vals in vals_list)
    now = is_declared and declarations.company_id._insertion_record()
    is_past = any(vals.get("insertion_validated_on") for vals in vals_list)
    told = {company: is_past and company._insertion_has_told() for company in declarations.company_id}
    usual = {"date": region_today(lines), "insertion_kind": "work", "insertion_state": "draft"}

    def complete(vals):
        clause = clauses[vals["insertion_declaration_id"]]
        values = {**usual, **{name: vals[name] for name in vals if name in typed}, **given[clause]}
        values["name"] = values.get("name") or clause.name
        values |= recorded(values, now, told[clause.company_id])
        values["unit_amount"] = hundredths(values.get("unit_amount") or 0)
        if "insertion_employment_id" not in values:
            values["insertion_employment_id"] = find_employment(
                values.get("insertion_participant_id"), clause.id, fields.Date.to_date(values["date"])
            )
        return values

    return [complete(vals) for vals in vals_list]


def recorded(values, now, has_told):
    """When hours that are so created were declared, and counted: now, whatever day they are dated.

    The past that a Region takes over first, before hours were declared here, stands on its own days: nobody has read
    a figure that it moves.
    """
    moment = now if has_told else values.get("insertion_validated_on") or now
    return {
        "insertion_declared_on": values["insertion_state"] != "draft" and moment,
        "insertion_recorded_on": values["insertion_state"] == "validated" and moment,
    }


def _given_by_clause(lines, clauses):
    """What all the hours of a clause have in common, by clause: given once, not computed line by line."""
    employees = {company: company._insertion_employee() for company in clauses.company_id}
    # Those of the project, whichever analytic plans the Region makes mandatory: a contractor knows nothing of them.
    plans = lines._get_plan_fnames()
    accounts = {project: {name: project[name].id for name in plans} for project in clauses.project_id}
    return {
        clause: {
            **accounts[clause.project_id],
            **_timesheet_values(clause, employees[clause.company_id]),
        }
        for clause in clauses
    }


def _timesheet_values(clause, employee):
    task, project, company = clause.task_id, clause.project_id, clause.company_id
    return {
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
        "general_account_id": False,
        "category": "other",
        "amount": 0,
    }
