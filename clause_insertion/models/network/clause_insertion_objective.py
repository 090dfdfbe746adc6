from collections import defaultdict
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...engine.exact import hundredths
from ...engine.hours_by_trait import told_as_of
from ...engine.objectives import public_figure, secret_hours
from ...engine.progress import ratio
from ...engine.suppression import release_day
from ...tools.base.days import region_today
from ...tools.hours.hour_figures import Figures, hour_figures
from ..purchase.clause_insertion import CONTRACT_KINDS

ABOUT_PEOPLE = ("hours", "people")
YEARS = range(2000, 2101)
STARTED_STATES = ("running", "done", "certified")
AUDIENCES = {
    "women": Domain("insertion_participant_id.gender", "=", "female"),
    "apprentices": Domain("insertion_employment_id.contract_type", "=", "APPRENTICESHIP"),
}


class ClauseInsertionObjective(models.Model):
    """What the Region aims at in a year, for a kind of contract or for a public, and how far it has come."""

    _name = "clause.insertion.objective"
    _description = "Yearly objective of the Region"
    _inherit = ["clause.insertion.lock.mixin"]
    _order = "year desc, sequence, id"

    sequence = fields.Integer(default=10)
    year = fields.Integer(required=True, aggregator=None, default=lambda self: region_today(self).year)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    measure = fields.Selection(
        [
            ("lots", "Lots with a clause"),
            ("hours_due", "Hours planned"),
            ("hours", "Hours validated"),
            ("people", "People with validated hours"),
        ],
        required=True,
        default="hours",
        help="Lots and hours planned are those of the clauses that start in the year; hours, those worked in it.",
    )
    contract_kind = fields.Selection(CONTRACT_KINDS, "Kind of contract", help="Empty for all.")
    audience = fields.Selection(
        [("women", "Women"), ("apprentices", "Apprentices"), ("public", "Some publics")],
        "Public",
        help="Empty for everybody.",
    )
    public_ids = fields.Many2many("clause.insertion.public", string="Which publics", help="Of any of these.")
    target = fields.Float(
        "Objective", digits=(16, 0), aggregator=None, help="0 to follow a figure without an objective."
    )
    achieved = fields.Float(compute="_compute_achieved", digits=(16, 0))
    progress = fields.Float(compute="_compute_achieved")
    is_withheld = fields.Boolean(
        "Withheld",
        compute="_compute_achieved",
        help="So few people, or so few new ones, that the figure would tell who they are. Figures by public come out "
        "at the end of a month; hours of eligible publics once the year is over, rounded, for all kinds of contract.",
    )
    out_of = fields.Float(
        "Out of",
        digits=(16, 0),
        aggregator=None,
        help="The whole that the figure is a share of: all the lots bought in the year…",
    )
    share = fields.Float(compute="_compute_achieved")
    note = fields.Char()

    _numbers_positive = models.Constraint("CHECK (target >= 0 AND out_of >= 0)", "An objective cannot be negative.")
    _year_range = models.Constraint("CHECK (year BETWEEN 2000 AND 2100)", "A year is written in four digits.")

    @api.depends("year", "measure", "contract_kind", "audience")
    def _compute_display_name(self):
        for objective in self:
            labels = (
                dict(objective._fields[name]._description_selection(self.env)).get(objective[name])
                for name in ("measure", "contract_kind", "audience")
            )
            objective.display_name = " – ".join([str(objective.year), *filter(None, labels)])

    @api.constrains("measure", "audience", "public_ids")
    def _check_audience(self):
        for objective in self:
            if objective.audience and objective.measure not in ABOUT_PEOPLE:
                raise ValidationError(self.env._("Only hours validated and people are known by public."))
            if (objective.audience == "public") != bool(objective.public_ids):
                raise ValidationError(self.env._("Choose which publics, or another public."))
            if len(objective.public_ids) > 1:
                raise ValidationError(
                    self.env._("One public for an objective: two that share one would tell who is in the other.")
                )

    @api.depends("year", "measure", "contract_kind", "audience", "public_ids", "target", "out_of")
    def _compute_achieved(self):
        """sudo: totals alone, the same for every reader; the publics of a person are her relay's."""
        figures = self.sudo()._figures()
        for objective in self:
            objective.achieved, objective.is_withheld = figures[objective.id]
            objective.progress = ratio(objective.achieved, objective.target)
            objective.share = ratio(objective.achieved, objective.out_of)

    # -- figures -------------------------------------------------------------------------------------
    # The figures beside the objectives: as many queries for many objectives as for few of the same kind.

    def _figures(self):
        """``{id: (figure, whether it is withheld)}``."""
        figures = {}
        purchases = self.filtered(lambda objective: objective.measure in ("lots", "hours_due"))
        figures.update(purchases._figures_of_purchases())
        everybody = (self - purchases).filtered(lambda objective: not objective.audience)
        for has_kind, objectives in everybody.grouped(lambda objective: bool(objective.contract_kind)).items():
            figures.update(objectives._figures_of_hours(has_kind))
        publics = self - purchases - everybody
        for objectives in publics.grouped(lambda objective: (objective.audience, objective.public_ids)).values():
            figures.update(objectives._figures_of_publics())
        return figures

    def _years(self, field):
        """Domain of the days of these years, until today."""
        years = {year for year in self.mapped("year") if year in YEARS}  # others are refused on save
        days = [Domain(field, ">=", date(year, 1, 1)) & Domain(field, "<=", date(year, 12, 31)) for year in years]
        return Domain.OR(days) & Domain(field, "<=", region_today(self))

    def _figures_of_purchases(self):
        """A lot is counted once, however many clauses it has."""
        lots, hours = defaultdict(int), defaultdict(float)
        domain = Domain("state", "in", STARTED_STATES) & self._years("date_start")
        for company, year, kind, _order, _agreement, _lot, due in self.env["clause.insertion"]._read_group(
            domain & Domain("company_id", "in", self.company_id.ids),
            ["company_id", "date_start:year", "contract_kind", "purchase_order_id", "requisition_id", "lot"],
            ["hours_due:sum"],
        ):
            for key in {(company.id, year.year, kind), (company.id, year.year, False)}:
                lots[key] += 1
                hours[key] += due
        totals = {"lots": lots, "hours_due": defaultdict(float, {key: hundredths(due) for key, due in hours.items()})}
        return {objective.id: (totals[objective.measure][objective._key()], False) for objective in self}

    def _figures_of_hours(self, has_kind):
        """Of objectives for everybody, all of them by kind of contract or none."""
        groupby = ["company_id", "date:year", *(["clause_insertion_id.contract_kind"] if has_kind else [])]
        figures_by_group = hour_figures(self.env["account.analytic.line"], self._hours_domain(), groupby)
        found = {
            (company, year.year, *(kind or [False])): figures
            for (company, year, *kind), figures in figures_by_group.items()
        }
        return {
            objective.id: (getattr(found.get(objective._key(), Figures()), objective.measure), False)
            for objective in self
        }

    def _hours_domain(self):
        return self._years("date") & Domain("company_id", "in", self.company_id.ids)

    def _key(self):
        return self.company_id.id, self.year, self.contract_kind

    # -- publics -------------------------------------------------------------------------------------
    # Figures by public come out at the end of a month, and are withheld as those of the yearly statements are.

    def _figures_of_publics(self):
        """Of objectives with the same public. Kinds of contract must not give each other away: all are read.

        Women and apprentices are known by readers of the hours as such; of which public somebody is, is not.
        """
        Parameter, last = self.env["clause.insertion.parameter"], self._last_release()
        inside = self._hours_of_people(self._hours_domain() & self._audience_domain())
        everybody = self._hours_of_people(self._hours_domain())
        figures = {}
        for objective in self:
            company, year, kind = objective._key()
            of_year = inside[company, year], everybody[company, year]
            is_secret = objective.audience == "public"
            if is_secret and objective.measure == "hours":
                many = Parameter._many_people(objective.company_id)
                figures[objective.id] = secret_hours(*of_year, kind, told_as_of(year, last), many)
            else:
                smallest = Parameter._smallest_group(objective.company_id)
                figures[objective.id] = public_figure(objective.measure, *of_year, kind, smallest, is_secret)
        return figures

    def _here(self):
        return self.with_context(tz=self.company_id._insertion_zone())

    def _last_release(self):
        return release_day(*[region_today(self)] * 2)

    def _hours_of_people(self, domain):
        """``{(company, year): {(month, kind of contract, person): hours}}``, up to the last end of a month."""
        Line, last = self._here().env["account.analytic.line"], self._last_release()
        hours = defaultdict(dict)
        for company, year, month, kind, person, number in Line._read_group(
            domain & Domain("insertion_state", "=", "validated"),
            [
                "company_id",
                "date:year",
                "insertion_recorded_on:month",
                "clause_insertion_id.contract_kind",
                "insertion_participant_id",
            ],
            ["unit_amount:sum"],
        ):
            if month.date() <= last:
                hours[company.id, year.year][month.date(), kind, person.id] = hundredths(number)
        return hours

    def _audience_domain(self):
        first = self[:1]
        if first.audience == "public":
            return Domain("insertion_participant_id.public_ids", "in", first.public_ids.ids)
        return AUDIENCES[first.audience]
