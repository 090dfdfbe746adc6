from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import file_open

from .common import HEADER, ImportCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22")
class TestImport(ImportCommon):
    """A right file: a contractor's becomes drafts, a past that was validated is taken over with its dates."""

    def test_contractor_file_becomes_draft_declarations(self):
        """A month and a day: two declarations in draft, which the contractor has still to submit."""
        record = self._new_import(
            self.user_contractor,
            self._content(self._row("09/2026", hours="140"), self._row(day="05/10/2026", hours="7h30")),
        )
        record.action_check()
        self.assertRecordValues(record, [{"state": "checked", "row_count": 2, "hours": 147.5, "error_count": 0}])
        self.assertNothingWritten(record)
        record.action_import()
        self.assertRecordValues(
            record,
            [{"state": "done", "line_count": 2, "declaration_count": 2, "user_id": self.user_contractor.id}],
        )
        lines = self._lines(record)
        self.assertRecordValues(
            lines,
            [
                {"unit_amount": 140, "insertion_state": "draft", "insertion_is_monthly": True},
                {"unit_amount": 7.5, "insertion_state": "draft", "insertion_is_monthly": False},
            ],
        )
        self.assertEqual(lines.mapped("date"), [date(2026, 9, 30), date(2026, 10, 5)])
        self.assertEqual(lines.insertion_employment_id, self.employment)
        self.assertEqual(lines.insertion_declaration_id.mapped("state"), ["draft", "draft"])
        lines.insertion_declaration_id.with_user(self.user_contractor).action_submit()
        lines.insertion_declaration_id.with_user(self.user_facilitator).action_validate()
        self.assertEqual(self.clause.hours_validated, 147.5)

    def test_lines_are_those_of_the_form(self):
        """The import gives computed columns their value: the same that an hour typed by hand gets."""
        record = self._imported(self.user_contractor, self._content(self._row(day="05/10/2026")))
        imported = self._lines(record)
        typed = self._new_line(
            imported.insertion_declaration_id, self.person, 7, date="2026-10-05", insertion_is_monthly=False
        )
        self.env.flush_all()
        differ = {"id", "create_uid", "write_uid", "insertion_import_id"}
        for name, field in typed._fields.items():
            if field.store and field.column_type and name not in differ:
                self.assertEqual(imported[name], typed[name], name)

    def test_hours_reach_clause_task_and_declaration(self):
        record = self._imported(
            self.user_officer,
            self._content(self._row("09/2026", hours="140", validated_on="08/10/2026")),
            "taken_over",
        )
        self.assertEqual(self.clause.hours_validated, 140)
        self.assertEqual(self.clause.task_id.effective_hours, 140)
        self.assertEqual(self._lines(record).insertion_declaration_id.hours, 140)

    def test_officer_takes_over_validated_hours(self):
        """Each line keeps its own validation date, at midday; the declaration has the last one."""
        record = self._imported(
            self.user_officer,
            self._content(
                self._row(day="01/09/2026", validated_on="2026-10-08"),
                self._row(day="02/09/2026", validated_on="2026-10-12"),
            ),
            "taken_over",
        )
        lines = self._lines(record)
        self.assertEqual(lines.mapped("insertion_state"), ["validated", "validated"])
        self.assertEqual(
            lines.mapped("insertion_validated_on"), [datetime(2026, 10, 8, 10), datetime(2026, 10, 12, 10)]
        )
        self.assertRecordValues(
            lines.insertion_declaration_id,
            [
                {
                    "state": "validated",
                    "is_taken_over": True,
                    "validated_on": datetime(2026, 10, 12, 10),
                    "validated_by": self.user_officer.id,
                }
            ],
        )
        with self.assertRaises(UserError):
            lines[:1].unit_amount = 8

    def test_officer_declares_for_a_contractor(self):
        record = self._imported(self.user_officer, self._content(self._row("09/2026", hours="140")))
        self.assertEqual(self._lines(record).insertion_declaration_id.state, "draft")

    def test_open_declaration_is_used_again(self):
        declaration = self._new_declaration(self.clause, "2026-09-01")
        record = self._imported(self.user_contractor, self._content(self._row("09/2026", hours="140")))
        self.assertEqual(self._lines(record).insertion_declaration_id, declaration)
        self.assertEqual(record.declaration_count, 0)

    def test_month_stands_on_the_last_day_of_the_work_contract(self):
        self.employment.date_end = "2026-09-11"
        later = self._new_employment(self.person, self.clause, "2026-10-05")
        record = self._imported(
            self.user_contractor,
            self._content(self._row("09/2026", hours="50"), self._row("10/2026", hours="60"), self._row("11/2026")),
        )
        lines = self._lines(record)
        self.assertEqual(lines.mapped("date"), [date(2026, 9, 11), date(2026, 10, 31), date(2026, 11, 22)])
        self.assertEqual([line.insertion_employment_id for line in lines], [self.employment, later, later])

    def test_person_without_work_contract_is_left_to_the_validator(self):
        self.env["clause.insertion.employment"].browse(self.employment.id).date_start = "2026-10-01"
        record = self._imported(self.user_contractor, self._content(self._row(day="05/09/2026")))
        self.assertFalse(self._lines(record).insertion_employment_id)

    def test_contractor_is_found_by_siret_or_name(self):
        """Another establishment of the same company is the same contractor; accents and case are free."""
        for text in ("73282932000074", "732 829 320 00074", "BATISSEURS du seuil (Fictif)", "73282932000017"):
            with self.subTest(text):
                record = self._new_import(
                    self.user_officer, self._content(self._row(day="05/10/2026", contractor=text))
                )
                record.action_check()
                self.assertFalse(record.error_ids.mapped("problem"))

    def test_english_headers_and_free_order(self):
        content = "Hours,Kind,Person,CLAUSE,Contractor,Date\n" + ",".join(
            ['"7,5"', "training", self.person.name.lower(), self.clause.name, self.contractor.name, "2026-10-05"]
        )
        line = self._lines(self._imported(self.user_contractor, content))
        self.assertRecordValues(line, [{"unit_amount": 7.5, "insertion_kind": "training"}])

    def test_encodings(self):
        content = self._content(self._row(day="05/10/2026"))
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"):
            with self.subTest(encoding):
                mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
                record = self._new_import(self.user_contractor, mark + content.encode(encoding))
                record.action_check()
                self.assertFalse(record.error_ids.mapped("problem"))

    def test_workbook(self):
        """Real dates, numbers, a clock time and a month given by its first day."""
        cells = [self.contractor.name, self.clause.name, self.person.name]
        content = self._xlsx(
            HEADER.split(";"),
            [*cells, None, datetime(2026, 10, 5), 7.5, None, None],
            [None] * 8,
            [*cells, datetime(2026, 9, 1), None, "140,25", "Travail", None],
            [*cells, None, "06/10/2026", datetime(2026, 1, 1, 6, 45).time(), "FORMATION", None],
        )
        record = self._imported(self.user_contractor, content, filename="heures.xlsx")
        self.assertEqual(self._lines(record).mapped("unit_amount"), [140.25, 7.5, 6.75])

    def test_templates_are_files_that_read(self):
        """Their columns are the expected ones; their clause, people and contractor are invented."""
        for kind, name in (("declared", "heures_a_declarer"), ("taken_over", "heures_deja_validees")):
            with self.subTest(kind), file_open(f"clause_insertion/static/template/{name}.csv", "rb") as template:
                record = self._new_import(self.user_officer, template.read(), kind)
                record.action_check()
                columns = ["clause", "titulaire", "participant"]
                self.assertEqual(record.error_ids.mapped("column"), columns * 2)

    def test_another_file_starts_again(self):
        record = self._new_import(self.user_contractor, self._content(self._row(day="05/13/2026")))
        record.action_check()
        self.assertEqual(record.state, "failed")
        record.file = self._new_import(self.user_contractor, self._content(self._row(day="05/10/2026"))).file
        self.assertRecordValues(record, [{"state": "draft", "error_count": 0, "error_ids": []}])
        record.action_import()
        self.assertEqual(record.state, "done")
        with self.assertRaisesRegex(UserError, "running or done"):
            record.kind = "taken_over"
        record.action_import()
        self.assertEqual(record.line_count, 1, "pressed again, it brings nothing more")
        with self.assertRaisesRegex(UserError, "history"):
            record.sudo().unlink()
