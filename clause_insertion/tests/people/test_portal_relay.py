from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import PortalCase

CONTACT = {"kind": "visit", "date": "2026-10-01", "subject": "Point sur le permis", "note": "Rappeler le 3"}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPortalPersonRelay(PortalCase):
    """A person followed on the portal: contacts logged, handed over to another relay, over HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls._new_participant()
        cls._new_employment(cls.person, cls._new_running_clause())
        cls.page = cls.person.access_url
        cls.changes = {f"{cls.page}/contact": CONTACT, f"{cls.page}/hand-over": cls._handover()}

    @classmethod
    def _handover(cls, **values):
        return {"to_id": str(cls.other_relay.id), "reason": "Déménagement", **values}

    def _contacts(self):
        return self.env["clause.insertion.contact"].search([])

    def _assert_nothing_changed(self):
        self.env.invalidate_all()
        self.assertFalse(self._contacts())
        self.assertEqual(self.person.facilitator_id, self.relay)

    @mute_logger("odoo.http")
    def test_others_change_nothing(self):
        for user in (self.user_contractor, self.user_other_contractor, self.user_other_portal_relay):
            self._login(user)
            for path, typed in self.changes.items():
                self.assertEqual(self._post(path, **typed).status_code, 404, f"{user.login}: {path}")
        self._assert_nothing_changed()

    @mute_logger("odoo.http")
    def test_no_change_without_the_csrf_token_nor_by_get(self):
        self._login(self.user_portal_relay)
        for path, typed in self.changes.items():
            self.assertEqual(self._post(path, with_token=False, **typed).status_code, 400, path)
            self.assertEqual(self.url_open(path).status_code, 405, path)
        self._assert_nothing_changed()

    def test_log_a_contact(self):
        self._login(self.user_portal_relay)
        for wrong in ({"kind": "x"}, {"date": ""}, {"date": "31/02/2026"}, {"subject": " "}, {"note": "x" * 2001}):
            self.assertIn("alert-danger", self._post(f"{self.page}/contact", **{**CONTACT, **wrong}).text, wrong)
        self._assert_nothing_changed()
        page = self._post(f"{self.page}/contact", **CONTACT, facilitator_id=str(self.other_relay.id), user_id="1").text
        self.assertIn("Rappeler le 3", page)
        self.assertRecordValues(
            self._contacts(),
            [
                {
                    "kind": "visit",
                    "facilitator_id": self.relay.id,
                    "user_id": self.user_portal_relay.id,
                    "participant_id": self.person.id,
                }
            ],
        )

    def test_markup_is_shown_as_text(self):
        self._login(self.user_portal_relay)
        markup = "<script>alert(1)</script>"
        page = self._post(f"{self.page}/contact", **{**CONTACT, "subject": markup, "note": markup}).text
        self.assertIn("&lt;script&gt;alert(1)", page)
        self.assertNotIn("<script>alert(1)", page)

    @mute_logger("odoo.http")
    def test_hand_over(self):
        self._login(self.user_portal_relay)
        for wrong in (
            {"to_id": ""},
            {"to_id": str(self.relay.id)},
            {"to_id": str(self.contractor.id)},
            {"reason": " "},
        ):
            page = self._post(f"{self.page}/hand-over", **self._handover(**wrong)).text
            self.assertIn("alert-danger", page, wrong)
        self._assert_nothing_changed()
        answer = self._post(f"{self.page}/hand-over", **self._handover())
        self.assertTrue(answer.url.endswith("/my/insertion-people"))
        self.assertEqual(self.person.facilitator_id, self.other_relay)
        self.assertEqual(self.url_open(self.page).status_code, 404)
        for user, page in ((self.user_portal_relay, "Nobody here"), (self.user_other_portal_relay, "Camille Exemple")):
            self._login(user)
            text = self.url_open("/my/insertion-people").text
            for shown in (page, "Déménagement", self.person.name, self.relay.name, self.other_relay.name):
                self.assertIn(shown, text, user.login)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPortalClauseRelay(PortalCase):
    """The same of a clause: contacts with its company, handed over to another relay; months validated together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause()
        cls.page = cls.clause.access_url
        cls.changes = {
            f"{cls.page}/contact": CONTACT,
            f"{cls.page}/hand-over": {"to_id": str(cls.other_relay.id), "reason": "Autre bassin"},
        }

    @mute_logger("odoo.http")
    def test_others_change_nothing(self):
        for user in (self.user_contractor, self.user_other_contractor, self.user_other_portal_relay):
            self._login(user)
            for path, typed in self.changes.items():
                self.assertEqual(self._post(path, **typed).status_code, 404, f"{user.login}: {path}")
        self.authenticate(None, None)
        for path, typed in self.changes.items():
            self.assertIn("/web/login", self._post(path, **typed).url)
        self._login(self.user_portal_relay)
        for path, typed in self.changes.items():
            self.assertEqual(self._post(path, with_token=False, **typed).status_code, 400, path)
            self.assertEqual(self.url_open(path).status_code, 405, path)
        self.assertEqual(self.clause.facilitator_id, self.relay)
        self.assertFalse(self.env["clause.insertion.contact"].search([]))

    def test_contact_with_the_company(self):
        self._login(self.user_portal_relay)
        self.assertIn("Rappeler le 3", self._post(f"{self.page}/contact", **CONTACT).text)
        contact = self.env["clause.insertion.contact"].search([])
        self.assertRecordValues(contact, [{"partner_id": self.contractor.id, "clause_id": self.clause.id}])
        self._login(self.user_contractor)
        self.assertNotIn("Rappeler le 3", self.url_open(self.page).text)

    @mute_logger("odoo.http")
    def test_hand_over(self):
        self._login(self.user_portal_relay)
        answer = self._post(f"{self.page}/hand-over", to_id=str(self.other_relay.id), reason="Autre bassin")
        self.assertTrue(answer.url.endswith("/my/insertion-clauses"))
        self.assertEqual(self.clause.facilitator_id, self.other_relay)
        self.assertEqual(self.url_open(self.page).status_code, 404)
        for user in (self.user_portal_relay, self.user_other_portal_relay):
            handover = self.env["clause.insertion.handover"].with_user(user).search([])
            self.assertEqual(handover.reason, "Autre bassin", user.login)

    def test_a_contractor_hands_nothing_over(self):
        with self.assertRaises(AccessError):
            self.env["clause.insertion.handover"].with_user(self.user_contractor).create(
                {"clause_id": self.clause.id, "to_id": self.other_relay.id, "reason": "Non"}
            )

    def test_months_without_a_warning_are_validated_together(self):
        one, other = self._new_participant(), self._new_participant()
        other_clause = self._new_running_clause()
        self._new_employment(one, self.clause)
        self._new_employment(other, other_clause)
        clean = self._new_declaration(self.clause, hours={one: 100})
        doubtful = self._new_declaration(other_clause, hours={other: 300})  # more than a month allows
        (clean | doubtful).with_user(self.user_contractor).action_submit()
        self._login(self.user_contractor)
        self._post("/my/insertion-declarations/validate")
        self.assertEqual((clean | doubtful).mapped("state"), ["submitted"] * 2)
        self._login(self.user_portal_relay)
        page = self._post("/my/insertion-declarations/validate").text
        self.assertIn("1 declarations validated, 1 left to look at.", page)
        self.assertEqual((clean.state, doubtful.state), ("validated", "submitted"))
