from odoo import fields, models
from odoo.exceptions import UserError

from ..engine.months import first_day, previous_month


class ClauseInsertion(models.Model):
    """A month without hours, declared in one click."""

    _inherit = "clause.insertion"

    def _nil_month(self):
        """The month that has just ended, while nothing was declared for it; else False."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        month = previous_month(today)
        runs = self.state == "running" and self.date_start < first_day(today)
        is_within = not self.date_end or self.date_end >= month
        return runs and is_within and month not in self.declaration_ids.mapped("month") and month

    def _declare_nil(self):
        """Declare and submit it, with the user's own rights."""
        month = self._nil_month()
        if not month:
            raise UserError(self.env._("This month was already declared, or the clause was not running."))
        declaration = self.env["clause.insertion.declaration"].create({"clause_id": self.id, "month": month})
        declaration.action_submit()
        return declaration
