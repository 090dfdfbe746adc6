from odoo.tools import format_date

from ..engine.table import Cell, Document, Line, Table
from .clause_insertion_statement_summary import StatementSummary


class DifferenceTables:
    """The published year beside the same year today, and the movements that lead from one to the other.

    ``movements``: what was validated or taken back since, as the query gives it.
    """

    def __init__(self, publication, published, now, movements):
        self.source = publication
        self.env = publication.env
        self.statement = now
        self.previous = published
        self.movements = movements

    @property
    def document(self):
        return Document(
            title=self.env._("What changed since the statement of %(year)s was published", year=self.previous.year),
            head=(self.source.display_name,),
            warning="",
            tables=(self._bridge(), self._summary(), self._lines()),
            hours_decimals=2,
        )

    # -- from what was published to today ----------------------------------------------------------

    def _bridge(self):
        late, reversed_ = (
            round(sum(row["hours"] for row in self.movements if row["is_reversal"] is kind), 2)
            for kind in (False, True)
        )
        before, after = self.previous.total.hours_validated, self.statement.total.hours_validated
        moved = round(after - before - late - reversed_, 2)
        lines = [
            self._hours(self.env._("Published"), before),
            self._hours(self.env._("Declared or validated later"), late),
            self._hours(self.env._("Taken back since"), reversed_),
        ]
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
        summary = StatementSummary(self)
        return Table(
            title=self.env._("Figure by figure"),
            headers=(
                self.env._("Figure"),
                self.env._("Published"),
                self.env._("Today"),
                self.env._("Difference"),
                self.env._("What it is"),
            ),
            lines=tuple(self._summary_line(summary, *figure) for figure in summary.figures()),
        )

    def _summary_line(self, summary, label, kind, value_of, definition, counts_people=False):
        before = summary.cell(self.previous, kind, value_of, counts_people)
        after = summary.cell(self.statement, kind, value_of, counts_people)
        shown = all(isinstance(cell.value, (int, float)) for cell in (before, after))
        change = Cell(round(after.value - before.value, 6), kind) if shown else Cell("–")
        return Line(label, (before, after, change), definition)

    def withheld(self, is_small=True):
        return self.env._("< %(number)s", number=self.statement.smallest)

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
                self.env._("Validated on"),
                self.env._("Hours"),
                self.env._("Why"),
            ),
            lines=tuple(self._movement(row, by_id[row["clause_id"]]) for row in self.movements),
            total=Line(
                self.env._("Total"),
                (Cell(None), Cell(None), Cell(round(sum(row["hours"] for row in self.movements), 2), "hours")),
            ),
        )

    def _movement(self, row, clause):
        why = self.env._("Taken back") if row["is_reversal"] else self.env._("Late declaration")
        month = format_date(self.env, row["month"], date_format="MMMM y")
        return Line(
            f"{clause.name} – {clause.contract_name} – {clause.partner_id.name or ''}",
            (Cell(month), Cell(self.source._write_day(row["validated_on"])), Cell(row["hours"], "hours")),
            why,
        )
