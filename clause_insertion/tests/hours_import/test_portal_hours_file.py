import csv
import io
import zipfile

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...models.hours_import.clause_insertion_import import MOST_PORTAL_BYTES
from ..common import PortalCase
from .common import HEADER, ImportCommon

FILES = "/my/insertion-hours-files"


class HoursFileCommon(ImportCommon, PortalCase):
    """A contractor sends its file of hours from its browser."""

    def _send(self, content, name="heures.csv"):
        content = content.encode() if isinstance(content, str) else content
        return self._post(FILES, [("hours", (name, content, "text/csv"))])

    def _files(self):
        return self.env["clause.insertion.import"].search([])

    def _sent(self, *rows):
        """The file made of these rows, checked."""
        self._send(self._content(*rows))
        return self._files()[:1]


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22")
class TestHoursFile(HoursFileCommon):
    """A contractor's file: what is wrong is said row by row, what is right is brought in with one click."""

    def _model(self, month="2026-10"):
        answer = self.url_open(f"{FILES}/model?month={month}")
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")), answer

    def test_model_filled_in_and_brought_in(self):
        other = self._new_participant(lastname="Modèle")
        self._new_employment(other, self.clause, "2026-10-19")
        self._login(self.user_contractor)
        rows, answer = self._model()
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        expected = {"titulaire": self.contractor.name, "clause": self.clause.name, "mois": "10/2026", "jour": ""}
        for row, person, hours in zip(rows, (self.person, other), ("140,5", "63h30"), strict=True):
            self.assertEqual({**row, "participant": person.name, **expected}, row)
            row["heures"] = hours
        file = io.StringIO()
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
        page = self._send(file.getvalue()).text
        for shown in ("The file is right", "204.00", "October 2026", self.clause.name):
            self.assertIn(shown, page)
        self.assertFalse(self.clause.declaration_ids, "checked, not written")
        page = self._post(f"{self._files().access_url}/import").text
        declaration = self.clause.declaration_ids
        self.assertRecordValues(declaration, [{"state": "draft", "hours": 204}])
        self.assertIn(declaration.access_url, page)
        self.assertIn('value="140,5"', self.url_open(declaration.access_url).text)

    def test_model_has_the_people_that_the_check_knows(self):
        """Of running clauses, of that month, confirmed by the relay; and never by name."""
        self.env["clause.insertion.employment"].with_user(self.user_contractor)._hire_own_candidate(
            self.clause.with_user(self.user_contractor),
            {"firstname": "Anatole", "lastname": "Exemple"},
            {"date_start": "2026-10-01"},
        )
        self._new_employment(self._new_participant(lastname="Parti"), self.clause, date_end="2026-09-30")
        ended = self._new_running_clause(date_start="2026-09-01")
        self._new_employment(self.person, ended)
        ended.action_strike_balance()
        self._login(self.user_contractor)
        rows, answer = self._model()
        self.assertEqual([(row["clause"], row["participant"]) for row in rows], [(self.clause.name, self.person.name)])
        for name in ("Camille", "Exemple", "Anatole"):
            self.assertNotIn(name, answer.text)
        for month in ("", "2026-13", "x", "31/01/2026"):
            self.assertIn("Choose a month", self.url_open(f"{FILES}/model?month={month}").text)

    def test_model_runs_no_formula(self):
        self.contractor.name = '=HYPERLINK("http://x")'
        self._login(self.user_contractor)
        self.assertEqual(self._model()[0][0]["titulaire"], '\'=HYPERLINK("http://x")')

    def test_what_is_wrong_is_said_on_the_rows(self):
        self._login(self.user_contractor)
        page = self._send(
            self._content(
                self._row(day="05/10/2026"),
                self._row(day="31/02/2026", hours="25"),
                self._row(month="10/2026", person="Camille Exemple"),
                self._row(month="10/2026", clause=self.other_clause.name),
            )
        ).text
        for shown in (
            "Things to correct in the file: 4",
            "31/02/2026",
            "This date does not exist",
            "A day has 24 hours",
            "24 at most",
        ):
            self.assertIn(shown, page)
        for hidden in ("Camille", "Bring these hours in"):
            self.assertNotIn(hidden, page)
        record = self._files()
        self.assertEqual([error.row for error in record.error_ids], [3, 3, 4, 5])
        self.assertNothingWritten(record)
        report = self.url_open(f"/web/content/{record._name}/{record.id}/report_file/errors.csv?download=true")
        self.assertEqual(len(report.content.decode("utf-8-sig").splitlines()), 5)

    def test_a_refused_file_is_not_kept(self):
        """It may hold names, which the Region would read; a right one is kept until its hours are in."""
        self._login(self.user_contractor)
        self._send(f"{HEADER};nom\n{self._row(month='10/2026')};Camille Exemple")
        right = self._sent(self._row(month="10/2026", hours="120"))
        files = [("res_model", "=", right._name), ("res_field", "=", "file")]
        self.assertEqual(self.env["ir.attachment"].search(files).res_id, right.id)
        self.assertNotIn("Camille", str(self._files().error_ids.read()))
        self._post(f"{right.access_url}/import")
        self.assertEqual(right.state, "done")
        self.assertFalse(self.env["ir.attachment"].search(files))

    def test_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.user_contractor.lang = "fr_FR"
        self._login(self.user_contractor)
        self._send(self._content(self._row(day="31/02/2026")))
        record = self._files()
        self.assertEqual(record.error_ids.problem, "Cette date n'existe pas.")

    def test_a_thousand_errors_are_shown(self):
        self._login(self.user_contractor)
        page = self._send(self._content(*[self._row(day="31/02/2026")] * 1500)).text
        self.assertEqual(page.count("This date does not exist"), 1000)
        self.assertIn("first 1000 errors", page)

    def test_xlsx(self):
        self._login(self.user_contractor)
        head = ["titulaire", "clause", "participant", "mois", "heures"]
        row = [self.contractor.name, self.clause.name, self.person.name, "10/2026", 12.5]
        self._send(self._xlsx(head, row), "heures.XLSX")
        self.assertRecordValues(self._files(), [{"state": "checked", "row_count": 1, "hours": 12.5}])

    def test_damaged_workbooks_are_told_in_a_sentence(self):
        """One byte in fifty of a good workbook, changed: whatever a reader raises, the page is a page."""
        self._login(self.user_contractor)
        head = ["titulaire", "clause", "participant", "mois", "heures"]
        good = self._xlsx(head, [self.contractor.name, self.clause.name, self.person.name, "10/2026", 12.5])
        damaged = [good[:place] + bytes([good[place] ^ 0x5A]) + good[place + 1 :] for place in range(0, len(good), 50)]
        damaged += [good[: len(good) // 2], good[100:], good.replace(b"\x08\x00", b"\x63\x00")]
        for number, content in enumerate(damaged):
            self.assertEqual(self._send(content, "heures.xlsx").status_code, 200, number)
        self.assertLessEqual(set(self._files().mapped("state")), {"checked", "failed"})
        for failed in self._files().filtered(lambda file: file.state == "failed"):
            self.assertTrue(all(failed.error_ids.mapped("problem")))

    def test_the_same_file_twice_brings_nothing(self):
        self._login(self.user_contractor)
        record = self._sent(self._row(month="10/2026", hours="120"))
        for _time in range(2):
            self._post(f"{record.access_url}/import")
        self.assertEqual(record.line_count, 1)
        again = self._send(self._content(self._row(month="10/2026", hours="120"))).text
        self.assertIn("was imported on", again)
        self.assertEqual(self.clause.declaration_ids.hours, 120)

    def test_beside_what_was_typed(self):
        self._new_declaration(self.clause, "2026-10-01", {self.person: 80})
        self._login(self.user_contractor)
        record = self._sent(self._row(month="10/2026", hours="120"))
        page = self.url_open(record.access_url).text
        self.assertIn("80.00", page)
        self.assertIn("Hours are added to those", page)
        self._post(f"{record.access_url}/import")
        self.assertEqual(self.clause.declaration_ids.hours, 200)
        self.assertIn('value="200"', self.url_open(self.clause.declaration_ids.access_url).text)

    def test_changed_between_the_check_and_the_click(self):
        """What was right is checked again: the month was submitted meanwhile."""
        self._login(self.user_contractor)
        record = self._sent(self._row(month="10/2026", hours="120"))
        self._new_declaration(self.clause, "2026-10-01").action_submit()
        page = self._post(f"{record.access_url}/import").text
        self.assertIn("was submitted", page)
        self.assertNothingWritten(record)

    def test_a_long_file_is_queued(self):
        self._login(self.user_contractor)
        days = [f"{day:02}/10/2026" for day in range(1, 31)]
        people = [self._new_participant(lastname=f"Exemple {number}") for number in range(70)]
        for person in people:
            self._new_employment(person, self.clause)
        record = self._sent(*[self._row(day=day, person=person.name) for person in people for day in days])
        page = self._post(f"{record.access_url}/import").text
        self.assertIn("being written", page)
        self.assertEqual(record.state, "running")

    def test_as_many_queries_for_many_rows_as_for_few(self):
        def count(people):
            for number in range(people):
                self._new_employment(self._new_participant(lastname=f"Exemple {number}"), self.clause)
            people = self.clause.employment_ids.participant_id
            record = self._sent(*[self._row(month="10/2026", hours=f"{people}", person=p.name) for p in people])
            counted = []
            for path, post in ((record.access_url, False), (f"{record.access_url}/import", True), (FILES, False)):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                self.assertEqual((self._post(path) if post else self.url_open(path)).status_code, 200)
                counted.append(self.cr.sql_log_count - before)
            return counted

        self._login(self.user_contractor)
        count(1)  # warms the caches
        few = count(4)
        self.assertEqual(count(35), few)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22")
class TestHoursFileHostile(HoursFileCommon):
    """Whatever comes from the browser is hostile."""

    def test_no_login(self):
        for page in (FILES, f"{FILES}/1", f"{FILES}/model?month=2026-10"):
            self.assertIn("/web/login", self.url_open(page).url, page)

    @mute_logger("odoo.http")
    def test_others_find_nothing(self):
        self._login(self.user_contractor)
        record = self._sent(self._row(month="10/2026", hours="120"))
        for user in (self.user_other_contractor, self.user_portal_relay, self.user_other_portal_relay):
            self._login(user)
            self.assertEqual(self.url_open(record.access_url).status_code, 404, user.login)
            self.assertEqual(self._post(f"{record.access_url}/import").status_code, 404, user.login)
            for field in ("file", "report_file"):
                path = f"/web/content/{record._name}/{record.id}/{field}"
                self.assertNotEqual(self.url_open(path).status_code, 200, f"{user.login}: {field}")
        self.assertEqual(record.state, "checked")
        self.assertNothingWritten(record)

    @mute_logger("odoo.http")
    def test_a_relay_has_no_hours_to_declare(self):
        self._login(self.user_portal_relay)
        for page in (FILES, f"{FILES}/model?month=2026-10"):
            self.assertEqual(self.url_open(page).status_code, 404, page)
        self.assertEqual(self._send(self._content(self._row(month="10/2026"))).status_code, 404)
        self.assertFalse(self._files())

    @mute_logger("odoo.http")
    def test_forged_ids(self):
        self._login(self.user_contractor)
        for page in (f"{FILES}/0", f"{FILES}/999999", f"{FILES}/abc", f"{FILES}/-1"):
            self.assertEqual(self.url_open(page).status_code, 404, page)
        self.assertEqual(self._post(f"{FILES}/999999/import").status_code, 404)

    @mute_logger("odoo.http")
    def test_no_change_without_the_csrf_token_nor_by_get(self):
        self._login(self.user_contractor)
        record = self._sent(self._row(month="10/2026", hours="120"))
        self.assertEqual(self._post(f"{record.access_url}/import", with_token=False).status_code, 400)
        self.assertEqual(self.url_open(f"{record.access_url}/import").status_code, 405)
        content = self._content(self._row(month="09/2026")).encode()
        answer = self._post(FILES, [("hours", ("a.csv", content, "text/csv"))], with_token=False)
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(self._files(), record)
        self.assertNothingWritten(record)

    def test_hours_of_others_are_unknown(self):
        """Forged rows: another contractor's clause, in its own name, for its own person."""
        stranger = self._new_participant(self.other_relay)
        self._new_employment(stranger, self.other_clause)
        self._login(self.user_contractor)
        record = self._sent(
            self._row(
                month="10/2026",
                clause=self.other_clause.name,
                contractor=self.other_contractor.name,
                person=stranger.name,
            )
        )
        self.assertEqual(record.error_ids.mapped("column"), ["clause", "titulaire", "participant"])
        self.assertFalse(self.other_clause.line_ids)

    def _bomb(self, part="xl/worksheets/sheet1.xml", times=210):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            with archive.open(part, "w") as content:
                for _time in range(times):
                    content.write(b" " * 2**20)
        return file.getvalue()

    @mute_logger("odoo.tools.mimetypes.guess_mimetype")  # Odoo itself looks into the damaged archives
    def test_hostile_files(self):
        self._login(self.user_contractor)
        html = "<!DOCTYPE html><html><script>alert(1)</script></html>"
        for name, content, message in (
            ("page.html", html, "headers cannot be told apart"),
            ("heures.xlsx", html, "not an XLSX workbook"),
            ("heures.csv", b"%PDF-1.4\n\x00\x01", "bytes that no CSV has"),
            ("heures.xls", b"\xd0\xcf\x11\xe0" + b"0" * 600, "old Excel file"),
            ("heures.xlsx", b"PK\x03\x04" + b"0" * 600, "not an XLSX workbook"),
            ("bombe.xlsx", self._bomb(), "Once unpacked, the file is too big"),
            ("bombe.csv", self._bomb("xl/sharedStrings.xml", 60), "Once unpacked, the file is too big"),
            ("vide.csv", b"", "not empty"),
            ("blanc.csv", b" \n", "The file is empty"),
            ("gros.csv", b"a" * (MOST_PORTAL_BYTES + 1), "5 MB at most"),
            ("ligne.csv", self._content("a" * 70_000).encode(), "far too long"),
        ):
            page = self._send(content, name)
            self.assertEqual(page.status_code, 200, name)
            self.assertIn(message, page.text, name)
            self.assertNotIn("<script>alert(1)", page.text)
            self.assertNotIn("Bring these hours in", page.text, name)
        self.assertFalse(self.clause.line_ids)
        self.assertFalse(self._files().filtered(lambda record: record.state != "failed"))
        for files in (None, [("other", ("a.csv", b"a", "text/csv"))]):
            self.assertIn("not empty", self._post(FILES, files, hours="text, not a file").text)

    def test_markup_in_the_cells_is_shown_as_text(self):
        self._login(self.user_contractor)
        rows = self._row(month="<script>alert(1)</script>", hours="=1+1"), self._row(month="<b>1</b>")
        page = self._send(self._content(*rows)).text
        self.assertNotIn("<script>alert(1)", page)
        self.assertNotIn("<b>1</b>", page)
        self.assertIn("&lt;b&gt;1&lt;/b&gt;", page)
        self.assertIn("formulas are not run", page)

    def test_names_of_files_are_ours(self):
        self._login(self.user_contractor)
        for name in ("Camille Introuvable.csv", "../../etc/passwd", "<script>.csv", "a\r\nb.xlsx"):
            self._send(self._content(), name)
        self.assertEqual(set(self._files().mapped("name")), {"hours-2026-11-22.csv", "hours-2026-11-22.xlsx"})
