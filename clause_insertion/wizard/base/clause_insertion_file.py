import base64

from markupsafe import Markup

from odoo import api, fields, models

from ...engine.table_file import read_table

MOST_SHOWN = 200


class ClauseInsertionFile(models.AbstractModel):
    """A file that is checked as a whole, shown as it would be written, then written as a whole or not at all."""

    _name = "clause.insertion.file"
    _description = "File to check, then to load"

    file = fields.Binary(required=True, attachment=False)
    filename = fields.Char("File name")
    state = fields.Selection(
        [("draft", "To check"), ("failed", "To correct"), ("checked", "Ready"), ("done", "Loaded")],
        default="draft",
        readonly=True,
    )
    report = fields.Html(readonly=True)

    # What each kind of file says: its headings, its rows as the engine reads them, and how they are written.

    def _headings(self):
        raise NotImplementedError

    def _read(self, rows):
        """What the engine made of the rows, and its problems."""
        raise NotImplementedError

    def _write_read(self, read):
        """Write; return what was done, as rows of texts whose first one heads them."""
        raise NotImplementedError

    # -- buttons -----------------------------------------------------------------------------------

    @api.onchange("file")
    def _onchange_file(self):
        self.state, self.report = "draft", False

    def action_check(self):
        """Write within a savepoint that is rolled back: what is shown is what would be written."""
        return self._go("checked", keep=False)

    def action_load(self):
        return self._go("done", keep=True)

    def _go(self, state, keep):
        self.ensure_one()
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        rows, problems = read_table(content, self.filename or "", self._headings())
        read = None
        if not problems:
            read, problems = self._read(rows)
        if problems:
            self.write({"state": "failed", "report": self._problem_table(problems)})
        else:
            self.write({"state": state, "report": self._html_table(self._written(read, keep), self._title(state))})
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
            return self._write_read(read)
        with self.env.cr.savepoint() as savepoint:
            done = self._write_read(read)
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()
        return done

    # -- words -------------------------------------------------------------------------------------

    def _title(self, state):
        if state == "done":
            return self.env._("Written:")
        return self.env._("Nothing is written yet. Loading this file would do this:")

    def _problem_table(self, problems):
        words = self._words()
        header = [self.env._("Row"), self.env._("Column"), self.env._("Value met"), self.env._("What is wrong")]
        rows = [
            [problem.row or "", self._heading(problem.column), problem.value[:80], words[problem.code] % problem.params]
            for problem in problems
        ]
        title = self.env._("Nothing was written: %(count)s things to correct in the file.", count=len(problems))
        return self._html_table([header, *rows], title)

    def _heading(self, column):
        return self._headings().texts[column][0] if column else ""

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

    def _words(self):
        """The words of each problem; those of a file that cannot be read are those of a file of hours."""
        of_files = self.env["clause.insertion.import.words"]._file_words()
        return {
            **{code: wrong for code, (wrong, _right) in of_files.items()},
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
