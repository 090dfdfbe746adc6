from odoo import fields, models


class ClauseInsertionImportStaged(models.Model):
    """The rows of a long file that was checked, until they are written: a killed worker does not read it again.

    Numbers and days alone, without foreign keys: they come and go by the hundred thousand, and are nobody's hours.
    """

    _name = "clause.insertion.import.staged"
    _description = "Row of a file of hours, checked and not written yet"
    _inherit = ["clause.insertion.lock.mixin"]
    _log_access = False

    import_id = fields.Integer(required=True, index=True, locked=True)
    row = fields.Integer(locked=True)
    clause = fields.Integer(locked=True)
    person = fields.Integer(locked=True)
    employment = fields.Integer(locked=True)
    day = fields.Date(locked=True)
    is_monthly = fields.Boolean(locked=True)
    kind = fields.Char(locked=True)
    hours = fields.Float(locked=True)
    validated_on = fields.Date(locked=True)
