from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from .columns import READERS, choices_of

_lt = LazyTranslate(__name__)

NONE = _lt("Other timesheets")


class TimesheetsAnalysisReport(models.Model):
    """Odoo's Timesheets Analysis knows the clause of an insertion hour; of its person it knows nothing.

    Rows are those that Odoo's rules let each user see. The clause's columns are closed to those who read no clause.
    """

    _inherit = "timesheets.analysis.report"

    insertion_clause_id = fields.Many2one(
        "clause.insertion", "Insertion clause", readonly=True, groups=READERS, falsy_value_label=NONE
    )
    insertion_lever = fields.Selection(
        choices_of("clause.insertion", "lever"), "Lever", readonly=True, groups=READERS, falsy_value_label=NONE
    )
    insertion_facilitator_id = fields.Many2one(
        "res.partner", "Relay", readonly=True, groups=READERS, falsy_value_label=_lt("Without a relay")
    )
    insertion_territory_id = fields.Many2one(
        "clause.insertion.territory",
        "Territory of the clause",
        readonly=True,
        groups=READERS,
        falsy_value_label=_lt("Not stated"),
    )
    insertion_partner_id = fields.Many2one(
        "res.partner", "Contractor", readonly=True, groups=READERS, falsy_value_label=NONE
    )
    insertion_state = fields.Selection(
        choices_of("account.analytic.line", "insertion_state"),
        "Validation",
        readonly=True,
        groups=READERS,
        falsy_value_label=NONE,
    )
    insertion_hours_validated = fields.Float(
        "Insertion hours validated",
        readonly=True,
        groups=READERS,
        help="Hours that a relay has validated, less those taken back.",
    )

    # All that the query reads, Odoo's own part included: it declares nothing.
    _depends = {
        "account.analytic.line": [
            "amount",
            "clause_insertion_id",
            "company_id",
            "currency_id",
            "date",
            "department_id",
            "employee_id",
            "insertion_state",
            "manager_id",
            "name",
            "parent_task_id",
            "partner_id",
            "project_id",
            "task_id",
            "unit_amount",
            "user_id",
        ],
        "clause.insertion": ["facilitator_id", "lever", "partner_id", "territory_id"],
    }

    @api.model
    def _select(self):
        return f"""
            {super()._select()},
            insertion_clause.id AS insertion_clause_id,
            insertion_clause.lever AS insertion_lever,
            insertion_clause.facilitator_id AS insertion_facilitator_id,
            insertion_clause.territory_id AS insertion_territory_id,
            insertion_clause.partner_id AS insertion_partner_id,
            A.insertion_state AS insertion_state,
            CASE WHEN A.insertion_state = 'validated' THEN A.unit_amount ELSE 0 END AS insertion_hours_validated
        """

    @api.model
    def _from(self):
        """An hour has one clause at most: no row of Odoo's is added or lost."""
        return f"""
            {super()._from()}
            LEFT JOIN clause_insertion insertion_clause ON insertion_clause.id = A.clause_insertion_id
        """
