from odoo import Command, api, fields, models
from odoo.fields import Domain

from ..engine.reminders import reminder

DECLARED_STATES = ("submitted", "validated")


class ClauseInsertion(models.Model):
    """Reminders of the month to declare, by e-mail: one per contractor, naming clauses and nobody."""

    _inherit = "clause.insertion"

    reminded_on = fields.Date("Last reminder", readonly=True, copy=False, help="Of a month to declare, by e-mail.")

    @api.model
    def _cron_remind(self):
        """Every day: the contractors whose month is not in; interrupted, it goes on with those that are left."""
        cron = self.env["ir.cron"]
        contractors = [
            (wanted, partner, clauses)
            for company in self.env["res.company"].search([])
            for wanted in [self._reminder(company)]
            if wanted
            for partner, clauses in self._read_group(
                self._reminder_domain(company, wanted), ["partner_id"], ["id:recordset"], order="partner_id"
            )
        ]
        cron._commit_progress(remaining=len(contractors))
        for wanted, partner, clauses in contractors:
            if clauses._send_reminder(wanted, partner):
                clauses.reminded_on = fields.Date.context_today(self)
            if not cron._commit_progress(1):
                break

    def _reminder(self, company):
        """What is to be sent today in that company, or None."""
        today, Parameter = fields.Date.context_today(self), self.env["clause.insertion.parameter"]
        codes = ("declaration_due_day", "declaration_reminder_before", "declaration_reminder_after")
        values = [Parameter._get(code, today, company) for code in codes]
        return None if None in values else reminder(today, *map(int, values))

    def _reminder_domain(self, company, wanted):
        """Running clauses of that month whose declaration is not in, and that this reminder has not reached."""
        month_after = fields.Date.add(wanted.month, months=1)
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "running")
            & Domain("partner_id", "!=", False)
            & Domain("date_start", "<", month_after)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", wanted.month))
            & (Domain("reminded_on", "=", False) | Domain("reminded_on", "<", wanted.since))
            & Domain("declaration_ids", "not any", [("month", "=", wanted.month), ("state", "in", DECLARED_STATES)])
        )

    def _send_reminder(self, wanted, partner):
        """Queue the e-mail to the contractor's portal users, else to its own address; False where it has none."""
        users = self.env["res.users"].search([("partner_id", "child_of", partner.id), ("share", "=", True)])
        recipients = users.partner_id.filtered("email") or partner.filtered("email")
        if not recipients:
            return False
        template = self.env.ref(f"clause_insertion.mail_template_reminder_{wanted.stage}")
        company = self.company_id[:1]
        template.with_company(company).with_context(
            insertion_clauses=self.sorted("name"), insertion_month=wanted.month, insertion_due=wanted.due
        ).send_mail(
            partner.id,
            email_values={
                "recipient_ids": [Command.set(recipients.ids)],
                "email_from": company.email_formatted or self.env.user.email_formatted,
            },
            email_layout_xmlid="mail.mail_notification_light",
        )
        return True
