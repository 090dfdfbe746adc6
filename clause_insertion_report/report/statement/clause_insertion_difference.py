from odoo import models
from odoo.tools import format_date

from odoo.addons.clause_insertion.engine.exact import total

from ...engine.table import NOT_SHOWN, Cell, Document, Line, Table
from .statement_summary import StatementSummary

REASONS = ("late", "taken_over", "reversed")


class DifferenceTables:
    """The published year beside the same year today, and the movements that lead from one to the other.

    ``movements``: what was validated or taken back since, as the query gives it.
    """

    def __init__(self, publication, published, now, movements):
        self.publication = publication
        self.env = publication.env
        self.published = published
        self.now = now
        self.movements = movements

    @property
    def document(self):
        return Document(
            title=self.env._("What changed since the statement of %(year)s was published", year=self.published.year),
            head=(self.publication.display_name,),
            warning="",
            tables=(self._bridge(), self._summary(), self._lines()),
            hours_decimals=2,
        )

    # -- from what was published to today ----------------------------------------------------------

    def _bridge(self):
        late, taken_over, reversed_ = (
            total(row["hours"] for row in self.movements if row["why"] == why) for why in REASONS
        )
        before, after = self.published.total.hours_validated, self.now.total.hours_validated
        moved = total((after, -before, -late, -taken_over, -reversed_))
        lines = [
            self._hours(self.env._("Published"), before),
            self._hours(self.env._("Declared or validated later"), late),
            self._hours(self.env._("Taken back since"), reversed_),
        ]
        if taken_over:
            lines.insert(
                2, self._hours(self.env._("Taken over since, validated before this program was used"), taken_over)
            )
        if moved:
            lines.append(self._hours(self.env._("Clauses that joined or left this statement"), moved))
        return Table(
            title=self.env._("From what was published to today"),
            headers=(self.env._("Hours validated"), self.env._("Hours")),
            lines=tuple(lines),
            total=self._hours(self.env._("Today"), after),
        )

    def _hours(self, label, hours):
        return Line(label, (Cell(hours, "hours"),))

    # -- every figure ------------------------------------------------------------------------------

    def _summary(self):
        return Table(
            title=self.env._("Figure by figure"),
            headers=(
                self.env._("Figure"),
                self.env._("Published"),
                self.env._("Today"),
                self.env._("Difference"),
                self.env._("What it is"),
            ),
            lines=tuple(
                Line(measure.label, (before, now, self._change(before, now)), measure.definition)
                for measure, now, before in StatementSummary(self.publication, self.now, self.published).cells()
            ),
        )

    def _change(self, before, now):
        shown = before.is_figure and now.is_figure
        return Cell(round(now.value - before.value, 6), now.kind) if shown else Cell(NOT_SHOWN)

    # -- line by line ------------------------------------------------------------------------------

    def _lines(self):
        # sudo: the names of clauses whose hours the user has just been let read
        clauses = self.env["clause.insertion"].sudo().browse({row["clause_id"] for row in self.movements})
        clauses.fetch(["name", "contract_name", "partner_id"])
        by_id = {clause.id: clause for clause in clauses}
        return Table(
            title=self.env._("Line by line"),
            headers=(
                self.env._("Clause and contractor"),
                self.env._("Month of work"),
                self.env._("Recorded on"),
                self.env._("Hours"),
                self.env._("Why"),
            ),
            lines=tuple(self._movement(row, by_id[row["clause_id"]]) for row in self.movements),
            total=Line(
                self.env._("Total"),
                (Cell(None), Cell(None), Cell(total(row["hours"] for row in self.movements), "hours")),
            ),
        )

    def _movement(self, row, clause):
        why = {
            "late": self.env._("Late declaration"),
            "taken_over": self.env._("Taken over"),
            "reversed": self.env._("Taken back"),
        }[row["why"]]
        month = format_date(self.env, row["month"], date_format="MMMM y")
        return Line(
            f"{clause.name} – {clause.contract_name} – {clause.partner_id.name or ''}",
            (Cell(month), Cell(self.publication._write_day(row["recorded_on"])), Cell(row["hours"], "hours")),
            why,
        )


class ReportClauseInsertionDifference(models.AbstractModel):
    """The same tables as a spreadsheet."""

    _name = "report.clause_insertion_report.clause_insertion_difference"
    _inherit = "clause.insertion.document.xlsx"
    _description = "Difference with a published statement as a spreadsheet"
