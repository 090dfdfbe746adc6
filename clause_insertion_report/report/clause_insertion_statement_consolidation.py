from odoo.addons.clause_insertion.engine.progress import full_time_equivalents

from ..engine.dimensions import BY_CODE
from ..engine.table import Cell, Line, Table

# What the national network breaks its figures down by, in its order.
BROKEN_DOWN = (
    "contract_size",
    "public",
    "gender",
    "age_band",
    "education_level",
    "job_family",
    "prescriber_kind",
    "execution_mode",
    "exit_kind",
)


class StatementConsolidation:
    """One sheet with the indicators that the national network of facilitators publishes, ready to be sent."""

    def __init__(self, tables):
        self.tables = tables
        self.env = tables.env
        self.statement = tables.statement

    @property
    def table(self):
        return Table(
            title=self.env._("National consolidation"),
            headers=(
                self.env._("Indicator"),
                self.env._("Hours validated"),
                self.env._("Full-time equivalents"),
                self.env._("People"),
                self.env._("Work contracts"),
                self.env._("Contracts with a clause"),
                self.env._("Companies"),
            ),
            lines=(self._whole(), *self._owners(), self._relays(), *self._broken_down()),
            notes=(
                self.env._(
                    "Only hours add up. By public, a person counts with all their hours in each; other people count "
                    "once in each row."
                ),
            ),
        )

    def _whole(self):
        hides = self.statement.hides_people
        return self._line(self.env._("All"), self.statement.total, hides, is_small=True)

    def _owners(self):
        """Owners, and each kind of them: a number each, of those with validated hours."""
        rows = [row for row in self.statement.breakdowns["owner"] if row.figures.hours_validated]
        yield self._count(self.env._("Owners (number)"), len(rows))
        companies = self.env["res.company"].sudo().browse(int(row.key) for row in rows)  # their kind alone
        for kind, label in companies._fields["insertion_owner_kind"]._description_selection(self.env):
            number = len(companies.filtered(lambda company, kind=kind: company.insertion_owner_kind == kind))
            if number:
                yield self._count(self.env._("Owners: %(kind)s (number)", kind=label), number)

    def _relays(self):
        return self._count(self.env._("Relays (number)"), self.statement.total.relays)

    def _broken_down(self):
        for code in BROKEN_DOWN:
            rows = {row.key: row for row in self.statement.breakdowns[code]}
            for key, label in self.tables.all_names(code):
                if key in rows:
                    title = self.env._("%(dimension)s: %(value)s", dimension=self.tables.titles[code], value=label)
                    row = rows[key]
                    yield self._line(title, row.figures, row.hides_people, row.is_small, BY_CODE[code].about_people)

    def _line(self, label, figures, hides_people, is_small, about_people=False):
        if not figures:
            number = Cell(self.tables.withheld(is_small))
            return Line(label, (Cell("–"), Cell("–"), number, number, Cell("–"), Cell("–")))
        hidden = Cell(self.tables.withheld(is_small)) if hides_people else None
        return Line(
            label,
            (
                Cell(figures.hours_validated, "hours"),
                Cell(full_time_equivalents(figures.hours_validated, self.statement.fte_base), "ratio"),
                hidden or Cell(figures.people),
                hidden or Cell(figures.employments),
                Cell(figures.contracts),
                Cell(figures.companies),
            ),
        )

    def _count(self, label, number):
        """A number that is not of people, hours or contracts stands in the first column."""
        return Line(label, (Cell(number), *[Cell(None)] * 5))
