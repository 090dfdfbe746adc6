from collections import defaultdict

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ...engine.hours_by_trait import MANY
from ...engine.parameters import value_on
from ...engine.suppression import FEWEST, SMALLEST_GROUP
from ...tools.base.days import region_today

CODES = [
    ("social_duty", "Social condition mandatory (1 = in force)"),
    ("threshold_works", "EU threshold: works (€ excl. tax)"),
    ("threshold_concession", "EU threshold: concessions (€ excl. tax)"),
    ("threshold_social_services", "EU threshold: social and specific services (€ excl. tax)"),
    ("threshold_supplies_services_local", "EU threshold: supplies and services, local authorities (€ excl. tax)"),
    ("threshold_supplies_services_state", "EU threshold: supplies and services, State (€ excl. tax)"),
    ("threshold_supplies_services_entity", "EU threshold: supplies and services, contracting entities (€ excl. tax)"),
    ("insertion_rate", "Usual insertion rate (0.05 = 5 %)"),
    ("hourly_cost", "Hourly cost of labour, all charges included (€)"),
    ("hours_rounding", "Rounding of hours due (1 = whole hour, 0 = none)"),
    ("eligibility_months", "Length of eligibility (months)"),
    ("daily_cap", "Most hours a person may be declared on a day"),
    ("monthly_cap", "Most hours a person may be declared in a month"),
    ("recruitment_delay", "Days that a relay has to answer a recruitment request"),
    ("behind_margin", "Delay that raises a warning (0.2 = 20 points)"),
    ("declaration_due_day", "Day of the next month on which a declaration is due"),
    ("declaration_reminder_before", "Reminder before the due day of a declaration (days)"),
    ("declaration_reminder_after", "Reminder after the due day of a declaration (days)"),
    ("questions_per_day", "Questions a day of a user of a relay, whether a person is followed elsewhere"),
    ("eligibility_warning_days", "Warning before the end of eligibility (days)"),
    ("employment_warning_days", "Warning before the end of a work contract (days)"),
    ("convention_end_warning_days", "Reminder before the end of a convention (days)"),
    ("convention_notice_warning_days", "Reminder before the last day to give notice of a convention (days)"),
    ("erasure_months", "A person's data are erased after: months without activity"),
    ("erasure_notice_days", "The relay is told before the data of a person are erased (days)"),
    ("copy_months", "Files of hours, their errors and e-mails sent are kept for (months)"),
    ("smallest_group", "Fewest people that a figure may be about"),
    ("many_people", "Fewest people with a trait, and without it, whose hours are told"),
    ("fte_base", "Hours of a full-time equivalent, per year"),
    ("smic_hourly", "Gross hourly minimum wage (€)"),
    ("essential_data_threshold", "Essential data: need from which a contract is published (€ excl. tax)"),
    ("essential_data_threshold_concession", "Essential data: value from which a concession is published (€ excl. tax)"),
    ("ceiling_hourly", "Gross hourly social security ceiling (€)"),
    ("social_share_target", "Target share of contracts with a social provision (0.3 = 30 %)"),
]


