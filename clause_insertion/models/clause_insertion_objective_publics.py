from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain

from ..engine.suppression import LEAST_HOURS, WHOLE, release_day, steps, withheld

AUDIENCES = {
    "women": Domain("insertion_participant_id.gender", "=", "female"),
    "apprentices": Domain("insertion_employment_id.contract_type", "=", "APPRENTICESHIP"),
}
INSIDE, OUTSIDE = "inside", "outside"


class ClauseInsertionObjective(models.Model):
    """Figures by public come out at the end of a month, and are withheld as those of the yearly statements are."""

    _inherit = "clause.insertion.objective"

    def _figures_of_publics(self):
        """Of objectives with the same public. Kinds of contract must not give each other away: all are read."""
        inside = self._hours_of_people(self._hours_domain() & self._audience_domain())
        everybody = self._hours_of_people(self._hours_domain())
        figures = {}
        for objective in self:
            year = objective.company_id.id, objective.year
            smallest = self.env["clause.insertion.parameter"]._smallest_group(objective.company_id)
            months = steps(self._inside_and_outside(inside[year], everybody[year]))
            hidden = withheld(months, lambda somebody: somebody[:1], objective.contract_kind or WHOLE, smallest)
            is_withheld = INSIDE in hidden
            figures[objective.id] = (0 if is_withheld else objective._measured(inside[year]), is_withheld)
        return figures

    def _hours_of_people(self, domain):
        """``{(company, year): {(month, kind of contract, person): hours}}``, up to the last end of a month."""
        here = self.with_context(tz=self.company_id._insertion_zone())
        last = release_day(*[fields.Date.context_today(here)] * 2)
        hours = defaultdict(dict)
        for company, year, month, kind, person, number in here.env["account.analytic.line"]._read_group(
            domain & Domain("insertion_state", "=", "validated"),
            [
                "company_id",
                "date:year",
                "insertion_validated_on:month",
                "clause_insertion_id.contract_kind",
                "insertion_participant_id",
            ],
            ["unit_amount:sum"],
        ):
            if month.date() <= last:
                hours[company.id, year.year][month, kind, person.id] = number
        return hours

    def _inside_and_outside(self, inside, everybody):
        """Those of the public and those who are not, who would give each other away."""
        hours = {}
        for (month, kind, person), number in everybody.items():
            own = inside.get((month, kind, person), 0)
            for side, part in ((INSIDE, own), (OUTSIDE, number - own)):
                if abs(part) > LEAST_HOURS:
                    hours[month, kind, (side, person)] = part
        return hours

    def _measured(self, hours):
        by_person = defaultdict(float)
        for (_month, kind, person), number in hours.items():
            if self.contract_kind in (False, kind):
                by_person[person] += number
        if self.measure == "hours":
            return sum(by_person.values())
        return sum(number > LEAST_HOURS for number in by_person.values())

    def _audience_domain(self):
        first = self[:1]
        if first.audience == "public":
            return Domain("insertion_participant_id.public_ids", "in", first.public_ids.ids)
        return AUDIENCES[first.audience]
