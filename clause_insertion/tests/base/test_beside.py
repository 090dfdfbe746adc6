import re
from contextlib import contextmanager

from odoo import Command
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ...models.base.clause_insertion_lock_mixin import OUR_ADDONS, is_ours
from ..common import InsertionCommon

# Odoo's own roles, none of which has anything of ours.
ROLES = {
    "employee": "base.group_user",
    "contact creation": "base.group_partner_manager",
    "settings": "base.group_system",
    "purchase user": "purchase.group_purchase_user",
    "purchase manager": "purchase.group_purchase_manager",
    "invoicing": "account.group_account_invoice",
    "accounting": "account.group_account_user",
    "accounting, read-only": "account.group_account_readonly",
    "accounting manager": "account.group_account_manager",
    "timesheets, own": "hr_timesheet.group_hr_timesheet_user",
    "timesheets, all": "hr_timesheet.group_hr_timesheet_approver",
    "project user": "project.group_project_user",
    "project manager": "project.group_project_manager",
    "officer of employees": "hr.group_hr_user",
    "sales": "sales_team.group_sale_salesman_all_leads",  # where it is installed
    "stock": "stock.group_stock_user",
    "portal": "base.group_portal",
}
OURS = re.compile(r"insertion|essential|social clause", re.IGNORECASE)
VIEWS = ("form", "list")
# Rows that the database makes itself, or records of the program: they are read, never copied.
ONLY_READ = {"ir.actions.report", "purchase.report", "timesheets.analysis.report", "res.users", "res.company"}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestBeside(InsertionCommon):
    """Whoever may use a record of Odoo without us may use it with us.

    Each model that we extend, as each role of Odoo: no error that comes from us. Errors of Odoo's own are left out,
    since they are the same without us; ours name one of our fields or models.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, login=f"beside_{number}", groups=group)
            for number, (role, group) in enumerate(ROLES.items())
            if cls.env.ref(group, raise_if_not_found=False)
        }
        cls.users["portal"].partner_id.parent_id = cls.contractor
        cls.samples = cls._new_samples()

    @classmethod
    def _new_samples(cls):
        """For each model, records of which ours know something, and records of which they know nothing."""
        clause = cls._new_running_clause()
        order, plain = clause.purchase_order_id, cls._new_order(amount=100)
        order.essential_word_ids = cls.env.ref("clause_insertion.essential_technique_framework")
        hour = cls._new_declaration(clause, hours={cls._new_participant(): 10}).line_ids
        own_task = cls.env["project.task"].create(
            {"name": "Own task", "project_id": cls.env["project.project"].create({"name": "Own project"}).id}
        )
        employee = cls.env["hr.employee"].create(
            {"name": "Own employee", "user_id": cls.users["timesheets, own"].id, "company_id": cls.company.id}
        )
        timesheet = {"project_id": own_task.project_id.id, "task_id": own_task.id, "employee_id": employee.id}
        bill = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": cls.contractor.id,
                "invoice_line_ids": [Command.create({"name": "Own", "price_unit": 10, "tax_ids": False})],
            }
        )
        file = {"name": "own.txt", "raw": b"own", "res_model": "purchase.order", "res_id": order.id}
        return {
            "account.analytic.line": hour | hour.create({**timesheet, "name": "Own work", "unit_amount": 2}),
            "account.move": bill,
            "account.move.line": bill.line_ids,
            "hr.employee": employee,
            "digest.digest": cls.env["digest.digest"].create({"name": "Own"}),
            "ir.actions.report": cls.env.ref("purchase.action_report_purchase_order"),
            "ir.attachment": cls.env["ir.attachment"].create([file, {**file, "res_model": False, "res_id": False}]),
            "ir.filters": cls.env["ir.filters"].create({"name": "Own", "model_id": "res.partner"}),
            "project.task": clause.task_id | own_task,
            "purchase.order": order | plain,
            "purchase.requisition": cls._new_agreement(),
            "purchase.report": cls.env["purchase.report"].search([("order_id", "in", (order | plain).ids)]),
            "res.company": cls.company,
            "res.partner": cls.relay | cls.contractor | cls._new_company_partner("Own contact"),
            "res.users": cls.users["employee"],
            "timesheets.analysis.report": cls.env["timesheets.analysis.report"].browse(hour.ids),
        }

    def setUp(self):
        super().setUp()
        self.wrong = []

    def tearDown(self):
        super().tearDown()
        self.assertFalse(self.wrong, "\n".join(self.wrong))

    @contextmanager
    def _tried(self, *what):
        """Nothing of what is tried stays; an error of ours is noted."""
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            yield
            self.env.flush_all()
        except Exception as error:  # noqa: BLE001  (whatever it is: that is the question)
            told = f"{type(error).__name__}: {error}".split("\n\n")[0]  # groups are told after it, ours among them
            if OURS.search(told):
                self.wrong.append(", ".join((*what, told.replace("\n", " "))))
        finally:
            self.env.invalidate_all(flush=False)
            self.env.transaction.clear()
            savepoint.rollback()
            savepoint.close(rollback=False)

    def _each(self):
        """``(role, record)`` of the role's user, for those who reach the record at all."""
        for model, records in self.samples.items():
            for role, user in self.users.items():
                for record in records.with_user(user):
                    self.env.invalidate_all()
                    if record.has_access("read"):
                        yield role, model, record

    def _our_fields(self, record):
        """Odoo leaves what a digest tells out of the e-mail of whoever may not read it: it waits for the refusal."""
        shown = record.fields_get(attributes=["type"])
        return [name for name in shown if is_ours(record._fields[name]) and not name.startswith("kpi_")]

    # -- the sweep ---------------------------------------------------------------------------------

    def test_every_model_that_we_extend_is_here(self):
        extended = {
            name
            for name, model in self.env.registry.items()
            if not name.startswith("clause.insertion")
            and not (model._abstract or model._transient)
            and any(base.__module__.startswith(f"odoo.addons.{OUR_ADDONS}") for base in model.mro())
        }
        self.assertEqual(extended - self.samples.keys(), set())

    def test_each_field_of_ours_that_a_role_is_shown_can_be_read_and_exported(self):
        for role, model, record in self._each():
            for name in self._our_fields(record):
                with self._tried(role, model, "read", name):
                    record.read([name])
                with self._tried(role, model, "export", name):
                    record.export_data([name])

    def test_all_fields_together(self):
        for role, model, record in self._each():
            names = list(record.fields_get(attributes=["type"]))
            with self._tried(role, model, "read all"):
                record.read()
            with self._tried(role, model, "default_get"):
                record.browse().default_get(names)
            with self._tried(role, model, "search"):
                record.search([], limit=2)

    def test_views(self):
        for role, model, record in self._each():
            for kind in VIEWS:
                with self._tried(role, model, kind):
                    views = record.get_views([(False, kind)])
                    record.web_read({name: {} for name in views["models"][model]["fields"] if name in record._fields})
            with self._tried(role, model, "print menu"):
                bound = self.env["ir.actions.actions"].with_env(record.env).get_bindings(model).get("report", [])
                record.env["ir.actions.report"].browse(action["id"] for action in bound).get_valid_action_reports(
                    model, record.ids
                )
            with self._tried(role, model, "open the form"):
                Form(record)
            with self._tried(role, model, "open a new form"):
                Form(record.browse())

    @mute_logger("odoo.sql_db")
    def test_copy_write_delete(self):
        for role, model, record in self._each():
            if model in ONLY_READ or getattr(record, "clause_insertion_id", False) or role == "portal":
                continue  # an insertion hour is not theirs to change
            with self._tried(role, model, "copy"):
                record.copy()
            with self._tried(role, model, "create"):
                record.create([record.copy_data()[0]])
            with self._tried(role, model, "write"):
                record.write({record._rec_name or "name": "Changed"})
            if model == "purchase.order":
                with self._tried(role, model, "cancel"):
                    record.button_cancel()
                with self._tried(role, model, "confirm"):
                    record.copy().button_confirm()
            with self._tried(role, model, "save the form"), Form(record) as form:
                setattr(form, record._rec_name or "name", "Changed")
