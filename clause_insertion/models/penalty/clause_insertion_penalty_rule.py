from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine.penalties import amounts, days_late
from ...engine.places import department
from ...tools.base.days import region_today


class ClauseInsertionPenaltyRule(models.Model):
    """What a failure costs, as contracts write it. Law sets none."""

    _name = "clause.insertion.penalty.rule"
    _description = "Penalty rule of insertion clauses"
    _inherit = ["clause.insertion.lock.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True, locked="_is_in_use")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        locked="_is_in_use",
        help="Leave empty to propose the rule in every company.",
    )
    failure = fields.Selection(
        [
            ("hours", "Hours not done"),
            ("document", "Document late"),
            ("meeting", "Meeting missed"),
            ("other", "Another failure"),
        ],
        "What is sanctioned",
        required=True,
        default="hours",
        locked="_is_in_use",
    )
    shape = fields.Selection(
        [
            ("hour", "Euros per missing hour"),
            ("index", "Coefficient × index × missing hours"),
            ("day", "Euros per day late"),
            ("event", "Euros per event"),
        ],
        "How it is computed",
        required=True,
        default="hour",
        locked="_is_in_use",
    )
    amount = fields.Float(
        "Amount (€)",
        digits=(12, 2),
        locked="_is_in_use",
        help="Excluding tax, for one hour, one day or one event.",
    )
    coefficient = fields.Float(digits=(8, 4), default=1, locked="_is_in_use", help="Times the index.")
    index = fields.Selection(
        [
            ("smic_hourly", "Gross hourly minimum wage"),
            ("ceiling_hourly", "Gross hourly social security ceiling"),
        ],
        locked="_is_in_use",
        help="Its value is that of the dated parameter.",
    )
    day_basis = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")],
        "Days counted",
        default="calendar",
        locked="_is_in_use",
        help="Working days leave out Saturdays, Sundays and public holidays. The CCAG counts calendar days; each "
        "contract may say otherwise.",
    )
    cap_share = fields.Float(
        "Cap",
        digits=(5, 4),
        locked="_is_in_use",
        help="Share of the contract's amount that these penalties do not exceed. 0: no cap.",
    )
    floor = fields.Float(
        "Exempt up to (€)",
        digits=(12, 2),
        locked="_is_in_use",
        help="A penalty that does not exceed this amount is not asked for.",
    )
    reply_days = fields.Integer(
        "Days to reply",
        default=15,
        locked="_is_in_use",
        help="From the notice. 15 is usual and to be checked; 0 where the contract leaves out the contradictory "
        "procedure.",
    )
    article = fields.Char(locked="_is_in_use", help="Of the CCAG or of the CCAP, as the letter quotes it.")
    date_from = fields.Date(
        "In force from", required=True, default=region_today, help="Proposed to contracts from that day."
    )
    source = fields.Char(help="Where the rule comes from, so that anyone can check it.")
    verified = fields.Boolean(help="Untick while the rule is still to be checked against the contract.")
    clause_ids = fields.Many2many(
        "clause.insertion",
        "clause_insertion_penalty_rule_rel",
        "rule_id",
        "clause_id",
        string="Clauses",
        copy=False,
        locked=True,
        groups="clause_insertion.group_clause_insertion_user",
    )

    _values_positive = models.Constraint(
        "CHECK (amount >= 0 AND coefficient >= 0 AND floor >= 0 AND reply_days >= 0)",
        "Amounts, coefficients and delays of a penalty rule cannot be negative.",
    )
    _cap_is_a_share = models.Constraint("CHECK (cap_share BETWEEN 0 AND 1)", "The cap lies between 0 and 100 %.")
    _index_is_named = models.Constraint(
        "CHECK (shape != 'index' OR index IS NOT NULL)", "Say which index the coefficient applies to."
    )
    _days_are_named = models.Constraint(
        "CHECK (shape != 'day' OR day_basis IS NOT NULL)", "Say whether calendar or working days are counted."
    )
    _hours_are_hours = models.Constraint(
        "CHECK ((failure = 'hours') = (shape IN ('hour', 'index')))",
        "Hours not done are counted in hours, everything else in days or events.",
    )

    @api.model
    def _in_force(self, day, company):
        """The rules proposed to a contract of ``company`` sized on ``day``: its own, and those of every company.

        sudo: a buyer sizes; the company is that of its purchase.
        """
        companies = Domain("company_id", "in", (company.id, False))
        return self.sudo().search(companies & Domain("date_from", "<=", day))

    def _amounts(self, finding):
        """What ``finding`` costs under this rule, within the limits of its contract."""
        clause, unit_amount, coefficient = finding.clause_id, self.amount, 1
        if self.shape == "index":
            Parameter = self.env["clause.insertion.parameter"]
            unit_amount = Parameter._require(self.index, finding.index_date, clause.company_id)
            coefficient = self.coefficient
        cap = self.cap_share * clause.contract_amount
        charged = finding._amount_charged() if cap else 0
        return amounts(finding.quantity, unit_amount, coefficient, cap, self.floor, charged)

    def _days_late(self, due, end, zip_code):
        """Days that the rule counts; those worked depend on the holidays of the place."""
        if not due:
            return 0
        try:
            place = department(zip_code or "")
        except ValueError:
            place = ""
        return days_late(due, end, self.day_basis == "working", place)

    # -- guards --------------------------------------------------------------------------------------

    def _in_use(self):
        """Rules that a contract runs with. sudo: one that the user does not see keeps its rules as well."""
        return self.sudo().filtered(lambda rule: rule.clause_ids.filtered("parameters_frozen_on"))

    def _is_in_use(self):
        """A lock for the terms that a contract takes from the rule."""
        return bool(self._in_use())

    def _lock_message(self, names):
        return super()._lock_message(names) if "clause_ids" in names else self._in_use_message()

    def _in_use_message(self):
        return self.env._(
            "%(rules)s: contracts run with this rule, which no longer changes. Add another rule instead, "
            "and archive this one.",
            rules=", ".join(self._in_use().mapped("name")),
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self._in_use():
            raise UserError(self._in_use_message())
