import io
import zipfile

from PIL import Image

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...engine.proof_files import MOST_BYTES, MOST_FILES
from ..common import PortalCase

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def image(kind):
    content = io.BytesIO()
    Image.new("RGB", (4, 4)).save(content, kind)
    return content.getvalue()


def zipped():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"0" * 1_000_000)
    return content.getvalue()


class ProofCommon(PortalCase):
    """A clause runs since 3 August 2026; its contractor prepares September, and sends files as a browser does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause(date_start="2026-08-03", date_end="2027-08-02")
        cls.declaration = cls._new_declaration(cls.clause)
        cls.path = f"{cls.declaration.access_url}/proofs"

    def _send(self, *files):
        return self._post(self.path, [("proof", (name, content, "application/pdf")) for name, content in files])


@tagged("post_install", "-at_install")
class TestProofFiles(ProofCommon):
    """Files that prove a month; whatever comes from the browser is hostile."""

    def test_attach_read_and_remove(self):
        self._login(self.user_contractor)
        self._send(("heures.pdf", PDF), ("photo.JPG", image("JPEG")), ("scan.png", image("PNG")))
        proofs = self.declaration.attachment_ids
        self.assertEqual(set(proofs.mapped("mimetype")), {"application/pdf", "image/jpeg", "image/png"})
        pdf = proofs.filtered(lambda proof: proof.mimetype == "application/pdf")
        for user in (self.user_contractor, self.user_portal_relay, self.user_facilitator):
            self._login(user)
            answer = self.url_open(f"{self.path}/{pdf.id}")
            self.assertEqual(answer.content, PDF, user.login)
            self.assertIn("attachment", answer.headers["Content-Disposition"])
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertIn(pdf.name, self.url_open(self.declaration.access_url).text)
        self._login(self.user_contractor)
        self._post(f"{self.path}/{pdf.id}/remove")
        self.assertEqual(len(self.declaration.attachment_ids), 2)
        self.assertFalse(pdf.exists())

    def test_names_are_ours(self):
        self._login(self.user_contractor)
        for name in ("Fiche de paie Camille Introuvable.pdf", "../../etc/passwd.pdf", "<script>.pdf", "a\r\nb.pdf"):
            self._send((name, PDF))
        names = self.declaration.attachment_ids.mapped("name")
        self.assertEqual(len(names), 4)
        for name in names:
            self.assertRegex(name, r"^CI-\d{4}-\d+-2026-09-\d+\.pdf$")

    def test_refused_files(self):
        self._login(self.user_contractor)
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        html = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
        for name, content, message in (
            ("page.html", html, "Send a PDF"),
            ("page.pdf", html, "not what its name says"),
            ("dessin.svg", svg, "Send a PDF"),
            ("dessin.png", svg, "not what its name says"),
            ("archive.zip", zipped(), "Send a PDF"),
            ("archive.pdf", zipped(), "not what its name says"),
            ("photo.pdf", image("PNG"), "not what its name says"),
            ("heures.pdf.exe", PDF, "Send a PDF"),
            ("pdf", PDF, "Send a PDF"),
            ("vide.pdf", b"", "empty"),
            ("gros.pdf", PDF + b"0" * MOST_BYTES, "too large"),
        ):
            page = self._send(("heures.pdf", PDF), (name, content))
            self.assertIn(message, page.text, name)
            self.assertFalse(self.declaration.attachment_ids, f"{name}: none of the files sent is kept")
        self.assertEqual(self.env["ir.attachment"].search_count(self._all_proofs()), 0)

    def _all_proofs(self):
        return [("res_model", "=", self.declaration._name), ("res_field", "=", "attachment_ids")]

    def test_ten_files_at_most(self):
        self._login(self.user_contractor)
        page = self._send(*[("heures.pdf", PDF)] * (MOST_FILES + 1))
        self.assertIn("10 files at most", page.text)
        self._send(*[("heures.pdf", PDF)] * MOST_FILES)
        self.assertEqual(len(self.declaration.attachment_ids), MOST_FILES)
        self.assertIn("10 files at most", self._send(("heures.pdf", PDF)).text)

    @mute_logger("odoo.http")
    def test_others_find_nothing(self):
        proof = self.declaration.with_user(self.user_contractor)._add_proof("heures.pdf", PDF)
        for user in (self.user_other_contractor, self.user_other_portal_relay, self.user_other_facilitator):
            self._login(user)
            self.assertEqual(self.url_open(f"{self.path}/{proof.id}").status_code, 404, user.login)
            self.assertEqual(self._send(("heures.pdf", PDF)).status_code, 404, user.login)
            self.assertEqual(self._post(f"{self.path}/{proof.id}/remove").status_code, 404, user.login)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(f"{self.path}/{proof.id}").url)
        self.assertEqual(self.declaration.attachment_ids, proof)

    @mute_logger("odoo.http")
    def test_figures_are_read_without_the_proofs(self):
        """A time sheet has names on it: those who read the declaration alone do not open it, through any door."""
        proof = self.declaration.with_user(self.user_contractor)._add_proof("heures.pdf", PDF)
        for user in (self.user_buyer, self.user_reader, self.user_officer, self.user_manager, self.user_employee):
            self._login(user)
            self.assertEqual(self.url_open(f"{self.path}/{proof.id}").status_code, 404, user.login)
            self.assertNotEqual(self.url_open(f"/web/content/{proof.id}").content, PDF, user.login)
            with self.assertRaises(AccessError, msg=user.login):
                proof.with_user(user).read(["name"])
            self.assertFalse(self.env["ir.attachment"].with_user(user).search([("id", "=", proof.id)]), user.login)
        self.assertEqual(proof.with_user(self.user_facilitator).read(["name"])[0]["name"], proof.name)

    def test_the_region_reads_them_where_there_is_no_relay(self):
        self.clause.facilitator_id = False
        proof = self.declaration.with_user(self.user_contractor)._add_proof("heures.pdf", PDF)
        declaration = self.declaration.with_user(self.user_officer)
        self.assertEqual(declaration.proof_count, 1)
        self._login(self.user_officer)
        self.assertIn(proof.name, self.url_open(declaration.action_open_proofs()["url"]).text)
        self.assertEqual(self.url_open(f"{self.path}/{proof.id}").content, PDF)
        self.assertEqual(self.declaration.with_user(self.user_reader).proof_count, 0)

    @mute_logger("odoo.http")
    def test_no_change_without_the_csrf_token_nor_by_get(self):
        proof = self.declaration.with_user(self.user_contractor)._add_proof("heures.pdf", PDF)
        self._login(self.user_contractor)
        self.assertEqual(self._post(f"{self.path}/{proof.id}/remove", with_token=False).status_code, 400)
        answer = self._post(self.path, [("proof", ("a.pdf", PDF, "application/pdf"))], with_token=False)
        self.assertEqual(answer.status_code, 400)
        for path in (self.path, f"{self.path}/{proof.id}/remove", f"{self.clause.access_url}/nil"):
            self.assertEqual(self.url_open(path).status_code, 405, path)
        self.assertEqual(self.declaration.attachment_ids, proof)

    @mute_logger("odoo.http")
    def test_kept_once_submitted(self):
        contractor = self.declaration.with_user(self.user_contractor)
        proof = contractor._add_proof("heures.pdf", PDF)
        contractor.action_submit()
        self._login(self.user_contractor)
        self._post(f"{self.path}/{proof.id}/remove")
        self._send(("autre.pdf", PDF))
        self.assertEqual(self.declaration.attachment_ids, proof)
        for user in (self.user_facilitator, self.env.user):
            with self.assertRaises(UserError, msg=user.login):
                proof.with_user(user).unlink()
            for values in ({"raw": b"%PDF-1.4 other"}, {"datas": False}, {"res_id": 0}, {"res_field": False}):
                with self.assertRaises(UserError, msg=f"{user.login} {values}"):
                    proof.with_user(user).write(values)
        proof.write({"raw": proof.raw})  # as Odoo does to move files to another storage
        self.declaration.with_user(self.user_facilitator).action_refuse("Illisible")
        self._post(f"{self.path}/{proof.id}/remove")
        self.assertFalse(self.declaration.attachment_ids, "a refused month is corrected, proofs included")

    def test_a_relay_changes_no_proof(self):
        """It reads those of its months: it renames none, nor opens one to the world."""
        proof = self.declaration.with_user(self.user_contractor)._add_proof("heures.pdf", PDF)
        before = proof.read(["name", "public", "access_token", "mimetype", "raw"])
        for values in ({"public": True}, {"name": "Camille.pdf"}, {"access_token": "connu"}, {"mimetype": "text/html"}):
            with self.assertRaises(UserError, msg=values), self.cr.savepoint():
                proof.with_user(self.user_facilitator).write(values)
        self.env.invalidate_all()
        self.assertEqual(proof.read(list(before[0])), before)

    def test_forged_ids(self):
        """Linking somebody else's file, over RPC, does not open it."""
        other = self._new_declaration(self._new_running_clause(partner=self.other_contractor))
        theirs = other.with_user(self.user_other_contractor)._add_proof("heures.pdf", PDF)
        loose = self.env["ir.attachment"].create({"name": "secret.pdf", "raw": PDF})
        chatter = self.env["ir.attachment"].create(
            {"name": "a.pdf", "raw": PDF, "res_model": self.declaration._name, "res_id": self.declaration.id}
        )
        contractor = self.declaration.with_user(self.user_contractor)
        for file in (theirs, loose, chatter):
            with self.assertRaises(AccessError, msg=file.name), self.cr.savepoint():
                contractor.write({"attachment_ids": [Command.link(file.id)]})
        with self.assertRaises(AccessError), self.cr.savepoint():
            contractor.write({"attachment_ids": [Command.create({"name": "a.pdf", "raw": PDF})]})
        relay = self.declaration.with_user(self.user_facilitator)
        own = self.env["ir.attachment"].with_user(self.user_facilitator).create({"name": "a.pdf", "raw": PDF})
        for file in (own, chatter, theirs):
            with self.assertRaises(ValidationError, msg=file.name), self.cr.savepoint():
                relay.write({"attachment_ids": [Command.link(file.id)]})
        contractor._remove_proof(theirs.id)
        self.assertTrue(theirs.exists())
        self.assertFalse(self.declaration.attachment_ids)

    def test_removed_with_their_draft(self):
        proof = self.declaration.with_user(self.user_contractor)._add_proof("heures.pdf", PDF)
        self.declaration.with_user(self.user_contractor).unlink()
        self.assertFalse(proof.exists())