class ClauseInsertionParameter(models.Model):
    _name = "clause.insertion.parameter"
    _description = "Dated parameter of insertion clauses"
    _inherit = ["clause.insertion.lock.mixin"]  # a value is not handed to a company that its author does not see
    _order = "code, date_from desc, company_id"
    _rec_name = "code"

    code = fields.Selection(CODES, string="Parameter", required=True, index=True)
    date_from = fields.Date("In force from", required=True, help="First day, included, on which the value applies.")
    value = fields.Float(required=True)
    source = fields.Char(help="Where the value comes from, so that anyone can check it.")
    verified = fields.Boolean(help="Untick while the value is still to be checked against its source.")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty to serve every company without a value of its own."
    )

    _one_value_a_day = models.UniqueIndex(
        "(code, date_from, COALESCE(company_id, 0))", "This parameter already has a value from that date."
    )

    @api.constrains("code", "value")
    def _check_value(self):
        for parameter in self:
            if parameter.value < 0 or (parameter.code == "hourly_cost" and not parameter.value):
                raise ValidationError(
                    self.env._("%(parameter)s cannot be zero or negative.", parameter=parameter.display_name)
                )
            if parameter.code == "many_people" and parameter.value < MANY:
                raise ValidationError(
                    self.env._(
                        "Hours by public of fewer than %(number)s people would tell who is of it: the hours of each "
                        "person are known.",
                        number=MANY,
                    )
                )
            if parameter.code == "smallest_group" and parameter.value < FEWEST:
                raise ValidationError(
                    self.env._(
                        "A figure about fewer than %(number)s people would tell each of them about the others.",
                        number=FEWEST,
                    )
                )

    @api.depends("code", "date_from")
    def _compute_display_name(self):
        labels = dict(self._fields["code"]._description_selection(self.env))
        for parameter in self:
            parameter.display_name = labels.get(parameter.code, "")

    @api.model_create_multi
    def create(self, vals_list):
        parameters = super().create(vals_list)
        parameters._values_changed(parameters._reach())
        return parameters

    def write(self, vals):
        reach = self._reach()
        result = super().write(vals)
        self._values_changed(reach | self._reach())
        return result

    def unlink(self):
        reach = self._reach()
        result = super().unlink()
        self._values_changed(reach)
        return result

    def _reach(self):
        """What these values decide: ``{(code, company id, or False for every company)}``."""
        return {(parameter.code, parameter.company_id.id) for parameter in self}

    @api.model
    def _values_changed(self, reach):
        """What was kept of these values is no longer true: a room adds what it has computed from them.

        :param reach: what ``_reach`` gives
        """
        self.env.registry.clear_cache()

    @api.model
    @tools.ormcache()
    def _dated_values(self):
        """All values: ``{(code, company id or False): [(date_from, value)]}``."""
        values = defaultdict(list)
        for parameter in self.sudo().search([]):
            values[parameter.code, parameter.company_id.id].append((parameter.date_from, parameter.value))
        return dict(values)

    @api.model
    def _get(self, code, day=None, company=None):
        """The value of ``code`` in force on ``day`` (today by default), a company's own first; None before any."""
        return value_on(day or region_today(self), self._timeline(code, company or self.env.company))

    @api.model
    def _timeline(self, code, company):
        """What is in force in a company over time: ``[(date_from, value)]``; its own values end the shared ones."""
        values = self._dated_values()
        own = values.get((code, company.id), [])
        shared = values.get((code, False), [])
        return own + [dated for dated in shared if not own or dated[0] < min(own)[0]]

    @api.model
    def _require(self, code, day=None, company=None):
        """Like ``_get``, but a missing value is said to the user: no figure is ever guessed."""
        value = self._get(code, day, company)
        if value is None:
            label = dict(self._fields["code"]._description_selection(self.env))[code]
            raise UserError(
                self.env._(
                    "The parameter “%(parameter)s” has no value on that date: add one under "
                    "Insertion > Configuration > Parameters.",
                    parameter=label,
                )
            )
        return value

    @api.model
    def _source(self, code, day, company):
        """Where the value of ``code`` in force on ``day`` comes from, in the words of its parameter."""
        domain = [("code", "=", code), ("date_from", "<=", day), ("company_id", "in", (company.id, False))]
        return self.sudo().search(domain, order="company_id, date_from desc", limit=1).source or ""

    @api.model
    def _smallest_group(self, company=None):
        """The fewest people that a figure which leaves the relay may be about."""
        return round(self._get("smallest_group", company=company) or SMALLEST_GROUP)

    @api.model
    def _many_people(self, company=None):
        """The fewest people who have a trait, and who have not, for hours by that trait to be told."""
        return round(self._get("many_people", company=company) or MANY)

    @api.model
    def _first_day(self, code):
        """The first day on which ``code`` has a value, or None."""
        return min((start for start, _value in self._dated_values().get((code, False), ())), default=None)
