from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestPortal(PortalCase):
    """The portal of contractors and relays, over HTTP; whatever comes from the browser is hostile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant()
        cls.employment = cls._new_employment(cls.person, cls.clause)
        cls.declaration = cls._new_declaration(cls.clause)
        cls.pages = (
            "/my/insertion-clauses",
            cls.clause.access_url,
            "/my/insertion-declarations",
            cls.declaration.access_url,
        )

    def _save(self, **cells):
        return self._post(f"{self.declaration.access_url}/save", **cells)

    def _answer(self, **data):
        return self._post(f"{self.declaration.access_url}/answer", **data)

    # -- who sees what -----------------------------------------------------------------------------

    def test_no_login(self):
        for page in self.pages:
            self.assertIn("/web/login", self.url_open(page).url, page)

    def test_contractor_and_relay_see_their_pages(self):
        for user in (self.user_contractor, self.user_portal_relay):
            self._login(user)
            for page in self.pages:
                self.assertEqual(self.url_open(page).status_code, 200, f"{user.login}: {page}")
            self.assertIn(self.clause.name, self.url_open("/my/insertion-clauses").text)

    def test_a_browser_keeps_none_of_our_pages(self):
        self._login(self.user_contractor)
        for page in (*self.pages, self.employment.access_url):
            self.assertEqual(self.url_open(page).headers["Cache-Control"], "no-store", page)
        self.assertNotEqual(self.url_open("/my").headers.get("Cache-Control"), "no-store")

    @mute_logger("odoo.http")
    def test_others_find_nothing(self):
        for user in (self.user_other_contractor, self.user_other_portal_relay):
            self._login(user)
            for page in (self.clause.access_url, self.declaration.access_url):
                self.assertEqual(self.url_open(page).status_code, 404, f"{user.login}: {page}")
            self.assertNotIn(self.clause.name, self.url_open("/my/insertion-clauses").text)
            self.assertEqual(self._save(**{f"work_{self.employment.id}": "7"}).status_code, 404)
            self.assertEqual(self._answer(answer="validate").status_code, 404)
        self.assertFalse(self.declaration.line_ids)

    @mute_logger("odoo.http")
    def test_forged_ids_and_keys(self):
        self._login(self.user_contractor)
        forged = "/my/insertion-clauses/999999", "/my/insertion-declarations/0", "/my/insertion-clauses/abc"
        for page in (*forged, "/my/insertion-clauses/99999999999999999999", "/my/insertion-hires/2147483648"):
            self.assertEqual(self.url_open(page).status_code, 404, page)
        for query in ("sortby=name;drop", "filterby=__class__", "sortby=", "filterby=all&sortby=progress", "page=-1"):
            self.assertEqual(self.url_open(f"/my/insertion-clauses?{query}").status_code, 200, query)

    @mute_logger("odoo.http")
    def test_no_change_without_the_csrf_token_nor_by_get(self):
        self._login(self.user_contractor)
        cell = {f"work_{self.employment.id}": "7"}
        self.assertEqual(self._post(f"{self.declaration.access_url}/save", with_token=False, **cell).status_code, 400)
        for path in (
            f"{self.declaration.access_url}/save",
            f"{self.declaration.access_url}/answer",
            f"{self.clause.access_url}/declare",
        ):
            self.assertEqual(self.url_open(path).status_code, 405, path)
        self.assertFalse(self.declaration.line_ids)

    # -- the contractor's month --------------------------------------------------------------------

    def test_open_a_month(self):
        self._login(self.user_contractor)
        page = self._post(f"{self.clause.access_url}/declare", month="2026-08")
        self.assertIn("/my/insertion-declarations/", page.url)
        self.assertEqual(len(self.clause.declaration_ids), 2)
        self._post(f"{self.clause.access_url}/declare", month="2026-08")
        self.assertEqual(len(self.clause.declaration_ids), 2, "the same month is opened again")

    def test_open_a_wrong_month(self):
        self._login(self.user_contractor)
        for month, message in (("", "Choose a month"), ("2999-01", "not begun"), ("x", "Choose a month")):
            self.assertIn(message, self._post(f"{self.clause.access_url}/declare", month=month).text)
        self.assertEqual(len(self.clause.declaration_ids), 1)

    def test_save_correct_and_submit(self):
        self._login(self.user_contractor)
        self._save(**{f"work_{self.employment.id}": "120,5", f"training_{self.employment.id}": "7"})
        lines = self.declaration.line_ids.sorted("insertion_kind")
        self.assertEqual(lines.mapped("unit_amount"), [7, 120.5])
        self.assertEqual(set(lines.mapped("insertion_state")), {"draft"})
        self._save(**{f"work_{self.employment.id}": "110", f"training_{self.employment.id}": ""}, submit="1")
        self.assertRecordValues(
            self.declaration.line_ids, [{"unit_amount": 110, "insertion_kind": "work", "insertion_state": "submitted"}]
        )
        self._login(self.user_portal_relay)
        self.assertIn("110", self.url_open(self.declaration.access_url).text)
        self._answer(answer="validate")
        self.assertEqual((self.declaration.state, self.clause.hours_validated), ("validated", 110))

    def test_a_typing_error_keeps_what_was_typed(self):
        self._login(self.user_contractor)
        other = self._new_employment(self._new_participant(lastname="Modèle"), self.clause)
        page = self._save(**{f"work_{self.employment.id}": "120", f"work_{other.id}": "douze"})
        self.assertIn("is not a number of hours", page.text)
        self.assertIn('value="douze"', page.text)
        self.assertIn('value="120"', page.text)
        self.assertFalse(self.declaration.line_ids, "nothing is half-written")

    def test_markup_is_shown_as_text(self):
        self._login(self.user_contractor)
        page = self._save(**{f"work_{self.employment.id}": "<script>alert(1)</script>"})
        self.assertNotIn("<script>alert(1)", page.text)

    def test_cells_of_another_clause_are_ignored(self):
        self._login(self.user_contractor)
        stranger = self._new_participant(self.other_relay)
        elsewhere = self._new_employment(stranger, self._new_running_clause(partner=self.other_contractor))
        self._save(**{f"work_{elsewhere.id}": "50", "work_": "1", "state": "validated", "work_99999999999": "2"})
        self.assertFalse(self.declaration.line_ids)
        self.assertEqual(self.declaration.state, "draft")

    def test_refused_line_by_line_then_corrected(self):
        self._login(self.user_contractor)
        other = self._new_employment(self._new_participant(lastname="Modèle"), self.clause)
        self._save(**{f"work_{self.employment.id}": "120", f"work_{other.id}": "80"}, submit="1")
        line = self.declaration.line_ids.filtered(lambda line: line.insertion_employment_id == other)
        self._login(self.user_portal_relay)
        self.assertIn("Say why", self._answer(answer="refuse", reason=" ", line_id=str(line.id)).text)
        self._answer(answer="refuse", reason="Feuille d'heures manquante", line_id=str(line.id))
        self._answer(answer="validate")
        self.assertEqual(self.declaration.state, "refused")
        self._login(self.user_contractor)
        page = self.url_open(self.declaration.access_url).text
        self.assertIn("Feuille d&#39;heures manquante", page)
        self.assertNotIn(f'name="work_{self.employment.id}"', page, "validated hours are locked")
        self._save(**{f"work_{other.id}": "70"}, submit="1")
        self.assertEqual(
            (self.declaration.state, line.unit_amount, line.insertion_state), ("submitted", 70, "submitted")
        )

    @mute_logger("odoo.http")
    def test_a_contractor_does_not_answer_its_own_month(self):
        self._login(self.user_contractor)
        self._save(**{f"work_{self.employment.id}": "120"}, submit="1")
        self._answer(answer="validate")
        self.assertEqual(self.declaration.state, "submitted")
        self._save(**{f"work_{self.employment.id}": "200"})
        self.assertEqual(self.declaration.line_ids.unit_amount, 120)

    def test_nil_month(self):
        self._login(self.user_contractor)
        self._save(submit="1")
        self.assertRecordValues(self.declaration, [{"state": "submitted", "hours": 0}])

    def test_no_sensitive_word_reaches_the_contractor(self):
        disability = self.env.ref("clause_insertion.public_th")
        self.env["clause.insertion.proof"].create({"participant_id": self.person.id, "public_id": disability.id})
        self._login(self.user_contractor)
        for page in self.pages:
            self.assertNotIn(disability.name, self.url_open(page).text)

    @freeze_time("2026-10-05")
    def test_the_month_asks_as_many_queries_for_40_people_as_for_10(self):
        def count(clause):
            declaration = self._new_declaration(clause).with_user(self.user_contractor)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            for row in declaration._month_grid().rows:
                _shown = row.person_name, row.pseudonym
            return self.cr.sql_log_count - before

        small, large = self._new_running_clause(), self._new_running_clause()
        for clause, people in ((small, 10), (large, 40)):
            for number in range(people):
                self._new_employment(self._new_participant(lastname=f"Exemple {number}"), clause)
        count(small)  # warm the caches of rights
        self.env["clause.insertion.declaration"].search([("clause_id", "=", small.id)]).unlink()
        self.assertEqual(count(small), count(large))
