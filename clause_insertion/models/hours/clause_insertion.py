from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import float_compare

from ...engine.certificate_code import new_code, typed_code
from ...engine.months import first_day, last_day, previous_month
from ...engine.next_step import balance_on, behind_on, due_on, is_owed, month_to_declare
from ...engine.progress import ratio
from ...engine.reminders import reminder


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
    certified_on = fields.Date("Certified on", readonly=True, copy=False, locked=True)
    certified_by = fields.Many2one("res.users", "Certified by", readonly=True, copy=False, locked=True)
    certificate_code = fields.Char(
        "Verification code",
        readonly=True,
        copy=False,
        locked=True,
        help="Anyone can check the certificate with this code.",
    )
    hours_due_certified = fields.Float("Hours due when certified", readonly=True, copy=False, locked=True)
    hours_certified = fields.Float(
        "Hours certified",
        readonly=True,
        copy=False,
        locked=True,
        help="Hours validated on the day of the certificate.",
    )

    _certificate_code_unique = models.UniqueIndex(
        "(certificate_code) WHERE certificate_code IS NOT NULL", "This verification code is already used."
    )

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
            clause.hours_declared = sum(hours for state, hours in by_state.items() if state != "draft")

    def _hours_by_state(self):
        """One query for all: ``{clause id: {line state: hours}}``."""
        sums = {}
        for clause, state, hours in self.env["account.analytic.line"]._read_group(
            [("clause_insertion_id", "in", self.ids)], ["clause_insertion_id", "insertion_state"], ["unit_amount:sum"]
        ):
            sums.setdefault(clause.id, {})[state] = hours
        return sums

    @api.depends("hours_due", "hours_validated")
    def _compute_progress(self):
        for clause in self:
            clause.progress = ratio(clause.hours_validated, clause.hours_due)
            clause.hours_remaining = max(clause.hours_due - clause.hours_validated, 0)

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
        month = previous_month(fields.Date.context_today(self))
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
                clauses.reminded_on = fields.Date.context_today(self)
            if not cron._commit_progress(1):
                break

    def _reminder(self, company):
        """What is to be sent today in that company, or None."""
        today, Parameter = fields.Date.context_today(self), self.env["clause.insertion.parameter"]
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
    # The end of a clause: its certificate, and the code with which anyone can check it.

    def action_certify(self):
        """Deliver the certificate: the figures of the day are kept, whatever is reversed later."""
        self.check_access("write")
        if not self.env.user.has_group("clause_insertion.group_clause_insertion_officer"):
            raise AccessError(self.env._("The Region certifies a clause."))
        if any(clause.state != "done" for clause in self):
            raise UserError(self.env._("Strike the balance of the clause first: a certificate closes it."))
        today = fields.Date.context_today(self)
        for clause in self.sudo():  # access was checked above; these fields are closed to direct writing
            clause.write(
                {
                    "state": "certified",
                    "certified_on": today,
                    "certified_by": self.env.user.id,
                    "certificate_code": new_code(),
                    "hours_due_certified": clause.hours_due,
                    "hours_certified": clause.hours_validated,
                }
            )

    def action_print_certificate(self):
        return self.env.ref("clause_insertion.clause_insertion_certificate_report").report_action(self)

    def _certificate_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}/insertion/certificate/{self.certificate_code}"

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Certificate %(clause)s", clause=self.name).replace("/", "-")

    @api.model
    def _certificate(self, code):
        """What a verification code shows to anyone, or None: never a person, nor anything beyond the certificate.

        sudo: whoever has the code was handed the certificate; only the values below leave this method.
        """
        code = typed_code(code)
        clause = code and self.sudo().search([("certificate_code", "=", code)], limit=1)
        if not clause:
            return None
        return {
            "code": code,
            "clause": clause.name,
            "contract": clause.contract_name,
            "lot": clause.lot,
            "region": clause.company_id.name,
            "contractor": clause.partner_id.name,
            "hours_due": clause.hours_due_certified,
            "hours_validated": clause.hours_certified,
            "certified_on": clause.certified_on,
            "changed_on": clause._certificate_changed_on(),
        }

    def _certificate_changed_on(self):
        """The day since which the figures are no longer those certified, or False."""
        self.ensure_one()
        rounding = 0.01
        if not float_compare(self.hours_certified, self.hours_validated, precision_rounding=rounding) and (
            not float_compare(self.hours_due_certified, self.hours_due, precision_rounding=rounding)
        ):
            return False
        last = self.env["account.analytic.line"].search(
            [("clause_insertion_id", "=", self.id), ("insertion_state", "=", "validated")],
            order="insertion_validated_on desc",
            limit=1,
        )
        changed_on = last and fields.Datetime.context_timestamp(self, last.insertion_validated_on).date()
        return max(changed_on or self.certified_on, self.certified_on)
