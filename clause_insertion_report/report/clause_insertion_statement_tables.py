from functools import cached_property

from ..engine.dimensions import DIMENSIONS, OTHER
from ..engine.figures import Row
from ..engine.table import Cell, Document, Line, Table
from .clause_insertion_statement_consolidation import StatementConsolidation
from .clause_insertion_statement_sources import StatementSources
from .clause_insertion_statement_summary import StatementSummary
from .clause_insertion_statement_words import choices, dimension_titles

# Where the names of a dimension's rows are: a model; else the choices of a field, or a month.
MODELS = {
    "owner": "res.company",
    "territory": "clause.insertion.territory",
    "relay": "res.partner",
    "convention": "clause.insertion.convention",
    "buyer_department": "hr.department",
    "trade": "clause.insertion.trade",
    "public": "clause.insertion.public",
}

# What has one row, by what the statement is of.
LEFT_OUT = {
    "companies": (),
    "company": ("owner",),
    "facilitator": ("owner", "relay"),
    "convention": ("owner", "relay", "convention"),
    "partner": ("owner",),
    "department": ("owner", "buyer_department"),
}


class StatementTables:
    """A statement in words: titles, labels, definitions and notes, in the language of ``env``.

    Numbers stay numbers; how they are written is left to the screen, the PDF and the spreadsheet.
    ``names``: ``{dimension: {key: name}}`` as they were when published; those of today where there is none.
    """

    def __init__(self, source, statement, previous, names=None):
        self.source = source
        self.env = source.env
        self.statement = statement
        self.previous = previous
        self.names = names or {}
        self.titles = dimension_titles(self.env)

    # -- document ----------------------------------------------------------------------------------

    @cached_property
    def document(self):
        return Document(
            title=self.env._("Yearly statement of insertion clauses %(year)s", year=self.statement.year),
            head=self._head(),
            warning=self.warning,
            tables=self.all,
            hours_decimals=2 if self.statement.has_part_hours or self.previous.has_part_hours else 0,
        )

    def _head(self):
        day, zone = self.source._write_day(self.statement.as_of), str(self.env.tz)
        as_of = self.env._("Figures as of %(day)s, in the evening (%(zone)s)", day=day, zone=zone)
        return (self.source._whose(), *self.source._aims(), as_of)

    @cached_property
    def warning(self):
        """What keeps the year from being read as a full one, or an empty text."""
        if self.statement.is_partial:
            day = self.source._write_day(self.statement.as_of)
            return self.env._("Partial year: figures up to %(day)s", day=day)
        if self.statement.stops_early:
            day = self.source._write_day(self.statement.last_day)
            return self.env._("The last hours validated were worked on %(day)s: the year may be incomplete.", day=day)
        return ""

    @cached_property
    def all(self):
        """Every table, in the order in which they are read."""
        return (self.summary, *self.consolidation, *self.breakdowns, StatementSources(self).table)

    @cached_property
    def summary(self):
        return StatementSummary(self).table

    @cached_property
    def summary_figures(self):
        return StatementSummary(self).figures()

    def write_number(self, number):
        return self.source._write_cell(Cell(number))

    @cached_property
    def consolidation(self):
        """The indicators of the national network, of owners alone."""
        of_owners = self.source.scope in ("company", "companies")
        return (StatementConsolidation(self).table,) if of_owners else ()

    # -- breakdowns --------------------------------------------------------------------------------

    @cached_property
    def breakdowns(self):
        """A table without a row, or whose only row is what is not known, would say nothing."""
        left_out = LEFT_OUT[self.source.scope]
        return tuple(
            self._breakdown(dimension)
            for dimension in DIMENSIONS
            if dimension.code not in left_out and any(row.key for row in self.statement.breakdowns[dimension.code])
        )

    def _breakdown(self, dimension):
        title = self.titles[dimension.code]
        columns = list(self._columns(dimension))
        rows = {row.key: row for row in self.statement.breakdowns[dimension.code]}
        drawn = [header for header, *_column in columns].index(self.env._("Hours validated"))
        return Table(
            title=title,
            headers=(title, *(header for header, *_column in columns)),
            lines=tuple(
                self._line(columns, label, rows[key]) for key, label in self.all_names(dimension.code) if key in rows
            ),
            total=self._line(columns, self.env._("Total"), self._total(dimension)),
            notes=tuple(self._notes(dimension)),
            drawn=drawn,
        )

    def _total(self, dimension):
        if dimension.about_people:
            return Row(None, self.statement.people_total)
        return Row(None, self.statement.total, is_small=True, hides_people=self.statement.hides_people)

    def _columns(self, dimension):
        """``(header, kind, how to read it in figures, whether it counts people)`` of each column."""
        whole = self.statement.people_total if dimension.about_people else self.statement.total
        hours = whole.hours_validated
        people = self.env._("People") if dimension.people_add_up else self.env._("People (sub-totals do not add up)")
        if dimension.has_due:
            yield self.env._("Hours due"), "hours", lambda f: f.hours_due, False
        if not dimension.about_people:
            yield self.env._("Hours declared"), "hours", lambda f: f.hours_declared, False
        yield self.env._("Hours validated"), "hours", lambda f: f.hours_validated, False
        yield self.env._("Share of hours"), "percent", lambda f: f.hours_validated / hours if hours else None, False
        yield self.env._("Contracts with a clause"), "number", lambda f: f.contracts, False
        yield self.env._("Companies"), "number", lambda f: f.companies, False
        yield people, "number", lambda f: f.people, True
        yield self.env._("Work contracts"), "number", lambda f: f.employments, True
        yield self.env._("Hours per person"), "ratio", lambda f: f.hours_per_person if f.people else None, True

    def _line(self, columns, label, row):
        cells = [self._cell(row, kind, value_of, counts_people) for _header, kind, value_of, counts_people in columns]
        return Line(label, tuple(cells))

    def _cell(self, row, kind, value_of, counts_people):
        if row.figures and not (counts_people and row.hides_people):
            return Cell(value_of(row.figures), kind)
        return Cell(self.withheld(row.is_small) if counts_people else "–")

    def withheld(self, is_small=True):
        """What stands for a number of people that is not shown."""
        return self.env._("< %(number)s", number=self.statement.smallest) if is_small else self.env._("withheld")

    def _notes(self, dimension):
        if not dimension.hours_add_up:
            yield self.env._(
                "A person eligible in several ways counts, with all their hours, in each: neither people nor hours "
                "add up to the total."
            )
        elif not dimension.people_add_up:
            yield self.env._(
                "People count once in each row and once in the total: their sub-totals do not add up to the total."
            )
        if dimension.people_add_up:
            yield self.env._(
                "Contracts and companies count once in each row: their sub-totals do not add up to the total."
            )
        if dimension.about_people:
            yield self.env._(
                "Figures about people come out at the end of a month: here, as of %(day)s. Groups of fewer than "
                "%(number)s people, or in which fewer have moved since the group was last shown, are not published, "
                "nor what would let them be found by subtraction.",
                day=self.source._write_day(self.statement.people_day),
                number=self.statement.smallest,
            )

    # -- names -------------------------------------------------------------------------------------

    def all_names(self, code):
        """``(key, label)`` of the rows, in the usual order of the dimension; what is not known comes last."""
        unknown = self.env._("Without a relay") if code == "relay" else self.env._("Not stated")
        return [*self.row_names(code), (None, unknown)]

    def row_names(self, code):
        """``(key, label)`` of the rows whose value is known."""
        if code in MODELS:
            return list(self.names[code].items()) if code in self.names else self.record_names(code)
        return choices(self.env, code, [row.key for row in self.statement.breakdowns[code]])

    def record_names(self, code):
        keys = [row.key for row in self.statement.breakdowns[code]]
        ids = [int(key) for key in keys if key and key != OTHER]
        # sudo: who reads the statement reads the names of its rows, archived or another company's partner included
        model = self.env[MODELS[code]].sudo().with_context(active_test=False)
        records = model.search_fetch([("id", "in", ids)], ["display_name"])
        names = [(str(record.id), record.display_name) for record in records]
        return [*names, (OTHER, self.env._("Other eligible publics"))] if OTHER in keys else names
