from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...engine.penalties import Amounts
from ...engine.reminders import answer_due
from ...tools.base.button import button, same_text
from ...tools.base.days import region_today
from ...tools.penalty.penalty_procedure import PenaltyProcedure, bill_pressed_before, decision
from ...tools.penalty.penalty_text import PenaltyText
from ..recruitment.clause_insertion import READERS

OWED_STATES = ("applied", "reduced")
ACTIVITY = "clause_insertion.mail_activity_type_penalty"
OFFICER = "clause_insertion.group_clause_insertion_officer"
ACCOUNTANT = "account.group_account_invoice"
AMOUNT_FIELDS = ("rule_id", "quantity", "unit_amount", "coefficient", "amount_before_limits", "amount", "index_date")


class ClauseInsertionPenalty(models.Model):
    """A failure to the clause, from its finding to what the contractor owes for it."""

    _name = "clause.insertion.penalty"
    _description = "Penalty of an insertion clause"
    _inherit = ["clause.insertion.lock.mixin", "portal.mixin", "clause.insertion.notification.mixin"]
    _order = "id desc"

    name = fields.Char(
        "Reference", required=True, readonly=True, copy=False, default="/", index="trigram", locked="_is_created"
    )
    clause_id = fields.Many2one(
        "clause.insertion", required=True, index=True, ondelete="restrict", locked="_is_notified"
    )
    company_id = fields.Many2one(related="clause_id.company_id", store=True, precompute=True, index=True)
    partner_id = fields.Many2one(
        related="clause_id.partner_id", store=True, precompute=True, index="btree_not_null", string="Contractor"
    )
    contract_name = fields.Char(related="clause_id.contract_name", store=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", "Followed by", default=lambda self: self.env.user)
    rule_id = fields.Many2one(
        "clause.insertion.penalty.rule", required=True, index=True, ondelete="restrict", locked="_is_notified"
    )
    failure = fields.Selection(related="rule_id.failure", store=True, precompute=True)
    shape = fields.Selection(related="rule_id.shape")
    is_verified = fields.Boolean("Rule checked", related="rule_id.verified")
    article = fields.Char(related="rule_id.article")
    finding = fields.Text("What was found", locked="_is_notified", help="Read by the contractor. Do not name anybody.")
    date_found = fields.Date("Found on", required=True, default=region_today, locked="_is_notified")
    date_due = fields.Date("Was due on", locked="_is_notified", help="Last day, included.")
    date_done = fields.Date(
        "Done on",
        locked="_is_notified",
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
        locked=True,
    )
    state_since = fields.Date("In this state since", compute="_compute_state_since", store=True, precompute=True)
    quantity = fields.Float(
        compute="_compute_quantity",
        store=True,
        readonly=False,
        locked="_is_notified",
        help="Proposed: the hours still missing, the days late, or one event.",
    )
    index_date = fields.Date(
        "Index of",
        compute="_compute_index_date",
        store=True,
        readonly=False,
        locked="_is_notified",
        help="Day whose value applies.",
    )
    unit_amount = fields.Float("Amount for one", compute="_compute_amount", store=True, digits=(12, 2))
    coefficient = fields.Float(compute="_compute_amount", store=True, digits=(8, 4), aggregator=None)
    cap = fields.Monetary(compute="_compute_amount", store=True, aggregator=None, help="0: no cap.")
    floor = fields.Monetary("Exempt up to", compute="_compute_amount", store=True, aggregator=None)
    amount_before_limits = fields.Monetary("Before limits", compute="_compute_amount", store=True)
    amount = fields.Monetary("Penalty", compute="_compute_amount", store=True, help="Excluding tax.")
    notified_on = fields.Date("Notified on", readonly=True, copy=False, locked=True)
    reply_days = fields.Integer("Days to reply", compute="_compute_reply_days", store=True, aggregator=None)
    reply_due = fields.Date("Reply due on", readonly=True, copy=False, locked=True, help="Last day, included.")
    reply = fields.Text("Contractor's reply", readonly=True, copy=False, locked=True)
    replied_on = fields.Date("Replied on", readonly=True, copy=False, locked=True)
    amount_decided = fields.Monetary("Decided", readonly=True, copy=False, locked=True, help="Excluding tax.")
    reason = fields.Text("Reason of the decision", readonly=True, copy=False, locked=True)
    decided_on = fields.Date("Decided on", readonly=True, copy=False, locked=True)
    decided_by = fields.Many2one("res.users", "Decided by", readonly=True, copy=False, locked=True)
    can_decide = fields.Boolean(compute="_compute_can_decide", export_string_translation=False)
    computation = fields.Text(compute="_compute_computation")
    evidence = fields.Text(
        "Not attributable to the contractor",
        compute="_compute_evidence",
        groups=READERS,
        help="Recruitment requests of the clause for which nobody was proposed.",
    )
    move_line_ids = fields.One2many(
        "account.move.line",
        "insertion_penalty_id",
        string="Journal items",
        readonly=True,
        copy=False,
        locked=True,
        groups=ACCOUNTANT,
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

    # -- guards --------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = self.env["ir.sequence"].next_by_code("clause.insertion.penalty") or "/"
        return super().create(vals_list)

    def _is_notified(self):
        """A lock for what the officer finds: from the notice on, the contractor replies to it."""
        return any(record.state != "draft" for record in self)

    def _lock_message(self, names):
        if all(getattr(self._fields[name], "locked", False) == "_is_notified" for name in names):
            return self.env._("What was notified no longer changes: cancel the penalty and find it again.")
        return self.env._("A penalty is notified, answered and decided on with its buttons.")

    @api.constrains("clause_id", "rule_id", "date_due")
    def _check_rule(self):
        for finding in self:
            if not finding.clause_id.parameters_frozen_on:
                raise ValidationError(self.env._("There is no penalty before the contract runs."))
            if finding.rule_id not in finding.clause_id.penalty_rule_ids:
                raise ValidationError(
                    self.env._("The contract of %(clause)s has no such rule.", clause=finding.clause_id.name)
                )
            if finding.shape == "day" and not finding.date_due:
                raise ValidationError(self.env._("Say on which day it was due: days late are counted from then."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_notified(self):
        if self._is_notified():
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
        missing = self.clause_id._missing_hours(self._origin)
        for finding in self:
            if finding.state != "draft" or not finding.rule_id:
                finding.quantity = finding.quantity
            elif finding.failure == "hours":
                finding.quantity = missing.get(finding.clause_id, 0)
            elif finding.shape == "day":
                zip_code = finding.clause_id.place_zip or finding.company_id.zip
                end = finding.date_done or finding.date_found
                finding.quantity = finding.rule_id._days_late(finding.date_due, end, zip_code)
            else:
                finding.quantity = 1

    @api.depends("date_found")
    def _compute_index_date(self):
        for finding in self:
            finding.index_date = finding.date_found if finding.state == "draft" else finding.index_date

    @api.depends("clause_id.contract_amount", "rule_id", "quantity", "index_date")
    def _compute_amount(self):
        for finding in self:
            is_open = finding.state == "draft" and finding.rule_id
            found = finding.rule_id._amounts(finding) if is_open else finding
            for name in Amounts._fields:
                finding[name] = getattr(found, name)

    def _amount_charged(self):
        """What was already decided under the same rule on the same contract."""
        return self.clause_id._origin._amount_charged(self.rule_id._origin, self._origin)

    @api.depends_context("lang")
    @api.depends(*AMOUNT_FIELDS)
    def _compute_computation(self):
        for record in self:
            record.computation = PenaltyText(record).computation() if record.rule_id else False

    @api.depends_context("lang")
    @api.depends("clause_id.not_attributable_evidence_ids")
    def _compute_evidence(self):
        for record in self:
            record.evidence = record.clause_id.not_attributable_evidence_ids._counts_by_reason()

    # -- procedure -----------------------------------------------------------------------------------

    @api.depends("state")
    def _compute_state_since(self):
        self.state_since = region_today(self)

    @api.depends("rule_id")
    def _compute_reply_days(self):
        for record in self:
            record.reply_days = record.rule_id.reply_days if record.state == "draft" else record.reply_days

    @api.depends("state", "reply_due")
    def _compute_can_decide(self):
        today = region_today(self)
        for record in self:
            is_over = not record.reply_due or record.reply_due < today
            record.can_decide = record.state == "replied" or (record.state == "notified" and is_over)

    @button(lambda penalty: penalty.state == "notified")
    def action_notify(self):
        """Send the notice: the contractor has so many days to reply, the day of the notice left out."""
        self._check_officer()
        for record in self:
            PenaltyProcedure(record).check_notice()
        today = region_today(self)
        for record in self.sudo():  # the officer was checked above; these fields are closed to direct writing
            due = answer_due(today, record.reply_days) if record.reply_days else False
            record.write({"state": "notified", "notified_on": today, "reply_due": due})
            record._schedule_decision(due + timedelta(days=1) if due else today)
            record._notify_contractor(record.partner_id, PenaltyText.for_contractor(record).notice())

    @button(lambda penalty, text=None: penalty.state == "replied" and same_text(penalty.reply, text))
    def action_reply(self, text=None):
        """The contractor replies on the portal; an officer records what came by another way."""
        self.ensure_one()
        self.check_access("read")
        if self.env.user.commercial_partner_id != self.partner_id:
            self._check_officer()
            if text is None:
                return self._ask_text("reply")
        procedure, today = PenaltyProcedure(self), region_today(self)
        procedure.check_reply()
        record = self.sudo()  # the contractor or the officer was checked above
        record.write({"state": "replied", "reply": procedure.written_reply(text), "replied_on": today})
        record._schedule_decision(today)
        record._post_note(self.env._("The contractor has replied."))

    @decision("applied")
    def action_apply(self, reason=None):
        """All of what was notified is owed."""
        return self._decide("applied", reason, self.amount)

    @decision("reduced")
    def action_reduce(self, reason=None, amount=None):
        """A part of it is owed."""
        if reason:
            PenaltyProcedure(self).check_reduction(amount)
        return self._decide("reduced", reason, amount)

    @decision("waived")
    def action_waive(self, reason=None):
        """Nothing is owed, though the failure is the contractor's."""
        return self._decide("waived", reason, 0)

    @decision("cleared")
    def action_clear(self, reason=None):
        """Nothing is owed: the failure is not the contractor's."""
        return self._decide("cleared", reason, 0)

    @decision("cancelled")
    def action_cancel(self, reason=None):
        """Give the procedure up, such as for a notice sent by mistake; what was notified is kept."""
        self.ensure_one()
        self._check_officer()
        PenaltyProcedure(self).check_cancellation()
        return self._close("cancelled", reason, 0) if reason else self._ask_text("cancelled")

    def _decide(self, state, reason, amount):
        if not reason:
            return self._ask_text(state)
        self.ensure_one()
        self._check_officer()
        procedure = PenaltyProcedure(self)
        procedure.check_decision()
        if state in OWED_STATES:
            procedure.check_cap(amount)
        return self._close(state, reason, amount)

    def _close(self, state, reason, amount):
        record = self.sudo()  # the officer was checked by whoever calls
        record.write(
            {
                "state": state,
                "reason": PenaltyProcedure(self).written_reason(reason),
                "amount_decided": amount,
                "decided_on": region_today(self),
                "decided_by": self.env.user.id,
            }
        )
        record.activity_unlink([ACTIVITY])
        record._post_note(PenaltyText(record).decision())
        record._notify_contractor(record.partner_id, PenaltyText.for_contractor(record).decided())

    def _check_officer(self):
        self.check_access("write")
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("The Region's clause officers notify penalties and decide on them."))

    def _ask_text(self, step):
        """The window in which the reply, or the reason of the decision, is written."""
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_penalty_step_action")
        return {**action, "context": {"default_penalty_id": self.id, "default_step": step}}

    def _schedule_decision(self, day):
        """The officer decides from that day on."""
        self.activity_unlink([ACTIVITY])
        self.activity_schedule(ACTIVITY, day, user_id=(self.user_id or self.env.user).id)

    def _notify_contractor(self, contractors, body):
        """Those who have a portal account, else the company's own address; else somebody has to post the letter."""
        for record in self:
            people = self._users_of(record.partner_id).filtered("share").partner_id or record.partner_id
            record._notify_partners(people, body)
            if not any(people.mapped("email")):
                record._post_note(
                    self.env._("The contractor has neither a portal account nor an e-mail address: post the letter.")
                )

    def _post_note(self, body):
        self.message_post(body=body, author_id=self.env.user.partner_id.id)

    def _letter_name(self, is_decision):
        """Name of the file that is printed."""
        name = self.name.replace("/", "-")
        if is_decision:
            return self.env._("Penalty decision %(name)s", name=name)
        return self.env._("Penalty notice %(name)s", name=name)

    def _get_report_base_filename(self):
        return self._letter_name(bool(self.decided_on))

    # -- bill ----------------------------------------------------------------------------------------

    @api.depends("move_line_ids.move_id", "move_line_ids.parent_state")
    def _compute_move_id(self):
        """That of the journal item that takes the penalty: cancelled or deleted, the penalty is to take again."""
        for record in self.sudo():  # whoever deletes a bill may know nothing of penalties
            record.move_id = record.move_line_ids.filtered(lambda line: line.parent_state != "cancel").move_id[:1]

    def _to_take(self):
        return Domain("state", "in", OWED_STATES) & Domain("move_id", "=", False)

    def action_take(self):
        """Choose between a credit note and a draft bill of the contract."""
        self.env["account.move"]._check_insertion_penalties(self)
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_penalty_bill_action")
        return {**action, "context": {"default_penalty_ids": self.ids}}

    @button()
    def action_credit(self):
        """A draft vendor credit note, one line per penalty."""
        return bill_pressed_before(self, "in_refund") or self.env["account.move"]._credit_insertion_penalties(self)

    @button()
    def action_deduct(self, move):
        """A line less on a draft bill, one per penalty."""
        return bill_pressed_before(self, "in_invoice") or move._deduct_insertion_penalties(self)

    def action_open_move(self):
        self.ensure_one()
        return self.move_id._get_records_action()
