import base64
import csv
import io

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..engine.hour_cells import harmless
from ..engine.hour_file import HEADERS
from .clause_insertion_declaration import OPEN_STATES
from .clause_insertion_declaration_sheet import touching

MOST_BYTES_AT_DESK = 5 * 2**20  # some 60,000 rows: a contractor's month has hundreds
MODEL_COLUMNS = ("contractor", "clause", "person", "day", "month", "hours", "kind")


class ClauseInsertionImport(models.Model):
    """A contractor's file at the desk: a model to fill in, the file received, what it would bring in."""

    _inherit = "clause.insertion.import"

    month_totals = fields.Json(readonly=True, copy=False, export_string_translation=False)
    access_url = fields.Char(compute="_compute_access_url", export_string_translation=False)

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
        is_right = super()._check()
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
        employments = self.env["clause.insertion.employment"].search(
            [("clause_ids", "in", clauses.ids), *touching(month)]
        )
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
