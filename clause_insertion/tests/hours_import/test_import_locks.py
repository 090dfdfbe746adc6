from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import ImportCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22")
class TestImportLocks(ImportCommon):
    """Somebody with a right on imports says itself what only a button or the engine says: a contractor above all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = cls._content(cls._row(day="05/10/2026"))
        cls.cron = cls.env.ref("clause_insertion.ir_cron_clause_insertion_import")
        line = cls._new_line(cls._new_declaration(cls.clause, "2026-09-01"), cls.person, 7)
        # A value for each field that a sender never gives.
        cls.forged = {
            "state": "running",
            "user_id": cls.user_officer.id,
            "imported_on": "2026-01-01",
            "message": "x",
            "checksum": "x",
            "row_count": 9,
            "hours": 9,
            "present_count": 9,
            "month_totals": [{"clause": cls.other_clause.id}],
            "error_count": 9,
            "error_ids": [Command.create({"problem": "x"})],
            "declaration_count": 9,
            "line_count": 9,
            "line_ids": [Command.link(line.id)],
        }

    def _new(self, user, context=None, **values):
        file = self._new_import(user, self.text).file
        Import = self.env["clause.insertion.import"].with_user(user).with_context(**(context or {}))
        return Import.create({"kind": "declared", "filename": "heures.csv", "file": file, **values})

    def test_every_locked_field_is_tried(self):
        fields = self.env["clause.insertion.import"]._fields
        self.assertEqual(
            {name for name, field in fields.items() if getattr(field, "locked", False) is True}, self.forged.keys()
        )

    def test_values_are_refused(self):
        for user in (self.user_contractor, self.user_officer, self.user_manager):
            record = self._new_import(user, self.text)
            for name, value in self.forged.items():
                with self.subTest(f"{user.login}: {name}"):
                    with self.assertRefused(AccessError, "with its buttons"):
                        self._new(user, **{name: value})
                    with self.assertRefused(AccessError, "with its buttons"):
                        record.write({name: value})

    def test_a_file_of_values_is_refused(self):
        Import = self.env["clause.insertion.import"].with_user(self.user_contractor)
        file = self._new_import(self.user_contractor, self.text).file.decode()
        found = Import.load(["kind", "file", "state"], [["declared", file, "running"]])
        self.assertFalse(found["ids"])
        self.assertIn("with its buttons", found["messages"][0]["message"])

    def test_defaults_are_left_out(self):
        """A contractor has its file written by the scheduled job, with an officer's rights: nothing of the kind."""
        forged = {f"default_{name}": value for name, value in self.forged.items()}
        record = self._new(self.user_contractor, forged)
        self.assertRecordValues(record, [{"state": "draft", "user_id": False, "row_count": 0, "error_ids": []}])
        self.assertFalse(record.line_ids)
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(record.state, "draft")
        self.assertFalse(self._lines(record))
        record.with_user(self.user_officer).action_import()
        self.assertEqual(record.user_id, self.user_officer, "whoever presses the button")

    def test_the_past_is_taken_over_by_who_may(self):
        """Said as a value, changed afterwards, or as a default of the context."""
        for user in (self.user_contractor, self.user_portal_relay):
            own = self._new_import(user, self.text)
            Import = self.env["clause.insertion.import"].with_user(user)
            for door in (
                lambda user=user: self._new(user, kind="taken_over"),
                lambda own=own, Import=Import: Import.with_context(default_kind="taken_over").create(
                    {"file": own.file}
                ),
                lambda own=own: own.write({"kind": "taken_over"}),
            ):
                with self.assertRefused(AccessError, "Only the Region takes over"):
                    door()
        for user in (self.user_officer, self.user_manager):
            self.assertEqual(self._new(user, kind="taken_over").kind, "taken_over")

    def test_another_company(self):
        other = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        record = self._new_import(self.user_contractor, self.text)
        with self.assertRaises(AccessError):
            record.company_id = other
        with self.assertRaises(AccessError):
            self._new(self.user_contractor, company_id=other.id)

    def test_what_was_written_keeps_its_file(self):
        record = self._imported(self.user_contractor, self.text)
        changed = {
            "name": "Autre",
            "kind": "declared",
            "file": self._new_import(self.user_contractor, self._content()).file,
            "filename": "autre.csv",
            "company_id": self.company.id,
        }
        for user in (self.user_contractor, self.user_officer):
            for name, value in changed.items():
                with self.subTest(f"{user.login}: {name}"), self.assertRefused(UserError, "running or done"):
                    record.with_user(user).write({name: value})

    def test_hours_have_no_defaults(self):
        """The hours are written as superuser: the context of who presses the button says nothing of them."""
        record = self._new_import(self.user_contractor, self.text)
        record.with_context(
            default_is_taken_over=True,
            default_submitted_on="2026-01-01",
            default_validated_by=self.user_officer.id,
            default_insertion_refusal="x",
            default_insertion_validated_on="2026-01-01",
        ).action_import()
        line = self._lines(record)
        self.assertRecordValues(line, [{"insertion_state": "draft", "insertion_refusal": False}])
        self.assertRecordValues(
            line.insertion_declaration_id, [{"is_taken_over": False, "submitted_on": False, "validated_by": False}]
        )

    def test_only_the_engine_writes_errors_and_progress(self):
        record = self._imported(self.user_contractor, self._content(self._row(day="32/10/2026")))
        progress = self.env["clause.insertion.import.progress"]
        progress._start(record)
        for user in (self.user_contractor, self.user_facilitator, self.user_officer, self.user_manager):
            for found, values in (
                (record.error_ids, {"import_id": record.id, "problem": "x"}),
                (progress._of(record), {"import_id": record.id + 1, "is_interrupted": True}),
            ):
                with self.subTest(f"{user.login}: {found._name}"):
                    own = found.sudo(False).with_user(user)
                    with self.assertRefused(AccessError, "."):
                        own.create(values)
                    with self.assertRefused(AccessError, "."):
                        own.write(values)
                    with self.assertRefused(AccessError, "."):
                        own.unlink()
