from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.clause_insertion.engine.hours_by_trait import told_as_of
from odoo.addons.clause_insertion.engine.suppression import release_day
from odoo.addons.clause_insertion.tools.base.days import region_instant, region_today

from ...engine.figures import ABOUT_PEOPLE
from ...engine.people import PeopleFigures, Work
from ...engine.statement import build
from ...engine.table import Cell
from ...report.statement.statement_query import (
    PERSON_COLUMNS,
    Scope,
    done_query,
    due_query,
    people_query,
    publics_query,
)

# The field that says whose statement it is, and the column of the analyses where it is found.
SCOPES = {
    "facilitator": ("facilitator_id", "facilitator_id"),
    "convention": ("convention_id", "convention_id"),
    "partner": ("partner_id", "partner_id"),
    "department": ("department_id", "buyer_department_id"),
}


class ClauseInsertionStatementMixin(models.AbstractModel):
    """A year of work, of a Region or of a part of it, as it stood in the evening of a day."""

    _name = "clause.insertion.statement.mixin"
    _description = "Statement of a year"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.document.mixin"]

    year = fields.Integer(
        "Year of work",
        required=True,
        default=lambda self: self._default_year(),
        aggregator=None,
        locked="_is_published",
        help="The year in which the hours were worked, whenever they were declared or validated.",
    )
    as_of = fields.Date(
        "As of",
        required=True,
        default=region_today,
        locked="_is_published",
        help="The figures as they stood in the evening of that day: what was validated or reversed later is left out.",
    )
    company_id = fields.Many2one(
        "res.company",
        "Region",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        locked="_is_published",
    )
    scope = fields.Selection(
        [
            ("company", "The whole Region"),
            ("facilitator", "A relay"),
            ("convention", "A relay under its convention"),
            ("partner", "A contractor"),
            ("department", "A buyer's department"),
            ("companies", "All my companies (national consolidation)"),
        ],
        "Statement of",
        required=True,
        default=lambda self: self._default_scope(),
        locked="_is_published",
    )
    facilitator_id = fields.Many2one(
        "res.partner",
        "Relay",
        domain=[("is_insertion_facilitator", "=", True)],
        default=lambda self: self._default_facilitator_id(),
        locked="_is_published",
    )
    convention_id = fields.Many2one(
        "clause.insertion.convention", domain="[('company_id', '=', company_id)]", locked="_is_published"
    )
    partner_id = fields.Many2one(
        "res.partner", "Contractor", domain=[("is_company", "=", True)], locked="_is_published"
    )
    department_id = fields.Many2one("hr.department", "Buyer's department", locked="_is_published")

    def _is_published(self):
        """Whether it is kept as it was published; else it is a question, which its user types."""
        return False

    @api.model
    def _default_year(self):
        """The last year with validated hours: a statement of zeros is of no use to anyone."""
        validated = [("clause_insertion_id", "!=", False), ("insertion_state", "=", "validated")]
        Line = self.env["account.analytic.line"]
        [[last]] = Line._read_group([*validated, ("company_id", "=", self.env.company.id)], [], ["date:max"])
        return (last or region_today(self)).year

    @api.model
    def _default_scope(self):
        is_reader = self.env.user.has_group("clause_insertion.group_clause_insertion_user")
        return "company" if is_reader else "facilitator"

    @api.model
    def _default_facilitator_id(self):
        return self.env.user.commercial_partner_id if self._default_scope() == "facilitator" else False

    # -- whose figures -----------------------------------------------------------------------------

    def _about(self):
        """The relay, convention, contractor or department that the statement is of; None for a whole Region."""
        self.ensure_one()
        return self[SCOPES[self.scope][0]] if self.scope in SCOPES else None

    def _whose(self):
        """In words. sudo: the name of a relay, contractor or department of a statement that one may read."""
        about = self._about()
        return about.sudo().display_name if about else ", ".join(self._companies().sudo().mapped("name"))

    def _companies(self):
        return self.env.companies if self.scope == "companies" else self.company_id

    def _scope(self):
        """Where the queries look."""
        euro, day = self.env.ref("base.EUR"), date(self.year, 12, 31)
        rates = {
            company.id: self.env["res.currency"]._get_conversion_rate(company.currency_id, euro, company, day)
            for company in self._companies().sudo()  # the currency of a company whose figures one may read
        }
        if self.scope not in SCOPES:
            return Scope(rates)
        relay = self.convention_id.sudo().partner_id  # as in _is_own_relay
        within = ("facilitator_id", relay.id) if self.scope == "convention" else None
        return Scope(rates, SCOPES[self.scope][1], self._about().id, within)

    def _check_may_read(self):
        """The queries go round record rules: they serve those whom the rules would let read as much.

        Readers read their companies; a relay's facilitator, what is of that relay.
        """
        self.ensure_one()
        self.env[self._name].check_access("read")
        if self._companies() - self.env.companies:
            raise AccessError(self.env._("Choose one of your companies."))
        if not self._is_own_relay() and not self.env.user.has_group("clause_insertion.group_clause_insertion_user"):
            raise AccessError(self.env._("A relay reads the statement of its own clauses."))

    def _is_own_relay(self):
        """sudo: whose convention it is, of one that the rules have let the user name."""
        relay = {"facilitator": self.facilitator_id, "convention": self.convention_id.sudo().partner_id}.get(self.scope)
        return bool(relay) and relay == self.env.user.commercial_partner_id

    def _aims(self):
        """What a convention aimed at, beside its figures."""
        convention = self.convention_id if self.scope == "convention" else None
        if convention:
            yield self.env._(
                "%(relay)s, from %(start)s to %(end)s; aimed at over the whole convention: "
                "%(hours)s h, %(people)s people",
                relay=convention.sudo().partner_id.name,  # the name of a relay whose convention one reads
                start=self._write_day(convention.date_start),
                end=self._write_day(convention.date_end),
                hours=self._write_cell(Cell(convention.hours_objective)),
                people=self._write_cell(Cell(convention.people_objective)),
            )

    def _mistake(self):
        about = self._about()
        if about is not None and not about:
            return self.env._("Choose whose statement it is.")
        return super()._mistake()

    # -- figures -----------------------------------------------------------------------------------

    def _read_statement(self, year, as_of, until, with_breakdowns=True):
        """The :class:`~...engine.statement.Statement` of what was recorded before ``until`` (UTC)."""
        self._check_may_read()
        scope = self._scope()
        Parameter = self.env["clause.insertion.parameter"]
        base = Parameter._require("fte_base", date(year, 12, 31), self.company_id)
        # Compiling so many sums takes seconds, and running them does not: that choice of PostgreSQL's is turned off.
        # Each breakdown sorts the year's hours: in memory.
        self.env.cr.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
        done = self.env.execute_query_dict(done_query(self.env, scope, year, until, with_breakdowns))
        due = self.env.execute_query_dict(due_query(self.env, scope, year, as_of, until, with_breakdowns))
        smallest = max(Parameter._smallest_group(company) for company in self._companies())
        statement = build(year, as_of, base, done, due, smallest)
        return self._with_people(statement, scope) if with_breakdowns else statement

    def _with_people(self, statement, scope):
        """Figures about people come out at the end of a month, those of all groups with those of one."""
        day = release_day(statement.as_of, region_today(self))
        query = people_query(self.env, scope, statement.year, self._evening(day))
        records = self.env.execute_query(query)
        size = len(Work._fields)
        works = [Work._make(record[:size]) for record in records]
        traits = {record[2]: record[size:] for record in records}
        told = None if self.scope in SCOPES else told_as_of(statement.year, day)  # never of a part of the Region
        many = max(map(self.env["clause.insertion.parameter"]._many_people, self._companies()))
        people = PeopleFigures(works, self._profiles(traits), scope.value, statement.smallest, told, many)
        rows = {code: people.breakdown(code) for code in ABOUT_PEOPLE}
        return statement.with_people(
            rows, people.total, day, told_day=told, told_total=people.told_total, many=people.many
        )

    def _profiles(self, traits):
        """What is known of each person, from ``{person: value of each column}``."""
        publics = dict(self.env.execute_query(publics_query(self.env, list(traits))))
        return {
            person: {
                **{column: (value,) for column, value in zip(PERSON_COLUMNS, values, strict=True)},
                "public": tuple(publics.get(person, (None,))),
            }
            for person, values in traits.items()
        }

    def _evening(self, day):
        """The first moment after ``day`` where the Region is, in UTC as Odoo stores it."""
        return region_instant(self, day + timedelta(days=1))
