from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain

from ..engine.suppression import LEAST_HOURS, release_day, steps, withheld

AUDIENCES = {
    "women": Domain("insertion_participant_id.gender", "=", "female"),
    "apprentices": Domain("insertion_employment_id.contract_type", "=", "APPRENTICESHIP"),
}
INSIDE, OUTSIDE = "inside", "outside"


class ClauseInsertionObjective(models.Model):
    """Figures by public come out at the end of a month, and are withheld as those of the yearly statements are."""

    _inherit = "clause.insertion.objective"

    def _figures_of_publics(self, has_kind):
        """Of objectives with the same public, all of them by kind of contract or none."""
        inside = self._hours_of_people(self._hours_domain() & self._audience_domain(), has_kind)
        everybody = self._hours_of_people(self._hours_domain(), has_kind)
        figures = {}
        for objective in self:
            key = objective._key()
            smallest = self.env["clause.insertion.parameter"]._smallest_group(objective.company_id)
            found = steps(self._inside_and_outside(inside[key], everybody[key]))
            is_withheld = bool(withheld(found, lambda _person: (True,), INSIDE, smallest))
            figures[objective.id] = (0 if is_withheld else objective._measured(inside[key]), is_withheld)
        return figures

    def _hours_of_people(self, domain, has_kind):
        """``{key of an objective: {(month, person): hours}}``, up to the last end of a month."""
        here = self.with_context(tz=self.company_id._insertion_zone())
        last = release_day(*[fields.Date.context_today(here)] * 2)
        kinds = ["clause_insertion_id.contract_kind"] if has_kind else []
        hours = defaultdict(dict)
        for company, year, month, person, *kind, number in here.env["account.analytic.line"]._read_group(
            domain & Domain("insertion_state", "=", "validated"),
            ["company_id", "date:year", "insertion_validated_on:month", "insertion_participant_id", *kinds],
            ["unit_amount:sum"],
        ):
            if month.date() <= last:
                hours[company.id, year.year, *(kind or [False])][month, person.id] = number
        return hours

    def _inside_and_outside(self, inside, everybody):
        """Those of the public and those who are not, who would give each other away."""
        hours = {}
        for (month, person), number in everybody.items():
            own = inside.get((month, person), 0)
            hours |= {(month, INSIDE, person): own} if own else {}
            hours |= {(month, OUTSIDE, person): number - own} if abs(number - own) > LEAST_HOURS else {}
        return hours

    def _measured(self, hours):
        if self.measure == "hours":
            return sum(hours.values())
        by_person = defaultdict(float)
        for (_month, person), number in hours.items():
            by_person[person] += number
        return sum(number > LEAST_HOURS for number in by_person.values())

    def _audience_domain(self):
        first = self[:1]
        if first.audience == "public":
            return Domain("insertion_participant_id.public_ids", "in", first.public_ids.ids)
        return AUDIENCES[first.audience]
