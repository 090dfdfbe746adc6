from odoo import api, models
from odoo.exceptions import UserError

# What the hours of a task take from it, and what its clause gives it.
KEPT_FIELDS = frozenset({"project_id", "partner_id", "company_id", "parent_id", "allocated_hours"})


class ProjectTask(models.Model):
    """The task of a clause carries its hours: it is neither moved nor deleted, and its hours are those due."""

    _inherit = "project.task"

    def write(self, vals):
        if not self.env.su and KEPT_FIELDS & vals.keys():
            self._check_carries_no_clause()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_clause(self):
        self._check_carries_no_clause()

    def _check_carries_no_clause(self):
        # sudo: only whether there is one, for whoever may write on the task
        if self.env["clause.insertion"].sudo().search_count([("task_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "This task carries the hours of an insertion clause: its project, customer and hours stay as they "
                    "are."
                )
            )
