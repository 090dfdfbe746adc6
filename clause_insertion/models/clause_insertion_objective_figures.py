from collections import defaultdict
from datetime import date

from odoo import fields, models
from odoo.fields import Domain

from .account_analytic_line_figures import Figures

YEARS = range(2000, 2101)
STARTED_STATES = ("running", "done", "certified")


class ClauseInsertionObjective(models.Model):
    """The figures beside the objectives: as many queries for many objectives as for few of the same kind."""

    _inherit = "clause.insertion.objective"

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
        return Domain.OR(days) & Domain(field, "<=", fields.Date.context_today(self))

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
        totals = {"lots": lots, "hours_due": hours}
        return {objective.id: (totals[objective.measure][objective._key()], False) for objective in self}

    def _figures_of_hours(self, has_kind):
        """Of objectives for everybody, all of them by kind of contract or none."""
        groupby = ["company_id", "date:year", *(["clause_insertion_id.contract_kind"] if has_kind else [])]
        found = {
            (company, year.year, *(kind or [False])): figures
            for (company, year, *kind), figures in self.env["account.analytic.line"]
            ._insertion_figures(self._hours_domain(), groupby)
            .items()
        }
        return {
            objective.id: (getattr(found.get(objective._key(), Figures()), objective.measure), False)
            for objective in self
        }

    def _hours_domain(self):
        return self._years("date") & Domain("company_id", "in", self.company_id.ids)

    def _key(self):
        return self.company_id.id, self.year, self.contract_kind
