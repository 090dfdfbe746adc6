from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ..common import InsertionCommon

CONTRACT = {"date_start": "2026-11-02", "contract_type": "FIXED_TERM", "execution_mode": "direct"}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestRecruitment(InsertionCommon):
    """The contractor asks, the relay proposes, the contractor hires, the relay confirms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant(firstname="Zéphyrine")
        cls.request = cls._new_request(cls.clause, quantity=2)

    def _as(self, user, record=None):
        return (record or self.request).with_user(user)

    def _propose(self, people=None, user=None):
        people = people or self.person
        self._as(user or self.user_facilitator).action_propose(people.ids)
        return self.request.candidate_ids.filtered(lambda candidate: candidate.participant_id in people)

    # -- asking ------------------------------------------------------------------------------------

    def test_due_date_follows_a_dated_parameter(self):
        self.assertEqual(str(self.request.date_due), "2026-11-02")
        self.env["clause.insertion.parameter"].create(
            {"code": "recruitment_delay", "date_from": "2026-10-01", "value": 7}
        )
        self.assertEqual(str(self._new_request(self.clause).date_due), "2026-10-12")
        self.assertEqual(str(self.request.date_due), "2026-11-02", "what was asked before keeps its day")

    def test_the_relay_is_told(self):
        activity = self.request.activity_ids
        self.assertEqual((activity.user_id, str(activity.date_deadline)), (self.user_facilitator, "2026-11-02"))
        self.assertIn(self.user_portal_relay.partner_id, self.request.message_ids.notified_partner_ids)
        self._propose()
        self.assertFalse(self.request.activity_ids, "answered: nothing left to do")

    def test_only_on_a_running_clause(self):
        self.clause.action_strike_balance()
        with self.assertRaises(UserError):
            self._new_request(self.clause)

    def test_only_the_contractor_asks(self):
        for user in (self.user_portal_relay, self.user_other_contractor, self.user_facilitator, self.user_reader):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._new_request(self.clause, user)

    def test_states_are_closed_to_direct_writing(self):
        for user in (self.user_contractor, self.user_portal_relay, self.user_facilitator, self.user_officer):
            for values in ({"state": "answered"}, {"date_answered": "2026-10-05"}, {"asked_on": "2026-01-01"}):
                with self.assertRaises(AccessError):
                    self._as(user).write(values)
        with self.assertRaises(AccessError):
            self._as(self.user_portal_relay).job_title = "Autre métier"
        self._as(self.user_contractor).job_title = "Maçon finisseur"
        self._propose()
        with self.assertRaises(UserError):
            self._as(self.user_contractor).job_title = "Peintre"
        with self.assertRaises(UserError):
            self._as(self.user_contractor).clause_id = self._new_running_clause()

    # -- answering ---------------------------------------------------------------------------------

    def test_both_desks_of_the_relay_propose(self):
        other = self._new_participant(lastname="Modèle")
        self._propose()
        self._propose(other, self.user_portal_relay)
        self.assertEqual(self.request.candidate_ids.participant_id, self.person | other)
        self.assertRecordValues(self.request, [{"state": "answered", "date_answered": self.request.asked_on}])

    def test_the_relay_picks_in_the_back_office(self):
        form = Form(
            self.env["clause.insertion.proposal"]
            .with_user(self.user_facilitator)
            .with_context(default_recruitment_id=self.request.id)
        )
        self.assertEqual(form.eligible_ids[:], self.person)
        form.participant_ids.add(self.person)
        form.save().action_confirm()
        self.assertEqual(self.request.candidate_ids.participant_id, self.person)

    def test_who_does_not_propose(self):
        for user in (self.user_contractor, self.user_officer, self.user_other_facilitator, self.user_reader):
            for action, arguments in (("action_propose", [self.person.ids]), ("action_nobody_fits", [])):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    getattr(self._as(user), action)(*arguments)

    def test_only_its_own_eligible_people(self):
        stranger = self._new_participant(self.other_relay)
        unproven = self._new_participant(proof_ids=[])
        ended = self._new_participant(eligibility_start="2024-10-05")  # until 4 October 2026
        ending = self._new_participant(eligibility_start="2024-11-02")  # the day before the job starts
        for people in (stranger, unproven, ended, ending, self.person | stranger):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._propose(people)
        self.assertFalse(self.request.candidate_ids)
        lasting = self._new_participant(eligibility_start="2024-11-03")  # until the first day of the job
        self._propose(lasting)

    def test_a_merged_person_stays_proposed_once(self):
        twin = self._new_participant(firstname="Zéphyrine")
        candidate = self._propose(twin)
        self.person._absorb(twin)
        self.assertEqual(candidate.participant_id, self.person)
        again = self._new_participant(firstname="Zéphyrine")
        self._propose(again)
        self.person._absorb(again)
        self.assertEqual(self.request.candidate_ids.participant_id, self.person | again, "never twice")

    def test_nobody_twice(self):
        self._propose()
        with self.assertRaises(UserError):
            self._propose()

    def test_nobody_fits(self):
        self._as(self.user_portal_relay).action_nobody_fits()
        self.assertRecordValues(self.request, [{"state": "unanswered", "date_answered": self.request.asked_on}])
        self.assertEqual(self.clause.not_attributable_evidence_ids.reason, "nobody_fits")
        with self.assertRaises(UserError):
            self._as(self.user_portal_relay).action_nobody_fits()

    def test_what_the_contractor_sees_of_a_person(self):
        person = self._as(self.user_contractor, self.person)
        self.assertFalse(person.has_access("read"))
        candidate = self._propose()
        self.assertTrue(person.has_access("read"))
        self.assertFalse(person.has_access("write"))
        self.assertFalse(self.person.identity_ids.with_user(self.user_contractor).has_access("read"))
        self.assertFalse(self._as(self.user_contractor, candidate).person_name)
        self.assertFalse(self._as(self.user_other_contractor, self.person).has_access("read"))
        self._as(self.user_contractor, candidate).action_decline("Permis nécessaire")
        self.assertFalse(person.has_access("read"), "declined: no longer the contractor's business")

    def test_nothing_personal_is_sent(self):
        candidate = self._propose()
        self._as(self.user_contractor, candidate).action_hire(CONTRACT)
        self.request.sudo().with_user(self.user_contractor).action_close()
        messages = self.request.message_ids | candidate.employment_id.message_ids | self.person.message_ids
        text = " ".join(f"{m.subject} {m.body} {m.record_name}" for m in messages)
        self.assertNotIn("Zéphyrine", text)
        self.assertNotIn("Maçon", text, "a free text may name somebody")

    # -- hiring ------------------------------------------------------------------------------------

    def test_hire_then_confirm(self):
        candidate = self._propose()
        employment = self._as(self.user_contractor, candidate).action_hire(CONTRACT)
        self.assertRecordValues(
            employment.sudo(),
            [{"participant_id": self.person.id, "employer_id": self.contractor.id, "state": "draft"}],
        )
        self.assertRecordValues(candidate, [{"state": "hired", "employment_id": employment.id}])
        with self.assertRaises(UserError):
            employment.action_confirm()
        employment.with_user(self.user_portal_relay).action_confirm()
        self.assertEqual(str(self.person.eligibility_start), "2026-11-02")

    def test_who_does_not_hire_nor_decline(self):
        candidate = self._propose()
        for user in (self.user_other_contractor, self.user_portal_relay, self.user_facilitator, self.user_officer):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._as(user, candidate).action_hire(CONTRACT)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._as(user, candidate).action_decline("Non")

    def test_decline_says_why_and_once(self):
        candidate = self._as(self.user_contractor, self._propose())
        with self.assertRaises(UserError):
            candidate.action_decline("  ")
        candidate.action_decline("Permis nécessaire")
        for action, argument in (("action_decline", "Encore"), ("action_hire", CONTRACT)):
            with self.assertRaises(UserError):
                getattr(candidate, action)(argument)

    def test_close_frees_those_still_proposed(self):
        other = self._new_participant(lastname="Modèle")
        candidates = self._propose(self.person | other)
        self._as(self.user_contractor, candidates[0]).action_hire(CONTRACT)
        self._as(self.user_contractor).action_close()
        self.assertEqual(candidates.mapped("state"), ["hired", "declined"])
        with self.assertRaises(UserError):
            self._as(self.user_contractor).action_cancel()
        with self.assertRaises(UserError):
            self._propose(self._new_participant(lastname="Trop-Tard"))

    def test_who_does_not_close(self):
        for user in (self.user_portal_relay, self.user_facilitator, self.user_other_contractor, self.user_reader):
            with self.assertRaises(AccessError):
                self._as(user).action_close()
        self._as(self.user_officer).action_cancel()
        self.assertEqual(self.request.state, "cancelled")

    # -- time passes -------------------------------------------------------------------------------

    def _run_cron(self):
        cron = self.env.ref("clause_insertion.ir_cron_recruitment_overdue")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_nobody_in_time_is_written_down_by_itself(self):
        answered, cancelled = self._new_request(self.clause), self._new_request(self.clause)
        self._as(self.user_facilitator, answered).action_propose(self.person.ids)
        self._as(self.user_contractor, cancelled).action_cancel()
        with freeze_time("2026-11-02"):
            self._run_cron()
            self.assertEqual(self.request.state, "asked", "the last day is included")
        with freeze_time("2026-11-03"):
            self._run_cron()
            self._run_cron()  # a second run finds nothing left
        self.assertRecordValues(self.request, [{"state": "unanswered", "date_answered": False}])
        evidence = self.clause.not_attributable_evidence_ids
        self.assertRecordValues(evidence, [{"recruitment_id": self.request.id, "reason": "no_answer", "quantity": 2}])
        self.assertEqual(str(evidence.date), "2026-11-03")
        self.assertEqual((answered.state, cancelled.state), ("answered", "cancelled"))

    def test_an_answer_that_comes_late_leaves_the_evidence(self):
        with freeze_time("2026-11-10"):
            self._run_cron()
            self._propose()
        self.assertEqual(self.request.state, "answered")
        self.assertTrue(self.clause.not_attributable_evidence_ids)

    def test_the_job_takes_up_where_it_stopped(self):
        for _number in range(4):
            self._new_request(self.clause)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 0)  # no time left
        self.patch(self.registry["clause.insertion.recruitment"], "_overdue_batch", 2)
        with freeze_time("2026-11-10"):
            for left in (3, 1, 0):
                self.env["clause.insertion.recruitment"]._run_overdue()
                self.assertEqual(len(self.clause.recruitment_ids.filtered(lambda r: r.state == "asked")), left)
        self.assertEqual(len(self.clause.not_attributable_evidence_ids), 5)

    # -- the contractor's own candidate --------------------------------------------------------------

    def _hire_own(self, user=None, clause=None):
        return (
            self.env["clause.insertion.employment"]
            .with_user(user or self.user_contractor)
            ._hire_own_candidate(
                (clause or self.clause).with_user(user or self.user_contractor),
                {"firstname": "Anatole", "lastname": "Exemple", "birthdate": "2001-02-03"},
                CONTRACT,
            )
        )

    def test_own_candidate_waits_for_the_relay(self):
        employment = self._hire_own()
        identity = self.env["clause.insertion.identity"].search([("firstname", "=", "Anatole")])
        self.assertEqual((identity.facilitator_id, identity.birth_year), (self.relay, 2001))
        self.assertEqual(employment.sudo().participant_id, identity.participant_id)
        for record in (identity, identity.participant_id):
            self.assertFalse(record.with_user(self.user_contractor).has_access("read"))
        with self.assertRaisesRegex(UserError, "proof of eligibility"):
            employment.with_user(self.user_facilitator).action_confirm()
        self.env["clause.insertion.proof"].with_user(self.user_portal_relay).create(
            {
                "participant_id": identity.participant_id.id,
                "public_id": self.env.ref("clause_insertion.public_jeune").id,
            }
        )
        employment.with_user(self.user_portal_relay).action_confirm()
        self.assertEqual(employment.state, "confirmed")

    def test_own_candidate_of_nobody_else(self):
        elsewhere = self._new_running_clause(partner=self.other_contractor)
        for user, clause in (
            (self.user_contractor, elsewhere),
            (self.user_portal_relay, self.clause),
            (self.user_officer, self.clause),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._hire_own(user, clause)
        self.clause.sudo().facilitator_id = False
        with self.assertRaises(UserError):
            self._hire_own()

    def test_refused_hire_counts_nowhere(self):
        candidate = self._propose()
        employment = self._as(self.user_contractor, candidate).action_hire(CONTRACT)
        for user in (self.user_contractor, self.user_other_facilitator, self.user_officer):
            with self.assertRaises(UserError):
                employment.with_user(user).action_refuse("Non")
        with self.assertRaises(UserError):
            employment.with_user(self.user_facilitator).action_refuse("")
        employment.with_user(self.user_facilitator).action_refuse("Contrat trop court")
        self.assertRecordValues(employment.sudo(), [{"state": "refused", "active": False}])
        self.assertRecordValues(candidate, [{"state": "declined", "reason": "Contrat trop court"}])
        self.assertFalse(self.person.eligibility_start)
        declaration = self._new_declaration(self.clause, "2026-10-01")
        self.assertFalse(declaration._month_grid().rows)

    def test_eligibility_covers_the_first_day(self):
        ended = self._new_participant(eligibility_start="2024-10-05")
        employment = (
            self.env["clause.insertion.employment"]
            .with_user(self.user_contractor)
            .create({**CONTRACT, "participant_id": ended.id, "clause_ids": self.clause.ids})
        )
        with self.assertRaisesRegex(UserError, "no longer eligible"):
            employment.with_user(self.user_facilitator).action_confirm()

    # -- the end of a contract -----------------------------------------------------------------------

    def test_the_employer_ends_a_contract(self):
        employment = self._new_employment(self.person, self.clause)
        mine = employment.with_user(self.user_contractor)
        mine.action_end("2026-10-02", "resignation")
        self.assertRecordValues(employment, [{"end_reason": "resignation"}])
        self.assertEqual(str(employment.date_end), "2026-10-02")
        with self.assertRaises(UserError):
            mine.action_end("2026-10-03")
        employment.with_user(self.user_facilitator).action_end("2026-10-30")
        with self.assertRaises(UserError):
            mine.action_end("2026-08-31")
        for user in (self.user_other_contractor, self.user_other_portal_relay, self.user_reader):
            with self.assertRaises(AccessError):
                employment.with_user(user).action_end("2026-10-06")

    def test_a_contract_does_not_end_before_its_validated_hours(self):
        employment = self._new_employment(self.person, self.clause, "2026-08-01")
        declaration = self._new_declaration(self.clause, hours={self.person: 100})
        declaration.action_submit()
        declaration.with_user(self.user_facilitator).action_validate()
        mine = employment.with_user(self.user_contractor)
        with self.assertRaises(UserError):
            mine.action_end("2026-08-31")
        mine.action_end("2026-09-11")
