import base64

from odoo.tests import freeze_time, tagged

from .common import InsertionCommon

HEADER = "titulaire;clause;participant;mois;jour;heures;nature;validé le"


class ImportCommon(InsertionCommon):
    """A clause that runs since September 2026, and a person hired on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause(date_start="2026-09-01", facilitator_id=cls.relay.id)
        cls.person = cls._new_participant()
        cls.employment = cls._new_employment(cls.person, cls.clause)

    @classmethod
    def _row(cls, clause=None, person=None, month="", day="", hours="7", kind="", validated="", contractor=None):
        clause = clause or cls.clause
        cells = (
            contractor or clause.partner_id.name,
            clause.name,
            (person or cls.person).name,
            month,
            day,
            hours,
            kind,
            validated,
        )
        return ";".join(cells)

    @classmethod
    def _new_import(cls, user, content, kind="declared", filename="heures.csv"):
        if isinstance(content, list):
            content = "\n".join([HEADER, *content]).encode()
        return (
            cls.env["clause.insertion.import"]
            .with_user(user)
            .create({"kind": kind, "filename": filename, "file": base64.b64encode(content)})
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22")
class TestImport(ImportCommon):
    def test_contractor_file_becomes_draft_declarations(self):
        record = self._new_import(
            self.user_contractor, [self._row(month="09/2026", hours="140"), self._row(day="05/10/2026", hours="7h30")]
        )
        record.action_check()
        self.assertFalse(record.error_ids.mapped("problem"))
        self.assertEqual(record.state, "checked")
        record.action_import()
        self.assertEqual(record.state, "done")
        lines = self.env["account.analytic.line"].search([("insertion_import_id", "=", record.id)], order="date")
        self.assertRecordValues(
            lines,
            [
                {"unit_amount": 140, "insertion_state": "draft", "insertion_is_monthly": True},
                {"unit_amount": 7.5, "insertion_state": "draft", "insertion_is_monthly": False},
            ],
        )
        self.assertEqual(lines.mapped("insertion_employment_id"), self.employment)
        self.assertEqual(lines.insertion_declaration_id.mapped("state"), ["draft", "draft"])

    def test_officer_takes_over_validated_hours(self):
        record = self._new_import(
            self.user_officer, [self._row(month="09/2026", hours="140", validated="2026-10-08")], "taken_over"
        )
        record.action_import()
        self.assertEqual(record.state, "done")
        line = record.sudo().line_ids
        self.assertEqual(line.insertion_state, "validated")
        self.assertEqual(line.insertion_declaration_id.state, "validated")
        self.assertTrue(line.insertion_declaration_id.is_taken_over)
