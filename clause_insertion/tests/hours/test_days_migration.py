from odoo.modules.migration import load_script
from odoo.tests import freeze_time, tagged
from odoo.tools.misc import file_path

from .common import ValidatedMonthCommon

SCRIPT = "clause_insertion/migrations/19.0.1.2.0/post-days.py"


@tagged("post_install", "-at_install")
class TestDaysMigration(ValidatedMonthCommon):
    """Hours of an earlier version: what is known of when they were declared and recorded."""

    @classmethod
    @freeze_time("2026-10-05 08:00:00")
    def setUpClass(cls):
        super().setUpClass()

    def _migrated(self, **columns):
        self.env.flush_all()
        for name, value in columns.items():
            self.env.cr.execute(f"UPDATE account_analytic_line SET {name} = %s WHERE id = %s", [value, self.line.id])
        self.env.cr.execute(
            "UPDATE account_analytic_line SET insertion_recorded_on = NULL, insertion_declared_on = NULL WHERE id = %s",
            [self.line.id],
        )
        self.env.invalidate_all()
        load_script(file_path(SCRIPT), "post_days").migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        return str(self.line.insertion_declared_on), str(self.line.insertion_recorded_on)

    def test_recorded_when_validated(self):
        validated = {"insertion_validated_on": "2026-11-01 09:00:00", "create_date": "2026-10-05 08:00:00"}
        self.assertEqual(self._migrated(**validated), ("2026-10-05 08:00:00", "2026-11-01 09:00:00"))

    def test_a_line_made_after_its_validation_was_taken_over(self):
        self.declaration.sudo().is_taken_over = True
        validated = {"insertion_validated_on": "2025-11-01 09:00:00", "create_date": "2026-10-05 08:00:00"}
        self.assertEqual(self._migrated(**validated), ("2026-10-05 08:00:00",) * 2)

    def test_hours_become_hundredths(self):
        self._migrated(unit_amount=7.3333)
        self.assertEqual((self.line.unit_amount, self.clause.hours_validated), (7.33, 7.33))
