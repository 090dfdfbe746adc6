from odoo import models


class ClauseInsertionSpaserXlsx(models.AbstractModel):
    _name = "report.clause_insertion_report.clause_insertion_spaser"
    _inherit = "clause.insertion.document.xlsx"
    _description = "SPASER follow-up as a spreadsheet"
