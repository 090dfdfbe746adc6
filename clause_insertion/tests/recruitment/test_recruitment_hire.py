from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import CONTRACT, RecruitmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestRecruitmentHire(RecruitmentCommon):
    """The contractor hires, somebody proposed or its own candidate, and the relay confirms; a contract ends."""

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
        self._new_employment(ended, self._new_running_clause(), "2026-09-01")  # whom the contractor knows already
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
