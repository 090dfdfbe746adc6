from ..engine.table import Cell, Line, Table


class StatementSummary:
    """The figures of the year beside those of the year before, with what each of them is."""

    def __init__(self, tables):
        self.tables = tables
        self.env = tables.env

    @property
    def table(self):
        statement, previous = self.tables.statement, self.tables.previous
        day = self.tables.source._write_day(previous.as_of)
        return Table(
            title=self.env._("Summary"),
            headers=(
                self.env._("Figure"),
                str(statement.year),
                self.env._("%(year)s, as of %(day)s", year=previous.year, day=day),
                self.env._("Change"),
                self.env._("What it is"),
            ),
            lines=tuple(self._line(*figure) for figure in self.figures()),
            notes=(
                self.env._(
                    "People, contracts and hours are three counts. A person counts once in the year, under however "
                    "many contracts: people are never added up, over rows or over years."
                ),
                self.env._(
                    "The year before is shown as it stood one year before, so that both have had the same time to "
                    "be declared and validated."
                ),
            ),
        )

    def _line(self, label, kind, value_of, definition, counts_people=False):
        value = self.cell(self.tables.statement, kind, value_of, counts_people)
        before = self.cell(self.tables.previous, kind, value_of, counts_people)
        shown = all(isinstance(cell.value, (int, float)) for cell in (value, before))
        change = value.value / before.value - 1 if shown and before.value else None
        return Line(label, (value, before, Cell(change, "percent")), definition)

    def cell(self, statement, kind, value_of, counts_people):
        hidden = counts_people and statement.hides_people
        return Cell(self.tables.withheld()) if hidden else Cell(value_of(statement), kind)

    def figures(self):
        """Label, kind, how to read it, definition, whether it counts people."""
        base = self.tables.source._write_cell(Cell(self.tables.statement.fte_base))
        return (
            (
                self.env._("Hours due"),
                "hours",
                lambda s: s.total.hours_due,
                self.env._("Hours owed under the clauses that started in the year, at their present size."),
            ),
            (
                self.env._("Hours declared"),
                "hours",
                lambda s: s.total.hours_declared,
                self.env._("Hours worked in the year and declared to the relay by that day, less those taken back."),
            ),
            (
                self.env._("Hours validated"),
                "hours",
                lambda s: s.total.hours_validated,
                self.env._(
                    "Hours worked in the year and validated by that day, less those taken back. No other hour counts."
                ),
            ),
            (
                self.env._("Full-time equivalents"),
                "ratio",
                lambda s: s.full_time_equivalents,
                self.env._("Hours validated, divided by %(base)s hours.", base=base),
            ),
            (
                self.env._("Contracts with a clause"),
                "number",
                lambda s: s.total.contracts,
                self.env._("Different purchase contracts (orders and framework agreements) with validated hours."),
            ),
            (
                self.env._("Clauses"),
                "number",
                lambda s: s.total.clauses,
                self.env._("Different clauses with validated hours."),
            ),
            (
                self.env._("Companies"),
                "number",
                lambda s: s.total.companies,
                self.env._("Different contractors of the contracts with validated hours."),
            ),
            (
                self.env._("Relays"),
                "number",
                lambda s: s.total.relays,
                self.env._("Different relays that validated the hours."),
            ),
            (
                self.env._("People"),
                "number",
                lambda s: s.total.people,
                self.env._("Different people with validated hours."),
                True,
            ),
            (
                self.env._("Work contracts"),
                "number",
                lambda s: s.total.employments,
                self.env._("Different work contracts with validated hours."),
                True,
            ),
            (
                self.env._("Hours per person"),
                "ratio",
                lambda s: s.total.hours_per_person,
                self.env._("Hours validated over people."),
                True,
            ),
            (
                self.env._("Hours per contract"),
                "ratio",
                lambda s: s.total.hours_per_contract,
                self.env._("Hours validated over contracts with a clause."),
            ),
        )
