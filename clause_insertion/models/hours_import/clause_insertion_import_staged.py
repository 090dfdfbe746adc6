from odoo import fields, models


class ClauseInsertionImportStaged(models.Model):
    """The rows of a long file that was checked, until they are written: a killed worker does not read it again.

    Numbers and days alone, without foreign keys: they come and go by the hundred thousand, and are nobody's hours.
    """

    _name = "clause.insertion.import.staged"
    _description = "Row of a file of hours, checked and not written yet"
    _inherit = ["clause.insertion.lock.mixin"]
    _log_access = False

    import_id = fields.Integer(required=True, index=True, copy=False, locked=True)
    row = fields.Integer(copy=False, locked=True)
    clause = fields.Integer(copy=False, locked=True)
    person = fields.Integer(copy=False, locked=True)
    employment = fields.Integer(copy=False, locked=True)
    day = fields.Date(copy=False, locked=True)
    is_monthly = fields.Boolean(copy=False, locked=True)
    kind = fields.Char(copy=False, locked=True)
    hours = fields.Float(copy=False, locked=True)
    validated_on = fields.Date(copy=False, locked=True)
