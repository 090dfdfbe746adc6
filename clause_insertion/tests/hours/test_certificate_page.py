import io
import re
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from ..common import PASSWORD
from .common import CertificateCommon

MODEL = "clause.insertion.certificate"
REPORT = "clause_insertion.clause_insertion_certificate_report"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 09:00:00")
class TestCertificateAnswer(CertificateCommon):
    """What a code answers, after what was done to the clause, the ledger or the database."""

    def _answer(self, code):
        return self.env[MODEL].with_user(self.env.ref("base.public_user"))._public_answer(code)

    def test_what_a_code_shows(self):
        answer = self._answer(self._certify().code.lower().replace("-", " "))
        self.assertEqual(
            set(answer),
            {
                "verdict",
                "code",
                "delivered_on",
                "region_name",
                "region_number",
                "contractor_name",
                "contractor_number",
                "relay_name",
                "contract_name",
                "contract_object",
                "lot",
                "clause_name",
                "lever",
                "date_start",
                "date_end",
                "hours_due",
                "hours_validated",
                "withdrawn_on",
                "withdrawal_reason",
                "changed",
                "hours_changed_on",
            },
        )
        self.assertEqual((answer["verdict"], answer["changed"], answer["hours_changed_on"]), ("valid", [], False))

    def test_hours_reversed_since(self):
        """Since the first correction, however many follow; what was sealed is still what is shown."""
        code = self._certify().code
        with freeze_time("2027-02-03"):
            self._reverse()
        answer = self._answer(code)
        self.assertEqual((answer["hours_validated"], answer["hours_changed_on"]), (100, date(2027, 2, 3)))
        self.assertEqual((answer["verdict"], self.clause.hours_validated), ("valid", 0))

    def test_hours_reversed_on_the_same_day(self):
        code = self._certify().code
        with freeze_time("2026-10-15 15:00:00"):
            self._reverse()
        self.assertEqual(self._answer(code)["hours_changed_on"], date(2026, 10, 15))

    def test_the_contract_is_no_longer_so(self):
        """The sealed names are shown, and what has changed is named."""
        code, name = self._certify().code, self.contractor.name
        self.contractor.write({"name": "Bâtisseurs repris (fictif)", "company_registry": "73282932000074"})
        self.clause.sudo().lot = "Lot 9"
        answer = self._answer(code)
        self.assertEqual((answer["contractor_name"], answer["lot"]), (name, "Lot 4 – Peinture"))
        self.assertEqual(answer["changed"], ["Contractor", "SIRET or VAT number of the contractor", "Lot"])
        self._change_in_the_database(self.clause, hours_due=5000)
        self.assertEqual(self._answer(code)["changed"][-1], "Hours due")

    def test_nothing_that_was_changed_in_the_database_is_vouched_for(self):
        certificate = self._certify()
        code = certificate.code
        for name, value in (
            ("hours_validated", 833),
            ("hours_due", 100),
            ("contractor_name", self.other_contractor.name),
            ("contractor_number", None),
            ("lot", "Lot 1"),
            ("delivered_on", date(2026, 1, 1)),
            ("seal", "0" * 64),
            ("seal", None),
            ("withdrawn_on", date(2026, 10, 15)),
            ("withdrawal_reason", "Faux"),
        ):
            with self.subTest(name=name, value=value):
                before = certificate[name]
                self._change_in_the_database(certificate, **{name: value})
                self.assertEqual(self._answer(code), {"verdict": "broken"})
                self._change_in_the_database(certificate, **{name: before or None})
                self.assertEqual(self._answer(code)["verdict"], "valid")

    def test_a_seal_is_of_one_certificate(self):
        """Facts and seal of another certificate, under this code: not vouched for."""
        certificate = self._certify()
        other = self._new_running_clause()
        other.action_strike_balance()
        other.action_certify()
        self._change_in_the_database(other.certificate_id, seal=certificate.seal)
        self.assertEqual(self._answer(other.certificate_id.code), {"verdict": "broken"})

    def test_a_withdrawal_is_not_taken_back_in_the_database(self):
        certificate = self._certify()
        self._withdraw(certificate)
        self.assertEqual(self._answer(certificate.code)["verdict"], "withdrawn")
        self._change_in_the_database(certificate, withdrawn_on=None, withdrawal_reason=None)
        self.assertEqual(self._answer(certificate.code), {"verdict": "broken"})

    def test_a_withdrawal_does_not_mend_what_was_forged(self):
        certificate = self._certify()
        self._change_in_the_database(certificate, hours_validated=833)
        self._withdraw(certificate)
        self.assertEqual(self._answer(certificate.code), {"verdict": "broken"})

    def test_a_copy_of_the_database_vouches_for_nothing(self):
        """Odoo gives a copy another secret: what is played there does not pass for the Region's."""
        code = self._certify().code
        self.env["ir.config_parameter"].set_param("database.secret", "another")
        self.env.invalidate_all()
        self.assertEqual(self._answer(code), {"verdict": "broken"})

    def test_figures_since_are_told_of_a_withdrawn_one_too(self):
        certificate = self._certify()
        with freeze_time("2026-11-02"):
            self._withdraw(certificate)
        answer = self._answer(certificate.code)
        self.assertEqual((answer["verdict"], answer["withdrawn_on"]), ("withdrawn", date(2026, 11, 2)))
        self.assertEqual(answer["withdrawal_reason"], "Heures comptées deux fois")

    # -- printed -------------------------------------------------------------------------------------

    def _printed(self, user, certificate):
        return self.env["ir.actions.report"].with_user(user)._render_qweb_html(REPORT, certificate.ids)[0].decode()

    def test_what_is_printed_is_what_was_sealed(self):
        certificate, name = self._certify(), self.contractor.name
        self.contractor.name = "Bâtisseurs repris (fictif)"
        for user in (self.user_officer, self.user_contractor, self.user_facilitator):
            page = self._printed(user, certificate)
            for shown in (certificate.code, name, self.relay.name, "833", "Lot 4", "35600000000048"):
                self.assertIn(shown, page, user.login)
            for hidden in ("Introuvable", self.person.name, "WITHDRAWN"):
                self.assertNotIn(hidden, page)
        for user in (self.user_other_contractor, self.user_other_facilitator, self.user_employee):
            with self.assertRaises(AccessError, msg=user.login):
                self._printed(user, certificate)

    def test_a_withdrawn_one_says_so_in_print(self):
        certificate = self._certify()
        self._withdraw(certificate)
        page = self._printed(self.user_officer, certificate)
        self.assertIn("WITHDRAWN", page)
        self.assertIn("Heures comptées deux fois", page)

    def test_what_cannot_be_vouched_for_is_not_printed(self):
        certificate = self._certify()
        self._change_in_the_database(certificate, hours_validated=833)
        for printed in (certificate, self.env[MODEL]):
            with self.assertRaises(UserError):
                self._printed(self.user_officer, printed)


