import base64
import csv
import io

from odoo import fields, models

from ...engine.files.cells import harmless

REPORT = ("row", "column", "value", "problem", "expected")


class ClauseInsertionImportError(models.Model):
    """One thing to correct in a file of hours, in the words of the user who checked it."""

    _name = "clause.insertion.import.error"
    _description = "Error in a file of insertion hours"
    _inherit = ["clause.insertion.lock.mixin"]
    _order = "row, id"

    import_id = fields.Many2one(
        "clause.insertion.import", required=True, index=True, ondelete="cascade", copy=False, locked=True
    )
    row = fields.Integer(
        aggregator=None, copy=False, locked=True, help="As a spreadsheet numbers it; 0 for the file as a whole."
    )
    column = fields.Char(copy=False, locked=True)
    value = fields.Char("Value met", copy=False, locked=True)
    problem = fields.Char("What is wrong", copy=False, locked=True)
    expected = fields.Char("What would be right", copy=False, locked=True)

    def _report(self):
        """A CSV that spreadsheets in French open at once: semicolons, and a mark that says UTF-8.

        The texts of the file checked come back in it: none of them is run as a formula.
        """
        file = io.StringIO()
        rows = [
            [self._fields[name]._description_string(self.env) for name in REPORT],
            *([error[name] for name in REPORT] for error in self),
        ]
        csv.writer(file, delimiter=";").writerows([harmless(str(cell or "")) for cell in row] for row in rows)
        return base64.b64encode(file.getvalue().encode("utf-8-sig"))
