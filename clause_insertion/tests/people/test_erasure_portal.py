import io

from openpyxl import load_workbook

from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import PortalCase
from .erasure_common import ErasureCommon

FORMULA = '=HYPERLINK("https://exemple.example")'


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05 10:00:00")
class TestErasurePortal(ErasureCommon, PortalCase):
    """What a person asks, its relay does on the person's page; the file that it hands over is read by a person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls._forgotten(firstname="Zéphyrine", lastname="Introuvable", phone="06 39 98 12 34", city=FORMULA)
        cls.clause = cls._new_running_clause(facilitator_id=cls.relay.id)

    def _page(self, path=""):
        return self.url_open(self.person.access_url + path)

    def _sheets(self, content):
        book = load_workbook(io.BytesIO(content))
        self.assertEqual({cell.data_type for page in book for row in page for cell in row} & {"f"}, set())
        return {page.title: [list(row) for row in page.values] for page in book}

    def test_export(self):
        values = {"participant_id": self.person.id, "subject": FORMULA, "note": "Noté\x0b"}
        self.env["clause.insertion.contact"].with_user(self.user_portal_relay).create(values)
        self._new_employment(self.person, self.clause)
        self._new_declaration(self.clause, hours={self.person: 12})
        request = self._new_request(self.clause)
        request.sudo().candidate_ids = [Command.create({"participant_id": self.person.id})]
        self._login(self.user_portal_relay)
        answer = self._page("/data")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn(f"{self.person.name}.xlsx", answer.headers["Content-Disposition"])
        sheets = self._sheets(answer.content)
        card = dict(sheets["Person"])
        self.assertEqual((card["First name"], card["Phone"]), ("Zéphyrine", "06 39 98 12 34"))
        self.assertEqual((card["City"], card["Pseudonym"]), (f"'{FORMULA}", self.person.name))
        self.assertEqual(sheets["Contacts"][1][2:4], [f"'{FORMULA}", "Noté"])
        self.assertEqual(sheets["Work contracts"][1][0], self.contractor.name)
        self.assertEqual(sheets["Hours"][1][4], 12)
        self.assertEqual(sheets["Proposed for"][1][1], self.contractor.name)
        self.assertEqual(len(sheets["Proofs seen"]), 2)
        message = self.person.message_ids[0]
        self.assertEqual(message.author_id, self.user_portal_relay.partner_id)
        self.assertIn("exported", message.body)
        self.assertNotIn("Zéphyrine", message.body)

    def test_whoever_does_not_follow_the_person_finds_nothing(self):
        self._new_employment(self.person, self.clause)
        for user in (self.user_contractor, self.user_other_portal_relay, self.user_officer, self.user_reader):
            self._login(user)
            self.assertEqual(self._page("/data").status_code, 404, user.login)
            for path in ("/erase", "/keep"):
                self.assertEqual(self._post(self.person.access_url + path).status_code, 404, user.login)
        self.assertTrue(self.person.identity_ids)
        self.assertFalse(self._erasures(self.person))

    def test_a_request_needs_its_token(self):
        self._login(self.user_portal_relay)
        with mute_logger("odoo.http"):
            self.assertEqual(self._post(self.person.access_url + "/erase", with_token=False).status_code, 400)
        self.assertEqual(self._page("/erase").status_code, 405)
        self.assertTrue(self.person.identity_ids)

    def test_erase(self):
        self._login(self.user_portal_relay)
        self.assertIn("Erase at the person", self._page().text)
        page = self._post(self.person.access_url + "/erase").text
        self.person.invalidate_recordset()
        self.assertFalse(self.person.identity_ids)
        self.assertIn("This person was anonymised on", page)
        self.assertIn(self.person.name, page)
        for gone in ("Zéphyrine", "Introuvable", "Erase at the person", "Note the proof", "Record the exit"):
            self.assertNotIn(gone, page)
        page = self._post(self.person.access_url + "/proof", public_id=self.env.ref("clause_insertion.public_rsa").id)
        self.assertIn("nothing can be noted any more", page.text)

    def test_kept_and_told_why(self):
        self._new_employment(self.person, self.clause)
        self._login(self.user_portal_relay)
        page = self._post(self.person.access_url + "/erase").text
        self.assertIn(f"Employed by {self.contractor.name}, without an end", page.replace("&#39;", "'"))
        self.assertIn("The person asked for the erasure", page)
        self.assertTrue(self.person.identity_ids)

    def test_still_followed(self):
        self.cron.method_direct_trigger()
        self._login(self.user_portal_relay)
        self.assertIn("Nothing has happened for this person", self._page().text)
        self.assertIn(self.person.name, self.url_open("/my/insertion-people?filterby=erasing").text)
        page = self._post(self.person.access_url + "/keep").text
        self.assertNotIn("Nothing has happened", page)
        self.assertEqual(self._erasures(self.person).state, "cancelled")
        self.assertIn("Still followed", page, "among the contacts noted")

    def test_back_office(self):
        identity = self.person.identity_ids.with_user(self.user_facilitator)
        self.assertEqual(identity.action_export()["url"], f"{self.person.access_url}/data")
        self._login(self.user_facilitator)
        self.assertEqual(self._page("/data").status_code, 200)
        action = identity.action_erase()
        self.assertEqual(action["params"]["type"], "success")
        self.assertFalse(self.person.identity_ids)
        kept = self._new_participant()
        self._new_employment(kept, self.clause)
        action = kept.identity_ids.with_user(self.user_facilitator).action_erase()
        self.assertIn("without an end", action["params"]["message"])
