from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..engine.conventions import next_period, state_on

REMINDERS = {
    "end": "clause_insertion.mail_activity_type_convention_end",
    "notice": "clause_insertion.mail_activity_type_convention_notice",
}
REMINDED_DAYS = {"end": "date_end", "notice": "notice_date"}


class ClauseInsertionConvention(models.Model):
    """Time passes: a convention starts, is renewed or expires, and its officer is reminded before."""

    _inherit = "clause.insertion.convention"
    _daily_batch = 100

    renewal_rank = fields.Integer(
        "Renewals before this one", compute="_compute_renewal_rank", store=True, recursive=True, aggregator=None
    )
    renews_tacitly = fields.Boolean(
        compute="_compute_renews_tacitly", store=True, help="Nobody has to sign for it to go on."
    )
    end_reminded_on = fields.Date(compute="_compute_end_reminded_on", store=True, copy=False)
    notice_reminded_on = fields.Date(compute="_compute_notice_reminded_on", store=True, copy=False)

    @api.depends("date_signed", "date_start", "date_end", "renewal_ids.date_signed", "renewal_ids.date_start")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for convention in self:
            renewal = convention.renewal_ids.filtered("date_signed")
            convention.state = (
                state_on(
                    today,
                    convention.date_start,
                    convention.date_end,
                    bool(convention.date_signed),
                    renewal.date_start or None,
                )
                if convention.date_start and convention.date_end
                else "draft"
            )

    @api.depends("renewal_of_id.renewal_rank")
    def _compute_renewal_rank(self):
        for convention in self:
            before = convention.renewal_of_id
            convention.renewal_rank = before.renewal_rank + 1 if before else 0

    @api.depends("renewal_kind", "renewal_limit", "renewal_rank", "denounced_on")
    def _compute_renews_tacitly(self):
        for convention in self:
            is_left = not convention.renewal_limit or convention.renewal_rank < convention.renewal_limit
            convention.renews_tacitly = convention.renewal_kind == "tacit" and not convention.denounced_on and is_left

    @api.depends("date_end")
    def _compute_end_reminded_on(self):
        """Another end is another reminder."""
        self.end_reminded_on = False

    @api.depends("notice_date")
    def _compute_notice_reminded_on(self):
        self.notice_reminded_on = False

    def write(self, vals):
        result = super().write(vals)
        if vals.get("denounced_on"):
            self.activity_unlink([REMINDERS["notice"]])
        if vals.get("date_signed"):
            self.renewal_of_id.activity_unlink(list(REMINDERS.values()))
        return result

    # -- every day -----------------------------------------------------------------------------------

    @api.model
    def _run_daily(self):
        """Scheduled, in batches that can be interrupted: each step takes what it handles out of what it looks for."""
        today = fields.Date.context_today(self)
        steps = [(self._to_renew(today), "_renew_tacitly"), (self._to_follow(today), "_compute_state")]
        for company in self.env["res.company"].search([]):
            steps += [(self._to_remind(kind, today, company), f"_remind_{kind}") for kind in REMINDERS]
        for domain, step in steps:
            while batch := self.search(domain, limit=self._daily_batch, order="id"):
                getattr(batch, step)()
                if not self.env["ir.cron"]._commit_progress(len(batch)):
                    return

    def _to_renew(self, today):
        return (
            Domain("renews_tacitly", "=", True)
            & Domain("date_signed", "!=", False)
            & Domain("date_end", "<", today)
            & Domain("renewal_ids", "=", False)
        )

    def _to_follow(self, today):
        replaced = Domain("renewal_ids", "any", [("date_signed", "!=", False), ("date_start", "<=", today)])
        starts = Domain("state", "=", "draft") & Domain("date_signed", "!=", False) & Domain("date_start", "<=", today)
        ends = Domain("state", "=", "running") & (Domain("date_end", "<", today) | replaced)
        return starts | ends | Domain("state", "=", "expired") & replaced

    def _to_remind(self, kind, today, company):
        """Running conventions of the company that come near the date, without a signed renewal."""
        days = self.env["clause.insertion.parameter"]._get(f"convention_{kind}_warning_days", today, company)
        if days is None:
            return Domain.FALSE
        day = REMINDED_DAYS[kind]
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "running")
            & Domain(day, ">=", today)
            & Domain(day, "<=", fields.Date.add(today, days=int(days)))
            & Domain(f"{kind}_reminded_on", "=", False)
            & Domain("denounced_on" if kind == "notice" else "renews_tacitly", "=", False)
            & Domain("renewal_ids", "not any", [("date_signed", "!=", False)])
        )

    def _remind_end(self):
        self._remind("end")

    def _remind_notice(self):
        self._remind("notice")

    def _remind(self, kind):
        for convention in self:
            user = convention.user_id.filtered("active") or self.env.user
            convention.activity_schedule(REMINDERS[kind], convention[REMINDED_DAYS[kind]], user_id=user.id)
        self[f"{kind}_reminded_on"] = fields.Date.context_today(self)

    # -- renewals ------------------------------------------------------------------------------------

    def _renew_tacitly(self):
        """The next period follows under the same signature; what would overlap waits for an officer."""
        for convention in self:
            try:
                with self.env.cr.savepoint():
                    renewal = convention.copy({**convention._renewal_values(), "date_signed": convention.date_signed})
                    renewal.flush_recordset()
            except ValidationError as error:
                convention.renewal_kind = "express"
                convention.message_post(body=self.env._("Not renewed tacitly: %(reason)s", reason=str(error)))
                convention._remind("end")
            else:
                renewal.message_post(body=self.env._("Renewed tacitly: notice was not given."))

    def _renewal_values(self):
        start, end = next_period(self.date_start, self.date_end, self.renewal_months)
        return {
            "renewal_of_id": self.id,
            "date_start": start,
            "date_end": end,
            "overlap_intended": self.overlap_intended,
        }

    def action_renew(self):
        """Prepare the convention that follows this one; it runs once it is signed."""
        self.ensure_one()
        if self.renewal_ids:
            raise UserError(self.env._("This convention already has a renewal."))
        return self.copy(self._renewal_values())._get_records_action()
