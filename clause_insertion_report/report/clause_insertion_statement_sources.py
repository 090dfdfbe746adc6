from datetime import date

from ..engine.table import Line, Table


class StatementSources:
    """Where the figures come from, on which day, and what the words mean."""

    def __init__(self, tables):
        self.tables = tables
        self.env = tables.env

    @property
    def table(self):
        return Table(
            title=self.env._("Sources and definitions"),
            headers=(self.env._("Subject"), self.env._("What it is")),
            lines=tuple(Line(label, text=text) for label, text in (*self._sources(), *self._definitions())),
        )

    def _sources(self):
        statement, source = self.tables.statement, self.tables.source
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

    def _fte_base(self):
        statement, source = self.tables.statement, self.tables.source
        base = self.tables.write_number(statement.fte_base)
        origin = self.env["clause.insertion.parameter"]._source(
            "fte_base", date(statement.year, 12, 31), source.company_id
        )
        return self.env._("%(hours)s (%(origin)s)", hours=base, origin=origin) if origin else base

    def _definitions(self):
        for label, _kind, _value_of, definition, *_counts_people in self.tables.summary_figures:
            yield label, definition
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
