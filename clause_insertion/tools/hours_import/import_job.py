import logging
from functools import partial

from odoo.exceptions import AccessError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, retrying

from ...models.hours_import.clause_insertion_import_progress import ImportInterrupted
from .import_staging import ImportStaging
from .import_writer import ImportWriter

_logger = logging.getLogger(__name__)


class ImportJob:
    """Writes one long file in the background, in two steps that are each committed, retried and shown.

    First the file is read and checked once more, and its rows are staged in a table of their own: that is most of the
    work, and nobody sees them as hours. Then the staged rows are written as hours, all of them or none. A worker that
    is killed at Odoo's time limit goes on from the step that it was at: Odoo runs a job again within a minute when
    its worker died, and as progress was committed it does not count that as a failure.

    A step that meets somebody else's change of the same clauses is run again by ``retrying``, as Odoo's web requests
    are. Where five times are not enough, the file stays in progress, and is taken up again a minute later.

    Why a scheduled action of Odoo and not OCA's ``queue_job``: it is there in every installation, workers or not; it
    commits progress, resumes and retries by itself since version 18; one file after the other is what is wanted here,
    since two files of the same clauses would only wait for each other. ``queue_job`` would bring channels and several
    hosts, which one file a month does not need, for a job runner to configure and to watch.
    """

    def __init__(self, record):
        self.record = record
        self.env = record.env
        self.staging = ImportStaging(self.env)

    def run(self):
        """:return: whether the file is dealt with; else it is to be taken up again"""
        try:
            for step in (self._stage, self._write):
                retrying(partial(self._step, step), self.env)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            self.env.cr.rollback()
            own = self.record._as_its_user().env
            self.record.message = own._("Somebody else is changing the same clauses: the file is taken up again soon.")
            return False
        except Exception as error:  # noqa: BLE001  (whatever happened is told to the user, or logged)
            self.env.cr.rollback()
            self._end(error)
        return True

    def _step(self, step):
        """In a transaction of its own; between two of them the user may have interrupted the import."""
        if self.record.try_lock_for_update() and self.record.state == "running":
            step(self._as_its_user())

    def _stage(self, record):
        if not self.staging.has_kept(record.id) and record._check():
            self.staging.keep(record.id)
            self.record.state = "running"  # what the check found is right: it goes on

    def _write(self, record):
        self.staging.take_back(record.id)
        if record._is_stale(self.staging):
            self.staging.forget(record.id)
            if not record._check():
                return
        progress = self.env["clause.insertion.import.progress"]
        ImportWriter(record).write_hours(lambda done: progress._tick(self.record, done))
        self.staging.forget(record.id)
        record._drop_file()

    def _as_its_user(self):
        """With the rights that whoever pressed the button has now: an account may have been closed since."""
        record = self.record._as_its_user()
        if not self.record.user_id.active:
            raise AccessError(record.env._("The account that started this import is closed: nothing was written."))
        record.check_access("write")
        return record

    def _end(self, error):
        own = self.record._as_its_user().env
        self.staging.forget(self.record.id)
        if isinstance(error, ImportInterrupted):
            self.record._stop("checked", own._("Interrupted: nothing was written."))
        elif isinstance(error, UserError):
            self.record._stop("failed", str(error))
            self.record._drop_file()
        else:
            # The file is not at fault: it is kept, to be started again.
            _logger.error("Import %s of insertion hours failed", self.record.id, exc_info=error)
            self.record._stop("checked", own._("An unexpected error stopped the import: nothing was written."))
