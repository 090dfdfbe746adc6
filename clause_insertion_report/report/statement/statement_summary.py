from datetime import date

from ...engine.table import Cell, Line, Table
from .statement_measures import measures, note_of_hours, withheld


class StatementSummary:
    """All that a statement counts, beside another one: the year before, or the same year as it was published."""

    def __init__(self, source, statement, previous):
        self.source = source
        self.env = source.env
        self.statement = statement
        self.previous = previous

    @property
    def table(self):
        day = self.source._write_day(self.previous.as_of)
        return Table(
            title=self.env._("Summary"),
            headers=(
                self.env._("Figure"),
                str(self.statement.year),
                self.env._("%(year)s, as of %(day)s", year=self.previous.year, day=day),
                self.env._("Change"),
                self.env._("What it is"),
            ),
            lines=tuple(
                Line(measure.label, (now, before, self._change(now, before)), measure.definition)
                for measure, now, before in self.cells()
            ),
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

    def _change(self, now, before):
        shown = now.is_figure and before.is_figure and before.value
        return Cell(now.value / before.value - 1 if shown else None, "percent")

    def cells(self):
        """``(measure, its cell in the statement, its cell in the other one)``."""
        others = self.measures_of(self.previous)
        for name, measure in self.measures_of(self.statement).items():
            yield measure, self._cell(self.statement, measure), self._cell(self.previous, others[name])

    def measures_of(self, statement):
        return measures(self.env, statement.fte_base, self._written_base(statement))

    def _written_base(self, statement):
        return self.source._write_cell(Cell(statement.fte_base))

    def _cell(self, statement, measure):
        if measure.counts_people and statement.hides_people:
            return Cell(withheld(self.env, self.statement.smallest))
        return measure.cell(statement.total)

    # -- what the words mean -----------------------------------------------------------------------

    @property
    def sources(self):
        """Where the figures come from, on which day, and what the words mean."""
        return Table(
            title=self.env._("Sources and definitions"),
            headers=(self.env._("Subject"), self.env._("What it is")),
            lines=tuple(Line(label, text=text) for label, text in (*self._sources(), *self._definitions())),
        )

    def _sources(self):
        statement, source = self.statement, self.source
        yield self.env._("Statement of"), source._whose()
        yield self.env._("Year of work"), str(statement.year)
        yield self.env._("As of"), self.env._("%(day)s, in the evening", day=source._write_day(statement.as_of))
        if statement.people_day:
            yield self.env._("Figures about people, as of"), source._write_day(statement.people_day)
        yield (
            self.env._("Source"),
            self.env._(
                "The ledger of insertion hours in Odoo: hours declared by the contractors and validated by the relays. "
                "What is validated is never changed; a correction is a reversal with a date of its own."
            ),
        )
        yield self.env._("Hours of a full-time equivalent"), self._fte_base()
        yield (
            self.env._("Fewest people in a figure"),
            self.env._(
                "%(number)s: figures about fewer people are withheld, and so is what would give them.",
                number=statement.smallest,
            ),
        )
        hours = self.env._("Hours by what is known of people")
        yield hours, note_of_hours(self.env, source.scope, statement.many)

    def _fte_base(self):
        base, last_day = self._written_base(self.statement), date(self.statement.year, 12, 31)
        origin = self.env["clause.insertion.parameter"]._source("fte_base", last_day, self.source.company_id)
        return self.env._("%(hours)s (%(origin)s)", hours=base, origin=origin) if origin else base

    def _definitions(self):
        for measure in self.measures_of(self.statement).values():
            yield measure.label, measure.definition
        yield (
            self.env._("Amount of the contract"),
            self.env._("The amount excluding tax on which the clause was sized, in euros."),
        )
        yield (
            self.env._("Eligible public"),
            self.env._("As seen by the relay. Publics that say too much of a person are one row."),
        )
        yield self.env._("Age"), self.env._("Reached in the year of work.")
        yield self.env._("Exit"), self.env._("Where the person was after the last hours, as the relay knows it today.")
