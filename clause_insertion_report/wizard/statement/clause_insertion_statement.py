from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.clause_insertion.tools.base.days import region_today

from ...report.statement.clause_insertion_statement import StatementTables

FIRST_YEAR = 1990  # no insertion clause is older


class ClauseInsertionStatement(models.TransientModel):
    """The yearly statement: asked for here, computed once, shown on screen, as a PDF and as a spreadsheet."""

    _name = "clause.insertion.statement"
    _description = "Yearly statement of insertion clauses"
    _inherit = ["clause.insertion.statement.mixin"]

    @api.depends("year", "as_of", "company_id")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Yearly statement %(year)s", year=wizard.year)

    @api.depends(
        "year", "as_of", "company_id", "scope", "facilitator_id", "convention_id", "partner_id", "department_id"
    )
    @api.depends_context("lang", "tz", "uid", "allowed_company_ids")
    def _compute_preview(self):
        return super()._compute_preview()

    @api.constrains("year", "as_of", "scope", "facilitator_id", "convention_id", "partner_id", "department_id")
    def _check_question(self):
        for wizard in self:
            mistake = wizard._mistake()
            if mistake:
                raise ValidationError(mistake)

    def _mistake(self):
        today = region_today(self)
        if not FIRST_YEAR <= self.year <= today.year:
            return self.env._("Type a year from %(first)s to %(last)s.", first=str(FIRST_YEAR), last=str(today.year))
        if not self.as_of or self.as_of > today:
            return self.env._("Choose today or a day before: figures cannot be known in advance.")
        return super()._mistake()

    # -- figures -----------------------------------------------------------------------------------

    def _statement(self):
        """The statement of the year asked for."""
        return self._read_statement(self.year, self.as_of, self._evening(self.as_of))

    def _previous_statement(self):
        """Totals of the year before, as they stood one year before: like is compared with like."""
        as_of = self.as_of - relativedelta(years=1)
        return self._read_statement(self.year - 1, as_of, self._evening(as_of), with_breakdowns=False)

    def _tables(self):
        return StatementTables(self, self._statement(), self._previous_statement())

    def _document(self):
        return self._tables().document

    # -- buttons -----------------------------------------------------------------------------------

    def action_publish(self):
        """Keep these figures for good, as they are published."""
        self.ensure_one()
        if not self.env.user.has_group("clause_insertion.group_clause_insertion_officer"):
            raise AccessError(self.env._("The Region's officers publish a statement."))
        return self.env["clause.insertion.publication"]._publish(self)._get_records_action()
