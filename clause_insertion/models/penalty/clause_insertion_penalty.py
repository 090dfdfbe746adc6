from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import float_compare, format_date, formatLang

from ...engine.penalties import days_late, limited, missing_hours, penalty
from ...engine.places import department
from ..recruitment.clause_insertion import READERS

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
COMPUTED = ("unit_amount", "coefficient", "cap", "floor", "amount_before_limits", "amount")
ACTIVITY = "clause_insertion.mail_activity_type_penalty"
OFFICER = "clause_insertion.group_clause_insertion_officer"
ACCOUNTANT = "account.group_account_invoice"


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
    notified_on = fields.Date("Notified on", readonly=True, copy=False)
    reply_days = fields.Integer(
        "Days to reply", compute="_compute_reply_days", store=True, readonly=True, aggregator=None
    )
    reply_due = fields.Date("Reply due on", readonly=True, copy=False, help="Last day, included.")
    reply = fields.Text("Contractor's reply", readonly=True, copy=False)
    replied_on = fields.Date("Replied on", readonly=True, copy=False)
    amount_decided = fields.Monetary("Decided", readonly=True, copy=False, help="Excluding tax.")
    reason = fields.Text("Reason of the decision", readonly=True, copy=False)
    decided_on = fields.Date("Decided on", readonly=True, copy=False)
    decided_by = fields.Many2one("res.users", "Decided by", readonly=True, copy=False)
    can_decide = fields.Boolean(compute="_compute_can_decide", export_string_translation=False)
    computation = fields.Text(compute="_compute_computation")
    evidence = fields.Text(
        "Not attributable to the contractor",
        compute="_compute_evidence",
        groups=READERS,
        help="Recruitment requests of the clause for which nobody was proposed.",
    )
    move_line_ids = fields.One2many(
        "account.move.line", "insertion_penalty_id", string="Journal items", readonly=True, groups=ACCOUNTANT
    )
    move_id = fields.Many2one(
        "account.move",
        "Bill or credit note",
        compute="_compute_move_id",
        store=True,
        index="btree_not_null",
        copy=False,
        tracking=True,
        help="Empty while the penalty is still to be taken on a bill, or if that bill was cancelled or deleted.",
    )

    _quantity_positive = models.Constraint("CHECK (quantity >= 0)", "A quantity cannot be negative.")

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

    # -- amount --------------------------------------------------------------------------------------
    # How much: proposed until the notice; then the penalty keeps the values that it was computed with.

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
            for name in COMPUTED:
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

    # -- life ----------------------------------------------------------------------------------------
    # The contradictory procedure: notice, the contractor's reply, the Region's decision with its reason.

    @api.depends("rule_id")
    def _compute_reply_days(self):
        for record in self:
            record.reply_days = record.rule_id.reply_days if record.state == "draft" else record.reply_days

    @api.depends("state", "reply_due")
    def _compute_can_decide(self):
        today = fields.Date.context_today(self)
        for record in self:
            is_over = not record.reply_due or record.reply_due < today
            record.can_decide = record.state == "replied" or (record.state == "notified" and is_over)

    # -- notice --------------------------------------------------------------------------------------

    def action_notify(self):
        """Send the notice: the contractor has so many days to reply, the day of the notice left out."""
        self._check_officer()
        for record in self:
            record._check_notifiable()
        today = fields.Date.context_today(self)
        for record in self.sudo():  # the officer was checked above; these fields are closed to direct writing
            days = record.reply_days
            due = today + timedelta(days=days) if days else False
            record.write({"state": "notified", "notified_on": today, "reply_due": due})
            record._follow(due + timedelta(days=1) if due else today)
            record._tell_contractor(record.partner_id, record._in_its_language()._notice_in_words())

    def _check_notifiable(self):
        if self.state != "draft":
            raise UserError(self.env._("This penalty was already notified."))
        if not (self.finding or "").strip():
            raise UserError(self.env._("Say what was found: the contractor has to know what it replies to."))
        if self.currency_id.is_zero(self.amount):
            raise UserError(self.env._("Nothing is owed under this rule: there is no penalty to notify."))

    def _notice_in_words(self):
        due = self.reply_due
        return (
            self.env._(
                "A penalty may be applied on %(contract)s. Please read the notice and reply by %(day)s.",
                contract=self.contract_name,
                day=format_date(self.env, due),
            )
            if due
            else self.env._(
                "A penalty may be applied on %(contract)s. Please read the notice.", contract=self.contract_name
            )
        )

    def _tell_contractor(self, contractors, body):
        """Those who work at the desk, else the company's own address; else somebody has to post the letter."""
        for record in self:
            people = self._desk_users(record.partner_id).filtered("share").partner_id or record.partner_id
            record._tell(people, body)
            if not any(people.mapped("email")):
                record._log_words(
                    self.env._("The contractor has neither a portal account nor an e-mail address: post the letter.")
                )

    def _in_its_language(self):
        return self.with_context(lang=self.partner_id.lang or self.env.lang)

    def _follow(self, day):
        """The officer decides from that day on."""
        self.activity_unlink([ACTIVITY])
        self.activity_schedule(ACTIVITY, day, user_id=(self.user_id or self.env.user).id)

    # -- reply ---------------------------------------------------------------------------------------

    def action_reply(self, words=None):
        """The contractor replies on the portal; an officer records what came by another way."""
        self.ensure_one()
        self.check_access("read")
        is_contractor = self.env.user.commercial_partner_id == self.partner_id
        if not is_contractor:
            self._check_officer()
            if words is None:
                return self._ask_words("reply")
        if self.state != "notified":
            raise UserError(self.env._("No reply is awaited any more on this penalty."))
        record = self.sudo()  # the contractor or the officer was checked above
        record.write(
            {
                "state": "replied",
                "reply": self._required(words, self.env._("Write the reply.")),
                "replied_on": fields.Date.context_today(self),
            }
        )
        record._follow(record.replied_on)
        record._log_words(self.env._("The contractor has replied."))

    # -- decision ------------------------------------------------------------------------------------

    def action_apply(self, reason=None):
        """All of what was notified is owed."""
        return self._decide("applied", reason, self.amount) if reason else self._ask_words("applied")

    def action_reduce(self, reason=None, amount=None):
        """A part of it is owed."""
        if not reason:
            return self._ask_words("reduced")
        if not amount or amount < 0 or float_compare(amount, self.amount, precision_digits=2) >= 0:
            raise UserError(self.env._("A reduced penalty is above zero and below the amount notified."))
        return self._decide("reduced", reason, amount)

    def action_waive(self, reason=None):
        """Nothing is owed, though the failure is the contractor's."""
        return self._decide("waived", reason, 0) if reason else self._ask_words("waived")

    def action_clear(self, reason=None):
        """Nothing is owed: the failure is not the contractor's."""
        return self._decide("cleared", reason, 0) if reason else self._ask_words("cleared")

    def action_cancel(self, reason=None):
        """Give the procedure up, such as for a notice sent by mistake; what was notified is kept."""
        self.ensure_one()
        self._check_officer()
        if self.state in ("draft", "cancelled"):
            raise UserError(self.env._("Only a penalty that was notified is cancelled."))
        if self.move_id:
            raise UserError(self.env._("This penalty is on a bill: take it off there first."))
        if not reason:
            return self._ask_words("cancelled")
        self._close("cancelled", reason, 0)

    def _decide(self, state, reason, amount):
        self.ensure_one()
        self._check_officer()
        if self.state not in ("notified", "replied"):
            raise UserError(self.env._("A penalty is decided on once, after it was notified."))
        if not self.can_decide:
            raise UserError(
                self.env._(
                    "The contractor may reply until %(day)s: the decision comes after its reply, or after that day.",
                    day=format_date(self.env, self.reply_due),
                )
            )
        if state in OWED_STATES:
            self._check_cap(amount)
        self._close(state, reason, amount)

    def _check_cap(self, amount):
        """Another penalty may have been decided since the notice."""
        left = self.cap - self._amount_charged()
        if self.cap and float_compare(amount, left, precision_digits=2) > 0:
            raise UserError(
                self.env._("Only %(left)s is left under the contract's cap: reduce.", left=self._in_money(max(left, 0)))
            )

    def _close(self, state, reason, amount):
        record = self.sudo()  # the officer was checked by whoever calls
        record.write(
            {
                "state": state,
                "reason": self._required(reason, self.env._("Give the reason: the contractor reads it.")),
                "amount_decided": amount,
                "decided_on": fields.Date.context_today(self),
                "decided_by": self.env.user.id,
            }
        )
        record.activity_unlink([ACTIVITY])
        record._log_words(record._decision_in_words())
        words = record._in_its_language().env._("A decision was taken: it can be read on the page.")
        record._tell_contractor(record.partner_id, words)

    # -- what all steps need -------------------------------------------------------------------------

    def _check_officer(self):
        self.check_access("write")
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("The Region's clause officers notify penalties and decide on them."))

    def _required(self, words, message):
        words = (words or "").strip()
        if not words:
            raise UserError(message)
        return words

    def _ask_words(self, step):
        """The window in which the reply, or the reason of the decision, is written."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_penalty_step_action")
        return {**action, "context": {"default_penalty_id": self.id, "default_step": step}}

    def _log_words(self, body):
        self.message_post(body=body, author_id=self.env.user.partner_id.id)

    # -- words ---------------------------------------------------------------------------------------
    # The computation in words, and what speaks for the contractor.

    @api.depends_context("lang")
    @api.depends("rule_id", "quantity", "unit_amount", "coefficient", "amount_before_limits", "amount", "index_date")
    def _compute_computation(self):
        for record in self:
            record.computation = "\n".join(record._computation_steps()) if record.rule_id else False

    def _computation_steps(self):
        """The product, then each limit that changed it."""
        steps = [
            self.env._(
                "%(factors)s = %(amount)s",
                factors=" × ".join(self._factors()),
                amount=self._in_money(self.amount_before_limits),
            )
        ]
        if self.shape == "index":
            index = dict(self.rule_id._fields["index"]._description_selection(self.env))[self.rule_id.index]
            steps.append(
                self.env._(
                    "%(index)s on %(day)s: %(value)s",
                    index=index,
                    day=format_date(self.env, self.index_date),
                    value=self._in_money(self.unit_amount),
                )
            )
        if self.amount < self.amount_before_limits:
            steps.append(self._limit_in_words())
        return steps

    def _factors(self):
        units = {
            "day": self.env._("working days") if self.rule_id.day_basis == "working" else self.env._("calendar days"),
            "event": "",
        }
        number = formatLang(self.env, self.quantity, digits=2 if self.quantity % 1 else 0)
        factors = [f"{number}\u00a0{units.get(self.shape, self.env._('h'))}".strip()]
        if self.shape == "index":
            factors.append(formatLang(self.env, self.coefficient, digits=2 if self.coefficient % 1 else 0))
        return [*factors, self._in_money(self.unit_amount)]

    def _limit_in_words(self):
        if not self.amount and self.amount_before_limits <= self.floor:
            return self.env._("Not above %(floor)s: nothing is asked for.", floor=self._in_money(self.floor))
        return self.env._(
            "Capped at %(cap)s for the contract: %(amount)s",
            cap=self._in_money(self.cap),
            amount=self._in_money(self.amount),
        )

    def _decision_in_words(self):
        """What was decided, with the computation: the trail behind the number."""
        label = dict(self._fields["state"]._description_selection(self.env))[self.state]
        return self.env._(
            "%(decision)s: %(amount)s (%(computation)s). %(reason)s",
            decision=label,
            amount=self._in_money(self.amount_decided),
            computation=self.computation.replace("\n", "; "),
            reason=self.reason,
        )

    def _letter_name(self, is_decision):
        """Name of the file that is printed."""
        words = self.env._("Penalty decision %(name)s") if is_decision else self.env._("Penalty notice %(name)s")
        return (words % {"name": self.name}).replace("/", "-")

    def _get_report_base_filename(self):
        self.ensure_one()
        return self._letter_name(bool(self.decided_on))

    def _in_money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    @api.depends_context("lang")
    @api.depends("clause_id.not_attributable_evidence_ids")
    def _compute_evidence(self):
        """One line per reason: how many requests, and when. Counts and dates, nobody."""
        for record in self:
            facts = record.clause_id.not_attributable_evidence_ids
            lines = [
                self.env._(
                    "%(reason)s: %(count)s (%(days)s)",
                    reason=label,
                    count=len(found),
                    days=", ".join(format_date(self.env, fact.date) for fact in found.sorted("date")),
                )
                for reason, label in facts._fields["reason"]._description_selection(self.env)
                if (found := facts.filtered(lambda fact, reason=reason: fact.reason == reason))
            ]
            record.evidence = "\n".join(lines)

    # -- bill ----------------------------------------------------------------------------------------
    # The money: what was decided becomes a vendor credit note, or a deduction on a draft bill of the contract.

    @api.depends("move_line_ids.move_id", "move_line_ids.parent_state")
    def _compute_move_id(self):
        """That of the journal item that takes the penalty: cancelled or deleted, the penalty is to take again."""
        for record in self.sudo():  # whoever deletes a bill may know nothing of penalties
            record.move_id = record.move_line_ids.filtered(lambda line: line.parent_state != "cancel").move_id[:1]

    def _to_take(self):
        return Domain("state", "in", OWED_STATES) & Domain("move_id", "=", False)

    # -- who and which -------------------------------------------------------------------------------

    def _check_takable(self):
        self.check_access("read")
        if not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(self.env._("Someone with the right to bill takes a penalty on a bill."))
        if any(record.state not in OWED_STATES for record in self):
            raise UserError(self.env._("Only a penalty that was applied or reduced is taken on a bill."))
        if any(record.move_id for record in self):
            raise UserError(self.env._("This penalty is already on a bill."))
        if len(self.partner_id) != 1 or len(self.company_id) != 1:
            raise UserError(self.env._("Take together penalties of one contractor only."))

    def _draft_bills(self):
        """Draft bills of the penalties' contract: same contractor, same currency."""
        clauses = self.sudo().clause_id  # ids alone; bills are searched with the user's own rights
        orders = clauses.purchase_order_id | clauses.requisition_id.purchase_ids
        return (
            Domain("move_type", "=", "in_invoice")
            & Domain("state", "=", "draft")
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("currency_id", "in", self.currency_id.ids)
            & Domain("commercial_partner_id", "in", self.partner_id.ids)
            & Domain("line_ids.purchase_line_id.order_id", "in", orders.ids)
        )

    # -- taking --------------------------------------------------------------------------------------

    def action_take(self):
        """Choose between a credit note and a draft bill of the contract."""
        self._check_takable()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_penalty_bill_action")
        return {**action, "context": {"default_penalty_ids": self.ids}}

    def action_credit(self):
        """A draft vendor credit note, one line per penalty."""
        self._check_takable()
        partner = self.partner_id
        move = (
            self.env["account.move"]
            .with_company(self.company_id)
            .create(
                {
                    "move_type": "in_refund",
                    "partner_id": partner.address_get(["invoice"])["invoice"],
                    "company_id": self.company_id.id,
                    "currency_id": self.currency_id.id,
                    "invoice_date": fields.Date.context_today(self),
                    "ref": ", ".join(self.mapped("name")),
                    "invoice_origin": ", ".join(dict.fromkeys(self.mapped("contract_name"))),
                    "invoice_line_ids": [Command.create(record._line_values(1)) for record in self],
                }
            )
        )
        return self._taken(move)

    def action_deduct(self, move):
        """A line less on a draft bill, one per penalty."""
        self._check_takable()
        move.check_access("write")
        if not move.filtered_domain(self._draft_bills()):
            raise UserError(
                self.env._("Choose a draft bill of the same contract and contractor, in the same currency.")
            )
        if float_compare(sum(self.mapped("amount_decided")), move.amount_untaxed, precision_digits=2) > 0:
            raise UserError(self.env._("This bill is lower than the penalty: make a credit note instead."))
        move.write({"invoice_line_ids": [Command.create(record._line_values(-1)) for record in self]})
        return self._taken(move)

    def _line_values(self, sign):
        """One line, excluding tax: a penalty bears none. The account is the company's choice, else the journal's."""
        account = self.company_id.insertion_penalty_account_id
        values = {
            "insertion_penalty_id": self.id,
            "name": self.env._(
                "Penalty %(name)s, %(contract)s: %(computation)s",
                name=self.name,
                contract=self.contract_name,
                computation=self._owed_in_words(),
            ),
            "quantity": 1,
            "price_unit": sign * self.amount_decided,
            "tax_ids": [Command.clear()],
        }
        return {**values, "account_id": account.id} if account else values

    def _owed_in_words(self):
        """sudo: whoever bills reads how a decided penalty was computed."""
        steps = self.sudo().computation.split("\n")
        if self.state == "reduced":
            steps.append(self.env._("reduced to %(amount)s", amount=self._in_money(self.amount_decided)))
        return "; ".join(steps)

    def _taken(self, move):
        for record in self.sudo():  # an accountant reads the penalty, and leaves a trace on it
            record._log_words(
                record.env._(
                    "Taken on a draft bill or credit note: %(amount)s.", amount=record._in_money(record.amount_decided)
                )
            )
        return move._get_records_action()

    def action_open_move(self):
        self.ensure_one()
        return self.move_id._get_records_action()
