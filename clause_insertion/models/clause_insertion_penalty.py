from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine.penalties import days_late, limited, missing_hours, penalty
from ..engine.places import department

OWED_STATES = ("applied", "reduced")
# What the officer finds, until the contractor is notified.
FINDING_FIELDS = frozenset(
    {"clause_id", "rule_id", "finding", "date_found", "date_due", "date_done", "quantity", "index_date"}
)
# What the procedure alone writes.
LIFE_FIELDS = frozenset(
    {
        "name",
        "state",
        "state_since",
        "unit_amount",
        "coefficient",
        "cap",
        "floor",
        "amount_before_limits",
        "amount",
        "notified_on",
        "reply_days",
        "reply_due",
        "reply",
        "replied_on",
        "amount_decided",
        "reason",
        "decided_on",
        "decided_by",
        "move_line_ids",
        "move_id",
    }
)


class ClauseInsertionPenalty(models.Model):
    """A failure to the clause, from its finding to what the contractor owes for it.

    Amounts exclude tax, as penalties bear none. What it was computed with stays on the penalty.
    """

    _name = "clause.insertion.penalty"
    _description = "Penalty of an insertion clause"
    _inherit = ["portal.mixin", "clause.insertion.exchange"]
    _order = "id desc"

    name = fields.Char("Reference", required=True, readonly=True, copy=False, default="/", index="trigram")
    clause_id = fields.Many2one("clause.insertion", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="clause_id.company_id", store=True, precompute=True, index=True)
    partner_id = fields.Many2one(
        related="clause_id.partner_id", store=True, precompute=True, index="btree_not_null", string="Contractor"
    )
    contract_name = fields.Char(related="clause_id.contract_name", store=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", "Followed by", default=lambda self: self.env.user)
    rule_id = fields.Many2one("clause.insertion.penalty.rule", required=True, index=True, ondelete="restrict")
    failure = fields.Selection(related="rule_id.failure", store=True, precompute=True)
    shape = fields.Selection(related="rule_id.shape")
    is_verified = fields.Boolean("Rule checked", related="rule_id.verified")
    article = fields.Char(related="rule_id.article")
    finding = fields.Text("What was found", help="Read by the contractor. Do not name anybody.")
    date_found = fields.Date("Found on", required=True, default=fields.Date.context_today)
    date_due = fields.Date("Was due on", help="Last day, included.")
    date_done = fields.Date(
        "Done on",
        help="Or the day on which the termination of the contract takes effect; both are counted. Until the day of "
        "the finding where it is empty.",
    )
    quantity = fields.Float(
        compute="_compute_quantity",
        store=True,
        readonly=False,
        help="Proposed: the hours still missing, the days late, or one event.",
    )
    index_date = fields.Date(
        "Index of", compute="_compute_index_date", store=True, readonly=False, help="Day whose value applies."
    )
    unit_amount = fields.Float("Amount for one", compute="_compute_amount", store=True, digits=(12, 2))
    coefficient = fields.Float(compute="_compute_amount", store=True, digits=(8, 4), aggregator=None)
    cap = fields.Monetary(compute="_compute_amount", store=True, aggregator=None, help="0: no cap.")
    floor = fields.Monetary("Exempt up to", compute="_compute_amount", store=True, aggregator=None)
    amount_before_limits = fields.Monetary("Before limits", compute="_compute_amount", store=True)
    amount = fields.Monetary("Penalty", compute="_compute_amount", store=True, help="Excluding tax.")
    state = fields.Selection(
        [
            ("draft", "Found"),
            ("notified", "Notified"),
            ("replied", "Reply received"),
            ("applied", "Applied"),
            ("reduced", "Reduced"),
            ("waived", "Waived"),
            ("cleared", "Not attributable"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    state_since = fields.Date("In this state since", compute="_compute_state_since", store=True, precompute=True)

    _quantity_positive = models.Constraint("CHECK (quantity >= 0)", "A quantity cannot be negative.")

    @api.depends("state")
    def _compute_state_since(self):
        self.state_since = fields.Date.context_today(self)

    @api.depends("clause_id", "rule_id", "date_found", "date_due", "date_done")
    def _compute_quantity(self):
        charged = self._hours_charged()
        for finding in self:
            if finding.state != "draft" or not finding.rule_id:
                finding.quantity = finding.quantity
            elif finding.failure == "hours":
                clause = finding.clause_id
                counted = charged.get(clause._origin.id, 0)
                finding.quantity = missing_hours(clause.hours_due, clause.hours_validated, counted)
            else:
                finding.quantity = finding._days_late() if finding.shape == "day" else 1

    def _hours_charged(self):
        """Missing hours that another penalty, not given up, already counts: ``{clause id: hours}``."""
        return {
            clause.id: hours
            for clause, hours in self._read_group(
                [
                    ("clause_id", "in", self.clause_id.ids),
                    ("id", "not in", self._origin.ids),
                    ("failure", "=", "hours"),
                    ("state", "in", ("notified", "replied", *OWED_STATES)),
                ],
                ["clause_id"],
                ["quantity:sum"],
            )
        }

    def _days_late(self):
        if not self.date_due:
            return 0
        zip_code = self.clause_id.place_zip or self.company_id.zip
        try:
            place = department(zip_code or "")
        except ValueError:
            place = ""
        end = self.date_done or self.date_found
        return days_late(self.date_due, end, self.rule_id.day_basis == "working", place)

    @api.depends("date_found")
    def _compute_index_date(self):
        for finding in self:
            finding.index_date = finding.date_found if finding.state == "draft" else finding.index_date

    @api.depends("clause_id.contract_amount", "rule_id", "quantity", "index_date")
    def _compute_amount(self):
        """Until the notice; then the penalty keeps the values it was computed with."""
        for finding in self:
            values = finding._amounts() if finding.state == "draft" and finding.rule_id else {}
            for name in ("unit_amount", "coefficient", "cap", "floor", "amount_before_limits", "amount"):
                finding[name] = values.get(name, finding[name])

    def _amounts(self):
        rule, clause = self.rule_id, self.clause_id
        unit_amount, coefficient = rule.amount, 1
        if rule.shape == "index":
            Parameter = self.env["clause.insertion.parameter"]
            unit_amount = Parameter._require(rule.index, self.index_date, clause.company_id)
            coefficient = rule.coefficient
        found = penalty(self.quantity, unit_amount, coefficient)
        cap = rule.cap_share * clause.contract_amount
        return {
            "unit_amount": unit_amount,
            "coefficient": coefficient,
            "cap": cap,
            "floor": rule.floor,
            "amount_before_limits": found,
            "amount": limited(found, cap, rule.floor, self._amount_charged() if cap else 0),
        }

    def _amount_charged(self):
        """What was already decided under the same rule on the same contract."""
        [[charged]] = self._read_group(
            [
                ("clause_id", "=", self.clause_id._origin.id),
                ("rule_id", "=", self.rule_id._origin.id),
                ("id", "!=", self._origin.id),
                ("state", "in", OWED_STATES),
            ],
            [],
            ["amount_decided:sum"],
        )
        return charged or 0

    # -- guards --------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_life_fields(vals)
            vals["name"] = self.env["ir.sequence"].next_by_code("clause.insertion.penalty") or "/"
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_life_fields(vals)
        if FINDING_FIELDS & vals.keys() and not self.env.su and any(record.state != "draft" for record in self):
            raise UserError(self.env._("What was notified no longer changes: cancel the penalty and find it again."))
        return super().write(vals)

    def _refuse_life_fields(self, vals):
        if LIFE_FIELDS & vals.keys() and not self.env.su:
            raise UserError(self.env._("A penalty is notified, answered and decided on with its buttons."))

    @api.constrains("clause_id", "rule_id")
    def _check_rule(self):
        for finding in self:
            if not finding.clause_id.parameters_frozen_on:
                raise ValidationError(self.env._("There is no penalty before the contract runs."))
            if finding.rule_id not in finding.clause_id.penalty_rule_ids:
                raise ValidationError(
                    self.env._("The contract of %(clause)s has no such rule.", clause=finding.clause_id.name)
                )

    @api.constrains("rule_id", "date_due")
    def _check_date_due(self):
        if any(finding.shape == "day" and not finding.date_due for finding in self):
            raise ValidationError(self.env._("Say on which day it was due: days late are counted from then."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_notified(self):
        if any(record.state != "draft" for record in self):
            raise UserError(self.env._("A penalty that was notified is kept: cancel it, with a reason."))

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for record in self:
            record.access_url = f"/my/insertion-penalties/{record.id}"
        return result

    def _creation_message(self):
        return self.env._("Penalty found")
