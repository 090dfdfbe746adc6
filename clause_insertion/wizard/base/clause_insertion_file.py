import base64

from markupsafe import Markup

from odoo import api, fields, models

from ...engine.files.table import read_table
from ...tools.base.button import button
from ...tools.base.file_messages import file_messages

MOST_SHOWN = 200


class ClauseInsertionFile(models.AbstractModel):
    """A file that is checked as a whole, shown as it would be written, then written as a whole or not at all."""

    _name = "clause.insertion.file"
    _description = "File to check, then to load"
    _inherit = ["clause.insertion.lock.mixin"]

    file = fields.Binary(required=True, attachment=False)
    filename = fields.Char("File name")
    state = fields.Selection(
        [("draft", "To check"), ("failed", "To correct"), ("checked", "Ready"), ("done", "Loaded")],
        default="draft",
        readonly=True,
        copy=False,
        locked=True,
    )
    report = fields.Html(readonly=True, copy=False, locked=True)

    # What each kind of file says: its headings, its rows as the engine reads them, and how they are written.

    def _headings(self):
        raise NotImplementedError

    def _read_rows(self, rows):
        """What the engine made of the rows, and its problems."""
        raise NotImplementedError

    def _write_rows(self, read):
        """Write; return what was done, as rows of texts whose first one heads them."""
        raise NotImplementedError

    # -- buttons -----------------------------------------------------------------------------------

    @api.onchange("file")
    def _onchange_file(self):
        self.state, self.report = "draft", False

    def action_check(self):
        """Write within a savepoint that is rolled back: what is shown is what would be written."""
        return self._process("checked", keep=False)

    @button()
    def action_load(self):
        if self.state == "done":  # pressed before
            return self._window()
        return self._process("done", keep=True)

    def _process(self, state, keep):
        self.ensure_one()
        self.check_access("write")
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        rows, problems = read_table(content, self.filename or "", self._headings())
        read = None
        if not problems:
            read, problems = self._read_rows(rows)
        if problems:
            shown = {"state": "failed", "report": self._problem_table(problems)}
        else:
            shown = {"state": state, "report": self._html_table(self._written(read, keep), self._title(state))}
        self.sudo().write(shown)  # access was checked above; what was found is closed to direct writing
        return self._window()

    def _window(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(self._name).name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _written(self, read, keep):
        if keep:
            return self._write_rows(read)
        with self.env.cr.savepoint() as savepoint:
            done = self._write_rows(read)
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()
        return done

    # -- report ------------------------------------------------------------------------------------

    def _title(self, state):
        if state == "done":
            return self.env._("Written:")
        return self.env._("Nothing is written yet. Loading this file would do this:")

    def _problem_table(self, problems):
        messages = self._messages()
        label = self._headings().label
        header = [self.env._("Row"), self.env._("Column"), self.env._("Value met"), self.env._("What is wrong")]
        rows = [
            [problem.row or "", label(problem.column), problem.value[:80], messages[problem.code] % problem.params]
            for problem in problems
        ]
        title = self.env._("Nothing was written: %(count)s things to correct in the file.", count=len(problems))
        return self._html_table([header, *rows], title)

    def _html_table(self, rows, title):
        header, *rows = rows
        more = len(rows) - MOST_SHOWN
        parts = [Markup("<p><b>%s</b></p><table class='table table-sm'><thead><tr>") % title]
        parts += [Markup("<th>%s</th>") % cell for cell in header]
        parts.append(Markup("</tr></thead><tbody>"))
        for row in rows[:MOST_SHOWN]:
            cells = Markup().join(Markup("<td>%s</td>") % cell for cell in row)
            parts.append(Markup("<tr>%s</tr>") % cells)
        parts.append(Markup("</tbody></table>"))
        if more > 0:
            parts.append(Markup("<p>%s</p>") % self.env._("And %(count)s more.", count=more))
        return Markup().join(parts)

    def _messages(self):
        """What is wrong, by code of problem."""
        return {
            **{code: wrong for code, (wrong, _right) in file_messages(self.env, self._headings()).items()},
            "no_rows": self.env._("The file has no row below its headers."),
            "missing_column": self.env._("This column is missing, or headed in another way."),
            "column_twice": self.env._("This column is there twice: keep one."),
            "mixed_encodings": self.env._(
                "The file mixes two encodings from this line on, as when two files are pasted together: "
                "open it in a spreadsheet, correct the letters with accents, and save it as “CSV UTF-8”."
            ),
            "formula": self.env._("The cell begins like a formula, and formulas are not run: put the value itself."),
            "empty_cell": self.env._("The cell is empty."),
            "contradiction": self.env._("Not what row %(first)s says of the same one: keep the right one."),
        }
