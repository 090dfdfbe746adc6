import io
import zipfile
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import ImportCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22")
class TestImportFiles(ImportCommon):
    """A file may hold names: it is kept while its hours may still be brought in, and is nobody's document."""

    def _attachments(self, record):
        owner = [("res_model", "=", record._name), ("res_id", "=", record.id), ("res_field", "=", "file")]
        return self.env["ir.attachment"].search(owner)

    def test_a_refused_file_is_not_kept(self):
        """From the back office as from the portal; what was found in it is kept, and names nobody."""
        for user in (self.user_contractor, self.user_officer):
            record = self._new_import(user, self._content(self._row(day="05/10/2026", person="Camille Exemple")))
            self.assertTrue(self._attachments(record))
            record.action_check()
            self.assertEqual((record.state, record.error_count), ("failed", 1))
            self.assertFalse(self._attachments(record))
            self.assertFalse(record.file)
            self.assertEqual(len(record.checksum), 64)
            self.assertNotIn("Camille", str(record.error_ids.read()))
            for button in (record.action_check, record.action_import):
                with self.assertRefused(UserError, "choose it again"):
                    button()

    def test_a_file_is_not_kept_once_it_is_written(self):
        content = self._content(self._row(day="05/10/2026"))
        record = self._imported(self.user_contractor, content)
        self.assertEqual(record.state, "done")
        self.assertFalse(self._attachments(record))
        again = self._imported(self.user_contractor, content)
        self.assertIn("was imported on", again.error_ids.problem, "known by its checksum")

    def test_a_file_that_nobody_brings_in(self):
        old, checked, recent = (
            self._new_import(self.user_contractor, self._content(self._row(day=f"0{day}/10/2026"))) for day in (5, 6, 7)
        )
        checked.action_check()
        self.env.flush_all()
        before = fields.Datetime.now() - timedelta(days=31)
        self.env.cr.execute(
            "UPDATE clause_insertion_import SET write_date = %s WHERE id = ANY(%s)", [before, (old | checked).ids]
        )
        self.env.invalidate_all()
        self.env["clause.insertion.import"]._gc_files()
        self.assertEqual((old | checked).mapped("state"), ["failed", "failed"])
        self.assertIn("30 days", old.message)
        self.assertFalse(self._attachments(old) | self._attachments(checked))
        self.assertTrue(self._attachments(recent))

    def test_nothing_of_the_file_is_indexed_nor_unpacked(self):
        """To name the kind of an archive, Odoo would unpack a part of it whole."""
        record = self._new_import(self.user_contractor, self._content(self._row(person="Camille Exemple")))
        self.assertRecordValues(
            self._attachments(record), [{"mimetype": "application/octet-stream", "index_content": False}]
        )
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "")
            archive.writestr("mimetype", bytes(2**20))
        with patch.object(zipfile.ZipFile, "read", side_effect=AssertionError("unpacked")):
            record = self._new_import(self.user_contractor, file.getvalue())
            record.file = record.file + b"\n"
        self.assertEqual(self._attachments(record).mimetype, "application/octet-stream")

    def test_the_file_is_locked_as_its_field_is(self):
        """Through attachments too: an officer gives no file to an import that is running or done."""
        record = self._new_import(self.user_officer, self._content(self._row(day="05/10/2026")))
        record.action_check()
        record.sudo().state = "running"
        file = self._attachments(record).with_user(self.user_officer)
        self.assertTrue(file.raw)
        owner = {"res_model": record._name, "res_id": record.id, "res_field": "file"}
        other = file.create({"name": "a.csv", "raw": b"a"})
        for door in (
            lambda: file.write({"raw": b"a"}),
            lambda: file.write({"datas": "YQ=="}),
            lambda: file.write({"res_id": record.id + 1}),
            lambda: file.unlink(),
            lambda: file.create({"name": "a.csv", "raw": b"a", **owner}),
            lambda: other.write(owner),
            lambda: other.copy(owner),
        ):
            with self.assertRefused(UserError, "running or done"):
                door()
        for user in (self.user_contractor, self.user_facilitator, self.user_buyer, self.user_employee):
            for door in (lambda file: file.raw, lambda file: file.write({"raw": b"a"}), lambda file: file.unlink()):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    door(file.with_user(user))


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22")
class TestImportOfTheClosed(ImportCommon):
    """No file adds to what a certificate says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declaration = cls._new_declaration(cls.clause, "2026-09-01", {cls.person: 100})
        cls.declaration.action_submit()
        cls.declaration.with_user(cls.user_facilitator).action_validate()
        cls.clause.action_strike_balance()
        cls.clause.with_user(cls.user_officer).action_certify()
        cls.late = cls._new_declaration(cls.clause, "2026-10-01", {cls.person: 50})
        cls.late.with_user(cls.user_contractor).action_submit()

    def test_a_certified_clause_takes_no_file(self):
        past = self._content(self._row("09/2026", hours="700", validated_on="08/10/2026"))
        new = self._content(self._row("11/2026", hours="7"))
        for user, content, kind in (
            (self.user_officer, past, "taken_over"),
            (self.user_officer, new, "declared"),
            (self.user_contractor, new, "declared"),
        ):
            record = self._imported(user, content, kind)
            self.assertEqual(record.state, "failed")
            self.assertEqual(record.error_ids.problem, "This clause is certified: its hours are closed.")
        self.assertEqual(self.clause.hours_validated, 100)

    def test_a_late_month_does_not_count(self):
        """Declared and submitted after the certificate: it waits until the certificate is withdrawn."""
        with self.assertRefused(UserError, "is certified for 100.00 hours"):
            self.late.with_user(self.user_facilitator).action_validate()
        self.assertEqual(self.clause.hours_validated, 100)
        self.clause.state = "done"
        self.late.with_user(self.user_facilitator).action_validate()
        self.assertEqual(self.clause.hours_validated, 150)

    def test_hours_that_were_reversed_may_be_counted_again(self):
        """As many as the certificate says; so two files of one person are put together."""
        self.declaration.line_ids.with_user(self.user_officer).action_reverse("Erreur de personne")
        self.late.with_user(self.user_facilitator).action_validate()
        self.assertEqual(self.clause.hours_validated, 50)
        other = self._new_participant()
        other.sudo()._absorb(self.person)
        self.assertEqual(self.clause.hours_validated, 50)

    def test_superuser_included(self):
        line = self.late.line_ids.sudo()
        with self.assertRefused(UserError, "is certified for"):
            line.write({"insertion_state": "validated", "insertion_validated_on": fields.Datetime.now()})
