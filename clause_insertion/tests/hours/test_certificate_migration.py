from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common import CertificateCommon

SCRIPT = Path(__file__).parents[2] / "migrations" / "19.0.1.2.0" / "post-certificates.py"
CODES = ("ABCD-EFGH-JKMN-PQRS", "STVW-XYZ2-3456-789A")


@tagged("post_install", "-at_install")
@freeze_time("2026-12-01")
class TestCertificateMigration(CertificateCommon):
    """A Region whose certificates were six columns of the clause finds them as records, sealed, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        spec = spec_from_file_location("post_certificates", SCRIPT)
        cls.script = module_from_spec(spec)
        spec.loader.exec_module(cls.script)

    def _add_the_old_columns(self):
        self.env.cr.execute(
            """
            ALTER TABLE clause_insertion
                ADD certified_on date, ADD certified_by integer, ADD certificate_code varchar,
                ADD hours_due_certified double precision, ADD hours_certified double precision
            """
        )

    def _certify_as_before(self, clause, code, state="certified"):
        self.env.flush_all()
        old = (state, date(2026, 3, 4), self.user_officer.id, code, 800, 90.5, clause.id)
        self.env.cr.execute(
            SQL(
                """
                UPDATE clause_insertion
                   SET state = %s, certified_on = %s, certified_by = %s, certificate_code = %s,
                       hours_due_certified = %s, hours_certified = %s
                 WHERE id = %s
                """,
                *old,
            )
        )
        self.env.invalidate_all()

    def test_certificates_are_kept(self):
        cancelled = self._new_running_clause(partner=self.other_contractor)
        self._add_the_old_columns()
        self._certify_as_before(self.clause, CODES[0])
        self._certify_as_before(cancelled, CODES[1], state="cancelled")
        for _twice in range(2):
            self.script.migrate(self.env.cr, "19.0.1.1.0")
            self.env.invalidate_all()
        kept = {
            "delivered_on": date(2026, 3, 4),
            "delivered_by": self.user_officer.id,
            "hours_due": 800,
            "hours_validated": 90.5,
            "is_sealed": True,
        }
        clauses = self.clause + cancelled
        self.assertRecordValues(
            clauses.certificate_ids.sorted("code"), [{**kept, "code": code} for code in sorted(CODES)]
        )
        self.assertEqual(set(clauses.mapped("state")), {"certified"})
        self.assertEqual(self.clause.certificate_id.contractor_name, self.contractor.name)
        answer = self.env["clause.insertion.certificate"]._public_answer(CODES[0])
        self.assertEqual((answer["verdict"], answer["hours_validated"]), ("valid", 90.5))
        self.assertTrue(answer["hours_changed_on"], "100 hours were validated since")

    def test_nothing_to_do(self):
        """No version before, or columns that are gone."""
        self.script.migrate(self.env.cr, None)
        self.script.migrate(self.env.cr, "19.0.1.1.0")
        self.assertFalse(self.clause.certificate_ids)
