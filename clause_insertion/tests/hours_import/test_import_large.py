from contextlib import suppress
from datetime import date, timedelta
from unittest.mock import patch

from psycopg2 import errors

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from ...models.hours_import import clause_insertion_import
from ...tools.hours_import import import_check, import_writer
from ...tools.hours_import.import_check import ImportCheck
from ...tools.hours_import.import_writer import ImportWriter
from .common import ImportCommon


class Failure(errors.SerializationFailure):
    """As PostgreSQL raises it."""

    pgcode = "40001"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22")
class TestImportLarge(ImportCommon, CronMixinCase):
    """Files too long for a button, made short here by lowering what long means."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("clause_insertion.ir_cron_clause_insertion_import")
        cls.first = date(2026, 9, 1)

    def setUp(self):
        super().setUp()
        self.patch(clause_insertion_import, "MOST_ROWS_AT_ONCE", 10)
        self.patch(import_writer, "BATCH", 5)

    def _days(self, count):
        return [self._row(day=str(self.first + timedelta(days=number))) for number in range(count)]

    def _queued(self, rows, user=None):
        record = self._new_import(user or self.user_contractor, self._content(*rows))
        record.action_import()
        self.assertEqual(record.state, "running")
        return record

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_long_file_is_written_by_the_scheduled_job(self):
        """With the rights of the user who pressed the button, and by batches that share declarations."""
        with self.capture_triggers(self.cron.id) as triggers:
            record = self._queued(self._days(38))
        self.assertEqual(len(triggers.records), 1)
        self.assertNothingWritten(record)
        record.action_import()
        self.assertEqual(record.state, "running", "pressed again, it goes on")
        self._run_cron()
        self.assertRecordValues(record, [{"state": "done", "line_count": 38, "declaration_count": 2, "progress": 100}])
        self.assertEqual(len(self._lines(record)), 38)
        self.assertEqual(self._lines(record).insertion_declaration_id.mapped("hours"), [30 * 7, 8 * 7])
        self.assertEqual(record.user_id, self.user_contractor)

    def test_progress_is_shown(self):
        record = self._queued(self._days(20))
        progress = self.env["clause.insertion.import.progress"]
        shares = []
        with patch.object(type(progress), "_tick", lambda self, record, done: shares.append(done)):
            self._run_cron()
        self.assertEqual(shares, [5, 10, 15, 20])
        record = self._queued(self._days(30)[20:] + [self._row(day="01/09/2026")])
        progress._of(record).done = 5
        record.invalidate_recordset()
        self.assertEqual(record.progress, 50)

    def test_interrupted_between_two_batches(self):
        """What was already written goes back; the same import can be started again."""
        record = self._queued(self._days(20))
        progress = self.env["clause.insertion.import.progress"]
        tick = type(progress)._tick

        def interrupt(self, record, done):
            if done == 10:
                self._of(record).is_interrupted = True
                self.env.flush_all()
            return tick(self, record, done)

        with patch.object(type(progress), "_tick", interrupt):
            self._run_cron()
        self.assertEqual(record.state, "checked")
        self.assertIn("nothing was written", record.message)
        self.assertNothingWritten(record)
        self.assertFalse(self.clause.declaration_ids)
        record.action_import()
        self._run_cron()
        self.assertEqual((record.state, record.line_count), ("done", 20))

    def test_interrupted_before_it_began(self):
        record = self._queued(self._days(20))
        record.action_interrupt()
        self.assertEqual(record.state, "checked")
        self._run_cron()
        self.assertNothingWritten(record)
        with self.assertRaises(UserError):
            record.action_interrupt()

    def test_crash_leaves_nothing_of_the_file(self):
        """The import says so, and can be started again."""
        record = self._queued(self._days(20))
        create_lines = ImportWriter._create_lines

        def crash(self, rows, declarations):
            create_lines(self, rows, declarations)
            if rows[0]["day"] > date(2026, 9, 10):
                raise RuntimeError("the machine is on fire")

        with (
            patch.object(ImportWriter, "_create_lines", crash),
            mute_logger("odoo.addons.clause_insertion.tools.hours_import.import_job"),
        ):
            self._run_cron()
        self.assertEqual(record.state, "checked")
        self.assertTrue(record.file, "it is not at fault")
        self.assertIn("nothing was written", record.message)
        self.assertNothingWritten(record)
        record.action_import()
        self._run_cron()
        self.assertEqual((record.state, record.line_count), ("done", 20))

    def _staged(self, record):
        return self.env["clause.insertion.import.staged"].search_count([("import_id", "=", record.id)])

    def _run_killed(self):
        """The worker dies while it writes the second batch: nobody catches anything."""
        create_lines = ImportWriter._create_lines

        def die(self, rows, declarations):
            create_lines(self, rows, declarations)
            if rows[0]["day"] > date(2026, 9, 5):
                self.env.cr.rollback()  # as PostgreSQL does when the connection is lost
                raise SystemExit

        with patch.object(ImportWriter, "_create_lines", die), suppress(SystemExit):  # assertRaises would undo all
            self._run_cron()
        self.env.invalidate_all()

    def test_killed_then_goes_on_from_the_staged_rows(self):
        """The file is not read again; until then nobody sees an hour of it."""
        record = self._queued(self._days(20))
        self._run_killed()
        self.assertEqual((record.state, self._staged(record)), ("running", 20))
        self.assertNothingWritten(record)
        self.assertFalse(self.clause.declaration_ids)
        with patch.object(ImportCheck, "problems", side_effect=AssertionError("read again")):
            self._run_cron()
        self.assertEqual((record.state, record.line_count), ("done", 20))
        self.assertFalse(self._staged(record))

    def test_killed_and_the_clause_is_certified_meanwhile(self):
        """What was staged is then checked again as a whole."""
        record = self._queued(self._days(20))
        self._run_killed()
        self.clause.action_strike_balance()
        self.clause.action_certify()
        self.assertRefusedByTheJob(record, "This clause is certified")
        self.assertFalse(self._staged(record))

    def test_killed_and_written_by_another_file_meanwhile(self):
        record = self._queued(self._days(20))
        self._run_killed()
        other = self._new_import(self.user_contractor, self._content(*self._days(8)))
        other.action_import()
        self._run_cron()
        self.assertEqual((record.state, record.line_count), ("done", 12))
        self.assertEqual(len(self._lines(record) + self._lines(other)), 20)

    def _race(self, times):
        """Somebody else changes the clause, so many times, while the file is being written."""
        failures = iter([True] * times)
        create_lines = ImportWriter._create_lines

        def lose(self, rows, declarations):
            create_lines(self, rows, declarations)
            if next(failures, False):
                raise Failure("could not serialize access due to concurrent update")

        return patch.object(ImportWriter, "_create_lines", lose)

    def test_a_clause_moves_meanwhile(self):
        record = self._queued(self._days(20))
        with self._race(3), patch("time.sleep"):
            self._run_cron()
        self.assertEqual((record.state, record.line_count, len(self._lines(record))), ("done", 20, 20))

    def test_a_clause_moves_again_and_again(self):
        """The file is not at fault: it stays in progress, and is taken up again."""
        record = self._queued(self._days(20))
        with self._race(5), patch("time.sleep"), self.capture_triggers(self.cron.id) as triggers:
            self._run_cron()
        self.assertEqual(record.state, "running")
        self.assertIn("taken up again", record.message)
        self.assertNothingWritten(record)
        self.assertEqual(len(triggers.records), 1)
        self._run_cron()
        self.assertEqual((record.state, record.line_count), ("done", 20))

    def test_its_end_is_told(self):
        record = self._queued(self._days(20))
        self._run_cron()
        told = self.env["mail.message"].search([("subject", "like", f"Import {record.id} of hours")])
        self.assertEqual(told.notified_partner_ids, self.user_contractor.partner_id)
        self.assertNotIn(record.filename, f"{told.subject} {told.body}")

    def test_too_many_hours_for_one_file(self):
        """Said at the check, and not after an hour: what is written at a time has to fit a worker's time."""
        self.patch(import_check, "MOST_HOURS", 19)
        record = self._new_import(self.user_contractor, self._content(*self._days(20)))
        record.action_check()
        self.assertEqual(record.state, "failed")
        self.assertIn("20 hours to write: 19 at most", record.error_ids.problem)
        record = self._new_import(self.user_contractor, self._content(*self._days(19)))
        record.action_check()
        self.assertEqual(record.state, "checked")

    def test_database_changed_since_the_check(self):
        """The scheduled job checks again before it writes."""
        record = self._queued(self._days(20))
        self.company.insertion_closed_until = "2026-09-02"
        self._run_cron()
        self.assertProblems(record, [(2, "jour", "Hours are closed"), (3, "jour", "Hours are closed")])

    def assertRefusedByTheJob(self, record, message):
        self._run_cron()
        record = record.sudo()
        self.assertEqual(record.state, "failed")
        self.assertIn(message, record.message or str(record.error_ids.mapped("problem")))
        self.assertNothingWritten(record)
        self.assertFalse(record.file)

    def test_contractor_left_the_company_since(self):
        record = self._queued(self._days(20))
        self.user_contractor.partner_id.parent_id = self.other_contractor
        self.assertRefusedByTheJob(record, "No clause with this reference")

    def test_clause_went_to_another_contractor_since(self):
        record = self._queued(self._days(20))
        self.env["clause.insertion"].flush_model()
        self.env.cr.execute(
            "UPDATE clause_insertion SET partner_id = %s WHERE id = %s", [self.other_contractor.id, self.clause.id]
        )
        self.env.invalidate_all()
        self.assertRefusedByTheJob(record, "No clause with this reference")

    def test_account_closed_since(self):
        record = self._queued(self._days(20))
        self.user_contractor.active = False
        self.assertRefusedByTheJob(record, "account that started this import is closed")

    def test_officer_no_more(self):
        """What an officer began is not written by somebody who is a mere employee since."""
        rows = [f"{self._row(day=str(self.first + timedelta(days=number)))}2026-11-01" for number in range(20)]
        for kind, content in (("declared", self._days(20)), ("taken_over", rows)):
            record = self._new_import(self.user_officer, self._content(*content), kind)
            record.action_import()
            self.assertEqual((record.state, record.user_id), ("running", self.user_officer))
            self.user_officer.group_ids = self.env.ref("base.group_user")
            self.assertRefusedByTheJob(record, "not allowed")
            self.user_officer.group_ids = self.env.ref("clause_insertion.group_clause_insertion_officer")

    def test_reader_alone(self):
        """Nor by one that may still read imports."""
        record = self._new_import(self.user_officer, self._content(*self._days(20)))
        record.action_import()
        self.user_officer.group_ids = self.env.ref("clause_insertion.group_clause_insertion_user")
        self.assertRefusedByTheJob(record, "not allowed")

    def test_company_lost_since(self):
        other = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        record = self._new_import(self.user_officer, self._content(*self._days(20)))
        record.action_import()
        self.user_officer.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertRefusedByTheJob(record, "")

    def test_certified_since(self):
        record = self._queued(self._days(20))
        self.clause.action_strike_balance()
        self.clause.action_certify()
        self.assertRefusedByTheJob(record, "This clause is certified")

    def test_queries_of_a_check_do_not_depend_on_its_length(self):
        """Ten rows or a thousand, naming one person or a hundred: the same number of queries."""
        people = self.env["clause.insertion.participant"].create(
            [{"facilitator_id": self.relay.id} for _ in range(100)]
        )
        self._new_employment(people[:1], self.clause)
        long = [
            self._row(day=str(self.first + timedelta(days=number % 80)), person=people[number % 100].name)
            for number in range(400)
        ]
        long += [
            self._row(day=str(self.first + timedelta(days=number % 80)), hours=f"{number // 100},{number % 100:02d}")
            for number in range(100, 700)
        ]
        counts = []
        for rows in (self._days(10), self._days(10), long):
            record = self._new_import(self.user_officer, self._content(*rows))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record.action_check()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertFalse(record.error_ids.mapped("problem"))
        self.assertEqual(record.row_count, 1000)
        self.assertEqual(counts[1], counts[2])
