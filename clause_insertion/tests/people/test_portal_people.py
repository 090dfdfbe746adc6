from odoo.tests import freeze_time, tagged
from odoo.tools import format_date, mute_logger

from ..common import PortalCase

PEOPLE = "/my/insertion-people"
PERSON = {
    "firstname": "Zéphyrine",
    "lastname": "Le Goff",
    "birthdate": "31/01/1990",
    "city": "Poitiers",
    "zip": "01001",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPortalPeople(PortalCase):
    """A relay's people on the portal, over HTTP; whatever comes from the browser is hostile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prescriber = cls._new_company_partner("Mission locale (fictive)", is_insertion_prescriber=True)
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant(firstname="Anne-Marie", lastname="Lefèvre", birthdate="1990-01-31")
        cls.employment = cls._new_employment(cls.person, cls.clause)
        cls.page = cls.person.access_url
        cls.changes = [f"{cls.page}/{action}" for action in ("save", "exit", "proof", "merge")]
        cls.changes.append(f"{cls.page}/proof/{cls.person.proof_ids.id}/remove")

    def _list(self, query=""):
        return self.url_open(f"{PEOPLE}?{query}").text

    def _found(self, **person):
        return self.env["clause.insertion.identity"].search([(name, "=", text) for name, text in person.items()])

    # -- who finds the pages -------------------------------------------------------------------------

    def test_no_login(self):
        for page in (PEOPLE, f"{PEOPLE}/new", self.page):
            self.assertIn("/web/login", self.url_open(page).url, page)

    @mute_logger("odoo.http")
    def test_others_find_nothing_and_change_nothing(self):
        """The employer reads the person and her name: not these pages."""
        before = self._state()
        for user in (self.user_contractor, self.user_other_contractor, self.user_other_portal_relay):
            self._login(user)
            for path in self.changes:
                answer = self._post(path, **PERSON, exit_kind="other", exit_date="2026-10-01", public_id="1")
                self.assertEqual(answer.status_code, 404, f"{user.login}: {path}")
            self.assertEqual(self.url_open(self.page).status_code, 404, user.login)
        for user in (self.user_contractor, self.user_other_contractor, self.user_officer, self.user_buyer):
            self._login(user)
            for page in (PEOPLE, f"{PEOPLE}/new"):
                self.assertEqual(self.url_open(page).status_code, 404, f"{user.login}: {page}")
            self.assertEqual(self._post(f"{PEOPLE}/new", **PERSON).status_code, 404, user.login)
        self.env.invalidate_all()
        self.assertEqual(self._state(), before)

    def _state(self):
        """What a refused change must leave as it is."""
        identity = self.person.identity_ids
        return (
            identity.read(["firstname", "lastname", "birthdate", "city", "education_level"]),
            self.person.exit_kind,
            self.person.proof_ids.ids,
            self.env["clause.insertion.identity"].search_count([]),
        )

    @mute_logger("odoo.http")
    def test_forged_ids_and_keys(self):
        self._login(self.user_portal_relay)
        stranger = self._new_participant(self.other_relay, lastname="Ailleurs")
        for page in (f"{PEOPLE}/0", f"{PEOPLE}/999999", f"{PEOPLE}/abc", stranger.access_url):
            self.assertEqual(self.url_open(page).status_code, 404, page)
        for path in (f"{self.page}/proof/{stranger.proof_ids.id}/remove", f"{self.page}/proof/999999/remove"):
            self.assertEqual(self._post(path).status_code, 404, path)
        self.assertTrue(stranger.proof_ids)
        for query in ("filterby=__class__", "filterby=", "search=%25", "search=" + "x" * 5000, "page=-1", "search=%00"):
            self.assertEqual(self.url_open(f"{PEOPLE}?{query}").status_code, 200, query)
            self.assertNotIn("Ailleurs", self._list(query))
        self.assertEqual(self.url_open(f"{PEOPLE}/page/999").status_code, 200)

    @mute_logger("odoo.http")
    def test_no_change_without_the_csrf_token_nor_by_get(self):
        before = self._state()
        self._login(self.user_portal_relay)
        for path in [*self.changes, f"{PEOPLE}/new"]:
            self.assertEqual(self._post(path, with_token=False, **PERSON).status_code, 400, path)
        for path in self.changes:
            self.assertEqual(self.url_open(path).status_code, 405, path)
        self.env.invalidate_all()
        self.assertEqual(self._state(), before)

    @mute_logger("odoo.http")
    def test_people_of_another_company(self):
        other = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        abroad = self._new_participant(lastname="Ailleurs", company_id=other.id)
        self._login(self.user_portal_relay)
        self.assertNotIn("Ailleurs", self._list())
        self.assertEqual(self.url_open(abroad.access_url).status_code, 404)

    def test_the_tile_is_the_relays(self):
        for user, is_shown in ((self.user_portal_relay, True), (self.user_contractor, False)):
            self._login(user)
            self.assertEqual(f'href="{PEOPLE}"' in self.url_open("/my").text, is_shown, user.login)

    # -- list ------------------------------------------------------------------------------------------

    def test_search_by_name_or_pseudonym(self):
        self._new_participant(firstname="Lou", lastname="Modèle")
        self._login(self.user_portal_relay)
        for text in ("lefevre", "Lefèvre anne", "ANNE-MARIE", self.person.name, self.person.name.lower()):
            page = self._list(f"search={text}")
            self.assertIn("Anne-Marie Lefèvre", page, text)
            self.assertNotIn("Lou Modèle", page, text)
        for text in ("lefevre lou", "1990", "personne"):
            self.assertIn("Nobody here", self._list(f"search={text}"), text)

    def test_filters(self):
        unproven = self._new_participant(lastname="Sans-preuve", proof_ids=[])
        ending = self._new_participant(lastname="Bientôt", eligibility_start="2024-11-01")
        ended = self._new_participant(lastname="Terminé", eligibility_start="2024-01-01")
        people = {"Lefèvre": self.person, "Sans-preuve": unproven, "Bientôt": ending, "Terminé": ended}
        self._login(self.user_portal_relay)
        for filterby, expected in (
            ("all", set(people)),
            ("eligible", {"Lefèvre", "Bientôt"}),
            ("to_verify", {"Sans-preuve"}),
            ("ending", {"Bientôt"}),
        ):
            page = self._list(f"filterby={filterby}")
            self.assertEqual({name for name in people if name in page}, expected, filterby)

    def test_pages(self):
        for number in range(85):
            self._new_participant(lastname=f"Zzz {number:02}")
        self._login(self.user_portal_relay)
        self.assertNotIn("Zzz 84", self._list("search=zzz"))
        second = self.url_open(f"{PEOPLE}/page/2?search=zzz").text
        self.assertIn("Zzz 84", second)
        self.assertNotIn("Zzz 00", second)

    def test_lists_ask_as_many_queries_for_many_as_for_few(self):
        def count(page):
            self.url_open(page)  # warms the caches
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.assertEqual(self.url_open(page).status_code, 200)
            return self.cr.sql_log_count - before

        def grow(number):
            month = self._new_declaration(self._new_running_clause(), "2026-08-01")
            for rank in range(number):
                self._new_participant(lastname=f"Exemple {rank}", eligibility_start=f"2025-01-{rank + 1:02}")
                self.person.proof_ids[0].copy()
                self._new_employment(self.person, self.clause, f"2026-0{rank % 8 + 1}-01")
                self._new_line(month, self.person, 5)

        self._login(self.user_portal_relay)
        grow(3)
        few = [count(page) for page in (PEOPLE, self.page)]
        self.assertGreater(min(few), 5)
        grow(25)
        self.assertEqual([count(page) for page in (PEOPLE, self.page)], few)

    # -- register --------------------------------------------------------------------------------------

    def test_register(self):
        self._login(self.user_portal_relay)
        page = self._post(
            f"{PEOPLE}/new",
            **PERSON,
            gender="female",
            education_level="50",
            prescriber_id=str(self.prescriber.id),
        )
        identity = self._found(firstname="Zéphyrine")
        self.assertIn(identity.participant_id.access_url, page.url)
        self.assertRecordValues(
            identity,
            [
                {
                    "lastname": "Le Goff",
                    "birth_year": 1990,
                    "zip": "01001",
                    "gender": "female",
                    "education_level": "50",
                    "prescriber_id": self.prescriber.id,
                    "facilitator_id": self.relay.id,
                }
            ],
        )
        self.assertIn("To verify", page.text)

    def test_what_is_wrong_is_said_and_what_was_typed_kept(self):
        self._login(self.user_portal_relay)
        for wrong, message in (
            ({"firstname": " "}, "please fill it in"),
            ({"lastname": "x" * 201}, "200 letters"),
            ({"birthdate": "31/02/1990"}, "type a date"),
            ({"birthdate": "2020-01-01"}, "is not the birth year"),
            ({"gender": "x"}, "choose from the list"),
            ({"education_level": "99"}, "choose from the list"),
            ({"prescriber_id": str(self.contractor.id)}, "choose from the list"),
        ):
            page = self._post(f"{PEOPLE}/new", **{**PERSON, **wrong}).text
            self.assertIn(message, page, wrong)
            self.assertIn('value="Poitiers"', page)
        self.assertFalse(self._found(city="Poitiers"), "nothing is half-written")

    def test_no_field_of_ones_own(self):
        self._login(self.user_portal_relay)
        self._post(
            f"{PEOPLE}/new",
            **PERSON,
            facilitator_id=str(self.other_relay.id),
            name="P-1",
            exit_kind="other",
            eligibility_start="2020-01-01",
            participant_id=str(self.person.id),
        )
        person = self._found(firstname="Zéphyrine").participant_id
        self.assertNotEqual(person, self.person)
        self.assertRecordValues(
            person, [{"facilitator_id": self.relay.id, "exit_kind": False, "eligibility_start": False}]
        )

    def test_markup_is_shown_as_text(self):
        self._login(self.user_portal_relay)
        markup = "<script>alert(1)</script>"
        self._post(f"{PEOPLE}/new", firstname=markup, lastname=markup, street=markup)
        page = self.url_open(self._found(firstname=markup).participant_id.access_url).text
        self.assertIn("&lt;script&gt;alert(1)", page)
        for text in (page, self._list(), self._list(f"search={markup}")):
            self.assertNotIn("<script>alert(1)", text)

    def test_twice_inside_the_relay(self):
        self._login(self.user_portal_relay)
        twice = {"firstname": "LEFEVRE", "lastname": "Anne Marie", "birthdate": "1990-01-31"}
        page = self._post(f"{PEOPLE}/new", **twice).text
        self.assertIn("You already follow", page)
        self.assertIn(self.page, page)
        self.assertFalse(self._found(firstname="LEFEVRE"))
        page = self._post(f"{PEOPLE}/new", **twice, known="1")
        second = self._found(firstname="LEFEVRE")
        self.assertIn("It is the same person", page.text)
        self._post(f"{self.page}/merge")
        self.env.invalidate_all()
        self.assertFalse(second.exists())
        self.assertTrue(self.person.identity_ids)

    def test_known_elsewhere_is_told_without_the_person(self):
        self._login(self.user_other_portal_relay)
        twice = {"firstname": "LEFEVRE", "lastname": "Anne Marie", "birthdate": "1990-01-31"}
        told = f"Already followed by {self.relay.name} since {format_date(self.env, self.person.create_date)}."
        page = self._post(f"{PEOPLE}/new", **twice).text
        self.assertIn(told, page)
        page += self._post(f"{PEOPLE}/new", **twice, known="1").text
        for secret in ("Lefèvre", self.person.name, self.page):
            self.assertNotIn(secret, page)
        self.assertEqual(self._found(firstname="LEFEVRE").facilitator_id, self.other_relay)

    # -- the person ------------------------------------------------------------------------------------

    def test_the_file_at_one_glance(self):
        self._new_declaration(self.clause, "2026-09-01", {self.person: 120}).action_submit()
        self._login(self.user_portal_relay)
        page = self.url_open(self.page).text
        for shown in (
            self.person.name,
            "Anne-Marie Lefèvre",
            "Eligible",
            format_date(self.env, self.person.eligibility_end),
            self.env.ref("clause_insertion.public_jeune").name,
            self.env.user.name,
            self.contractor.name,
            "September 2026",
            "120.00",
        ):
            self.assertIn(shown, page)

    def test_save(self):
        self._login(self.user_portal_relay)
        page = self._post(f"{self.page}/save", **{**PERSON, "lastname": ""})
        self.assertIn("please fill it in", page.text)
        self._post(f"{self.page}/save", **PERSON, gender="female", education_level="41")
        self.env.invalidate_all()
        self.assertRecordValues(
            self.person.identity_ids,
            [{"firstname": "Zéphyrine", "city": "Poitiers", "gender": "female", "education_level": "41"}],
        )

    def test_proofs(self):
        self._login(self.user_portal_relay)
        rsa = self.env.ref("clause_insertion.public_rsa")
        for wrong in (
            {"public_id": "999999"},
            {"public_id": ""},
            {"public_id": str(rsa.id), "issued_on": "2026-10-06"},
        ):
            self.assertIn("alert-danger", self._post(f"{self.page}/proof", **wrong).text, wrong)
        page = self._post(f"{self.page}/proof", public_id=str(rsa.id), issued_on="01/10/2026").text
        proof = self.person.proof_ids.filtered(lambda proof: proof.public_id == rsa)
        self.assertRecordValues(proof, [{"seen_by_id": self.user_portal_relay.id, "participant_id": self.person.id}])
        self.assertIn(f"Seen by {self.user_portal_relay.name}", " ".join(page.split()))
        self._post(f"{self.page}/proof/{proof.id}/remove")
        self.assertFalse(proof.exists())
        self.assertNotIn(rsa, self.person.public_ids)

    def test_end_of_the_pathway(self):
        self._login(self.user_portal_relay)
        for wrong in (
            {"exit_kind": "sustainable"},
            {"exit_kind": "x", "exit_date": "2026-10-01"},
            {"exit_kind": "sustainable", "exit_date": "2026-10-06"},
        ):
            self.assertIn("alert-danger", self._post(f"{self.page}/exit", **wrong).text, wrong)
        self._post(f"{self.page}/exit", exit_kind="sustainable", exit_date="2026-10-01")
        self.env.invalidate_all()
        self.assertEqual((self.person.exit_kind, str(self.person.exit_date)), ("sustainable", "2026-10-01"))
        self.assertIn('value="2026-10-01"', self.url_open(self.page).text)
        self._post(f"{self.page}/exit", exit_kind="", exit_date="")
        self.env.invalidate_all()
        self.assertFalse(self.person.exit_kind)

    def test_from_the_hire_to_the_file(self):
        for user, is_shown in ((self.user_portal_relay, True), (self.user_contractor, False)):
            self._login(user)
            self.assertEqual(self.page in self.url_open(self.employment.access_url).text, is_shown, user.login)

    def test_an_employer_is_not_told_of_other_records(self):
        self._new_participant(self.other_relay, "Lefèvre", "Anne-Marie", birthdate="1990-01-31")
        self._new_participant(None, "Lefèvre", "Anne-Marie", birthdate="1990-01-31")
        identity = self.person.identity_ids
        self.assertTrue(identity.with_user(self.user_portal_relay).followed_elsewhere)
        employer = identity.with_user(self.user_contractor)
        self.assertTrue(employer.has_access("read"))
        self.assertFalse(employer.followed_elsewhere or employer.duplicate_ids)
