import io
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from ..common import PASSWORD, InsertionCommon

REPORT = "clause_insertion.clause_insertion_certificate_report"


class CertificateCommon(InsertionCommon):
    """A clause of 833 hours at its end: 100 hours validated, balance struck."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause(lot="Lot 4 – Peinture")
        cls.person = cls._new_participant(firstname="Camille", lastname="Introuvable")
        cls._new_employment(cls.person, cls.clause)
        cls.declaration = cls._new_declaration(cls.clause, hours={cls.person: 100})
        cls.declaration.action_submit()
        cls.declaration.with_user(cls.user_facilitator).action_validate()
        cls.clause.action_strike_balance()

    def _certify(self):
        self.clause.with_user(self.user_officer).action_certify()
        return self.clause.certificate_id.code


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15")
class TestCertificate(CertificateCommon):
    """The officer closes a clause; what is certified no longer moves."""

    def test_certify(self):
        code = self._certify()
        self.assertRecordValues(self.clause, [{"state": "certified", "next_actor": False}])
        self.assertRecordValues(
            self.clause.certificate_id,
            [
                {
                    "delivered_on": date(2026, 10, 15),
                    "delivered_by": self.user_officer.id,
                    "clause_name": self.clause.name,
                    "contractor_name": self.contractor.name,
                    "lot": "Lot 4 – Peinture",
                    "hours_due": 833,
                    "hours_validated": 100,
                    "is_sealed": True,
                }
            ],
        )
        self.assertRegex(code, r"^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$")

    def test_only_once_and_only_after_the_balance(self):
        running = self._new_running_clause()
        with self.assertRaises(UserError):
            running.with_user(self.user_officer).action_certify()
        self._certify()
        with self.assertRaises(UserError):
            self._certify()

    def test_the_region_certifies(self):
        for user in (
            self.user_buyer,
            self.user_reader,
            self.user_facilitator,
            self.user_contractor,
            self.user_portal_relay,
            self.user_employee,
        ):
            with self.assertRaises(AccessError, msg=user.login):
                self.clause.with_user(user).action_certify()
        self.assertEqual(self.clause.state, "done")

    def test_nobody_types_a_certificate(self):
        for values in ({"certificate_code": "A"}, {"hours_certified": 833}, {"certified_on": "2026-01-01"}):
            with self.assertRaises(UserError, msg=values):
                self.clause.with_user(self.user_manager).write(values)

    @mute_logger("odoo.sql_db")
    def test_a_code_is_given_once(self):
        code = self._certify()
        with self.assertRaises(IntegrityError):
            self._new_running_clause().certificate_code = code
            self.env.flush_all()

    def test_a_copy_is_not_certified(self):
        self._certify()
        self.assertFalse(self.clause.copy({"state": "draft"}).certificate_code)

    def test_hours_reversed_since(self):
        code = self._certify()
        Clause = self.env["clause.insertion"]
        self.assertFalse(Clause._certificate(code)["changed_on"])
        with freeze_time("2027-02-03"):
            self.declaration.line_ids.with_user(self.user_officer).action_reverse("Feuille d'heures fausse")
            certificate = Clause._certificate(code)
        self.assertEqual((certificate["hours_validated"], str(certificate["changed_on"])), (100, "2027-02-03"))
        self.assertEqual(self.clause.hours_validated, 0)

    def test_what_a_code_shows(self):
        certificate = (
            self.env["clause.insertion"]
            .with_user(self.env.ref("base.public_user"))
            ._certificate(self._certify().lower().replace("-", " "))
        )
        self.assertEqual(
            set(certificate),
            {
                "code",
                "clause",
                "contract",
                "lot",
                "region",
                "contractor",
                "hours_due",
                "hours_validated",
                "certified_on",
                "changed_on",
            },
        )

    def test_only_a_certified_clause_is_printed(self):
        report = self.env["ir.actions.report"]
        with self.assertRaises(UserError):
            report._render_qweb_html(REPORT, self.clause.ids)
        self._certify()
        for user in (self.user_officer, self.user_contractor, self.user_facilitator):
            page = report.with_user(user)._render_qweb_html(REPORT, self.clause.ids)[0].decode()
            for shown in (self.clause.certificate_code, self.contractor.name, self.relay.name, "833", "Lot 4"):
                self.assertIn(shown, page, user.login)
            for hidden in ("Introuvable", self.person.name):
                self.assertNotIn(hidden, page)
        for user in (self.user_other_contractor, self.user_other_facilitator):
            with self.assertRaises(AccessError, msg=user.login):
                report.with_user(user)._render_qweb_html(REPORT, self.clause.ids)


@tagged("post_install", "-at_install")
class TestCertificatePages(CertificateCommon, HttpCase):
    """The public page and the download, over HTTP."""

    def _check(self, typed):
        return self.url_open(f"/insertion/certificate/{typed}")

    def test_anyone_checks_a_code(self):
        code = self._certify()
        for address in (f"/insertion/certificate/{code}", f"/insertion/certificate?code={code.lower()}"):
            page = self.url_open(address)
            for shown in ("genuine", self.clause.name, self.contractor.name, "833.00", "100.00", "Lot 4"):
                self.assertIn(shown, page.text, address)
            self.assertNotIn("figures have changed", page.text)
            for hidden in ("Introuvable", self.person.name, self.user_officer.name):
                self.assertNotIn(hidden, page.text)
        self.assertEqual(page.headers["X-Robots-Tag"], "noindex")

    def test_the_page_says_that_figures_have_changed(self):
        code = self._certify()
        self.declaration.line_ids.with_user(self.user_officer).action_reverse("Erreur")
        self.assertIn("figures have changed since", self._check(code).text)

    def test_no_certificate_with_this_code(self):
        self._certify()
        answers = set()
        for typed in ("AAAA-AAAA-AAAA-AAAA", "1", str(self.clause.id), "%25", "%C3%A9", "A" * 5000):
            page = self._check(typed)
            self.assertIn("There is no certificate with this code", page.text, typed[:30])
            self.assertNotIn(self.contractor.name, page.text)
            answers.add(page.status_code)
        self.assertEqual(answers, {200})

    def test_nothing_asked(self):
        page = self.url_open("/insertion/certificate")
        self.assertNotIn("There is no certificate", page.text)
        self.assertNotIn("genuine", page.text)

    def test_markup_is_shown_as_text(self):
        page = self.url_open("/insertion/certificate?code=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        self.assertNotIn("<script>alert(1)", page.text)

    @mute_logger("odoo.http")
    def test_download(self):
        path = f"{self.clause.access_url}/certificate"
        self.assertIn("/web/login", self.url_open(path).url)
        self.authenticate(self.user_contractor.login, PASSWORD)
        self.assertEqual(self.url_open(path).status_code, 404, "not certified yet")
        self._certify()
        answer = self.url_open(path)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn(self.clause.certificate_code, answer.text, "Odoo gives the page itself during tests")
        self.assertIn(path, self.url_open(self.clause.access_url).text)
        for user in (self.user_other_contractor, self.user_other_portal_relay):
            self.authenticate(user.login, PASSWORD)
            self.assertEqual(self.url_open(path).status_code, 404, user.login)

    def test_pdf(self):
        self._certify()
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        pdf = report.with_user(self.user_officer)._render_qweb_pdf(REPORT, self.clause.ids)[0]
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertEqual(len(PdfFileReader(io.BytesIO(pdf)).pages), 1)
