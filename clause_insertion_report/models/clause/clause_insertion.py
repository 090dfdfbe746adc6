from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import format_date, formatLang

from odoo.addons.clause_insertion.engine.progress import elapsed
from odoo.addons.clause_insertion.engine.suppression import is_small
from odoo.addons.clause_insertion.tools.base.days import region_day, region_today
from odoo.addons.clause_insertion.tools.base.documents import contact

from ...engine.figures import Figures, Row
from ...engine.follow_up import chart_of, months_of
from ...engine.statement import numbers_hidden

LAST_EXCHANGES = 12


class ClauseInsertion(models.Model):
    """The follow-up sheet: what each reader of the clause may see of it, without any person."""

    _inherit = "clause.insertion"

    def _follow_up(self):
        """All that the sheet shows; a section that the reader has no right to is None."""
        self.ensure_one()
        self.check_access("read")
        if self.env.user.share:
            raise AccessError(self.env._("The follow-up sheet is for the Region and the relay."))
        today = region_today(self)
        months = self._follow_up_months(today)
        return {
            "today": today,
            "parties": self._follow_up_parties(),
            "elapsed": elapsed(today, self.date_start, self.date_end),
            "months": months,
            "chart": chart_of(months or []),
            "declarations": self._follow_up_declarations(),
            "people": self._follow_up_people(),
            "requests": self._may_read("recruitment") and self.recruitment_ids,
            "exchanges": self._follow_up_exchanges(),
            "penalties": self._may_read("penalty") and self.penalty_ids,
            "certificate": self.certificate_id and self._follow_up_certificate(),
        }

    def _may_read(self, name):
        return self.env[f"clause.insertion.{name}"].has_access("read") or None

    def _follow_up_parties(self):
        """sudo: the names and addresses of the parties, of a clause that the reader may see."""
        clause = self.sudo()
        buyer = clause._contract().user_id.partner_id
        return [
            (self.env._("Buyer"), (clause.company_id.name, *contact(buyer)[:1], *filter(None, [buyer.email]))),
            (self.env._("Contractor"), contact(clause.partner_id)),
            (self.env._("Relay"), contact(clause.facilitator_id) or (self.env._("None yet"),)),
        ]

    def _hours_rows(self, groupby, aggregates, *domain):
        """Read with the reader's rights, like the analysis itself."""
        Hours = self.env["clause.insertion.hours.report"]
        return Hours._read_group([("clause_id", "=", self.id), *domain], groupby, aggregates)

    def _follow_up_months(self, today):
        if not self._may_read("hours.report"):
            return None
        hours = {}
        for month, state, number in self._hours_rows(["date:month", "state"], ["hours:sum"], ("state", "!=", "draft")):
            hours.setdefault(month, {})[state] = number
        return months_of(self.date_start, min(today, self.date_end or today), hours)

    def _follow_up_declarations(self):
        """Where each month's declaration stands: ``{first day of the month: its states}``."""
        labels = dict(self.env["clause.insertion.declaration"]._fields["state"]._description_selection(self.env))
        states = {}
        for declaration in self.declaration_ids.sorted("month"):
            states.setdefault(declaration.month, []).append(labels[declaration.state])
        return {month: ", ".join(said) for month, said in states.items()}

    def _follow_up_people(self):
        """The number of people with validated hours, and by way of hiring; small numbers are withheld.

        What is known of the people themselves is in the yearly statements, which compare all contracts and dates.

        :return: ``(text, [(title, [(label, number or None if withheld)])], note)``
        """
        if not self._may_read("hours.report"):
            return None
        [[total]] = self._hours_rows([], ["people:count_distinct"])
        smallest = self.env["clause.insertion.parameter"]._smallest_group(self.company_id)
        if is_small(total, smallest):
            few = self.env._(
                "Fewer than %(number)s people have validated hours: their number is not given.", number=smallest
            )
            return few, [], False
        groups = [(self.env._("By way of hiring"), self._follow_up_execution_modes(smallest))]
        note = self.env._("Groups of fewer than %(number)s people are withheld.", number=smallest)
        return self.env._("People with validated hours: %(number)s", number=total), groups, note

    def _follow_up_execution_modes(self, smallest):
        labels = dict(
            self.env["clause.insertion.employment"]._fields["execution_mode"]._description_selection(self.env)
        )
        numbers = self._hours_rows(["execution_mode"], ["people:count_distinct"])
        rows = [Row(mode, Figures(people=number)) for mode, number in numbers if number]
        return [
            (labels.get(row.key, self.env._("Not stated")), None if row.hides_people else row.figures.people)
            for row in numbers_hidden(rows, smallest)
        ]

    def _follow_up_certificate(self):
        certificate = self.certificate_id
        return self.env._(
            "Delivered on %(day)s for %(hours)s h of %(due)s h due. Verification code: %(code)s",
            day=format_date(self.env, certificate.delivered_on),
            hours=formatLang(self.env, certificate.hours_validated),
            due=formatLang(self.env, certificate.hours_due),
            code=certificate.code,
        )

    def _follow_up_exchanges(self):
        """What went between the parties, last first: facts and days, no free text, which could name somebody."""
        said = []
        for declaration in self.declaration_ids:
            month = declaration.month_name
            said += [
                (self._day(declaration.submitted_on), self.env._("Month declared: %(month)s", month=month)),
                (self._day(declaration.validated_on), self.env._("Month validated: %(month)s", month=month)),
            ]
        if self._may_read("recruitment"):
            for request in self.recruitment_ids:
                name = request.name
                said += [
                    (request.asked_on, self.env._("Candidates asked for: %(request)s", request=name)),
                    (request.date_answered, self.env._("Request answered: %(request)s", request=name)),
                ]
        if self._may_read("contact"):
            Contact = self.env["clause.insertion.contact"]
            kinds = dict(Contact._fields["kind"]._description_selection(self.env))
            contacts = Contact.search([("clause_id", "=", self.id)], limit=LAST_EXCHANGES)
            said += [(met.date, self.env._("Contact: %(kind)s", kind=kinds[met.kind])) for met in contacts]
        return sorted(((day, text) for day, text in said if day), reverse=True)[:LAST_EXCHANGES]

    def _day(self, moment):
        return moment and region_day(self, moment)

    def _month_label(self, month):
        return format_date(self.env, month, date_format="MMM yyyy")
