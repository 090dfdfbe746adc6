from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare, format_date

from .clause_insertion_penalty import OWED_STATES

ACTIVITY = "clause_insertion.mail_activity_type_penalty"
OFFICER = "clause_insertion.group_clause_insertion_officer"


class ClauseInsertionPenalty(models.Model):
    """The contradictory procedure: notice, the contractor's reply, the Region's decision with its reason."""

    _inherit = "clause.insertion.penalty"

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

    def _next_step(self):
        """Who acts, what for, since when."""
        if not self.can_decide:
            return "contractor", self.env._("Reply on penalty %(name)s", name=self.name), self.notified_on
        since = self.replied_on or (self.reply_due and self.reply_due + timedelta(days=1)) or self.notified_on
        return "officer", self.env._("Decide on penalty %(name)s", name=self.name), since
