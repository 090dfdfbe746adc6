from odoo import fields, models


class ClauseInsertionImportError(models.Model):
    """One thing to correct in a file of hours, in the words of the user who checked it."""

    _name = "clause.insertion.import.error"
    _description = "Error in a file of insertion hours"
    _order = "row, id"

    import_id = fields.Many2one("clause.insertion.import", required=True, index=True, ondelete="cascade")
    row = fields.Integer(aggregator=None, help="As a spreadsheet numbers it; 0 for the file as a whole.")
    column = fields.Char()
    value = fields.Char("Value met")
    problem = fields.Char("What is wrong")
    expected = fields.Char("What would be right")

    def _report_row(self):
        return [self.row, self.column, self.value, self.problem, self.expected]
