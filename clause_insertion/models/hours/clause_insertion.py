from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...engine.exact import hundredths, total
from ...engine.months import first_day, last_day, previous_month
from ...engine.next_step import balance_on, behind_on, due_on, is_owed, month_to_declare
from ...engine.penalties import missing_hours
from ...engine.progress import ratio
from ...engine.reminders import reminder
from ...tools.base.button import button
from ...tools.base.days import region_today
from .clause_insertion_act import OF_CLAUSE


class ClauseInsertion(models.Model):
    """What was declared, validated and refused on the clause."""

    _inherit = "clause.insertion"

    line_ids = fields.One2many("account.analytic.line", "clause_insertion_id", string="Hours")
    declaration_ids = fields.One2many("clause.insertion.declaration", "clause_id", string="Declarations")
    project_id = fields.Many2one(
        "project.project",
        check_company=True,
        copy=False,
        locked="_is_frozen",
        help="Carries the hours; the company's insertion project if empty.",
    )
    task_id = fields.Many2one(
        "project.task", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", locked=True
    )
    hours_declared = fields.Float(
        "Hours declared", compute="_compute_hours", store=True, help="Submitted, validated or refused."
    )
    hours_validated = fields.Float("Hours validated", compute="_compute_hours", store=True)
    hours_refused = fields.Float("Hours refused", compute="_compute_hours", store=True)
    hours_remaining = fields.Float("Hours remaining", compute="_compute_progress", store=True)
    progress = fields.Float(compute="_compute_progress", store=True, aggregator=None)
    month_to_declare = fields.Date(
        "Month to declare",
        compute="_compute_month_to_declare",
        store=True,
        help="First day of the month owed next, while the clause runs; empty where none will come.",
    )
    month_due_on = fields.Date(
        "To declare by",
        compute="_compute_month_due_on",
        store=True,
        index="btree_not_null",
        help="Last day, included, to declare the month owed next.",
    )
    balance_on = fields.Date(
        "Balance to strike from",
        compute="_compute_month_to_declare",
        store=True,
        index="btree_not_null",
        help="The contract has ended and its last month is validated.",
    )
    behind_on = fields.Date(
        "Behind schedule from",
        compute="_compute_behind_on",
        store=True,
        index="btree_not_null",
        help="First day on which the share of hours validated lags the share of time elapsed by more than the margin "
        "set, if nothing more is validated.",
    )
    reminded_on = fields.Date(
        "Last reminder", readonly=True, copy=False, locked=True, help="Of a month to declare, by e-mail."
    )
    certificate_ids = fields.One2many(
        "clause.insertion.certificate", "clause_id", string="Certificates", copy=False, locked=True
    )
    certificate_id = fields.Many2one(
        "clause.insertion.certificate",
        compute="_compute_certificate_id",
        help="The one that is valid; those withdrawn are kept beside it.",
    )
    certificate_count = fields.Integer("Number of certificates", compute="_compute_certificate_id")

    def _write_multi(self, vals_list):
        """What figures of the past stand on is kept before it changes, whatever the door or the field it follows."""
        Act = self.env["clause.insertion.act"]
        changed = [record.id for record, vals in zip(self, vals_list, strict=True) if vals.keys() & set(OF_CLAUSE)]
        before = Act._clauses_now(changed) if changed else {}
        result = super()._write_multi(vals_list)
        Act._keep_clauses(before)
        return result

    def _start(self):
        """Open the task that carries the hours."""
        result = super()._start()
        for clause in self:
            clause.project_id = clause.project_id or clause.company_id._insertion_project()
            clause.task_id = clause.task_id or self.env["project.task"].create(clause._task_values())
        return result

    def _task_values(self):
        return {
            "name": f"{self.name} {self.contract_name}",
            "project_id": self.project_id.id,
            "company_id": self.company_id.id,
            "allocated_hours": self.hours_due,
            "user_ids": False,
        }

    @button(lambda clause: clause.state == "done")
    def action_strike_balance(self):
        """End of the contract: no more hours are declared."""
        self._check_decider()
        if any(clause.state != "running" for clause in self):
            raise UserError(self.env._("Only the balance of a running clause can be struck."))
        if any("submitted" in clause.declaration_ids.mapped("state") for clause in self):
            raise UserError(self.env._("Declarations are still waiting for validation."))
        self.sudo().state = "done"  # who decides was checked above

    def action_open_lines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.account_analytic_line_action")
        return {**action, "domain": [("clause_insertion_id", "=", self.id)], "context": {}}

    def action_open_declarations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_declaration_action")
        return {**action, "domain": [("clause_id", "=", self.id)], "context": {"default_clause_id": self.id}}

    @api.depends("line_ids.unit_amount", "line_ids.insertion_state")
    def _compute_hours(self):
        sums = self._hours_by_state()
        for clause in self:
            by_state = sums.get(clause._origin.id, {})
            clause.hours_validated = by_state.get("validated", 0)
            clause.hours_refused = by_state.get("refused", 0)
            clause.hours_declared = total(hours for state, hours in by_state.items() if state != "draft")

    def _hours_by_state(self):
        """One query for all: ``{clause id: {line state: hours}}``."""
        sums = {}
        for clause, state, hours in self.env["account.analytic.line"]._read_group(
            [("clause_insertion_id", "in", self.ids)], ["clause_insertion_id", "insertion_state"], ["unit_amount:sum"]
        ):
            sums.setdefault(clause.id, {})[state] = hundredths(hours)
        return sums

    @api.depends("hours_due", "hours_validated")
    def _compute_progress(self):
        for clause in self:
            clause.progress = ratio(clause.hours_validated, clause.hours_due)
            clause.hours_remaining = missing_hours(clause.hours_due, clause.hours_validated)

    def _employments_in(self, month):
        """Work contracts on these clauses of which a day is in ``month``."""
        return self.env["clause.insertion.employment"].search(
            [
                ("clause_ids", "in", self.ids),
                ("date_start", "<=", last_day(month)),
                "|",
                ("date_end", "=", False),
                ("date_end", ">=", first_day(month)),
            ],
            order="date_start",
        )

    # -- dates that decide who acts next -------------------------------------------------------------
    # Kept while the clause runs, and compared with today by whoever asks: see the engine's ``next_step``.

    @api.depends(
        "state",
        "date_start",
        "date_end",
        "parameters_frozen_on",
        "declaration_ids.month",
        "declaration_ids.state",
        "declaration_ids.state_since",
    )
    def _compute_month_to_declare(self):
        running = self.filtered(lambda clause: clause.state == "running")
        (self - running).update({"month_to_declare": False, "balance_on": False})
        declared = running._declared()
        for clause in running:
            months, validated_on = declared.get(clause._origin.id, ({}, False))
            start = clause.date_start or clause.parameters_frozen_on
            month = month_to_declare(start, clause.date_end, max(months.values(), default=None))
            is_over = months.keys() == {"validated"} and not month
            clause.month_to_declare = month
            clause.balance_on = is_over and balance_on(clause.date_end, validated_on)

    def _declared(self):
        """One query for all: ``{clause id: ({state: its last month}, day of the last validation)}``, without drafts."""
        declared = {}
        for clause, state, month, since in self.env["clause.insertion.declaration"]._read_group(
            [("clause_id", "in", self.ids), ("state", "!=", "draft")],
            ["clause_id", "state"],
            ["month:max", "state_since:max"],
        ):
            months, validated_on = declared.get(clause.id, ({}, False))
            declared[clause.id] = {**months, state: month}, since if state == "validated" else validated_on
        return declared

    @api.depends("month_to_declare", "company_id")
    def _compute_month_due_on(self):
        Parameter = self.env["clause.insertion.parameter"]
        for clause in self:
            due_days = Parameter._timeline("declaration_due_day", clause.company_id)
            clause.month_due_on = due_on(clause.month_to_declare, due_days)

    @api.depends("state", "date_start", "date_end", "hours_due", "progress", "company_id")
    def _compute_behind_on(self):
        Parameter = self.env["clause.insertion.parameter"]
        for clause in self:
            margins = Parameter._timeline("behind_margin", clause.company_id)
            owes = clause.state == "running" and clause.hours_due > 0
            clause.behind_on = owes and behind_on(clause.date_start, clause.date_end, clause.progress, margins)

    # -- nil month -----------------------------------------------------------------------------------
    # A month without hours, declared in one click.

    def _nil_month(self):
        """The month that has just ended, while it is owed and has no draft either; else False."""
        self.ensure_one()
        month = previous_month(region_today(self))
        owed = is_owed(month, self.month_to_declare, self.date_end)
        return owed and month not in self.declaration_ids.mapped("month") and month

    def _declare_nil(self):
        """Declare and submit it, with the user's own rights."""
        month = self._nil_month()
        if not month:
            raise UserError(self.env._("This month was already declared, or the clause was not running."))
        declaration = self.env["clause.insertion.declaration"].create({"clause_id": self.id, "month": month})
        declaration.action_submit()
        return declaration

    # -- reminder ------------------------------------------------------------------------------------
    # Reminders of the month to declare, by e-mail: one per contractor, naming clauses and nobody.

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
                clauses.reminded_on = region_today(self)
            if not cron._commit_progress(1):
                break

    def _reminder(self, company):
        """What is to be sent today in that company, or None."""
        today, Parameter = region_today(self), self.env["clause.insertion.parameter"]
        due_days = Parameter._timeline("declaration_due_day", company)
        codes = ("declaration_reminder_before", "declaration_reminder_after")
        delays = [Parameter._get(code, today, company) for code in codes]
        return None if None in delays else reminder(today, lambda month: due_on(month, due_days), *map(int, delays))

    def _reminder_domain(self, company, wanted):
        """Clauses that owe that month, or have to correct it, and that this reminder has not reached."""
        is_refused = [("month", "=", wanted.month), ("state", "=", "refused")]
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "running")
            & Domain("partner_id", "!=", False)
            & (Domain("month_to_declare", "<=", wanted.month) | Domain("declaration_ids", "any", is_refused))
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", wanted.month))
            & (Domain("reminded_on", "=", False) | Domain("reminded_on", "<", wanted.since))
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

    # -- certificate ---------------------------------------------------------------------------------
    # The end of a clause: its certificate, which anyone can check, and which may be withdrawn.

    @api.depends("certificate_ids.withdrawn_on")
    def _compute_certificate_id(self):
        for clause in self:
            clause.certificate_id = clause.certificate_ids.filtered(lambda given: not given.withdrawn_on)[:1]
            clause.certificate_count = len(clause.certificate_ids)

    def _check_certifier(self):
        self.check_access("write")
        if not self.env.user.has_group("clause_insertion.group_clause_insertion_officer"):
            raise AccessError(self.env._("The Region certifies a clause."))

    @button(lambda clause: clause.state == "certified")
    def action_certify(self):
        """Deliver the certificate: what the ledger and the contract say now, whatever changes later."""
        self._check_certifier()
        if any(clause.state != "done" for clause in self):
            raise UserError(self.env._("Strike the balance of the clause first: a certificate closes it."))
        clauses = self.sudo()  # the officer was checked above; states and certificates are closed to direct writing
        self.env["clause.insertion.certificate"].sudo()._deliver(
            clauses._facts_to_certify(),
            delivered_on=region_today(self),
            delivered_at=fields.Datetime.now(),
            delivered_by=self.env.user.id,
        )
        clauses.state = "certified"

    def _facts_to_certify(self):
        """``{clause: what its certificate would say now}``; hours are counted in the ledger."""
        hours = self._hours_by_state()
        return {
            clause: {
                "region_name": clause.company_id.name,
                "region_number": clause.company_id.company_registry or clause.company_id.vat,
                "contractor_name": clause.partner_id.name,
                "contractor_number": clause.partner_id.company_registry or clause.partner_id.vat,
                "relay_name": clause.facilitator_id.name,
                "contract_name": clause.contract_name,
                "contract_object": clause._contract().essential_object,
                "clause_name": clause.name,
                "hours_validated": hours.get(clause.id, {}).get("validated", 0),
                **{name: clause[name] for name in ("lot", "lever", "date_start", "date_end", "hours_due")},
            }
            for clause in self
        }

    def _take_certificate_back(self, certificate):
        """The clause waits for a new one; its contractor is told. The officer was checked by whoever calls."""
        clause = self.sudo()
        clause.state = "done"
        clause._notify_contractor(
            clause.partner_id,
            self.env._(
                "The certificate %(code)s of clause %(clause)s was withdrawn. Reason: %(reason)s",
                code=certificate.code,
                clause=clause.name,
                reason=certificate.withdrawal_reason,
            ),
        )

    def action_print_certificate(self):
        return self.certificate_id.action_print()

    def action_withdraw_certificate(self):
        return self.certificate_id.action_withdraw()

    def action_open_certificates(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_certificate_action")
        return {**action, "domain": [("clause_id", "=", self.id)], "context": {}}
