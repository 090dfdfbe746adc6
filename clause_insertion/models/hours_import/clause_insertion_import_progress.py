from odoo import api, fields, models
from odoo.tools import SQL


class ImportInterrupted(Exception):
    """Somebody pressed “Interrupt”: everything that the import wrote goes back."""


class ClauseInsertionImportProgress(models.Model):
    """How far a running import has come, and whether somebody wants it to stop.

    It is read and written through transactions of its own while the import's stays open: a row apart,
    without a foreign key, so that neither waits for the other.
    """

    _name = "clause.insertion.import.progress"
    _description = "Progress of an import of insertion hours"
    _inherit = ["clause.insertion.lock.mixin"]

    import_id = fields.Integer(required=True, copy=False, locked=True)
    done = fields.Integer(copy=False, locked=True)
    is_interrupted = fields.Boolean(copy=False, locked=True)

    _one_row = models.UniqueIndex("(import_id)")

    @api.model
    def _of(self, record):
        return self.sudo().search([("import_id", "=", record.id)], limit=1)

    @api.model
    def _start(self, record):
        self._of(record).unlink()
        self.sudo().create({"import_id": record.id, "done": 0, "is_interrupted": False})

    @api.model
    def _tick(self, record, done):
        """Show what was done so far, and stop if asked to."""
        query = """
            UPDATE clause_insertion_import_progress SET done = %s, write_date = now() AT TIME ZONE 'UTC'
             WHERE import_id = %s RETURNING is_interrupted
        """
        with self.env.registry.cursor() as cr:
            cr.execute(SQL(query, done, record.id))
            if (True,) in cr.fetchall():
                raise ImportInterrupted
