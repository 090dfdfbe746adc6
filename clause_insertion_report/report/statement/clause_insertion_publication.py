from odoo import models


class ReportClauseInsertionPublication(models.AbstractModel):
    """The tables of the statement, as they were published."""

    _name = "report.clause_insertion_report.clause_insertion_publication"
    _inherit = "clause.insertion.document.xlsx"
    _description = "Published statement as a spreadsheet"
