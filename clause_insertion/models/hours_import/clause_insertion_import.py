import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from ...tools.base.button import button
from ...tools.base.days import region_today
from ...tools.hours_import.import_check import MOST_ERRORS, REFUSALS, ImportCheck
from ...tools.hours_import.import_job import ImportJob
from ...tools.hours_import.import_staging import ImportStaging
from ...tools.hours_import.import_writer import ImportWriter
from ...tools.hours_import.problem_messages import ProblemMessages

MOST_ROWS_AT_ONCE = 2000  # written on the button; beyond, by the scheduled job
DAYS_KEPT = 30  # a file that nobody brings in
MOST_PORTAL_BYTES = 5 * 2**20  # some 60,000 rows: a contractor's month has hundreds
CHOSEN = ("name", "company_id", "kind", "file", "filename")  # by the sender, until the file is written
NOTHING_FOUND = {"row_count": 0, "hours": 0, "present_count": 0, "month_totals": False}


class ClauseInsertionImport(models.Model):
    """A file of hours: checked as a whole, then written as a whole or not at all.

    A file may hold names, and the Region reads imports: its content is kept while it may still be brought in, and no
    longer. Once it is refused or written there is left its name, what was found in it, and the checksum by which the
    same file is known again; its sender has the file.
    """

    _name = "clause.insertion.import"
    _description = "Import of insertion hours"
    _inherit = ["clause.insertion.lock.mixin"]
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True, readonly=False, precompute=True, locked="_is_started")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, locked="_is_started"
    )
    kind = fields.Selection(
        [
            ("declared", "Hours to declare: drafts that the relay will validate"),
            ("taken_over", "Hours already validated, taken over with their validation date"),
        ],
        "What the file holds",
        required=True,
        default="declared",
        locked="_is_started",
    )
    file = fields.Binary(required=True, attachment=True, locked="_is_started")
    filename = fields.Char("File name", locked="_is_started")
    state = fields.Selection(
        [
            ("draft", "To check"),
            ("checked", "Checked"),
            ("running", "In progress"),
            ("done", "Done"),
            ("failed", "Refused"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        locked=True,
    )
    user_id = fields.Many2one("res.users", "Imported by", readonly=True, copy=False, locked=True)
    imported_on = fields.Datetime(readonly=True, copy=False, locked=True)
    message = fields.Char(readonly=True, copy=False, locked=True)
    checksum = fields.Char(readonly=True, copy=False, index=True, locked=True, export_string_translation=False)
    row_count = fields.Integer("Rows", readonly=True, copy=False, locked=True)
    hours = fields.Float(readonly=True, copy=False, locked=True)
    present_count = fields.Integer("Rows already present", readonly=True, copy=False, locked=True)
    month_totals = fields.Json(readonly=True, copy=False, locked=True, export_string_translation=False)
    error_count = fields.Integer("Errors", readonly=True, copy=False, locked=True)
    error_ids = fields.One2many(
        "clause.insertion.import.error", "import_id", "What to correct", readonly=True, locked=True
    )
    report_file = fields.Binary(compute="_compute_report_file", attachment=False, export_string_translation=False)
    declaration_count = fields.Integer("Declarations made", readonly=True, copy=False, locked=True)
    line_count = fields.Integer("Rows written", readonly=True, copy=False, locked=True)
    line_ids = fields.One2many("account.analytic.line", "insertion_import_id", string="Lines", locked=True)
    progress = fields.Float(compute="_compute_progress", help="Share of the rows written so far.")
    alive_on = fields.Datetime("Last sign of life", compute="_compute_progress")
    access_url = fields.Char(compute="_compute_access_url", export_string_translation=False)

    @api.depends("filename")
    def _compute_name(self):
        for record in self:
            record.name = record.name or record.filename or self.env._("Hours")

    @api.depends("error_ids")
    def _compute_report_file(self):
        for record in self:
            record.report_file = record.error_ids._report()

    def _compute_progress(self):
        """sudo: the progress is plumbing, and tells nothing else."""
        found = self.env["clause.insertion.import.progress"].sudo().search_fetch([("import_id", "in", self.ids)])
        done = {progress.import_id: progress.done for progress in found}
        alive = {progress.import_id: progress.write_date for progress in found}
        for record in self:
            to_write = record.row_count - record.present_count
            running = 100 * done.get(record.id, 0) / to_write if to_write else 0
            record.alive_on = record.state == "running" and alive.get(record.id)
            record.progress = {"done": 100, "running": running}.get(record.state, 0)

    def _compute_access_url(self):
        for record in self:
            record.access_url = f"/my/insertion-hours-files/{record.id}"

    # -- guards ------------------------------------------------------------------------------------

    def _is_started(self):
        return any(record.state in ("running", "done") for record in self)

    def _lock_message(self, names):
        if set(names) <= set(CHOSEN):
            return self.env._("This import is running or done: make a new one for another file.")
        return self.env._("A file is checked and imported with its buttons.")

    def write(self, vals):
        result = super().write(vals)
        if {"file", "kind", "company_id"} & vals.keys():
            self.sudo()._forget_check()  # access was checked by the writing; only takes back what a check said
        return result

    def _forget_check(self):
        """Another file, or another reading of it, is to be checked again."""
        checked = self.filtered(lambda record: record.state in ("checked", "failed"))
        checked.error_ids.unlink()
        checked.write({**NOTHING_FOUND, "state": "draft", "message": False, "error_count": 0})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if self._is_started():
            raise UserError(self.env._("The history of imports is kept: this one has written hours."))

    # -- rights ------------------------------------------------------------------------------------

    @api.model
    def _is_officer(self):
        return self.env.user.has_group("clause_insertion.group_clause_insertion_officer")

    @api.constrains("kind")
    def _check_kind(self):
        """Asked when the kind is chosen, and of whoever checks or imports the file, on the day it is written."""
        if any(record.kind == "taken_over" for record in self) and not self._is_officer():
            raise AccessError(self.env._("Only the Region takes over hours that were already validated."))

    def _clause_domain(self):
        """The clauses whose hours the user may bring; record rules come on top."""
        self._check_kind()
        domain = [("company_id", "=", self.company_id.id)]
        if self._is_officer():
            return domain
        return [*domain, ("partner_id", "=", self.env.user.commercial_partner_id.id)]

    # -- check -------------------------------------------------------------------------------------

    def action_check(self):
        """Say everything that is wrong in the file; nothing is written."""
        for record in self:
            record._check_not_started()
            record._check()

    def action_download_report(self):
        self.ensure_one()
        filename = self.env._("errors.csv")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/report_file/{filename}?download=true",
            "target": "download",
        }

    def _check_not_started(self):
        self.ensure_one()
        self.check_access("write")
        if self._is_started():
            raise UserError(self.env._("This import is running or done."))
        if self.state == "failed" and not self.file:
            raise UserError(self.env._("A file that was refused is not kept: choose it again."))

    def _check(self):
        """Keep what is wrong in the file; return whether its rows, now staged, can be written."""
        check = ImportCheck(self)
        problems = check.problems()
        messages = ProblemMessages(self.env)
        staging = ImportStaging(self.env)
        found = NOTHING_FOUND if problems else {**staging.totals(), "month_totals": staging.months()}
        has_more = len(problems) >= MOST_ERRORS
        self.sudo().write(  # who may write the import checks it: what was found is closed to direct writing
            {
                **found,
                "state": "failed" if problems else "checked",
                "message": has_more and self.env._("Only the first %(count)s errors are kept.", count=MOST_ERRORS),
                "checksum": check.checksum,
                "error_count": len(problems),
                "error_ids": [Command.clear(), *(Command.create(messages.error_values(p)) for p in problems)],
            }
        )
        if problems:
            self._drop_file()
        return not problems

    def _content(self):
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    # -- import ------------------------------------------------------------------------------------

    @button(lambda record: record._is_started())
    def action_import(self):
        """Write the file's hours, all of them or none; a long file in the background."""
        for record in self:
            record._check_not_started()
            if record.state != "checked":
                record._check()
            if record.state != "checked":
                continue
            record.sudo().user_id = self.env.user  # whoever presses the button, nobody else: closed to direct writing
            if record.row_count > MOST_ROWS_AT_ONCE:
                record._queue()
            else:
                record._run()

    def action_open_lines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.account_analytic_line_action")
        return {**action, "domain": [("insertion_import_id", "=", self.id)], "context": {}}

    def action_open_declarations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_declaration_action")
        return {**action, "domain": [("line_ids.insertion_import_id", "=", self.id)], "context": {}}

    def _declarations(self):
        """Those that the file's hours went to."""
        return self.env["clause.insertion.declaration"].search([("line_ids.insertion_import_id", "in", self.ids)])

    def _run(self):
        """Check again, since the database may have changed, and write."""
        if self._check():
            ImportWriter(self).write_hours()
            self._drop_file()

    # -- background ----------------------------------------------------------------------------------
    # Long files: written by a scheduled job, in steps that are resumed, with progress shown and a way to stop.

    def action_interrupt(self):
        """Nothing of the file is left: at once if nobody is writing it, else before the next batch."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "running":
            raise UserError(self.env._("This import is not running."))
        record = self.sudo()  # access was checked above; the state is closed to direct writing
        if record.try_lock_for_update():
            ImportStaging(self.env).forget(self.id)
            record._stop("checked", self.env._("Interrupted: nothing was written."))
        else:
            self.env["clause.insertion.import.progress"]._of(record).is_interrupted = True

    def action_refresh(self):
        """Show the form again with what the other transaction wrote since."""

    def _queue(self):
        """sudo: the scheduled job and the progress are plumbing; rights were checked by the button."""
        self.env["clause.insertion.import.progress"]._start(self)
        self.sudo().write({"state": "running", "message": False})
        self._trigger_job()

    @api.model
    def _run_waiting(self):
        """Scheduled: the long files, one after the other; see ``ImportJob`` for what a killed worker leaves."""
        waiting = self.search([("state", "=", "running")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for record in waiting:
            if ImportJob(record).run():
                record._tell_its_user()
            else:  # somebody else writes the same clauses
                self._trigger_job(fields.Datetime.now() + timedelta(minutes=1))
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _trigger_job(self, at=None):
        """sudo: a scheduled job is plumbing; rights were checked by the button."""
        self.env.ref("clause_insertion.ir_cron_clause_insertion_import").sudo()._trigger(at)

    def _is_stale(self, staging):
        """Whether a clause or a month that the staged rows go to was closed, or taken away, since they were checked."""
        months = staging.months_of_clauses()
        ids = {clause for clause, _month in months}
        clauses = self.env["clause.insertion"].search([*self._clause_domain(), ("id", "in", list(ids))])
        closed = self.company_id.sudo().insertion_closed_until
        return (
            len(clauses) < len(ids)
            or any(clause.state in REFUSALS for clause in clauses)
            or any(closed and month <= closed for _clause, month in months)
            or self._reaches_decided(clauses, set(months))
        )

    def _reaches_decided(self, clauses, months):
        """A month waits for the relay, or its year was published."""
        if self.kind == "taken_over":
            published = self._published_years(clauses)
            return any(month.year in published.get(clause, ()) for clause, month in months)
        waiting = [("clause_id", "in", clauses.ids), ("state", "=", "submitted")]
        submitted = self.env["clause.insertion.declaration"].search_fetch(waiting, ["clause_id", "month"])
        return any((declaration.clause_id.id, declaration.month) in months for declaration in submitted)

    def _as_its_user(self):
        user = self.user_id
        return self.with_user(user).with_context(lang=user.lang, tz=user.tz, allowed_company_ids=self.company_id.ids)

    def _stop(self, state, message):
        self.write({"state": state, "message": message})

    def _tell_its_user(self):
        """On the screen, if it looks at one, and by a message: a number and a state, without the file's own words."""
        record = self._as_its_user()
        state = dict(record._fields["state"]._description_selection(record.env))[self.state]
        told = record.env._("Import %(number)s of hours: %(state)s", number=self.id, state=state)
        self.user_id._bus_send("simple_notification", {"type": "info", "message": told})
        self.env["mail.thread"].message_notify(
            subject=told, body=self.message or told, partner_ids=self.user_id.partner_id.ids
        )

    # -- portal ------------------------------------------------------------------------------------

    @api.model
    def _create_from_portal(self, filename, content):
        """Keep a contractor's file and check it, under a name of ours: the one given may hold anything."""
        if not content:
            raise UserError(self.env._("Choose a file that is not empty."))
        if len(content) > MOST_PORTAL_BYTES:
            raise UserError(self.env._("The file is too large: 5 MB at most. Divide it."))
        extension = "xlsx" if filename.lower().endswith(".xlsx") else "csv"
        name = self.env._("hours-%(day)s", day=region_today(self))
        record = self.create({"kind": "declared", "filename": f"{name}.{extension}", "file": base64.b64encode(content)})
        record.action_check()
        return record

    # -- retention ---------------------------------------------------------------------------------

    def _drop_file(self):
        """sudo: portal users have no right on attachments; called once the user's own right was checked."""
        files = [("res_model", "=", self._name), ("res_id", "in", self.ids), ("res_field", "=", "file")]
        self.env["ir.attachment"].sudo().search(files).unlink()
        self.invalidate_recordset(["file"])

    @api.autovacuum
    def _gc_files(self):
        """A file that was sent and never brought in may hold names as well."""
        since = fields.Datetime.now() - timedelta(days=DAYS_KEPT)
        waiting = self.search([("state", "in", ("draft", "checked")), ("write_date", "<", since)])
        waiting._drop_file()
        waiting._stop("failed", self.env._("The file was not brought in within %s days, and was not kept.", DAYS_KEPT))

    @api.autovacuum
    def _gc_words(self):
        """What was wrong in a file, and its name, may name people: they go after the months set; the hours stay."""
        for company in self.env["res.company"].search([]):
            until = self.env["clause.insertion.erasure"]._copies_until(company)
            has_words = Domain("filename", "!=", False) | Domain("error_ids", "!=", False)
            old = Domain("create_date", "<", until) & Domain("state", "!=", "running")
            self.search(old & has_words & Domain("company_id", "=", company.id))._forget_file()

    def _forget_file(self):
        """Nothing that the file said is left but its hours. Under sudo."""
        self._drop_file()
        self.error_ids.unlink()
        waiting = self.filtered(lambda record: record.state in ("draft", "checked"))
        waiting._stop("failed", self.env._("The file is no longer kept: send it again."))
        self.write({"filename": False, "name": self.env._("Hours")})
