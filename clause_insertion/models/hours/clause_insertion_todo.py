from odoo import models
from odoo.tools import SQL, format_date


class ClauseInsertionTodo(models.Model):
    """Months to declare, to validate and to correct."""

    _inherit = "clause.insertion.todo"
    _depends = {
        "clause.insertion": ["month_to_declare", "month_due_on"],
        "clause.insertion.declaration": [
            "clause_id",
            "month",
            "state",
            "state_since",
            "company_id",
            "partner_id",
            "facilitator_id",
        ],
    }

    def _part_late(self):
        """Silent contractors: the day to declare the month owed next has passed."""
        return self._clauses(
            "late",
            SQL("clause.month_due_on + 1"),
            SQL("clause.month_due_on < %s", self._today()),
            month=SQL("clause.month_to_declare"),
            deadline=SQL("clause.month_due_on"),
        )

    def _part_validate(self):
        return self._declarations("validate", "submitted")

    def _part_correct(self):
        return self._declarations("correct", "refused")

    def _declarations(self, kind, state):
        return self._part(
            kind,
            "declaration",
            SQL("declaration.state_since"),
            SQL("declaration.state = %s", state),
            clause_id=SQL("declaration.clause_id"),
            partner_id=SQL("declaration.partner_id"),
            month=SQL("declaration.month"),
        )

    def _sentence(self, step, record):
        month = step.month and format_date(self.env, step.month, date_format="MMMM y")
        sentences = {
            "declare": self.env._("Declare %(month)s", month=month),
            "late": self.env._("Declare %(month)s", month=month),
            "validate": self.env._("Validate %(month)s", month=month),
            "correct": self.env._("Correct %(month)s", month=month),
        }
        return sentences.get(step.kind) or super()._sentence(step, record)
