from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import PortalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPortalNetwork(PortalCase):
    """Training, meetings, conventions and charters over HTTP; whatever comes from the browser is hostile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.convention = cls._new_convention(name="CV-RELAIS")
        cls.meeting = cls._new_meeting(cls.relay, name="Réunion des relais", minutes="<p>Compte rendu</p>")
        cls.charter = cls.env["clause.insertion.charter"].create(
            {"name": "Charte des tuteurs", "signatory_ids": [(0, 0, {"partner_id": cls.contractor.id})]}
        )
        cls.charter.action_publish()
        cls.training = cls._new_training(cls.relay, cls.contractor, seats=3)
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant(firstname="Zéphyrine", lastname="Introuvable")
        cls._new_employment(cls.person, cls.clause)
        cls.page = cls.training.access_url
        cls.documents = {
            f"/my/insertion-network/convention/{cls.convention.id}": cls.user_portal_relay,
            f"/my/insertion-network/minutes/{cls.meeting.id}": cls.user_portal_relay,
            f"/my/insertion-network/charter/{cls.charter.id}": cls.user_contractor,
        }

    def _registrations(self):
        self.training.invalidate_recordset()
        return self.training.registration_ids

    # -- who sees what -----------------------------------------------------------------------------

    def test_no_login(self):
        for page in ("/my/insertion-network", self.page, *self.documents):
            self.assertIn("/web/login", self.url_open(page).url, page)

    def test_each_sees_its_own(self):
        shown = {
            self.user_portal_relay: (self.convention.name, self.meeting.name, self.training.name),
            self.user_contractor: (self.charter.name, self.training.name),
            self.user_other_contractor: (),
            self.user_other_portal_relay: (),
        }
        everything = (self.convention.name, self.meeting.name, self.training.name, self.charter.name)
        for user, expected in shown.items():
            self._login(user)
            text = self.url_open("/my/insertion-network").text
            self.assertEqual([name for name in everything if name in text], [n for n in everything if n in expected])

    def test_counted_on_the_first_page(self):
        """A convention, a meeting and a session for the relay; a charter and the session for the contractor."""
        for user, count in (
            (self.user_portal_relay, 3),
            (self.user_contractor, 2),
            (self.user_other_contractor, 0),
        ):
            self._login(user)
            answer = self.make_jsonrpc_request("/my/counters", {"counters": ["insertion_network_count"]})
            self.assertEqual(answer["insertion_network_count"], count, user.login)

    @mute_logger("odoo.http")
    def test_documents_are_their_reader_s(self):
        for user in (self.user_portal_relay, self.user_contractor, self.user_other_contractor):
            self._login(user)
            for path, reader in self.documents.items():
                answer = self.url_open(path)
                self.assertEqual(answer.status_code, 200 if user == reader else 404, f"{user.login}: {path}")
                if user == reader:
                    self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        for path in ("invoice/1", f"convention/{2**31 - 1}"):
            self.assertEqual(self.url_open(f"/my/insertion-network/{path}").status_code, 404)

    @mute_logger("odoo.http")
    def test_who_is_not_invited_finds_nothing(self):
        self._login(self.user_other_contractor)
        self.assertEqual(self.url_open(self.page).status_code, 404)
        answer = self._post(f"{self.page}/register", attendee_name="Sam")
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self._registrations())

    # -- registrations -----------------------------------------------------------------------------

    def test_a_tutor(self):
        self._login(self.user_contractor)
        text = self._post(f"{self.page}/register", attendee_name="Sam Tuteur").text
        self.assertIn("Sam Tuteur", text)
        self.assertRecordValues(
            self._registrations(), [{"partner_id": self.contractor.id, "attendee_name": "Sam Tuteur", "hours": 0}]
        )
        self._login(self.user_portal_relay)
        self.assertNotIn("Sam Tuteur", self.url_open(self.page).text, "a relay does not see a company's tutors")

    def test_a_person(self):
        self._login(self.user_contractor)
        self.assertIn(f"{self.person.name} Zéphyrine Introuvable", self.url_open(self.page).text)
        self._post(f"{self.page}/register", participant=str(self.person.id))
        self.assertEqual(self._registrations().participant_id, self.person)
        self._login(self.user_portal_relay)
        self.assertIn(self.person.name, self.url_open(self.page).text, "its relay knows")

    def test_refused_with_words(self):
        self._login(self.user_contractor)
        stranger = self._new_participant(self.other_relay)
        for typed, words in (
            ({"attendee_name": "  "}, "please fill it in"),
            ({"attendee_name": "a" * 101}, "100 letters at most"),
            ({"participant": str(stranger.id)}, "choose from the list"),
            ({"participant": "1 OR 1=1"}, "choose from the list"),
            ({}, "please fill it in"),
        ):
            self.assertIn(words, self._post(f"{self.page}/register", **typed).text)
        self.assertFalse(self._registrations())

    def test_nothing_more_can_be_slipped_in(self):
        self._login(self.user_contractor)
        self._post(
            f"{self.page}/register",
            attendee_name="Sam",
            state="attended",
            hours="70",
            partner_id=str(self.relay.id),
            clause_id=str(self.clause.id),
        )
        self.assertRecordValues(
            self._registrations(),
            [{"state": "registered", "hours": 0, "partner_id": self.contractor.id, "clause_id": False}],
        )

    @mute_logger("odoo.http")
    def test_no_token_no_change(self):
        self._login(self.user_contractor)
        self._post(f"{self.page}/register", with_token=False, attendee_name="Sam")
        self.assertFalse(self._registrations())

    @mute_logger("odoo.http")
    def test_cancel_one_s_own(self):
        registration = self._register(self.training, self.user_contractor, attendee_name="Sam")
        cancel = f"{self.page}/cancel/{registration.id}"
        self._login(self.user_portal_relay)
        self.assertEqual(self._post(cancel).status_code, 404)
        self.assertEqual(registration.state, "registered")
        self._login(self.user_contractor)
        self.assertEqual(
            self._post(f"/my/insertion-training/{self.training.id + 1}/cancel/{registration.id}").status_code, 404
        )
        self._post(cancel)
        registration.invalidate_recordset()
        self.assertEqual(registration.state, "cancelled")

    def test_a_relay_does_not_cancel_what_a_company_registered(self):
        registration = self._register(self.training, self.user_contractor, participant_id=self.person.id)
        self._login(self.user_portal_relay)
        text = self._post(f"{self.page}/cancel/{registration.id}").text
        self.assertIn("The structure that registered somebody cancels", text)
        registration.invalidate_recordset()
        self.assertEqual(registration.state, "registered")

    @mute_logger("odoo.http")
    def test_certificate(self):
        registration = self._register(self.training, self.user_contractor, attendee_name="Sam")
        path = f"{self.page}/certificate/{registration.id}"
        self._login(self.user_contractor)
        self.assertEqual(self.url_open(path).status_code, 404, "not attended")
        with freeze_time("2026-10-21"):
            registration.with_user(self.user_officer).action_attended()
        answer = self.url_open(path)
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "application/pdf"))
        self._login(self.user_portal_relay)
        self.assertEqual(self.url_open(path).status_code, 404)
        self._login(self.user_other_contractor)
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_training_attended_is_typed_ahead(self):
        """And only proposed: what the contractor sends is what counts."""
        self.company.insertion_training_counts = True
        registration = self._register(self.training, self.user_contractor, participant_id=self.person.id)
        with freeze_time("2026-10-21"):
            registration.with_user(self.user_officer).action_attended()
            month = self._new_declaration(self.clause, "2026-10-01")
            self._login(self.user_contractor)
            text = self.url_open(month.access_url).text
            self.assertIn("Training attended: 7 h", text)
            field = f"training_{self.person.employment_ids.id}"
            self.assertRegex(text, rf'name="{field}"\s+value="7"')
            self._post(f"{month.access_url}/save", **{field: "5"})
        month.invalidate_recordset()
        self.assertRecordValues(month.line_ids, [{"insertion_kind": "training", "unit_amount": 5}])
