from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import CONTRACT, RecruitmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestRecruitment(RecruitmentCommon):
    """The contractor asks; its relay proposes, has nobody, or lets the delay go by."""

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

    def test_the_relay_proposes_in_the_back_office_and_on_the_portal(self):
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
        self._propose()
        self.assertEqual(len(self.request.candidate_ids), 1)

    def test_nobody_fits(self):
        self._as(self.user_portal_relay).action_nobody_fits()
        self.assertRecordValues(self.request, [{"state": "unanswered", "date_answered": self.request.asked_on}])
        self.assertEqual(self.clause.not_attributable_evidence_ids.reason, "nobody_fits")

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
