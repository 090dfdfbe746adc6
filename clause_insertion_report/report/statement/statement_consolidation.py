from ...engine.table import Cell, Line, Table

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
MEASURES = ("hours_validated", "full_time_equivalents", "people", "employments", "contracts", "companies")


class StatementConsolidation:
    """One sheet with the indicators that the national network of facilitators publishes, ready to be sent."""

    def __init__(self, tables):
        self.tables = tables
        self.env = tables.env
        self.statement = tables.statement
        self.measures = [tables.measures[name] for name in MEASURES]

    @property
    def table(self):
        return Table(
            title=self.env._("National consolidation"),
            headers=(self.env._("Indicator"), *(measure.label for measure in self.measures)),
            lines=(
                self._line(self.env._("All"), self.tables.whole),
                *self._owners(),
                self._relays(),
                *self._broken_down(),
            ),
            notes=(
                self.env._(
                    "Only hours add up. By public, a person counts with all their hours in each; other people count "
                    "once in each row."
                ),
            ),
        )

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
            for label, row in self.tables.rows(code):
                title = self.env._("%(dimension)s: %(value)s", dimension=self.tables.titles[code], value=label)
                yield self._line(title, row)

    def _line(self, label, row):
        return self.tables.line(self.measures, label, row)

    def _count(self, label, number):
        """A number that is not of people, hours or contracts stands in the first column."""
        return Line(label, (Cell(number), *[Cell(None)] * (len(self.measures) - 1)))
