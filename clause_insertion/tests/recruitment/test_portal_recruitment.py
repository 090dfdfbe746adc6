from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import PortalCase

CONTRACT = {"contract_type": "FIXED_TERM", "execution_mode": "direct", "date_start": "2026-11-02", "date_end": ""}
PERSON = {"firstname": "Anatole", "lastname": "Exemple", "birthdate": "03/02/2001", "phone": "05 49 00 00 00"}
ASKED = {"job_title": "Maçon", "quantity": "2", "date_start": "2027-01-04", "place": "Poitiers", "driving_licence": "1"}


@tagged("post_install", "-at_install")
class TestPortalRecruitment(PortalCase):
    """Requests and hires over HTTP; whatever comes from the browser is hostile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant(firstname="Zéphyrine")
        cls.request = cls._new_request(cls.clause, date_start="2027-01-04")
        cls.request.with_user(cls.user_facilitator).action_propose(cls.person.ids)
        cls.candidate = cls.request.candidate_ids
        cls.hire = cls._new_employment(cls._new_participant(lastname="Modèle"), cls.clause)
        cls.ask, cls.own_hire = f"{cls.clause.access_url}/ask", f"{cls.clause.access_url}/hire"
        cls.hire_page = f"{cls.request.access_url}/hire/{cls.candidate.id}"
        cls.decline = f"{cls.request.access_url}/decline/{cls.candidate.id}"
        cls.own_pages = (cls.request.access_url, cls.hire.access_url, cls.clause.access_url)
        cls.contractor_pages = (cls.ask, cls.own_hire, cls.hire_page)
        cls.changes = (
            cls.ask,
            cls.own_hire,
            cls.hire_page,
            cls.decline,
            f"{cls.request.access_url}/answer",
            f"{cls.request.access_url}/withdraw",
            f"{cls.hire.access_url}/answer",
            f"{cls.hire.access_url}/end",
        )

    def _state(self):
        """What a refused change must leave as it is."""
        return (
            self.request.state,
            self.candidate.state,
            self.hire.date_end,
            len(self.clause.recruitment_ids),
            len(self.clause.employment_ids),
            self.env["clause.insertion.identity"].search_count([]),
        )

    # -- who sees what -----------------------------------------------------------------------------

    def test_no_login(self):
        for page in ("/my/insertion-requests", *self.own_pages, *self.contractor_pages):
            self.assertIn("/web/login", self.url_open(page).url, page)

    def test_contractor_and_relay_see_their_pages(self):
        for user, pages in (
            (self.user_contractor, self.own_pages + self.contractor_pages),
            (self.user_portal_relay, self.own_pages),
        ):
            self._login(user)
            for page in pages:
                self.assertEqual(self.url_open(page).status_code, 200, f"{user.login}: {page}")
            self.assertIn(self.request.name, self.url_open("/my/insertion-requests?filterby=all").text)

    @mute_logger("odoo.http")
    def test_others_find_nothing_and_change_nothing(self):
        before = self._state()
        for user in (self.user_other_contractor, self.user_other_portal_relay):
            self._login(user)
            for page in self.own_pages + self.contractor_pages:
                self.assertEqual(self.url_open(page).status_code, 404, f"{user.login}: {page}")
            for path in self.changes:
                answer = self._post(path, **CONTRACT, **PERSON, answer="propose", how="close", reason="Non")
                self.assertEqual(answer.status_code, 404, f"{user.login}: {path}")
            self.assertNotIn(self.request.name, self.url_open("/my/insertion-requests").text)
        self.env.invalidate_all()
        self.assertEqual(self._state(), before)

    @mute_logger("odoo.http")
    def test_the_relay_has_no_form_of_the_contractor(self):
        before = self._state()
        self._login(self.user_portal_relay)
        for page in self.contractor_pages:
            self.assertEqual(self.url_open(page).status_code, 404, page)
            self.assertEqual(self._post(page, **ASKED).status_code, 404, page)
        for path in (self.decline, f"{self.request.access_url}/withdraw"):
            self._post(path, reason="Non", how="close")
        self.env.invalidate_all()
        self.assertEqual(self._state(), before)

    @mute_logger("odoo.http")
    def test_the_contractor_does_not_answer_for_the_relay(self):
        self._login(self.user_contractor)
        other = self._new_participant(lastname="Autre")
        self._post(f"{self.request.access_url}/answer", answer="propose", people=str(other.id))
        self.assertEqual(self.request.candidate_ids, self.candidate)
        draft = self._own_candidate()
        for answer in ("confirm", "refuse", "proof"):
            self._post(f"{draft.access_url}/answer", answer=answer, reason="Non", public_id="1")
        self.env.invalidate_all()
        self.assertEqual(draft.state, "draft")
        self.assertFalse(draft.participant_id.proof_ids)

    @mute_logger("odoo.http")
    def test_forged_ids_and_keys(self):
        self._login(self.user_contractor)
        elsewhere = self._new_request(self._new_running_clause())
        for page in (
            "/my/insertion-requests/0",
            "/my/insertion-requests/999999",
            "/my/insertion-hires/999999",
            "/my/insertion-clauses/999999/ask",
            f"{elsewhere.access_url}/hire/{self.candidate.id}",
            f"{self.request.access_url}/hire/999999",
        ):
            self.assertEqual(self.url_open(page).status_code, 404, page)
        for query in ("filterby=__class__", "filterby=", "page=-1", "filterby=todo"):
            self.assertEqual(self.url_open(f"/my/insertion-requests?{query}").status_code, 200, query)

    @mute_logger("odoo.http")
    def test_no_change_without_the_csrf_token_nor_by_get(self):
        before = self._state()
        self._login(self.user_contractor)
        for path in self.changes:
            answer = self._post(path, with_token=False, **ASKED, how="close", reason="Non")
            self.assertEqual(answer.status_code, 400, path)
        for path in self.changes[3:]:
            self.assertEqual(self.url_open(path).status_code, 405, path)
        self.env.invalidate_all()
        self.assertEqual(self._state(), before)

    def test_names_stay_with_the_relay(self):
        draft = self._own_candidate()
        self._login(self.user_contractor)
        for page in (*self.own_pages, self.hire_page, draft.access_url, "/my/insertion-requests"):
            text = self.url_open(page).text
            self.assertNotIn("Zéphyrine", text, page)
            self.assertNotIn("Anatole", text, page)
        self._login(self.user_portal_relay)
        self.assertIn("Zéphyrine", self.url_open(self.request.access_url).text)
        self.assertIn("Anatole", self.url_open(draft.access_url).text)

    # -- asking and answering ------------------------------------------------------------------------

    def test_ask(self):
        self._login(self.user_contractor)
        page = self._post(self.ask, **ASKED)
        asked = self.clause.recruitment_ids - self.request
        self.assertIn(asked.access_url, page.url)
        self.assertRecordValues(
            asked, [{"job_title": "Maçon", "quantity": 2, "driving_licence": True, "place": "Poitiers"}]
        )

    def test_what_is_wrong_is_said_and_what_was_typed_kept(self):
        self._login(self.user_contractor)
        for wrong, message in (
            ({"job_title": " "}, "please fill it in"),
            ({"quantity": "0"}, "from 1 to 99"),
            ({"quantity": "00999999999999"}, "from 1 to 99"),
            ({"quantity": "deux"}, "from 1 to 99"),
            ({"date_start": "31/02/2027"}, "type a date"),
            ({"date_start": ""}, "please fill it in"),
            ({"place": "x" * 201}, "200 letters"),
        ):
            page = self._post(self.ask, **{**ASKED, "skills": "Coffrage", **wrong}).text
            self.assertIn(message, page)
            self.assertIn("Coffrage", page)
        self.assertEqual(self.clause.recruitment_ids, self.request)

    def test_markup_is_shown_as_text(self):
        self._login(self.user_contractor)
        markup = "<script>alert(1)</script>"
        page = self._post(self.ask, **{**ASKED, "job_title": markup, "skills": markup, "quantity": markup})
        self.assertNotIn("<script>alert(1)", page.text)
        page = self._post(self.ask, **{**ASKED, "job_title": markup, "skills": markup, "description": markup})
        self.assertIn("&lt;script&gt;alert(1)", page.text)
        self.assertNotIn("<script>alert(1)", page.text)

    def test_the_relay_proposes_or_has_nobody(self):
        first, second = self._new_request(self.clause), self._new_request(self.clause)
        other = self._new_participant(lastname="Autre")
        self._login(self.user_portal_relay)
        self._post(f"{first.access_url}/answer", answer="propose", people=[str(self.person.id), str(other.id)])
        self.assertEqual(first.candidate_ids.participant_id, self.person | other)
        self._post(f"{second.access_url}/answer", answer="nobody")
        self.assertEqual(second.state, "unanswered")
        self._login(self.user_contractor)
        self.assertIn("not attributable to the contractor", self.url_open(self.clause.access_url).text)

    @mute_logger("odoo.http")
    def test_the_relay_proposes_nobody_else(self):
        asked = self._new_request(self.clause)
        stranger = self._new_participant(self.other_relay)
        unproven = self._new_participant(proof_ids=[])
        self._login(self.user_portal_relay)
        for people in (str(stranger.id), str(unproven.id), "999999", "99999999999", "x", ""):
            page = self._post(f"{asked.access_url}/answer", answer="propose", people=people)
            self.assertIn("alert-danger", page.text, people)
            self.assertNotIn(stranger.name, page.text, "not even that the pseudonym exists")
        self.assertFalse(asked.candidate_ids)

    # -- hiring --------------------------------------------------------------------------------------

    def _own_candidate(self):
        return (
            self.env["clause.insertion.employment"]
            .with_user(self.user_contractor)
            ._hire_own_candidate(
                self.clause.with_user(self.user_contractor),
                {"firstname": "Anatole", "lastname": "Exemple"},
                {"date_start": "2026-11-02"},
            )
            .with_env(self.env)
        )

    def test_hire_a_candidate(self):
        self._login(self.user_contractor)
        self._post(self.hire_page, **CONTRACT)
        hired = self.candidate.employment_id
        self.assertRecordValues(
            hired, [{"state": "draft", "employer_id": self.contractor.id, "clause_ids": self.clause.ids}]
        )
        self._login(self.user_portal_relay)
        self.assertIn(hired.access_url, self.url_open("/my/insertion-requests").text)
        self._post(f"{hired.access_url}/answer", answer="confirm")
        self.assertEqual(hired.state, "confirmed")

    def test_decline_a_candidate(self):
        self._login(self.user_contractor)
        self.assertIn("Say why", self._post(self.decline, reason=" ").text)
        self._post(self.decline, reason="Permis nécessaire")
        self.assertRecordValues(self.candidate, [{"state": "declined", "reason": "Permis nécessaire"}])

    def test_a_third_party_employs(self):
        agency = self._new_company_partner("Intérim Solidaire (fictif)", insertion_siae_kind="ETTI")
        self._login(self.user_contractor)
        provided = {**CONTRACT, "execution_mode": "provision", "contract_type": "TEMPORARY"}
        for employer in ("", str(self.other_contractor.id), "x"):
            self.assertIn("choose from the list", self._post(self.hire_page, **provided, employer_id=employer).text)
        self._post(self.hire_page, **provided, employer_id=str(agency.id))
        self.assertEqual(self.candidate.employment_id.employer_id, agency)

    def test_a_wrong_contract_is_refused(self):
        self._login(self.user_contractor)
        for wrong in (
            {"contract_type": "ANY"},
            {"execution_mode": "confirmed"},
            {"date_start": ""},
            {"date_start": "demain"},
            {"date_end": "2026-11-01"},
        ):
            self.assertIn("alert-danger", self._post(self.hire_page, **{**CONTRACT, **wrong}).text, wrong)
        self._post(self.hire_page, **CONTRACT, state="confirmed", participant_id=str(self.hire.participant_id.id))
        self.assertRecordValues(self.candidate.employment_id, [{"state": "draft", "participant_id": self.person.id}])

    def test_own_candidate(self):
        self._login(self.user_contractor)
        for wrong in ({"phone": ""}, {"firstname": ""}, {"birthdate": "2001"}, {"birthdate": "01/01/2020"}):
            page = self._post(self.own_hire, **{**PERSON, **CONTRACT, **wrong}).text
            self.assertIn("alert-danger", page, wrong)
            self.assertIn('value="Exemple"', page)
        found = self.env["clause.insertion.identity"].search([("firstname", "=", "Anatole")])
        self.assertFalse(found, "nothing is half-written")
        page = self._post(self.own_hire, **PERSON, **CONTRACT)
        self.assertNotIn("Anatole", page.text)
        identity = found.search([("firstname", "=", "Anatole")])
        hire = identity.participant_id.employment_ids
        self._login(self.user_portal_relay)
        self.assertIn("proof of eligibility", self._post(f"{hire.access_url}/answer", answer="confirm").text)
        public = self.env.ref("clause_insertion.public_jeune")
        self._post(f"{hire.access_url}/answer", answer="proof", public_id=str(public.id), issued_on="")
        self._post(f"{hire.access_url}/answer", answer="confirm")
        self.env.invalidate_all()
        self.assertRecordValues(hire, [{"state": "confirmed"}])
        self.assertEqual(identity.proof_ids.seen_by_id, self.user_portal_relay)

    def test_the_relay_refuses_a_hire(self):
        hire = self._own_candidate()
        self._login(self.user_portal_relay)
        self.assertIn("Say why", self._post(f"{hire.access_url}/answer", answer="refuse", reason=" ").text)
        self._post(f"{hire.access_url}/answer", answer="refuse", reason="Contrat <b>trop</b> court")
        self.env.invalidate_all()
        self.assertEqual(hire.state, "refused")
        self._login(self.user_contractor)
        self.assertIn("Contrat &lt;b&gt;trop&lt;/b&gt; court", self.url_open(hire.access_url).text)

    def test_end_of_a_contract(self):
        self._login(self.user_contractor)
        end = f"{self.hire.access_url}/end"
        for wrong in ({"date_end": ""}, {"date_end": "2026-08-31"}, {"date_end": "2026-09-30", "end_reason": "x"}):
            self.assertIn("alert-danger", self._post(end, **wrong).text, wrong)
        self._post(end, date_end="2026-09-30", end_reason="trial")
        self.env.invalidate_all()
        self.assertEqual((str(self.hire.date_end), self.hire.end_reason), ("2026-09-30", "trial"))

    # -- sizes ---------------------------------------------------------------------------------------

    def test_lists_ask_as_many_queries_for_many_as_for_few(self):
        def count(page):
            self.url_open(page)  # warms the caches
            before = self.cr.sql_log_count
            self.assertEqual(self.url_open(page).status_code, 200)
            return self.cr.sql_log_count - before

        def grow(number):
            for rank in range(number):
                asked = self._new_request(self.clause, date_start="2027-01-04")
                person = self._new_participant(lastname=f"Exemple {rank}")
                asked.with_user(self.user_facilitator).action_propose(person.ids)
                self.request.with_user(self.user_facilitator).action_propose(person.ids)
                self._new_employment(person, self.clause)
                self._own_candidate()
            self.env.flush_all()

        pages = ("/my/insertion-requests", self.clause.access_url, self.request.access_url)
        for user in (self.user_contractor, self.user_portal_relay):
            self._login(user)
            grow(3)
            few = [count(page) for page in pages]
            self.assertGreater(min(few), 5)
            grow(12)
            self.assertEqual([count(page) for page in pages], few, user.login)
