import io

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from ..common import PortalCase
from .common import PenaltyCommon


@tagged("post_install", "-at_install")
class TestPortalPenalty(PenaltyCommon, PortalCase):
    """The contractor reads the notice, replies, and gets the letters; nobody else does."""

    @classmethod
    @freeze_time("2026-10-05")
    def setUpClass(cls):
        super().setUpClass()
        cls.found = cls._new_penalty(cls.clause, cls.per_index, finding="80 heures dues n'ont pas été faites.")

    def _notify(self):
        self.found.with_user(self.user_officer).action_notify()

    def test_nothing_before_the_notice(self):
        self._login(self.user_contractor)
        self.assertEqual(self.url_open(self.found.access_url).status_code, 404)
        self.assertNotIn(self.found.name, self.url_open(self.clause.access_url).text)

    def test_read_and_reply(self):
        self._notify()
        self._login(self.user_contractor)
        self.assertIn(f'href="{self.found.access_url}"', self.url_open(self.clause.access_url).text)
        page = self.url_open(self.found.access_url).text
        for words in ("80 heures dues", "9,600.00", "Send the reply"):
            self.assertIn(words, page)
        page = self._post(f"{self.found.access_url}/reply", reply="Aucun candidat <b>proposé</b>.").text
        self.assertEqual((self.found.state, self.found.reply), ("replied", "Aucun candidat <b>proposé</b>."))
        self.assertIn("Aucun candidat &lt;b&gt;proposé&lt;/b&gt;.", page)
        self.assertNotIn("Send the reply", page)

    def test_reply_is_read_strictly(self):
        self._notify()
        self._login(self.user_contractor)
        for typed in ("", "   ", "x" * 5001):
            page = self._post(f"{self.found.access_url}/reply", reply=typed).text
            self.assertIn("alert-danger", page)
            self.assertEqual(self.found.state, "notified")
        with mute_logger("odoo.http"):
            answer = self._post(f"{self.found.access_url}/reply", with_token=False, reply="x")
        self.assertEqual(answer.status_code, 400)

    def test_reason_of_the_decision(self):
        self._notify()
        officer = self.found.with_user(self.user_officer)
        officer.action_reply("Reçu.")
        officer.action_reduce("La moitié était hors de votre portée.", 4_800)
        self._login(self.user_contractor)
        page = self.url_open(self.found.access_url).text
        for words in ("La moitié était hors", "4,800.00", "/decision"):
            self.assertIn(words, page)
        self.assertNotIn(self.user_officer.name, page)

    def test_others_find_nothing(self):
        self._notify()
        pages = [f"{self.found.access_url}{end}" for end in ("", "/notice", "/decision")]
        for user in (self.user_other_contractor, self.user_portal_relay):
            self._login(user)
            for page in pages:
                self.assertEqual(self.url_open(page).status_code, 404, f"{user.login} {page}")
            self.assertEqual(self._post(f"{self.found.access_url}/reply", reply="x").status_code, 404)
        self.assertNotIn(self.found.name, self.url_open(self.clause.access_url).text, "the relay's page of the clause")
        self.assertEqual(self.found.state, "notified")

    def test_letters(self):
        self._notify()
        self._login(self.user_contractor)
        self.assertEqual(self.url_open(f"{self.found.access_url}/decision").status_code, 404)
        self.assertEqual(self.url_open(f"{self.found.access_url}/anything").status_code, 404)
        notice = self.url_open(f"{self.found.access_url}/notice")
        self.assertEqual(notice.headers["Content-Type"], "application/pdf")
        self.assertIn("PEN_", notice.headers["Content-Disposition"])

    def test_letter_in_french(self):
        """What the letter says, with French dates and numbers, and nobody's name."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.contractor.lang = "fr_FR"
        self._notify()
        html = self.env["ir.actions.report"]._render_qweb_html(
            "clause_insertion.report_penalty_notice", self.found.ids
        )[0]
        text = html.decode().replace("\u202f", " ").replace("\u00a0", " ").replace("&nbsp;", " ")
        for words in (self.found.name, "80 h × 4 × 30,00", "9 600,00", self.contractor.name, self.clause.contract_name):
            self.assertIn(words, text)
        self.assertNotIn(self.user_officer.name, text)

    def test_letters_fit_on_one_page(self):
        self._notify()
        officer = self.found.with_user(self.user_officer)
        officer.action_reply("Deux lignes\nde réponse.")
        officer.action_reduce("La moitié était hors de votre portée.", 4_800)
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True).with_user(self.user_officer)
        for name in ("notice", "decision"):
            pdf = report._render_qweb_pdf(f"clause_insertion.clause_insertion_penalty_report_{name}", self.found.ids)[0]
            self.assertEqual(len(PdfFileReader(io.BytesIO(pdf)).pages), 1, name)
