from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What a contract takes from the rule: it no longer changes once one runs with it.
TERMS = frozenset(
    {
        "name",
        "failure",
        "shape",
        "amount",
        "coefficient",
        "index",
        "day_basis",
        "cap_share",
        "floor",
        "reply_days",
        "article",
        "company_id",
    }
)


class ClauseInsertionPenaltyRule(models.Model):
    """What a failure costs, as contracts write it. Law sets none."""

    _name = "clause.insertion.penalty.rule"
    _description = "Penalty rule of insertion clauses"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty to propose the rule in every company."
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
    )
    amount = fields.Float("Amount (€)", digits=(12, 2), help="Excluding tax, for one hour, one day or one event.")
    coefficient = fields.Float(digits=(8, 4), default=1, help="Times the index.")
    index = fields.Selection(
        [
            ("smic_hourly", "Gross hourly minimum wage"),
            ("ceiling_hourly", "Gross hourly social security ceiling"),
        ],
        help="Its value is that of the dated parameter.",
    )
    day_basis = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")],
        "Days counted",
        default="calendar",
        help="Working days leave out Saturdays, Sundays and public holidays. The CCAG counts calendar days; each "
        "contract may say otherwise.",
    )
    cap_share = fields.Float(
        "Cap", digits=(5, 4), help="Share of the contract's amount that these penalties do not exceed. 0: no cap."
    )
    floor = fields.Float(
        "Exempt up to (€)", digits=(12, 2), help="A penalty that does not exceed this amount is not asked for."
    )
    reply_days = fields.Integer(
        "Days to reply",
        default=15,
        help="From the notice. 15 is usual and to be checked; 0 where the contract leaves out the contradictory "
        "procedure.",
    )
    article = fields.Char(help="Of the CCAG or of the CCAP, as the letter quotes it.")
    date_from = fields.Date(
        "In force from", required=True, default=fields.Date.context_today, help="Proposed to contracts from that day."
    )
    source = fields.Char(help="Where the rule comes from, so that anyone can check it.")
    verified = fields.Boolean(help="Untick while the rule is still to be checked against the contract.")
    clause_ids = fields.Many2many(
        "clause.insertion",
        "clause_insertion_penalty_rule_rel",
        "rule_id",
        "clause_id",
        string="Clauses",
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

    # -- guards --------------------------------------------------------------------------------------

    def write(self, vals):
        if TERMS & vals.keys():
            self._check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    def _check_unused(self):
        """sudo: a contract that the user does not see keeps its rules as well."""
        used = self.sudo().filtered(lambda rule: rule.clause_ids.filtered("parameters_frozen_on"))
        if used:
            raise UserError(
                self.env._(
                    "%(rules)s: contracts run with this rule, which no longer changes. Add another rule instead, "
                    "and archive this one.",
                    rules=", ".join(used.mapped("name")),
                )
            )
