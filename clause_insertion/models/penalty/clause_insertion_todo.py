from odoo import models
from odoo.tools import SQL


class ClauseInsertionTodo(models.Model):
    """Penalties to reply to and to decide on, which relays know nothing of."""

    _inherit = "clause.insertion.todo"
    _depends = {
        "clause.insertion.penalty": [
            "clause_id",
            "state",
            "notified_on",
            "reply_due",
            "replied_on",
            "company_id",
            "partner_id",
        ],
    }

    def _part_penalty_reply(self):
        condition = SQL("penalty.state = 'notified' AND penalty.reply_due >= %s", self._today())
        return self._penalties("penalty_reply", SQL("penalty.notified_on"), condition)

    def _part_penalty_decide(self):
        """The contractor has replied, or its delay is over."""
        return self._penalties(
            "penalty_decide",
            SQL("COALESCE(penalty.replied_on, penalty.reply_due + 1, penalty.notified_on)"),
            SQL(
                "(penalty.state = 'replied' OR penalty.state = 'notified' AND COALESCE(penalty.reply_due < %s, TRUE))",
                self._today(),
            ),
        )

    def _penalties(self, kind, since, condition):
        return self._part(
            kind,
            "penalty",
            since,
            condition,
            facilitator_id=SQL("NULL::int"),
            clause_id=SQL("penalty.clause_id"),
            partner_id=SQL("penalty.partner_id"),
            deadline=SQL("penalty.reply_due"),
        )

    def _sentence(self, step, record):
        if step.kind == "penalty_reply":
            return self.env._("Reply on penalty %(name)s", name=record.name)
        if step.kind == "penalty_decide":
            return self.env._("Decide on penalty %(name)s", name=record.name)
        return super()._sentence(step, record)
