from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon

ASKED = {
    "job_title": "Peintre",
    "quantity": 3,
    "date_start": "2026-12-01",
    "place": "Poitiers",
    "skills": "Enduits",
    "driving_licence": True,
    "description": "Chantier de printemps",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestRecruitmentLock(InsertionCommon):
    """A contractor writes on its own request, by RPC, the answer that only its relay gives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant()
        cls.asked = cls._new_request(cls.clause)
        cls.request = cls.asked.with_user(cls.user_contractor)
        cls.values = {"clause_id": cls.clause.id, "job_title": "Maçon", "date_start": "2026-11-02"}
        # What a button, the job of the night or the clause says of a request.
        cls.locked = {
            "company_id": cls.company.id,
            "partner_id": cls.contractor.id,
            "facilitator_id": cls.contractor.id,
            "asked_on": "2026-01-01",
            "date_due": "2026-01-01",
            "date_answered": "2026-01-01",
            "state": "unanswered",
            "access_token": "secret",
            "candidate_ids": [Command.create({"participant_id": cls.person.id})],
            "evidence_ids": [Command.create({"clause_id": cls.clause.id, "reason": "nobody_fits"})],
        }

    def test_no_value_at_creation(self):
        for name, value in self.locked.items():
            with self.subTest(name=name), self.assertRefused(AccessError, "with its buttons"):
                self.request.create({**self.values, name: value})

    def test_no_default_at_creation(self):
        defaults = {f"default_{name}": value for name, value in self.locked.items()}
        made = self.request.with_context(**defaults).create(self.values)
        self.assertRecordValues(
            made,
            [
                {
                    "state": "asked",
                    "facilitator_id": self.relay.id,
                    "date_answered": False,
                    "candidate_ids": [],
                    "evidence_ids": [],
                }
            ],
        )
        self.assertNotEqual(made.access_token, "secret")
        self.assertEqual((str(made.asked_on), str(made.date_due)), ("2026-10-05", "2026-11-02"))

    def test_no_value_later(self):
        for user in (self.user_contractor, self.user_facilitator, self.user_portal_relay, self.user_officer):
            for name, value in self.locked.items():
                with self.subTest(user=user.login, name=name), self.assertRefused(AccessError, "with its buttons"):
                    self.asked.with_user(user).write({name: value})

    def test_number_is_the_sequences(self):
        self.assertNotEqual(self.request.create({**self.values, "name": "DR/0"}).name, "DR/0")
        with self.assertRaises(AccessError):
            self.request.name = "DR/0"

    def test_the_contractor_does_not_clear_itself(self):
        with self.assertRefused(AccessError, "Only the relay"):
            self.request.action_nobody_fits()
        values = {"clause_id": self.clause.id, "recruitment_id": self.asked.id, "reason": "nobody_fits"}
        for user in (self.user_contractor, self.user_facilitator, self.user_manager):
            with self.assertRaises(AccessError):
                self.env["clause.insertion.evidence"].with_user(user).create(values)
        self.assertFalse(self.clause.not_attributable_evidence_ids)

    def test_evidence_is_changed_by_nobody(self):
        self.asked.with_user(self.user_facilitator).action_nobody_fits()
        evidence = self.clause.not_attributable_evidence_ids
        other = self._new_request(self.clause)
        for user in (self.user_contractor, self.user_facilitator, self.user_manager):
            for values in ({"date": "2020-01-01"}, {"reason": "no_answer"}, {"recruitment_id": other.id}):
                with self.subTest(user=user.login, values=values), self.assertRaises(AccessError):
                    evidence.with_user(user).write(values)

    def test_candidate_is_changed_with_buttons_alone(self):
        self.asked.with_user(self.user_facilitator).action_propose(self.person.ids)
        candidate = self.asked.candidate_ids
        other = self._new_participant(lastname="Autre")
        for user in (self.user_contractor, self.user_facilitator, self.user_manager):
            for values in (
                {"state": "hired"},
                {"reason": "Non"},
                {"proposed_on": "2020-01-01"},
                {"participant_id": other.id},
                {"facilitator_id": self.other_relay.id},
            ):
                with self.subTest(user=user.login, values=values), self.assertRaises(AccessError):
                    candidate.with_user(user).write(values)

    def test_what_was_asked_is_corrected_until_the_answer(self):
        self.request.write(ASKED)
        officer = self.asked.with_user(self.user_officer)
        officer.write({"quantity": 2})
        self.asked.with_user(self.user_facilitator).action_propose(self.person.ids)
        for record in (self.request, officer):
            for name, value in ASKED.items():
                with self.subTest(name=name), self.assertRefused(UserError, "make a new request"):
                    record.write({name: value})

    def test_what_was_asked_is_not_the_relays_to_correct(self):
        for user in (self.user_facilitator, self.user_portal_relay):
            for name, value in ASKED.items():
                with self.subTest(name=name), self.assertRefused(AccessError, "Only the contractor"):
                    self.asked.with_user(user).write({name: value})

    def test_a_request_stays_on_its_clause(self):
        other = self._new_running_clause()
        for user in (self.user_contractor, self.user_officer):
            with self.assertRefused(AccessError, "make a new request"):
                self.asked.with_user(user).clause_id = other

    def test_nor_from_the_clause(self):
        """An officer writes clauses; requests, evidence and hires are written elsewhere."""
        elsewhere = self._new_employment(self._new_participant(lastname="Ailleurs"), self._new_running_clause())
        clause = self.clause.with_user(self.user_officer)
        for values in (
            {"recruitment_ids": [Command.create(self.values)]},
            {"employment_ids": [Command.link(elsewhere.id)]},
            {"not_attributable_evidence_ids": [Command.create({"recruitment_id": self.asked.id})]},
        ):
            with self.subTest(values=values), self.assertRefused(AccessError, "cannot be changed here"):
                clause.write(values)
