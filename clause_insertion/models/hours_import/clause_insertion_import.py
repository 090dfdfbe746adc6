import base64
import csv
import hashlib
import io
import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

from ...engine.hour_cells import harmless
from ...engine.hour_file import HEADERS
from ..hours.clause_insertion_declaration import OPEN_STATES
from .clause_insertion_import_progress import ImportInterrupted

MOST_ROWS_AT_ONCE = 2000  # written on the button; beyond, by the scheduled job
# What only the buttons of an import change.
LIFE_FIELDS = frozenset(
    {
        "state",
        "user_id",
        "message",
        "checksum",
        "row_count",
        "hours",
        "present_count",
        "error_count",
        "error_ids",
        "month_totals",
        "declaration_count",
        "line_count",
        "imported_on",
    }
)
_logger = logging.getLogger(__name__)
MOST_BYTES_AT_DESK = 5 * 2**20  # some 60,000 rows: a contractor's month has hundreds
MODEL_COLUMNS = ("contractor", "clause", "person", "day", "month", "hours", "kind")


class ClauseInsertionImport(models.Model):
    """A file of hours: checked as a whole, then written as a whole or not at all."""

    _name = "clause.insertion.import"
    _description = "Import of insertion hours"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True, readonly=False, precompute=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    kind = fields.Selection(
        [
            ("declared", "Hours to declare: drafts that the relay will validate"),
            ("taken_over", "Hours already validated, taken over with their validation date"),
        ],
        "What the file holds",
        required=True,
        default=lambda self: self._default_kind(),
    )
    file = fields.Binary(required=True, attachment=True)
    filename = fields.Char("File name")
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
    )
    user_id = fields.Many2one("res.users", "Imported by", readonly=True, copy=False)
    imported_on = fields.Datetime(readonly=True, copy=False)
    message = fields.Char(readonly=True, copy=False)
    checksum = fields.Char(readonly=True, copy=False, index=True, export_string_translation=False)
    row_count = fields.Integer("Rows", readonly=True, copy=False)
    hours = fields.Float(readonly=True, copy=False)
    present_count = fields.Integer("Rows already present", readonly=True, copy=False)
    error_count = fields.Integer("Errors", readonly=True, copy=False)
    error_ids = fields.One2many("clause.insertion.import.error", "import_id", "What to correct", readonly=True)
    report_file = fields.Binary(compute="_compute_report_file", attachment=False, export_string_translation=False)
    declaration_count = fields.Integer("Declarations made", readonly=True, copy=False)
    line_count = fields.Integer("Rows written", readonly=True, copy=False)
    line_ids = fields.One2many("account.analytic.line", "insertion_import_id", "Lines")
    progress = fields.Float(compute="_compute_progress", help="Share of the rows written so far.")
    month_totals = fields.Json(readonly=True, copy=False, export_string_translation=False)
    access_url = fields.Char(compute="_compute_access_url", export_string_translation=False)

    @api.model
    def _default_kind(self):
        return "taken_over" if self._is_relay() else "declared"

    @api.depends("filename")
    def _compute_name(self):
        for record in self:
            record.name = record.name or record.filename or self.env._("Hours")

    @api.depends("error_ids")
    def _compute_report_file(self):
        for record in self:
            record.report_file = record.error_ids._report()

    # -- guards ------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_life_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_life_fields(vals)
        if {"file", "kind", "company_id"} & vals.keys():
            if any(record.state in ("running", "done") for record in self):
                raise UserError(self.env._("This import is running or done: make a new one for another file."))
            self.check_access("write")
            self.sudo()._forget()  # only takes back what the check of the former file said
        return super().write(vals)

    def _refuse_life_fields(self, vals):
        if LIFE_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(self.env._("A file is checked and imported with its buttons."))

    def _forget(self):
        self.error_ids.unlink()
        self.write(
            {"state": "draft", "message": False, "row_count": 0, "hours": 0, "present_count": 0, "error_count": 0}
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(record.state in ("running", "done") for record in self):
            raise UserError(self.env._("The history of imports is kept: this one has written hours."))

    # -- rights ------------------------------------------------------------------------------------

    @api.model
    def _is_officer(self):
        return self.env.user.has_group("clause_insertion.group_clause_insertion_officer")

    @api.model
    def _is_relay(self):
        return self.env.user.commercial_partner_id.is_insertion_facilitator

    def _clause_domain(self):
        """The clauses whose hours the user may bring; record rules come on top."""
        domain = [("company_id", "=", self.company_id.id)]
        if self._is_officer():
            return domain
        partner = self.env.user.commercial_partner_id
        if self.kind == "declared":
            return [*domain, ("partner_id", "=", partner.id)]
        if not self._is_relay():
            raise AccessError(self.env._("Only the relay or the Region takes over hours that were already validated."))
        return [*domain, ("facilitator_id", "=", partner.id)]

    # -- buttons -----------------------------------------------------------------------------------

    def action_check(self):
        """Say everything that is wrong in the file; nothing is written."""
        for record in self:
            record._begin()
            record._check()

    def action_import(self):
        """Write the file's hours, all of them or none; a long file in the background."""
        for record in self:
            record._begin()
            if record.state != "checked":
                record._check()
            if record.state != "checked":
                continue
            record.sudo().user_id = self.env.user  # closed to direct writing
            if record.row_count > MOST_ROWS_AT_ONCE:
                record._queue()
            else:
                record._run()

    def action_download_report(self):
        self.ensure_one()
        filename = self.env._("errors.csv")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/report_file/{filename}?download=true",
            "target": "download",
        }

    def action_open_lines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.account_analytic_line_action")
        return {**action, "domain": [("insertion_import_id", "=", self.id)], "context": {}}

    def action_open_declarations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_declaration_action")
        return {**action, "domain": [("line_ids.insertion_import_id", "=", self.id)], "context": {}}

    def _begin(self):
        self.ensure_one()
        self.check_access("write")
        if self.state in ("running", "done"):
            raise UserError(self.env._("This import is running or done."))

    # -- work --------------------------------------------------------------------------------------

    def _run(self, tick=lambda done: None):
        """Check again, since the database may have changed, and write."""
        if self._check():
            self.env["clause.insertion.import.writer"]._write_staged(self, tick)

    def _content(self):
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _checksum(self, content):
        return hashlib.sha256(content).hexdigest()

    # -- background ----------------------------------------------------------------------------------
    # Long files: written by a scheduled job, in one transaction, with progress shown and a way to stop.

    def _compute_progress(self):
        """sudo: the progress is plumbing, and tells nothing else."""
        found = self.env["clause.insertion.import.progress"].sudo().search_fetch([("import_id", "in", self.ids)])
        done = {progress.import_id: progress.done for progress in found}
        for record in self:
            to_write = record.row_count - record.present_count
            running = 100 * done.get(record.id, 0) / to_write if to_write else 0
            record.progress = {"done": 100, "running": running}.get(record.state, 0)

    def action_interrupt(self):
        """Nothing of the file is left: at once if nobody is writing it, else before the next batch."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "running":
            raise UserError(self.env._("This import is not running."))
        record = self.sudo()  # access was checked above; the state is closed to direct writing
        if record.try_lock_for_update():
            record._stop("checked", self.env._("Interrupted: nothing was written."))
        else:
            self.env["clause.insertion.import.progress"]._of(record).is_interrupted = True

    def action_refresh(self):
        """Show the form again with what the other transaction wrote since."""

    def _queue(self):
        """sudo: the scheduled job and the progress are plumbing; rights were checked by the button."""
        self.env["clause.insertion.import.progress"]._start(self)
        self.sudo().write({"state": "running", "message": False})
        self.env.ref("clause_insertion.ir_cron_clause_insertion_import").sudo()._trigger()

    @api.model
    def _run_waiting(self):
        """Scheduled: the long files, one after the other, each in a transaction of its own.

        A worker that is killed leaves nothing of the file: the import still says “running”, and starts again.
        """
        waiting = self.search([("state", "=", "running")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for record in waiting:
            record._run_in_background()
            record._tell_its_user()
            self.env["ir.cron"]._commit_progress(1)

    def _run_in_background(self):
        if not self.try_lock_for_update():
            return  # another worker is at it
        progress = self.env["clause.insertion.import.progress"]
        try:
            with self.env.cr.savepoint():
                self._as_its_user()._run(lambda done: progress._tick(self, done))
        except ImportInterrupted:
            self._stop("checked", self._as_its_user().env._("Interrupted: nothing was written."))
        except UserError as error:
            self._stop("failed", str(error))
        except Exception:
            _logger.exception("Import %s of insertion hours failed", self.id)
            self._stop(
                "failed", self._as_its_user().env._("An unexpected error stopped the import: nothing was written.")
            )

    def _as_its_user(self):
        user = self.user_id
        return self.with_user(user).with_context(lang=user.lang, tz=user.tz, allowed_company_ids=self.company_id.ids)

    def _stop(self, state, message):
        self.write({"state": state, "message": message})

    def _tell_its_user(self):
        record = self._as_its_user()
        states = dict(record._fields["state"]._description_selection(record.env))
        self.user_id._bus_send("simple_notification", {"type": "info", "message": f"{self.name}: {states[self.state]}"})

    # -- desk ----------------------------------------------------------------------------------------
    # A contractor's file at the desk: a model to fill in, the file received, what it would bring in.

    def _compute_access_url(self):
        for record in self:
            record.access_url = f"/my/insertion-hours-files/{record.id}"

    @api.model
    def _receive(self, filename, content):
        """Keep a contractor's file and check it, under a name of ours: the one given may hold anything."""
        if not content:
            raise UserError(self.env._("Choose a file that is not empty."))
        if len(content) > MOST_BYTES_AT_DESK:
            raise UserError(self.env._("The file is too large: 5 MB at most. Divide it."))
        extension = "xlsx" if filename.lower().endswith(".xlsx") else "csv"
        name = self.env._("hours-%(day)s", day=fields.Date.context_today(self))
        record = self.create({"kind": "declared", "filename": f"{name}.{extension}", "file": base64.b64encode(content)})
        record.action_check()
        if record.state == "failed":
            record._drop_file()
        return record

    def _drop_file(self):
        """A refused file may hold names, and the Region reads imports: its sender has it, its report is enough.

        sudo: portal users have no right on attachments; the import is the user's own.
        """
        files = [("res_model", "=", self._name), ("res_id", "in", self.ids), ("res_field", "=", "file")]
        self.env["ir.attachment"].sudo().search(files).unlink()
        self.invalidate_recordset(["file"])

    # -- what a right file brings in ---------------------------------------------------------------

    def _check(self):
        is_right = self.env["clause.insertion.import.check"]._check(self)
        self.sudo().month_totals = self._staged_months() if is_right else False  # closed to direct writing
        return is_right

    def _staged_months(self):
        """Rows, people and hours that are not there yet, by clause and month; from one query."""
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT clause, to_char(day, 'YYYY-MM-01') AS month, COUNT(*) AS rows,
                       COUNT(DISTINCT person) AS people, SUM(hours) AS hours
                  FROM clause_insertion_import_row WHERE NOT is_present GROUP BY 1, 2 ORDER BY 1, 2
                """
            )
        )

    def _months(self):
        """The same for a page, beside the hours that the clause's open declaration of the month already has."""
        totals = self.month_totals or []
        clauses = self.env["clause.insertion"].browse({total["clause"] for total in totals})
        months = [fields.Date.to_date(total["month"]) for total in totals]
        there = self._open_hours(clauses, months)
        names = dict(zip(clauses.ids, clauses.mapped("name"), strict=True))
        return [
            {
                **total,
                "clause": names[total["clause"]],
                "month": format_date(self.env, month, date_format="MMMM y"),
                "there": there.get((total["clause"], month), 0),
            }
            for total, month in zip(totals, months, strict=True)
        ]

    @api.model
    def _open_hours(self, clauses, months):
        found = self.env["clause.insertion.declaration"].search_fetch(
            [("clause_id", "in", clauses.ids), ("month", "in", months), ("state", "in", OPEN_STATES)],
            ["clause_id", "month", "hours"],
        )
        return {(declaration.clause_id.id, declaration.month): declaration.hours for declaration in found}

    def _declarations(self):
        """Those that the file's hours went to."""
        return self.env["clause.insertion.declaration"].search([("line_ids.insertion_import_id", "in", self.ids)])

    # -- the model to fill in ----------------------------------------------------------------------

    @api.model
    def _model_file(self, clauses, month):
        """A CSV with the columns of the check, and a row for each person who may work on these clauses that month.

        Only the people that the user may see: the check knows no other.
        """
        employments = clauses._employments_in(month)
        visible = employments.participant_id._filtered_access("read")
        rows = {
            (clause.name, employment.participant_id.name)
            for employment in employments.filtered(lambda employment: employment.participant_id in visible)
            for clause in employment.clause_ids & clauses
        }
        contractor = harmless(self.env.user.commercial_partner_id.name)
        file = io.StringIO()
        writer = csv.writer(file, delimiter=";")
        writer.writerow([HEADERS[column][0] for column in MODEL_COLUMNS])
        for clause, person in sorted(rows):
            writer.writerow([contractor, clause, person, "", f"{month:%m/%Y}", "", "travail"])
        return file.getvalue().encode("utf-8-sig")
