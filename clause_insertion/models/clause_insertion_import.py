import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

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

    def _check(self):
        return self.env["clause.insertion.import.check"]._check(self)

    def _run(self, tick=lambda done: None):
        """Check again, since the database may have changed, and write."""
        if self._check():
            self.env["clause.insertion.import.writer"]._write_staged(self, tick)

    def _content(self):
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _checksum(self, content):
        return hashlib.sha256(content).hexdigest()
