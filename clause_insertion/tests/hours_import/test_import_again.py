from odoo.tests import freeze_time, tagged

from .common import ImportCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22")
class TestImportAgain(ImportCommon):
    """The same hours sent twice are counted once."""

    def test_same_file(self):
        content = self._content(self._row(day="05/10/2026"))
        first = self._imported(self.user_contractor, content)
        again = self._imported(self.user_contractor, content)
        self.assertEqual(again.state, "failed")
        self.assertRegex(again.error_ids.problem, "imported on .*2026.* by test_contractor")
        self.assertEqual(len(self._lines(first)), 1)
        self.assertFalse(self._lines(again))

    def test_same_file_after_a_check_alone(self):
        """A file that was checked, refused or interrupted may come again."""
        content = self._content(self._row(day="05/10/2026"))
        self._new_import(self.user_contractor, content).action_check()
        self.assertEqual(self._imported(self.user_contractor, content).state, "done")

    def test_same_rows_in_another_file(self):
        rows = [self._row(day="05/10/2026"), self._row("09/2026", hours="140")]
        self._imported(self.user_contractor, self._content(*rows))
        record = self._imported(self.user_contractor, self._content(*reversed(rows), self._row(day="06/10/2026")))
        self.assertRecordValues(record, [{"state": "done", "row_count": 3, "present_count": 2, "line_count": 1}])
        self.assertEqual(len(self.clause.line_ids), 3)

    def test_current_month_grows_older(self):
        """A month stands on today while it lasts: the next day it is still the same month."""
        self._imported(self.user_contractor, self._content(self._row("11/2026", hours="100")))
        with freeze_time("2026-11-23"):
            record = self._imported(self.user_contractor, self._content("", self._row("11/2026", hours="100")))
        self.assertEqual((record.present_count, record.line_count), (1, 0))

    def test_other_hours_of_the_same_day_are_added(self):
        self._imported(self.user_contractor, self._content(self._row(day="05/10/2026", hours="4")))
        rows = [
            self._row(day="05/10/2026", hours="3"),
            self._row(day="05/10/2026", hours="4", kind="formation"),
            self._row("10/2026", hours="4"),
        ]
        record = self._imported(self.user_contractor, self._content(*rows))
        self.assertEqual((record.present_count, record.line_count), (0, 3))

    def test_typed_hours_are_not_taken_for_imported_ones(self):
        """They are shown to the validator as declared twice, not left out in silence."""
        declaration = self._new_declaration(self.clause, "2026-10-01")
        self._new_line(declaration, self.person, 7, date="2026-10-05", insertion_is_monthly=False)
        record = self._imported(self.user_contractor, self._content(self._row(day="05/10/2026")))
        self.assertEqual(record.line_count, 1)
        self.assertIn("declared twice", self._lines(record).insertion_warnings)

    def test_declared_then_taken_over(self):
        """The Region's file of the past does not count again what the contractor's file brought."""
        self._imported(self.user_contractor, self._content(self._row(day="05/10/2026")))
        record = self._imported(
            self.user_officer, self._content(self._row(day="05/10/2026", validated_on="09/11/2026")), "taken_over"
        )
        self.assertEqual((record.present_count, record.line_count), (1, 0))
