from odoo import models
from odoo.tools import SQL


class ClauseInsertionTodo(models.Model):
    """Recruitment requests to answer."""

    _inherit = "clause.insertion.todo"
    _depends = {
        "clause.insertion.recruitment": [
            "clause_id",
            "state",
            "asked_on",
            "date_due",
            "date_answered",
            "company_id",
            "partner_id",
            "facilitator_id",
        ],
    }

    def _part_recruitment(self):
        """Asked and not answered, be the delay past."""
        return self._part(
            "recruitment",
            "recruitment",
            SQL("recruitment.asked_on"),
            SQL("recruitment.state IN ('asked', 'unanswered') AND recruitment.date_answered IS NULL"),
            clause_id=SQL("recruitment.clause_id"),
            partner_id=SQL("recruitment.partner_id"),
            deadline=SQL("recruitment.date_due"),
        )
