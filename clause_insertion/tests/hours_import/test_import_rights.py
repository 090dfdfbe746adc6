from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import ImportCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22")
class TestImportRights(ImportCommon):
    """Each brings its own hours, and sees its own files."""

    def test_contractor_of_another_clause(self):
        record = self._imported(self.user_other_contractor, self._content(self._row(day="05/10/2026")))
        self.assertProblems(
            record,
            [
                (2, "clause", "No clause with this reference"),
                (2, "titulaire", "No contractor with this name"),
                (2, "participant", "No such person"),
            ],
        )

    def test_contractor_may_not_take_over(self):
        content = self._content(self._row(day="05/10/2026", validated_on="09/11/2026"))
        for user in (self.user_contractor, self.user_other_contractor):
            with self.assertRefused(AccessError, "Only the Region takes over"):
                self._new_import(user, content, "taken_over")
            record = self._new_import(user, content)
            with self.assertRefused(AccessError, "Only the Region takes over"):
                record.kind = "taken_over"
            record.with_user(self.user_officer).kind = "taken_over"  # who may says it: the check asks who presses
            with self.assertRaisesRegex(AccessError, "Only the Region takes over"):
                record.action_check()
            with self.assertRaisesRegex(AccessError, "Only the Region takes over"):
                record.action_import()
            self.assertNothingWritten(record)

    def test_relays_bring_no_hours_in(self):
        """Those to declare are the contractor's; those of the past are the Region's to take over."""
        content = self._content(self._row(day="05/10/2026", validated_on="09/11/2026"))
        for user in (self.user_facilitator, self.user_other_facilitator):
            for kind in ("declared", "taken_over"):
                with self.subTest(f"{user.login} {kind}"), self.assertRaises(AccessError):
                    self._new_import(user, content, kind)
        for user in (self.user_portal_relay, self.user_other_portal_relay):
            with self.assertRefused(AccessError, "Only the Region takes over"):
                self._new_import(user, content, "taken_over")
            record = self._imported(user, self._content(self._row(day="05/10/2026")))
            self.assertEqual(
                set(record.error_ids.mapped("column")),
                {"clause", "titulaire", "participant"} - ({"participant"} if user == self.user_portal_relay else set()),
            )
            self.assertNothingWritten(record)

    def test_roles_without_imports(self):
        for user in (self.user_buyer, self.user_employee, self.user_reader, self.user_facilitator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._new_import(user, self._content())
        record = self._new_import(self.user_officer, self._content())
        for user in (self.user_buyer, self.user_employee):
            with self.subTest(user.login), self.assertRaises(AccessError):
                record.with_user(user).read(["name"])
        with self.assertRaises(AccessError):
            record.with_user(self.user_reader).action_check()

    def test_others_see_neither_import_nor_errors_nor_file(self):
        refused = self._new_import(self.user_contractor, self._content(self._row(day="32/10/2026")))
        refused.action_check()
        record = self._new_import(self.user_contractor, self._content(self._row(day="05/10/2026")))
        record.action_check()
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", record._name), ("res_id", "=", record.id), ("res_field", "=", "file")])
        )
        self.assertTrue(attachment)
        others = self.user_other_contractor, self.user_portal_relay, self.user_facilitator, self.user_buyer
        for user in others:
            with self.subTest(user.login):
                for document in (record, refused.error_ids, attachment):
                    with self.assertRaises(AccessError):
                        document.with_user(user).check_access("read")
                with self.assertRaises(AccessError):
                    record.with_user(user).action_import()
                self.assertFalse(self.env["ir.attachment"].with_user(user).search([("id", "=", attachment.id)]))
        for user in (self.user_contractor, self.user_officer):
            self.assertTrue(record.with_user(user).file)
            self.assertTrue(refused.with_user(user).error_ids.mapped("problem"))

    def test_states_are_closed_to_direct_writing(self):
        """By any door: a contractor cannot say that a file is checked, nor forge its counts."""
        record = self._new_import(self.user_contractor, self._content(self._row(day="05/10/2026")))
        for values in ({"state": "done"}, {"user_id": self.user_officer.id}, {"line_count": 9}, {"checksum": "x"}):
            with self.subTest(values), self.assertRaises(AccessError):
                record.write(values)
        with self.assertRaises(AccessError):
            record.copy({"state": "done"})
        with self.assertRaises(AccessError):
            record.error_ids.create({"import_id": record.id, "problem": "x"})
        with self.assertRaises(AccessError):
            record.unlink()

    def test_hours_of_another_company(self):
        """Clauses and people of another company are unknown, even to an officer of both."""
        other = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        self.user_officer.company_ids |= other
        record = self._new_import(self.user_officer, self._content(self._row(day="05/10/2026")))
        record.company_id = other
        record.with_context(allowed_company_ids=[other.id, self.company.id]).action_check()
        self.assertEqual(record.error_ids.mapped("column"), ["clause", "titulaire", "participant"])
