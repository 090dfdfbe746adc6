from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ..engine.sizing import amended_amount
from .clause_insertion import OPEN_STATES


class ClauseInsertion(models.Model):
    """From sizing to the balance: the clause follows its contract, and an officer decides on amendments."""

    _inherit = "clause.insertion"

    def _follow_contract(self):
        """Bring the clauses to the state that their purchase is in.

        sudo: a buyer who may confirm or cancel the purchase starts or cancels what it carries; the
        clause's own rules would refuse, since a buyer no longer writes on a running clause.
        """
        self.flush_recordset()  # what was proposed until now is what gets frozen
        for clause in self.sudo():
            step = clause._contract()._insertion_step()
            if step == "cancel":
                clause._cancel()
            elif step == "run" and clause.state in (*OPEN_STATES, "cancelled"):
                clause._start()
            elif step in OPEN_STATES and clause.state in (*OPEN_STATES, "cancelled"):
                clause.state = step

    def _move_to(self, order):
        """Carry clauses over to the order that their request was merged into.

        sudo: the merge has just cancelled them with their request; the buyer may write on both orders.
        """
        self.sudo().write({"purchase_order_id": order.id, "state": "draft"})
        self._follow_contract()

    def _start(self):
        """Freeze the parameters, open the task that carries the hours."""
        today = fields.Date.context_today(self)
        for clause in self:
            project = clause.project_id or clause.company_id._insertion_project()
            clause.write(
                {
                    "state": "running",
                    "parameters_frozen_on": today,
                    "project_id": project.id,
                    "date_start": clause.date_start or today,
                }
            )
            if not clause.task_id:
                clause.task_id = self.env["project.task"].create(clause._task_values())

    def _task_values(self):
        return {
            "name": f"{self.name} {self.contract_name}",
            "project_id": self.project_id.id,
            "company_id": self.company_id.id,
            "allocated_hours": self.hours_due,
            "user_ids": False,
        }

    def _cancel(self):
        """Cancel what has no hours; strike the balance of what has some, so that they keep counting."""
        with_hours = self.filtered(lambda clause: clause.hours_validated)
        with_hours.write({"state": "done"})
        for clause in with_hours:
            clause.message_post(body=self.env._("The contract was cancelled: the hours already validated still count."))
        (self - with_hours).write({"state": "cancelled"})

    def action_cancel(self):
        if any(clause.state not in OPEN_STATES for clause in self):
            raise UserError(self.env._("A running clause ends with its contract: cancel the purchase instead."))
        self.check_access("write")
        self.sudo()._cancel()  # access was checked above; `state` is closed to direct writing

    def action_reopen(self):
        self.check_access("write")
        self.sudo().filtered(lambda clause: clause.state == "cancelled").state = "draft"
        self._follow_contract()

    def action_apply_amendment(self):
        """The contract's amount changed and the hours follow, with the frozen rate and cost."""
        self.check_access("write")
        for clause in self.sudo():  # the sizing is frozen: only this decision may change it
            before, total = clause.hours_due, clause._contract().insertion_amount
            clause._resize(amended_amount(clause.amount_untaxed, clause.contract_amount, total))
            clause.contract_amount = total
            clause._log(
                self.env._(
                    "Amendment applied: %(before)s h due become %(after)s h.",
                    before=formatLang(self.env, before),
                    after=formatLang(self.env, clause.hours_due),
                )
            )

    def action_keep_amendment(self):
        """The contract's amount changed and the hours due stay."""
        self.check_access("write")
        for clause in self.sudo():  # see action_apply_amendment
            clause.contract_amount = clause._contract().insertion_amount
            clause._log(
                self.env._(
                    "Amendment kept out: the %(hours)s h due do not change.",
                    hours=formatLang(self.env, clause.hours_due),
                )
            )

    def _log(self, body):
        self.message_post(body=body, author_id=self.env.user.partner_id.id)

    def action_strike_balance(self):
        """End of the contract: no more hours are declared."""
        self.check_access("write")
        if any(clause.state != "running" for clause in self):
            raise UserError(self.env._("Only the balance of a running clause can be struck."))
        if any("submitted" in clause.declaration_ids.mapped("state") for clause in self):
            raise UserError(self.env._("Declarations are still waiting for validation."))
        self.sudo().state = "done"  # access was checked above