@tagged("post_install", "-at_install")
class TestCertificatePages(CertificateCommon, HttpCase):
    """The public page and the download, over HTTP."""

    def _check(self, typed):
        return self.url_open(f"/insertion/certificate/{typed}")

    def test_anyone_checks_a_code(self):
        code = self._certify().code
        for address in (f"/insertion/certificate/{code}", f"/insertion/certificate?code={code.lower()}"):
            page = self.url_open(address)
            for shown in ("genuine", self.clause.name, self.contractor.name, "833.00", "100.00", "Lot 4"):
                self.assertIn(shown, page.text, address)
            for absent in ("figures have changed", "no longer described", "withdrawn", "vouched"):
                self.assertNotIn(absent, page.text)
            for hidden in ("Introuvable", self.person.name, self.user_officer.name):
                self.assertNotIn(hidden, page.text)
        self.assertEqual(page.headers["X-Robots-Tag"], "noindex")
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_the_page_says_what_has_changed(self):
        code, name = self._certify().code, self.contractor.name
        self._reverse()
        self.contractor.name = "Bâtisseurs repris (fictif)"
        page = self._check(code).text
        for shown in ("figures have changed since", "no longer described as on the certificate", name, "100.00"):
            self.assertIn(shown, page)
        self.assertNotIn("Bâtisseurs repris", page)

    def test_the_page_says_that_it_was_withdrawn(self):
        certificate = self._certify()
        self._withdraw(certificate, "Heures comptées <b>deux</b> fois")
        page = self._check(certificate.code).text
        for shown in ("This certificate was withdrawn", "comptées &lt;b&gt;deux", self.clause.name):
            self.assertIn(shown, page)
        for absent in ("genuine", self.user_officer.name):
            self.assertNotIn(absent, page)

    def test_the_page_does_not_vouch_for_what_was_changed(self):
        certificate = self._certify()
        self._change_in_the_database(certificate, hours_validated=833)
        page = self._check(certificate.code).text
        self.assertIn("cannot be vouched for", page)
        for absent in ("genuine", "833", self.contractor.name, self.clause.name):
            self.assertNotIn(absent, page)

    def test_every_code_that_is_not_one_has_the_same_answer(self):
        certificate = self._certify()
        answers = set()
        for typed in ("AAAA-AAAA-AAAA-AAAA", "1", str(certificate.id), "%25", "%C3%A9", "%00", "A" * 5000, "%27--"):
            page = self._check(typed)
            self.assertIn("There is no certificate with this code", page.text, typed[:30])
            self.assertEqual(page.status_code, 200)
            self.assertLess(len(page.text), 30_000)
            shown = page.text.partition("<main")[2].partition("</main>")[0]
            answers.add(re.sub(r'<input id="insertion_code"[^>]*>', "", shown))  # all but what was typed
        self.assertIn("There is no certificate", min(answers))
        self.assertEqual(len(answers), 1)

    def test_pdf(self):
        certificate = self._certify()
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        pdf = report.with_user(self.user_officer)._render_qweb_pdf(REPORT, certificate.ids)[0]
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertEqual(len(PdfFileReader(io.BytesIO(pdf)).pages), 1)

    def test_nothing_asked(self):
        page = self.url_open("/insertion/certificate")
        for absent in ("There is no certificate", "genuine", "vouched"):
            self.assertNotIn(absent, page.text)

    def test_markup_is_shown_as_text(self):
        page = self.url_open("/insertion/certificate?code=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        self.assertNotIn("<script>alert(1)", page.text)

    @mute_logger("odoo.http")
    def test_download(self):
        path = f"{self.clause.access_url}/certificate"
        self.assertIn("/web/login", self.url_open(path).url)
        self.authenticate(self.user_contractor.login, PASSWORD)
        self.assertEqual(self.url_open(path).status_code, 404, "not certified yet")
        certificate = self._certify()
        answer = self.url_open(path)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn(certificate.code, answer.text, "Odoo gives the page itself during tests")
        self.assertIn(path, self.url_open(self.clause.access_url).text)
        for user in (self.user_other_contractor, self.user_other_portal_relay):
            self.authenticate(user.login, PASSWORD)
            self.assertEqual(self.url_open(path).status_code, 404, user.login)

    @mute_logger("odoo.http")
    def test_a_withdrawn_one_is_not_offered(self):
        path = f"{self.clause.access_url}/certificate"
        self._withdraw(self._certify())
        self.authenticate(self.user_contractor.login, PASSWORD)
        self.assertEqual(self.url_open(path).status_code, 404)
        self.assertNotIn(path, self.url_open(self.clause.access_url).text)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_reports_answer_readers_alone(self):
        """Odoo's own doors of a report, for any account."""
        certificate = self._certify()
        for kind in ("html", "pdf"):
            address = f"/report/{kind}/clause_insertion.report_certificate/{certificate.id}"
            for user in (self.user_other_contractor, self.user_other_portal_relay, self.user_employee):
                self.authenticate(user.login, PASSWORD)
                answer = self.url_open(address)
                self.assertNotEqual(answer.status_code, 200, (kind, user.login))
                self.assertNotIn(certificate.code, answer.text, (kind, user.login))
