from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...models.people import clause_insertion_erasure
from .erasure_common import ErasureCommon

PUBLIC = "clause_insertion.public_rsa"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05 10:00:00")
class TestErasure(ErasureCommon):
    """Two years after the last activity, and a notice of 30 days, nobody knows any more who the person was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls._forgotten(firstname="Zéphyrine", lastname="Exemple", birthdate="2001-04-05", zip="86000")

    def _announced(self, people=None):
        return self._erasures(people or self.person).filtered(lambda erasure: erasure.state == "announced")

    # -- announced, then erased --------------------------------------------------------------------

    def test_announced_then_erased(self):
        before = self.person.name
        self._run("2026-10-05")
        [erasure] = self._erasures(self.person)
        self.assertRecordValues(erasure, [{"state": "announced", "reason": "inactivity"}])
        self.assertEqual(str(erasure.due_on), "2026-11-04")
        self._run("2026-11-03")
        self.assertEqual(self.person.identity_ids.lastname, "Exemple")
        self._run("2026-11-04")
        self.assertEqual((erasure.state, str(erasure.closed_on)), ("done", "2026-11-04"))
        self.assertFalse(self.person.identity_ids)
        self.assertFalse(self.person.proof_ids)
        self.assertRegex(self.person.name, "^A-[A-Z2-9]{10}$")
        self.assertNotEqual(self.person.name, before)

    def test_what_stays(self):
        prescriber = self._new_company_partner("CSAPA (fictif)", is_insertion_prescriber=True)
        prescriber.insertion_prescriber_kind = "CSAPA"
        self.person.write({"gender": "female", "education_level": "50", "prescriber_id": prescriber.id})
        self.person.write({"exit_kind": "positive", "exit_date": "2024-03-15"})
        publics = self.person.public_ids
        self._run("2026-10-05", "2026-11-04")
        self.assertRecordValues(
            self.person,
            [
                {
                    "gender": "female",
                    "birth_year": 2001,
                    "education_level": "50",
                    "department_id": self.vienne.id,
                    "prescriber_id": False,
                    "prescriber_kind": "OTHER",
                    "exit_kind": "positive",
                    "public_ids": publics.ids,
                }
            ],
        )
        self.assertEqual(str(self.person.exit_date), "2024-03-01")
        self.assertEqual(str(self.person.anonymised_on), "2026-11-04")

    def test_the_notice_ends_with_the_two_years(self):
        person = self._forgotten("2024-10-20")
        self._run("2026-09-19")
        self.assertFalse(self._erasures(person))
        self._run("2026-09-20")
        self.assertEqual(str(self._announced(person).due_on), "2026-10-20")

    def test_delays_are_dated_parameters_of_each_company(self):
        values = {"date_from": "2026-01-01", "company_id": self.company.id}
        self.env["clause.insertion.parameter"].create(
            [{"code": "erasure_months", "value": 36, **values}, {"code": "erasure_notice_days", "value": 60, **values}]
        )
        self._run("2026-12-30")
        self.assertFalse(self._erasures(self.person))
        self._run("2026-12-31")
        self.assertEqual(str(self._announced().due_on), "2027-03-01")

    def test_a_job_that_was_killed_goes_on(self):
        """One batch a transaction: what was erased stays erased, the rest follows; nothing is announced twice."""
        people = self.person | self._forgotten() | self._forgotten()
        self.patch(clause_insertion_erasure, "BATCH", 1)
        self._run("2026-10-05", "2026-10-05", "2026-10-06")
        self.assertEqual(len(self._erasures(people)), 3)
        erase, done = type(self.env["clause.insertion.erasure"])._erase, []

        def killed(records):
            if done:
                raise MemoryError
            done.append(records)
            return erase(records)

        self.patch(type(self.env["clause.insertion.erasure"]), "_erase", killed)
        with mute_logger("odoo.addons.base.models.ir_cron"):
            self._run("2026-11-04")
        self.assertEqual(len(people.filtered("anonymised_on")), 1)
        self.patch(type(self.env["clause.insertion.erasure"]), "_erase", erase)
        self._run("2026-11-05")
        self.assertEqual(people.mapped("identity_ids"), self.env["clause.insertion.identity"])
        self.assertEqual(set(self._erasures(people).mapped("state")), {"done"})

    # -- activity ----------------------------------------------------------------------------------

    def test_any_activity_keeps_a_person(self):
        clause = self._new_running_clause()
        people = {
            kind: self._forgotten(firstname=kind)
            for kind in ("contact", "proof", "contract", "hours", "proposed", "training", "exit", "handover")
        }
        self.env["clause.insertion.contact"].create({"participant_id": people["contact"].id, "subject": "Appel"})
        public = self.env.ref(PUBLIC).id
        self.env["clause.insertion.proof"].create({"participant_id": people["proof"].id, "public_id": public})
        self._new_employment(people["contract"], clause, "2026-01-01", date_end="2026-03-31")
        self._new_declaration(clause, hours={people["hours"]: 10})
        self._new_request(clause).sudo().candidate_ids = [Command.create({"participant_id": people["proposed"].id})]
        training = self._new_training(self.relay)
        self._register(training, self.user_manager, partner_id=self.relay.id, participant_id=people["training"].id)
        people["exit"].write({"exit_kind": "other", "exit_date": "2026-10-01"})
        values = {"participant_id": people["handover"].id, "to_id": self.other_relay.id, "reason": "Déménagement"}
        self.env["clause.insertion.handover"].create(values)
        self._run("2026-10-06")
        everybody = self.person.union(*people.values())
        self.assertEqual(self._announced(everybody).participant_id, self.person)

    def test_the_clock_stands_still_while_a_person_is_employed(self):
        contract = self._new_employment(self.person, self._new_running_clause(), "2023-01-02")
        self._run("2026-10-05", "2029-10-05")
        self.assertFalse(self._erasures(self.person))
        contract.date_end = "2028-01-31"
        self._run("2029-12-31")
        self.assertFalse(self._erasures(self.person))
        self._run("2030-01-01")
        self.assertEqual(str(self._announced().due_on), "2030-01-31")

    def test_neither_a_draft_nor_a_refused_hire_keeps_a_person(self):
        hire = self._new_employment(self.person, self._new_running_clause(), "2024-03-04")
        for state in ("draft", "refused"):
            hire.write({"state": state, "active": state == "draft"})
            self._run("2026-10-05")
            self.assertTrue(self._announced(), state)

    def test_a_contact_planned_for_later_keeps_nobody(self):
        planned = {"participant_id": self.person.id, "subject": "Appel", "date": "2090-01-01"}
        self.env["clause.insertion.contact"].create(planned)
        self._run("2026-10-05")
        self.assertTrue(self._announced())

    def test_active_again_cancels_by_itself(self):
        self._run("2026-10-05")
        values = {"participant_id": self.person.id, "subject": "Appel", "date": "2026-10-07"}
        self.env["clause.insertion.contact"].with_user(self.user_facilitator).create(values)
        self._run("2026-10-08", "2026-11-04", "2026-12-31")
        self.assertEqual(self._erasures(self.person).mapped("state"), ["cancelled"])
        self.assertTrue(self.person.identity_ids)
        self.assertFalse(self._erasures(self.person).activity_ids)

    def test_still_followed(self):
        self._run("2026-10-05")
        for user in (self.user_other_facilitator, self.user_officer, self.user_contractor):
            with self.assertRaises(AccessError, msg=user.login):
                self._announced().with_user(user).action_still_followed()
        self._announced().with_user(self.user_portal_relay).action_still_followed()
        self.assertEqual(self._erasures(self.person).state, "cancelled")
        self.assertEqual(self.person.contact_ids.user_id, self.user_portal_relay)
        self._run("2026-11-04")
        self.assertFalse(self._announced())

    # -- the relay is told -------------------------------------------------------------------------

    def test_one_email_for_a_relay_and_a_day(self):
        people = self.person | self._forgotten(firstname="Lou")
        before = self.env["mail.mail"].search([])
        self._run("2026-10-05", "2026-10-05", "2026-10-06")
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(len(mail), 1)
        self.assertLessEqual((self.user_facilitator | self.user_portal_relay).partner_id, mail.recipient_ids)
        self.assertIn("2 people", mail.subject)
        for person in people:
            self.assertIn(person.name, mail.body_html)
            self.assertIn(person.access_url, mail.body_html)
        for hidden in ("Zéphyrine", "Exemple", "Lou"):
            self.assertNotIn(hidden, mail.subject + mail.body_html)

    def test_an_activity_in_the_back_office(self):
        self._run("2026-10-05")
        activities = self._announced().activity_ids
        self.assertEqual(activities.user_id, self.user_facilitator)
        self.assertEqual(str(activities.date_deadline), "2026-11-04")
        self._run("2026-11-04")
        self.assertFalse(activities.exists())

    # -- the person asks ---------------------------------------------------------------------------

    def test_erased_at_once(self):
        person = self._new_participant(firstname="Lou")
        self.assertEqual(self._ask(person, self.user_portal_relay), "")
        self.assertRecordValues(
            self._erasures(person), [{"state": "done", "reason": "request", "user_id": self.user_portal_relay.id}]
        )
        self.assertFalse(person.identity_ids)

    def test_the_relay_alone(self):
        for user in (self.user_other_portal_relay, self.user_contractor, self.user_officer, self.user_manager):
            with self.assertRaises(AccessError, msg=user.login):
                self._ask(self.person, user)
            with self.assertRaises(AccessError, msg=user.login):
                self.env["clause.insertion.erasure"].with_user(user)._export(self.person.with_user(user))

    def test_kept_while_employed(self):
        self._new_employment(self.person, self._new_running_clause(), "2026-09-01", date_end="2026-10-31")
        self.assertIn("until 10/31/2026", self._ask(self.person))
        self.assertEqual(str(self._announced().due_on), "2026-11-01")
        self._run("2026-10-31")
        self.assertTrue(self.person.identity_ids)
        self._run("2026-11-01")
        self.assertFalse(self.person.identity_ids)

    def test_kept_until_the_hours_are_validated(self):
        clause = self._new_running_clause(facilitator_id=self.relay.id)
        declaration = self._new_declaration(clause, hours={self.person: 10})
        self.assertIn("September 2026", self._ask(self.person))
        declaration.action_submit()
        self._run("2026-10-10")
        self.assertTrue(self.person.identity_ids)
        declaration.with_user(self.user_facilitator).action_validate()
        self._run("2026-10-11")
        self.assertFalse(self.person.identity_ids)
        self.assertEqual(declaration.hours_validated, 10)

    def test_a_request_never_waits_for_longer_than_the_two_years(self):
        """Hours that their contractor never corrects."""
        clause = self._new_running_clause(facilitator_id=self.relay.id)
        self._new_declaration(clause, hours={self.person: 10})
        self._ask(self.person)
        self._run("2028-09-27")
        self.assertTrue(self.person.identity_ids)
        self._run("2028-09-28")
        self.assertFalse(self.person.identity_ids)

    def test_a_contract_without_an_end_has_no_day(self):
        hire = self._new_employment(self.person, self._new_running_clause())
        self.assertIn("without an end", self._ask(self.person))
        self.assertFalse(self._announced().due_on)
        hire.date_end = "2026-10-06"
        self._run("2026-10-06")
        self.assertTrue(self.person.identity_ids)
        self._run("2026-10-07")
        self.assertFalse(self.person.identity_ids)

    def test_asked_after_the_announcement(self):
        self._run("2026-10-05")
        self._ask(self.person)
        self.assertRecordValues(self._erasures(self.person), [{"state": "done", "reason": "request"}])

    def test_announced_once(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env["clause.insertion.erasure"].create(
                [{"participant_id": self.person.id, "reason": "request", "announced_on": "2026-10-05"}] * 2
            )

    # -- for good ----------------------------------------------------------------------------------

    def test_nothing_is_noted_any_more(self):
        clause = self._new_running_clause(facilitator_id=self.relay.id)
        hire = self._new_employment(self.person, clause, "2024-03-04", date_end="2024-04-15")
        self._run("2026-10-05", "2026-11-04")
        about = {"participant_id": self.person.id}
        for model, values in (
            ("clause.insertion.identity", {"firstname": "Zéphyrine", "lastname": "Exemple"}),
            ("clause.insertion.proof", {"public_id": self.env.ref(PUBLIC).id}),
            ("clause.insertion.contact", {"subject": "Appel de Zéphyrine"}),
            ("clause.insertion.handover", {"to_id": self.other_relay.id, "reason": "Déménagement"}),
            ("clause.insertion.employment", {"clause_ids": clause.ids, "date_start": "2026-10-01"}),
        ):
            with self.assertRefused(UserError, "anonymised on 11/04/2026"):
                self.env[model].with_user(self.user_facilitator).create({**about, **values})
        person = self.person.with_user(self.user_portal_relay)
        with self.assertRefused(UserError, "anonymised"):
            person._case_file({"exit_kind": "other", "exit_date": "2026-10-01"})
        with self.assertRefused(AccessError, "anonymised"):
            person.write({"birth_year": 1990})
        with self.assertRefused(ValidationError, "anonymised"):
            self._new_declaration(clause, hours={self.person: 5})
        self.assertEqual((str(hire.date_start), str(hire.date_end)), ("2024-03-01", "2024-04-30"))
        days = self.person.eligibility_start, self.person.eligibility_end
        self.assertEqual(tuple(map(str, days)), ("2024-03-01", "2026-03-31"))

    def test_merged_records_are_erased_with_the_person(self):
        other = self._forgotten(firstname="Zéphyrine", lastname="Exemple", birthdate="2001-04-05")
        identity = self.person.identity_ids.with_user(self.user_facilitator)
        identity.action_merge_duplicates()
        names = self.person.name, other.name
        self.assertEqual(other.same_person_id, self.person)
        self._ask(self.person)
        self.assertFalse({self.person.name, other.name} & set(names))
        self.assertFalse(other.same_person_id)
        self.assertFalse(other.active)

    def test_people_merged_before_are_found(self):
        """By the message of the one that was kept, in the database of an earlier version."""
        other = self._forgotten(firstname="Zéphyrine", lastname="Exemple", birthdate="2001-04-05")
        third = self._forgotten(firstname="Lou", active=False)
        self.person.identity_ids.with_user(self.user_facilitator).action_merge_duplicates()
        other.same_person_id = False
        self.env.flush_all()
        path = Path(__file__).parents[2] / "migrations" / "19.0.1.2.0" / "post-merged_people.py"
        script = module_from_spec(spec := spec_from_file_location("merged_people", path))
        spec.loader.exec_module(script)
        script.migrate(self.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual((other.same_person_id, third.same_person_id), (self.person, third.browse()))

    def test_who_reads_erasures(self):
        self._run("2026-10-05")
        erasure = self._announced()
        for user in (self.user_facilitator, self.user_portal_relay, self.user_reader, self.user_officer):
            self.assertEqual(erasure.with_user(user).display_name, self.person.name, user.login)
        for user in (self.user_contractor, self.user_other_portal_relay, self.user_other_facilitator, self.user_buyer):
            with self.assertRaises(AccessError, msg=user.login):
                erasure.with_user(user).read(["state"])
        for user in (self.user_facilitator, self.user_portal_relay, self.user_manager):
            with self.assertRaises(AccessError, msg=user.login):
                erasure.with_user(user).write({"due_on": "2030-01-01"})
            with self.assertRaises(AccessError, msg=user.login):
                erasure.with_user(user).unlink()
            with self.assertRaises(AccessError, msg=user.login):
                self.env["clause.insertion.erasure"].with_user(user).create(
                    {"participant_id": self.person.id, "reason": "request", "announced_on": "2026-10-05"}
                )