@tagged("post_install", "-at_install")
@freeze_time("2026-11-05")
class TestNilMonth(ProofCommon):
    """The month that has just ended, without hours: one click, one confirmation."""

    def _nil(self):
        return self._post(f"{self.clause.access_url}/nil")

    def test_declared_and_submitted(self):
        self._login(self.user_contractor)
        self.assertIn("No hours in", self.url_open(self.clause.access_url).text)
        self.assertIn("/my/insertion-declarations/", self._nil().url)
        october = self.clause.declaration_ids - self.declaration
        self.assertRecordValues(october, [{"state": "submitted", "hours": 0}])
        self.assertEqual(str(october.month), "2026-10-01")
        self.assertNotIn("No hours in", self.url_open(self.clause.access_url).text)
        self.assertIn("already declared", self._nil().text)
        self.assertEqual(len(self.clause.declaration_ids), 2)

    def test_not_over_a_draft(self):
        self._new_declaration(self.clause, "2026-10-01")
        self._login(self.user_contractor)
        self.assertIn("already declared", self._nil().text)
        self.assertEqual(self.clause.declaration_ids.mapped("state"), ["draft", "draft"])

    def test_only_while_the_clause_ran(self):
        for values in ({"date_start": "2026-11-01"}, {"date_start": "2026-08-03", "date_end": "2026-09-30"}):
            self.clause.write(values)
            self.assertFalse(self.clause._nil_month(), values)
        self.clause.write({"date_end": "2026-10-01"})
        self.assertTrue(self.clause._nil_month())
        self.clause.action_strike_balance()
        self.assertFalse(self.clause._nil_month())

    @mute_logger("odoo.http")
    def test_by_the_contractor_alone(self):
        for user in (self.user_other_contractor, self.user_other_portal_relay):
            self._login(user)
            self.assertEqual(self._nil().status_code, 404, user.login)
        for user in (self.user_portal_relay, self.user_facilitator, self.user_officer):
            self._login(user)
            self.assertNotIn("No hours in", self.url_open(self.clause.access_url).text)
            self._nil()
        self.assertEqual(self.clause.declaration_ids, self.declaration)
        self._login(self.user_contractor)
        self.assertEqual(self._post(f"{self.clause.access_url}/nil", with_token=False).status_code, 400)
        self.assertEqual(self.clause.declaration_ids, self.declaration)
