from odoo import api, fields, models
from odoo.tools import format_date

from ..engine.months import month_to_declare, next_month
from .clause_insertion import OPEN_STATES


class ClauseInsertion(models.Model):
    """Who acts next on a clause, what for, and since when."""

    _inherit = "clause.insertion"

    state_since = fields.Date("In this state since", compute="_compute_state_since", store=True)
    amended_on = fields.Date("Amount changed on", compute="_compute_amended_on", store=True)
    next_actor = fields.Selection(
        [("buyer", "Buyer"), ("officer", "Region"), ("contractor", "Contractor"), ("facilitator", "Relay")],
        "Who acts next",
        compute="_compute_next_step",
    )
    next_action = fields.Char("Next step", compute="_compute_next_step")
    waiting_since = fields.Date("Waiting since", compute="_compute_next_step")
    waiting_days = fields.Integer("Days waiting", compute="_compute_next_step")
    days_left = fields.Integer("Days left", compute="_compute_days_left", help="Until the last day, included.")

    @api.depends("state")
    def _compute_state_since(self):
        self.state_since = fields.Date.context_today(self)

    @api.depends("is_amended")
    def _compute_amended_on(self):
        today = fields.Date.context_today(self)
        for clause in self:
            clause.amended_on = clause.is_amended and (clause.amended_on or today)

    @api.depends_context("lang", "tz")
    @api.depends("state", "is_amended", "date_start", "date_end", "facilitator_id", "declaration_ids.state")
    def _compute_next_step(self):
        today = fields.Date.context_today(self)
        for clause in self:
            actor, action, since = clause._next_step(today)
            clause.next_actor = actor
            clause.next_action = action
            clause.waiting_since = since
            clause.waiting_days = (today - since).days if since else 0

    @api.depends("date_end")
    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for clause in self:
            clause.days_left = max((clause.date_end - today).days + 1, 0) if clause.date_end else 0

    def _next_step(self, today):
        """Who acts, what for, since when; nothing where the clause is over."""
        if self.is_amended:
            return "officer", self.env._("Decide on the contract's new amount"), self.amended_on
        if self.state == "running":
            return self._next_month_step(today)
        steps = {
            **dict.fromkeys(OPEN_STATES, ("buyer", self.env._("Award the contract"))),
            "done": ("officer", self.env._("Deliver the certificate")),
        }
        actor, action = steps.get(self.state, (False, False))
        return actor, action, actor and self.state_since

    def _next_month_step(self, today):
        """On a running clause: the oldest month to validate, else to correct, else to declare."""
        months = self.declaration_ids.sorted("month")
        for state, actor, action in (
            ("submitted", "facilitator" if self.facilitator_id else "officer", self.env._("Validate %(month)s")),
            ("refused", "contractor", self.env._("Correct %(month)s")),
        ):
            waiting = months.filtered(lambda declaration, state=state: declaration.state == state)[:1]
            if waiting:
                return actor, action % {"month": waiting.month_name}, waiting.state_since
        declared = months.filtered(lambda declaration: declaration.state == "validated")
        month = month_to_declare(self.date_start or today, declared[-1:].month)
        if self.date_end and month > self.date_end:
            return "officer", self.env._("Strike the balance"), max(self.date_end, declared[-1:].state_since)
        since = next_month(month) if next_month(month) <= today else declared[-1:].state_since or self.state_since
        month_name = format_date(self.env, month, date_format="MMMM y")
        return "contractor", self.env._("Declare %(month)s", month=month_name), since
