"""Installing computes new columns for the purchases that are there: when and by whom they were written stays.

Uninstalling leaves the meetings in the calendar, the users among the staff, and the project and the employee that
carry the hours, which are timesheets still: another installation finds them again.
"""

from odoo.fields import Command
from odoo.tools import SQL

TABLES = ("purchase_order", "purchase_requisition")
CONTAINERS = ("insertion_project_id", "insertion_employee_id")  # of a company


def pre_init_hook(env):
    """Note who wrote each purchase last, and when, for as long as the installation lasts."""
    for table in TABLES:
        env.cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE %s AS SELECT id, write_uid, write_date FROM %s",
                _noted(table),
                SQL.identifier(table),
            )
        )


def post_init_hook(env):
    env.flush_all()
    for table in TABLES:
        env.cr.execute(
            SQL(
                "UPDATE %(table)s AS purchase SET write_uid = noted.write_uid, write_date = noted.write_date"
                " FROM %(noted)s AS noted WHERE purchase.id = noted.id",
                table=SQL.identifier(table),
                noted=_noted(table),
            )
        )
        env.cr.execute(SQL("DROP TABLE %s", _noted(table)))
    env.invalidate_all()
    _find_containers(env)


def uninstall_hook(env):
    _keep_staff(env)
    _remember_containers(env)
    _keep_meetings(env)


def _keep_staff(env):
    """A user is one of the staff by a group of ours alone, where that was the only one given: it stays one."""
    ours, employee = env["res.groups"].search([("id", "in", _ids(env, "res.groups"))]), env.ref("base.group_user")
    staff = env["res.users"].with_context(active_test=False).search([("group_ids", "in", ours.ids)])
    by_ours = staff.filtered(lambda user: not user.share and employee not in (user.group_ids - ours).all_implied_ids)
    by_ours.write({"group_ids": [Command.link(employee.id)]})


def _remember_containers(env):
    """In parameters, since the companies' own fields go."""
    for company in env["res.company"].search([]):
        for name in CONTAINERS:
            if company[name]:
                env["ir.config_parameter"].set_param(_kept(company, name), company[name].id)


def _find_containers(env):
    """In SQL: who last wrote a company, and when, stays."""
    for company in env["res.company"].search([]):
        for name in CONTAINERS:
            number = env["ir.config_parameter"].get_param(_kept(company, name))
            if number and company[name].browse(int(number)).exists():
                query = SQL(
                    "UPDATE res_company SET %s = %s WHERE id = %s", SQL.identifier(name), int(number), company.id
                )
                env.cr.execute(query)
            env["ir.config_parameter"].set_param(_kept(company, name), False)
    env.invalidate_all()


def _kept(company, name):
    return f"clause_insertion.kept_{name}_{company.id}"


def _ids(env, model):
    own = [("module", "=", "clause_insertion"), ("model", "=", model)]
    return env["ir.model.data"].search(own).mapped("res_id")


def _keep_meetings(env):
    """An event is deleted with the model that it is linked to: the meetings' are let go before."""
    env.cr.execute(
        SQL(
            "UPDATE calendar_event SET res_model_id = NULL, res_model = NULL, res_id = NULL WHERE res_model = %s",
            "clause.insertion.meeting",
        )
    )


def _noted(table):
    return SQL.identifier(f"clause_insertion_{table}_before")
