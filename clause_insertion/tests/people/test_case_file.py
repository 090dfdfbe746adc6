from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ...models.people.clause_insertion_participant import FILE_FIELDS
from ..common import InsertionCommon

FILE = {"education_level": "50", "exit_kind": "sustainable", "exit_date": "2026-10-01"}
# Every way from what an employer reads to the person.
PATHS = {
    "clause.insertion.participant": ("",),
    "clause.insertion.identity": ("", "participant_id."),
    "clause.insertion.employment": ("participant_id.",),
    "clause.insertion.candidate": ("participant_id.",),
    "clause.insertion.declaration": ("line_ids.insertion_participant_id.",),
    "clause.insertion": ("line_ids.insertion_participant_id.", "employment_ids.participant_id."),
    "account.analytic.line": ("insertion_participant_id.", "insertion_employment_id.participant_id."),
}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestCaseFile(InsertionCommon):
    """What a relay notes of a person: its own on the portal, and no employer's by any path."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prescriber = cls._new_company_partner("Mission locale (fictive)", is_insertion_prescriber=True)
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant()
        cls._new_employment(cls.person, cls.clause)
        request = cls._new_request(cls.clause, date_start="2027-01-04")
        request.with_user(cls.user_facilitator).action_propose(cls.person.ids)
        cls._new_declaration(cls.clause, hours={cls.person: 100})
        cls.file = {**FILE, "prescriber_id": cls.prescriber.id}
        cls.person.with_user(cls.user_portal_relay)._case_file(cls.file)
        cls.disability = cls.env.ref("clause_insertion.public_th")
        cls.env["clause.insertion.proof"].create(
            {"participant_id": cls.person.id, "public_id": cls.disability.id, "seen_by_id": cls.user_portal_relay.id}
        )
        cls.values = {**{name: cls.person[name] for name in FILE_FIELDS}, "prescriber_id": cls.prescriber.id}
        cls.values["public_ids"] = cls.disability.id

    def test_the_relay_reads_and_writes_it(self):
        for user in (self.user_portal_relay, self.user_facilitator):
            file = self.person.with_user(user)._case_file({"education_level": "41"})
            self.assertEqual((file["education_level"], file["exit_kind"]), ("41", "sustainable"))
            self.assertEqual((file["prescriber_id"], file["prescriber"]), (self.prescriber.id, self.prescriber.name))
            self.assertIn(self.disability.name, file["publics"])
        self.assertEqual(self.person.education_level, "41")

    def test_nobody_else_does(self):
        others = (
            self.user_contractor
            | self.user_other_contractor
            | self.user_other_portal_relay
            | self.user_other_facilitator
            | self.user_officer
            | self.user_manager
            | self.user_reader
            | self.user_buyer
            | self.user_employee
        )
        for user in others:
            person = self.person.with_user(user)
            for values in (None, {"exit_kind": "other"}):
                with self.assertRaises(AccessError, msg=user.login):
                    person._case_file(values)
            with self.assertRaises(AccessError, msg=user.login):
                person._take_back_proof(self.person.proof_ids[0].with_user(user))
        self.assertEqual(self.person.exit_kind, "sustainable")
        self.assertEqual(len(self.person.proof_ids), 2)

    def test_a_partner_that_is_no_longer_a_relay(self):
        self.relay.is_insertion_facilitator = False
        with self.assertRaises(AccessError):
            self.person.with_user(self.user_portal_relay)._case_file()

    def test_an_employer_that_is_also_another_relay(self):
        """It employs the person, and follows people: not this one."""
        self.contractor.is_insertion_facilitator = True
        with self.assertRaises(AccessError):
            self.person.with_user(self.user_contractor)._case_file()

    def test_nothing_but_the_file(self):
        for values in ({"facilitator_id": self.other_relay.id}, {"public_ids": False}, {"name": "P-1"}):
            with self.assertRaises(AccessError):
                self.person.with_user(self.user_portal_relay)._case_file(values)

    # -- the employer ------------------------------------------------------------------------------

    def _paths(self):
        for model, prefixes in PATHS.items():
            for prefix in prefixes:
                for field, value in self.values.items():
                    yield self.env[model].with_user(self.user_contractor), prefix + field, value

    def test_an_employer_sees_the_person(self):
        """Without this the refusals below would prove nothing."""
        for model in PATHS:
            self.assertTrue(self.env[model].with_user(self.user_contractor).search([]), model)

    def test_no_search(self):
        for model, path, value in self._paths():
            for operator in ("=", "!="):
                with self.assertRaises(AccessError, msg=f"{model._name} {path}"):
                    model.search([(path, operator, value)])
        Participant = self.env["clause.insertion.participant"].with_user(self.user_contractor)
        for path, value in (("public_id", self.disability.id), ("public_id.code", "TH"), ("seen_on", "2026-10-05")):
            self.assertFalse(Participant.search([(f"proof_ids.{path}", "=", value)]), path)

    def test_no_sorting(self):
        for model, path, _value in self._paths():
            if "." not in path:
                with self.assertRaises(AccessError, msg=f"{model._name} {path}"):
                    model.search([], order=path)

    def test_no_grouping_nor_sum(self):
        for model, path, _value in self._paths():
            to_many = (
                "." in path and model._fields[path.partition(".")[0]].type != "many2one"
            )  # nobody groups by what is beyond
            with self.assertRaises(ValueError if to_many else AccessError, msg=f"{model._name} {path}"):
                model.formatted_read_group([], [path], ["__count"])
            if "." not in path:
                with self.assertRaises(AccessError, msg=f"{model._name} {path}"):
                    model.formatted_read_group([], [], [f"{path}:count_distinct"])

    def test_no_reading_nor_export(self):
        for model, path, _value in self._paths():
            records = model.search([])
            with self.assertRaises(UserError, msg=f"{model._name} {path}"):
                records.export_data([path.replace(".", "/")])
            with self.assertRaises(AccessError, msg=f"{model._name} {path}"):
                records.mapped(path)
            if "." not in path:
                with self.assertRaises(AccessError, msg=f"{model._name} {path}"):
                    records.read([path])
                self.assertNotIn(path, model.fields_get(), "not even its name")

    def test_no_writing(self):
        identity = self.person.identity_ids.with_user(self.user_contractor)
        for record in (identity, self.person.with_user(self.user_contractor)):
            for field, value in self.file.items():
                with self.assertRaises(AccessError, msg=f"{record._name} {field}"):
                    record.write({field: value})

    def test_no_chatter(self):
        person = self.person.with_user(self.user_contractor)
        with self.assertRaises(AccessError):
            person.read(["message_ids"])
        messages = self.env["mail.message"].with_user(self.user_contractor)
        self.assertFalse(messages.search([("model", "=", person._name), ("res_id", "=", person.id)]))
        values = self.env["mail.tracking.value"].with_user(self.user_contractor)
        with self.assertRaises(AccessError):
            values.search([])

    # -- its rules ---------------------------------------------------------------------------------

    def test_an_exit_has_a_day_that_has_come(self):
        relay = self.person.with_user(self.user_portal_relay)
        for wrong in ({"exit_date": False}, {"exit_date": "2026-10-06"}):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                relay._case_file(wrong)
        self.assertFalse(relay._case_file({"exit_kind": False, "exit_date": False})["exit_kind"])

    def test_a_proof_taken_back(self):
        proofs = self.person.with_user(self.user_portal_relay).proof_ids
        youth = self.env.ref("clause_insertion.public_jeune")
        again = proofs.create({"participant_id": self.person.id, "public_id": youth.id})
        person = self.person.with_user(self.user_portal_relay)
        person._take_back_proof(again)
        self.assertEqual(self.person.public_ids, youth | self.disability, "another proof says it")
        person._take_back_proof(proofs.filtered(lambda proof: proof.public_id == self.disability))
        self.assertEqual(self.person.public_ids, youth)
        stranger = self._new_participant(self.other_relay)
        with self.assertRaises(AccessError):
            person._take_back_proof(stranger.proof_ids.with_user(self.user_portal_relay))

    def test_a_portal_relay_enrols_like_a_facilitator(self):
        values = {"firstname": "Lou", "lastname": "Modèle", "birthdate": "2002-05-04", **self.file}
        for user in (self.user_portal_relay, self.user_facilitator):
            person = self.env["clause.insertion.identity"].with_user(user)._enrol(values).participant_id.sudo()
            self.assertEqual((person.education_level, person.prescriber_id), ("50", self.prescriber), user.login)
            self.assertEqual((person.facilitator_id, person.birth_year), (self.relay, 2002))
        for user in (self.user_contractor, self.user_officer):
            with self.assertRaises(AccessError, msg=user.login), self.cr.savepoint():
                self.env["clause.insertion.identity"].with_user(user)._enrol(
                    {**values, "facilitator_id": self.relay.id}
                )

    def test_hours_by_month(self):
        validated = self._new_declaration(self.clause, "2026-08-01", {self.person: 50})
        validated.action_submit()
        validated.with_user(self.user_facilitator).action_validate()
        validated.line_ids.with_user(self.user_facilitator).action_reverse("Erreur")
        self._new_declaration(self.clause, "2026-07-01", {self.person: 30}).action_submit()
        months = self.person.with_user(self.user_portal_relay)._hours_by_month()
        self.assertEqual(
            [(f"{month:%Y-%m}", *hours) for month, *hours in months],
            [("2026-09", 100, 0), ("2026-08", 0, 0), ("2026-07", 30, 0)],
        )
        self.assertFalse(self.person.with_user(self.user_other_portal_relay)._hours_by_month())

    def test_situations(self):
        person = self.person.with_user(self.user_portal_relay)
        for end, proven, situation in (
            ("2027-09-01", True, "eligible"),
            (False, True, "eligible"),
            ("2026-12-04", True, "ending"),
            ("2026-10-04", True, "ended"),
            ("2026-12-04", False, "to_verify"),
        ):
            self.person.write({"eligibility_start": end and "2024-12-05" if end != "2026-10-04" else "2024-10-05"})
            self.person.eligibility_end = end
            self.person.proof_ids.fresh_until = False if proven else "2020-01-01"
            self.env.flush_all()
            self.assertEqual(person._situation()[0], situation, end)
            found = {
                name: bool(person.search([("id", "=", person.id), *domain]))
                for name, domain in person._situations().items()
            }
            expected = {
                "eligible": situation in ("eligible", "ending"),
                "to_verify": situation == "to_verify",
                "ending": end == "2026-12-04",
                "erasing": False,
            }
            self.assertEqual(found, expected, f"{end} {proven}")
