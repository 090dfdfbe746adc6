import base64
import io

from openpyxl import Workbook

from ..common import InsertionCommon

HEADER = "titulaire;clause;participant;mois;jour;heures;nature;validé le"


class ImportCommon(InsertionCommon):
    """A clause that runs since September 2026, and a person hired on it; today is 22 November 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contractor.company_registry = "732 829 320 00074"
        cls.clause = cls._new_running_clause(date_start="2026-09-01", facilitator_id=cls.relay.id)
        cls.other_clause = cls._new_running_clause(
            partner=cls.other_contractor, date_start="2026-09-01", facilitator_id=cls.other_relay.id
        )
        cls.person = cls._new_participant()
        cls.employment = cls._new_employment(cls.person, cls.clause)

    @classmethod
    def _row(cls, month="", day="", hours="7", **cells):
        texts = {
            "contractor": cls.contractor.name,
            "clause": cls.clause.name,
            "person": cls.person.name,
            "month": month,
            "day": day,
            "hours": hours,
            "kind": "",
            "validated_on": "",
            **cells,
        }
        return ";".join(texts.values())

    @classmethod
    def _content(cls, *rows, header=HEADER):
        return "\n".join([header, *rows])

    @classmethod
    def _xlsx(cls, *rows):
        workbook = Workbook()
        for row in rows:
            workbook.active.append(row)
        file = io.BytesIO()
        workbook.save(file)
        return file.getvalue()

    @classmethod
    def _new_import(cls, user, content, kind="declared", filename="heures.csv"):
        content = content.encode() if isinstance(content, str) else content
        return (
            cls.env["clause.insertion.import"]
            .with_user(user)
            .create({"kind": kind, "filename": filename, "file": base64.b64encode(content)})
        )

    @classmethod
    def _imported(cls, user, content, kind="declared", **values):
        record = cls._new_import(user, content, kind, **values)
        record.action_import()
        return record

    def _lines(self, record):
        return self.env["account.analytic.line"].search([("insertion_import_id", "=", record.id)], order="date, id")

    def assertNothingWritten(self, record):
        self.assertFalse(self._lines(record))
        self.assertFalse(self.clause.declaration_ids.line_ids)

    def assertProblems(self, record, expected):
        """``expected``: ``(row, column, start of what is wrong)`` for every error."""
        errors = [(error.row, error.column or "", error.problem) for error in record.error_ids]
        self.assertEqual(len(errors), len(expected), errors)
        for (row, column, problem), (expected_row, expected_column, start) in zip(errors, expected, strict=True):
            self.assertEqual((row, column), (expected_row, expected_column), problem)
            self.assertTrue(problem.startswith(start), problem)
        self.assertEqual(record.state, "failed")
        self.assertNothingWritten(record)
