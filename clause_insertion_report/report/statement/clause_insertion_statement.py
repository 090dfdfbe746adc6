from dataclasses import replace
from functools import cached_property

from odoo import models

from odoo.addons.clause_insertion.tools.base.days import region_zone

from ...engine.figures import DIMENSIONS, Row
from ...engine.table import NOT_SHOWN, Cell, Document, Line, Measure, Table
from .statement_consolidation import StatementConsolidation
from .statement_measures import note_of_hours, withheld
from .statement_names import StatementNames
from .statement_summary import StatementSummary

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
    ``source`` is whose statement it is; ``names``, those that were kept when it was published.
    """

    def __init__(self, source, statement, previous, names=None):
        self.source = source
        self.env = source.env
        self.statement = statement
        self.names = StatementNames(self.env, statement, names)
        self.titles = self.names.titles()
        self._summary = StatementSummary(source, statement, previous)
        self.measures = self._summary.measures_of(statement)
        self._has_part_hours = statement.has_part_hours or previous.has_part_hours

    # -- document ----------------------------------------------------------------------------------

    @cached_property
    def document(self):
        return Document(
            title=self.env._("Yearly statement of insertion clauses %(year)s", year=self.statement.year),
            head=self._head(),
            warning=self.warning,
            tables=self.all,
            hours_decimals=2 if self._has_part_hours else 0,
        )

    def _head(self):
        day, zone = self.source._write_day(self.statement.as_of), region_zone(self.source)
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
        return (self.summary, *self.consolidation, *self.breakdowns, self._summary.sources)

    @cached_property
    def summary(self):
        return self._summary.table

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
        title, columns = self.titles[dimension.code], list(self._columns(dimension))
        return Table(
            title=title,
            headers=(title, *(column.label for column in columns)),
            lines=tuple(self.line(columns, label, row) for label, row in self.rows(dimension.code)),
            total=self.line(columns, self.env._("Total"), self._total(dimension)),
            notes=tuple(self._notes(dimension)),
            drawn=0 if dimension.about_people else columns.index(self.measures["hours_validated"]),
        )

    def rows(self, code):
        """``(label, row)`` of a dimension, in its usual order."""
        rows = {row.key: row for row in self.statement.breakdowns[code]}
        return [(label, rows[key]) for key, label in self.names.labels(code) if key in rows]

    def _total(self, dimension):
        if not dimension.about_people:
            return self.whole
        total, told = self.statement.people_total, self.statement.told_total
        return Row(None, total if told is None else replace(total, hours_validated=told))

    @property
    def whole(self):
        """The statement's total, as a row."""
        return Row(None, self.statement.total, is_small=True, hides_people=self.statement.hides_people)

    def _columns(self, dimension):
        named = self.measures
        if dimension.about_people:
            yield self._people(dimension)
            if any(row.tells("hours_validated") for row in self.statement.breakdowns[dimension.code]):
                yield from (named["hours_validated"], self._share_of_hours(dimension))
            return
        if dimension.has_due:
            yield named["hours_due"]
        yield named["hours_declared"]
        yield named["hours_validated"]
        yield self._share_of_hours(dimension)
        yield named["contracts"]
        yield named["companies"]
        yield self._people(dimension)
        yield named["employments"]
        yield replace(named["hours_per_person"], read=lambda f: f.hours_per_person if f.people else None)

    def _people(self, dimension):
        people = self.measures["people"]
        if dimension.people_add_up:
            return people
        return replace(people, label=self.env._("People (sub-totals do not add up)"))

    def _share_of_hours(self, dimension):
        whole = self._total(dimension).figures.hours_validated
        return Measure(
            self.env._("Share of hours"),
            "percent",
            lambda figures: figures.hours_validated / whole if whole else None,
            of="hours_validated",
        )

    def line(self, columns, label, row):
        return Line(label, tuple(self._cell(column, row) for column in columns))

    def _cell(self, column, row):
        if row.figures and not row.tells(column.of):
            return Cell(NOT_SHOWN)
        if row.figures and not (column.counts_people and row.hides_people):
            return column.cell(row.figures)
        return Cell(withheld(self.env, self.statement.smallest, row.is_small) if column.counts_people else NOT_SHOWN)

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
        if dimension.about_people:
            yield self.env._(
                "Figures about people come out at the end of a month: here, as of %(day)s. Groups of fewer than "
                "%(number)s people, or in which fewer have moved since the group was last shown, are not published, "
                "nor what would let them be found by subtraction.",
                day=self.source._write_day(self.statement.people_day),
                number=self.statement.smallest,
            )
            yield note_of_hours(self.env, self.source.scope, self.statement.many)


class ReportClauseInsertionStatement(models.AbstractModel):
    """The same tables as a spreadsheet."""

    _name = "report.clause_insertion_report.clause_insertion_statement"
    _inherit = "clause.insertion.document.xlsx"
    _description = "Yearly statement as a spreadsheet"
