from functools import cached_property

from odoo.addons.clause_insertion.engine.small_groups import SMALLEST_GROUP

from ..engine.statement import DIMENSIONS, OTHER_PUBLICS, Row
from ..engine.table import Cell, Line, Table

# Where the names of a dimension's rows are: a model, or the field of an analysis.
MODELS = {
    "territory": "clause.insertion.territory",
    "relay": "res.partner",
    "trade": "clause.insertion.trade",
    "public": "clause.insertion.public",
}


class StatementTables:
    """A statement in words: titles, labels, definitions and notes, in the language of ``env``.

    Numbers stay numbers; how they are written is left to the screen and to the spreadsheet.
    """

    def __init__(self, wizard, statement, previous):
        self.wizard = wizard
        self.env = wizard.env
        self.statement = statement
        self.previous = previous
        self.hours_decimals = 2 if statement.has_part_hours or previous.has_part_hours else 0

    # -- head --------------------------------------------------------------------------------------

    @cached_property
    def title(self):
        return self.env._("Yearly statement of insertion clauses %(year)s", year=self.statement.year)

    @cached_property
    def head(self):
        """The lines under the title."""
        as_of = self.wizard._write_day(self.statement.as_of)
        return (
            self.wizard.company_id.name,
            self.env._("Figures as of %(day)s, in the evening (%(zone)s)", day=as_of, zone=str(self.env.tz)),
        )

    @cached_property
    def warning(self):
        """What keeps the year from being read as a full one, or an empty text."""
        if self.statement.is_partial:
            day = self.wizard._write_day(self.statement.as_of)
            return self.env._("Partial year: figures up to %(day)s", day=day)
        if self.statement.stops_early:
            day = self.wizard._write_day(self.statement.last_day)
            return self.env._("The last hours validated were worked on %(day)s: the year may be incomplete.", day=day)
        return ""

    # -- summary -----------------------------------------------------------------------------------

    @cached_property
    def summary(self):
        previous_day = self.wizard._write_day(self.previous.as_of)
        return Table(
            title=self.env._("Summary"),
            headers=(
                self.env._("Figure"),
                str(self.statement.year),
                self.env._("%(year)s, as of %(day)s", year=self.previous.year, day=previous_day),
                self.env._("Change"),
                self.env._("What it is"),
            ),
            lines=tuple(self._summary_line(*figure) for figure in self._summary_figures()),
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

    def _summary_line(self, label, kind, value_of, definition):
        value, before = value_of(self.statement), value_of(self.previous)
        change = value / before - 1 if before else None
        return Line(label, (Cell(value, kind), Cell(before, kind), Cell(change, "percent")), definition)

    def _summary_figures(self):
        """Label, kind, how to read it, definition."""
        base = self.wizard._write_cell(Cell(self.statement.fte_base), 0)
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
                self.env._("People"),
                "number",
                lambda s: s.total.people,
                self.env._("Different people with validated hours."),
            ),
            (
                self.env._("Work contracts"),
                "number",
                lambda s: s.total.employments,
                self.env._("Different work contracts with validated hours."),
            ),
            (
                self.env._("Full-time equivalents"),
                "ratio",
                lambda s: s.full_time_equivalents,
                self.env._("Hours validated, divided by %(base)s hours.", base=base),
            ),
            (
                self.env._("Hours per person"),
                "ratio",
                lambda s: s.total.hours_per_person,
                self.env._("Hours validated over people."),
            ),
            (
                self.env._("Hours per contract"),
                "ratio",
                lambda s: s.total.hours_per_contract,
                self.env._("Hours validated over contracts with a clause."),
            ),
        )

    @cached_property
    def all(self):
        """Every table, in the order in which they are read."""
        return (self.summary, *self.breakdowns)

    # -- breakdowns --------------------------------------------------------------------------------

    @cached_property
    def breakdowns(self):
        return tuple(self._breakdown(dimension) for dimension in DIMENSIONS)

    def _breakdown(self, dimension):
        title = self._titles()[dimension.code]
        columns = list(self._columns(dimension))
        rows = {row.key: row for row in self.statement.breakdowns[dimension.code]}
        return Table(
            title=title,
            headers=(title, *(header for header, *_column in columns)),
            lines=tuple(
                self._line(columns, label, rows[key]) for key, label in self._names(dimension.code) if key in rows
            ),
            total=self._line(columns, self.env._("Total"), Row(None, self.statement.total)),
            notes=tuple(self._notes(dimension)),
        )

    def _titles(self):
        return {
            "territory": self.env._("Territory"),
            "relay": self.env._("Relay"),
            "lever": self.env._("Lever"),
            "trade": self.env._("Trade"),
            "public": self.env._("Eligible public"),
            "gender": self.env._("Gender"),
            "age_band": self.env._("Age"),
            "execution_mode": self.env._("Way of hiring"),
            "kind": self.env._("Kind of hours"),
        }

    def _columns(self, dimension):
        """``(header, kind, how to read it in figures, whether it counts people)`` of each column."""
        whole = self.statement.total.hours_validated
        people = self.env._("People") if dimension.people_add_up else self.env._("People (sub-totals do not add up)")
        if dimension.has_due:
            yield self.env._("Hours due"), "hours", lambda f: f.hours_due, False
        if not dimension.about_people:
            yield self.env._("Hours declared"), "hours", lambda f: f.hours_declared, False
        yield self.env._("Hours validated"), "hours", lambda f: f.hours_validated, False
        yield self.env._("Share of hours"), "percent", lambda f: f.hours_validated / whole if whole else None, False
        yield self.env._("Contracts with a clause"), "number", lambda f: f.contracts, False
        yield self.env._("Companies"), "number", lambda f: f.companies, False
        yield people, "number", lambda f: f.people, True
        yield self.env._("Work contracts"), "number", lambda f: f.employments, False
        yield self.env._("Hours per person"), "ratio", lambda f: f.hours_per_person if f.people else None, False

    def _line(self, columns, label, row):
        if row.figures:
            cells = (Cell(value_of(row.figures), kind) for _header, kind, value_of, _people in columns)
        else:
            people = self._withheld_people(row)
            cells = (Cell(people if counts_people else "–") for *_column, counts_people in columns)
        return Line(label, tuple(cells))

    def _withheld_people(self, row):
        return self.env._("< %(number)s", number=SMALLEST_GROUP) if row.is_small else self.env._("withheld")

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
                "Groups of fewer than %(number)s people are not published, nor what would let them be found by "
                "subtraction.",
                number=SMALLEST_GROUP,
            )

    # -- names -------------------------------------------------------------------------------------

    def _names(self, code):
        """``(key, label)`` of the rows, in the usual order of the dimension; what is not known comes last."""
        unknown = self.env._("Without a relay") if code == "relay" else self.env._("Not stated")
        if code in MODELS:
            return [*self._record_names(code), (None, unknown)]
        choices = self.env["clause.insertion.hours.report"]._fields[code]._description_selection(self.env)
        return [*choices, (None, unknown)]

    def _record_names(self, code):
        keys = [row.key for row in self.statement.breakdowns[code]]
        ids = [int(key) for key in keys if key and key != OTHER_PUBLICS]
        # sudo: who reads the statement reads the names of its rows, archived or another company's partner included
        model = self.wizard.sudo().env[MODELS[code]].with_context(active_test=False)
        records = model.search_fetch([("id", "in", ids)], ["display_name"])
        names = [(str(record.id), record.display_name) for record in records]
        return [*names, (OTHER_PUBLICS, self.env._("Other eligible publics"))]
