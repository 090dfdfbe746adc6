from datetime import date, datetime, time, timedelta

import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import format_date, formatLang

from ..engine.statement import build
from ..report.clause_insertion_statement_query import done_query, due_query
from ..report.clause_insertion_statement_tables import StatementTables

FIRST_YEAR = 1990  # no insertion clause is older


class ClauseInsertionStatement(models.TransientModel):
    """The yearly statement of a Region: asked for here, computed once, shown on screen and as a spreadsheet."""

    _name = "clause.insertion.statement"
    _description = "Yearly statement of insertion clauses"

    year = fields.Integer(
        "Year of work",
        required=True,
        default=lambda self: self._default_year(),
        help="The year in which the hours were worked, whenever they were declared or validated.",
    )
    as_of = fields.Date(
        "As of",
        required=True,
        default=fields.Date.context_today,
        help="The figures as they stood in the evening of that day: what was validated or reversed later is left out.",
    )
    company_id = fields.Many2one("res.company", "Region", required=True, default=lambda self: self.env.company)
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.model
    def _default_year(self):
        """The last year with validated hours: a statement of zeros is of no use to anyone."""
        validated = [("clause_insertion_id", "!=", False), ("insertion_state", "=", "validated")]
        Line = self.env["account.analytic.line"]
        [[last]] = Line._read_group([*validated, ("company_id", "=", self.env.company.id)], [], ["date:max"])
        return (last or fields.Date.context_today(self)).year

    @api.depends("year", "as_of", "company_id")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Yearly statement %(year)s", year=wizard.year)

    @api.depends("year", "as_of", "company_id")
    @api.depends_context("lang", "tz", "uid", "allowed_company_ids")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = self.env["ir.qweb"]._render(
                "clause_insertion_report.clause_insertion_statement_preview", wizard._preview_values()
            )

    @api.constrains("year", "as_of")
    def _check_moment(self):
        for wizard in self:
            mistake = wizard._mistake()
            if mistake:
                raise ValidationError(mistake)

    def _mistake(self):
        """What is wrong with what was asked, said before any figure is computed."""
        today = fields.Date.context_today(self)
        if not FIRST_YEAR <= self.year <= today.year:
            return self.env._("Type a year from %(first)s to %(last)s.", first=str(FIRST_YEAR), last=str(today.year))
        if not self.as_of or self.as_of > today:
            return self.env._("Choose today or a day before: figures cannot be known in advance.")
        return False

    # -- figures -----------------------------------------------------------------------------------

    def _statement(self):
        """The statement of the year asked for."""
        return self._read_statement(self.year, self.as_of, with_breakdowns=True)

    def _previous_statement(self):
        """Totals of the year before, as they stood one year before: like is compared with like."""
        return self._read_statement(self.year - 1, self.as_of - relativedelta(years=1), with_breakdowns=False)

    def _read_statement(self, year, as_of, with_breakdowns):
        self._check_may_read()
        company, until = self.company_id, self._evening(as_of)
        base = self.env["clause.insertion.parameter"]._require("fte_base", date(year, 12, 31), company)
        # Compiling so many sums takes seconds, and running them does not: that choice of PostgreSQL's is turned off.
        self.env.cr.execute("SET LOCAL jit = off")
        done = self.env.execute_query_dict(done_query(self.env, company, year, until, with_breakdowns))
        due = self.env.execute_query_dict(due_query(self.env, company, year, as_of, with_breakdowns))
        return build(year, as_of, base, done, due)

    def _check_may_read(self):
        """The queries go round record rules: they serve those whom the rules would let read all of the company."""
        self.ensure_one()
        self.env["clause.insertion.statement"].check_access("read")
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Choose one of your companies."))

    def _evening(self, day):
        """The first moment after ``day`` in the user's time zone, in UTC as Odoo stores it."""
        midnight = self.env.tz.localize(datetime.combine(day + timedelta(days=1), time.min))
        return midnight.astimezone(pytz.utc).replace(tzinfo=None)

    # -- rendering ---------------------------------------------------------------------------------

    def _tables(self):
        """All that both renderings show, in the user's words."""
        return StatementTables(self, self._statement(), self._previous_statement())

    def _preview_values(self):
        mistake = self._mistake()
        if mistake:
            return {"mistake": mistake}
        tables = self._tables()
        return {"mistake": False, "tables": tables, "write": lambda cell: self._write_cell(cell, tables.hours_decimals)}

    def _write_cell(self, cell, hours_decimals):
        """A cell in the number format of the user's language."""
        if cell.value is None:
            return ""
        if isinstance(cell.value, str):
            return cell.value
        if cell.kind == "percent":
            return self.env._("%(number)s %%", number=formatLang(self.env, cell.value * 100, digits=cell.decimals()))
        return formatLang(self.env, cell.value, digits=cell.decimals(hours_decimals))

    def _write_day(self, day):
        return format_date(self.env, day)

    def action_download(self):
        self.ensure_one()
        report = self.env.ref("clause_insertion_report.clause_insertion_statement_xlsx")
        return report.report_action(self, config=False)
