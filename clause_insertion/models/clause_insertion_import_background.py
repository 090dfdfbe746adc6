import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from .clause_insertion_import_progress import ImportInterrupted

_logger = logging.getLogger(__name__)


class ClauseInsertionImport(models.Model):
    """Long files: written by a scheduled job, in one transaction, with progress shown and a way to stop."""

    _inherit = "clause.insertion.import"

    progress = fields.Float(compute="_compute_progress", help="Share of the rows written so far.")

    def _compute_progress(self):
        """sudo: the progress is plumbing, and tells nothing else."""
        found = self.env["clause.insertion.import.progress"].sudo().search_fetch([("import_id", "in", self.ids)])
        done = {progress.import_id: progress.done for progress in found}
        for record in self:
            to_write = record.row_count - record.present_count
            running = 100 * done.get(record.id, 0) / to_write if to_write else 0
            record.progress = {"done": 100, "running": running}.get(record.state, 0)

    def action_interrupt(self):
        """Nothing of the file is left: at once if nobody is writing it, else before the next batch."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "running":
            raise UserError(self.env._("This import is not running."))
        record = self.sudo()  # access was checked above; the state is closed to direct writing
        if record.try_lock_for_update():
            record._stop("checked", self.env._("Interrupted: nothing was written."))
        else:
            self.env["clause.insertion.import.progress"]._of(record).is_interrupted = True

    def action_refresh(self):
        """Show the form again with what the other transaction wrote since."""

    def _queue(self):
        """sudo: the scheduled job and the progress are plumbing; rights were checked by the button."""
        self.env["clause.insertion.import.progress"]._start(self)
        self.sudo().write({"state": "running", "message": False})
        self.env.ref("clause_insertion.ir_cron_clause_insertion_import").sudo()._trigger()

    @api.model
    def _run_waiting(self):
        """Scheduled: the long files, one after the other, each in a transaction of its own.

        A worker that is killed leaves nothing of the file: the import still says “running”, and starts again.
        """
        waiting = self.search([("state", "=", "running")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for record in waiting:
            record._run_in_background()
            record._tell_its_user()
            self.env["ir.cron"]._commit_progress(1)

    def _run_in_background(self):
        if not self.try_lock_for_update():
            return  # another worker is at it
        progress = self.env["clause.insertion.import.progress"]
        try:
            with self.env.cr.savepoint():
                self._as_its_user()._run(lambda done: progress._tick(self, done))
        except ImportInterrupted:
            self._stop("checked", self._as_its_user().env._("Interrupted: nothing was written."))
        except UserError as error:
            self._stop("failed", str(error))
        except Exception:
            _logger.exception("Import %s of insertion hours failed", self.id)
            self._stop(
                "failed", self._as_its_user().env._("An unexpected error stopped the import: nothing was written.")
            )

    def _as_its_user(self):
        user = self.user_id
        return self.with_user(user).with_context(lang=user.lang, tz=user.tz, allowed_company_ids=self.company_id.ids)

    def _stop(self, state, message):
        self.write({"state": state, "message": message})

    def _tell_its_user(self):
        record = self._as_its_user()
        states = dict(record._fields["state"]._description_selection(record.env))
        self.user_id._bus_send("simple_notification", {"type": "info", "message": f"{self.name}: {states[self.state]}"})
