from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

OWED_STATES = ("applied", "reduced")
# What the officer finds, until the contractor is notified.
FINDING_FIELDS = frozenset(
    {"clause_id", "rule_id", "finding", "date_found", "date_due", "date_done", "quantity", "index_date"}
)
# What the procedure alone writes.
LIFE_FIELDS = frozenset(
    {
        "name",
        "company_id",
        "partner_id",
        "contract_name",
        "failure",
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
    """A failure to the clause, from its finding to what the contractor owes for it."""

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

    @api.depends("state")
    def _compute_state_since(self):
        self.state_since = fields.Date.context_today(self)

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
