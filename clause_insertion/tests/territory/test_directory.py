import base64

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..common import InsertionCommon

HEADER = (
    "Structure;SIRET;Type;Adresse;Code postal;Ville;Courriel;Territoires;Langues;Début;Fin;"
    "Facilitateur;Courriel du facilitateur"
)
PLIE = "PLIE d'essai;356 000 000 00048;PLIE;1 rue de l'Essai;1000;Bourg;plie@example.org;86, Charente;français, Anglais"
CSV = f"""{HEADER}
{PLIE};01/01/2026;31/12/2026;Ana Exemple;ana@example.org
{PLIE};;;Bo Exemple;
Maison de l'emploi d'essai;;Maison de l'emploi;;17000;La Rochelle;;17;;;;;
"""


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestDirectory(InsertionCommon):
    """Relays, their facilitators, their periods: on contacts, by hand or from a file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner = cls.env["res.partner"]
        cls.user_officer.group_ids |= cls.env.ref("base.group_partner_manager")

    @classmethod
    def _file(cls, content, user=None):
        content = content if isinstance(content, bytes) else content.encode()
        files = cls.env["clause.insertion.relay.file"].with_user(user or cls.user_officer)
        return files.create({"file": base64.b64encode(content), "filename": "relais.csv"})

    def _load(self, content=CSV):
        file = self._file(content)
        file.action_load()
        return file

    def _plie(self):
        return self.Partner.search([("company_registry", "=", "35600000000048"), ("is_company", "=", True)])

    # -- a file ------------------------------------------------------------------------------------

    def test_directory_is_loaded(self):
        self.assertEqual(self._load().state, "done")
        plie = self._plie()
        self.assertTrue(plie.is_insertion_facilitator)
        self.assertEqual((plie.zip, plie.insertion_facilitator_kind), ("01000", "plie"))
        self.assertEqual(plie.insertion_territory_ids, self.vienne | self.charente)
        self.assertEqual(set(plie.insertion_lang_ids.mapped("iso_code")), {"fr", "en"})
        self.assertEqual(str(plie.insertion_date_end), "2026-12-31")
        self.assertEqual(set(plie.child_ids.mapped("name")), {"Ana Exemple", "Bo Exemple"})
        self.assertEqual(plie.insertion_facilitator_count, 2)
        self.assertFalse(plie.child_ids.filtered("is_insertion_facilitator"), "people are not relays")

    def test_what_would_be_written_is_shown_before(self):
        before = self.Partner.search_count([])
        file = self._file(CSV)
        file.action_check()
        self.assertEqual(file.state, "checked")
        for words in (
            "Nothing is written yet",
            "<td>2</td><td>PLIE d'essai</td><td>New relay, Facilitators: 2 new",
        ):
            self.assertIn(words, file.report)
        self.assertEqual(self.Partner.search_count([]), before)

    def test_same_file_again_changes_nothing(self):
        self._load()
        before = self.Partner.search_count([])
        report = self._load().report
        self.assertEqual(self.Partner.search_count([]), before)
        self.assertEqual(report.count("<td>Nothing</td>"), 2)

    def test_known_contacts_are_found_by_siret_or_by_name_and_postcode(self):
        by_siret = self._new_company_partner("Ancien nom", company_registry="35600000000048", zip="01000")
        by_name = self._new_company_partner("MAISON DE L'EMPLOI D'ESSAI", zip="17000", phone="05 49 00 00 00")
        elsewhere = self._new_company_partner("Maison de l'emploi d'essai", zip="33000")
        self._load()
        self.assertEqual((by_siret.name, by_siret.is_insertion_facilitator), ("PLIE d'essai", True))
        self.assertEqual((by_name.phone, by_name.is_insertion_facilitator), ("05 49 00 00 00", True))
        self.assertFalse(elsewhere.is_insertion_facilitator)

    def test_what_is_wrong_is_said_row_by_row_and_nothing_is_written(self):
        self._new_company_partner("Deux fois", zip="86000")
        self._new_company_partner("DEUX FOIS", zip="86000")
        self._new_company_partner("Autre numéro", zip="86000", company_registry="73282932000074")
        before = self.Partner.search_count([])
        for lines, words in (
            ("X;35600000000049;;;86000", "not a valid SIRET"),
            ("X;;Club;;86000", "This kind is unknown"),
            ("X;;;;860", "not a postcode of five digits"),
            (";;;;86000", "The cell is empty"),
            ("X;;;;86000\nx;;;;86000", "as row 2: keep one"),
            ("X;;;;86000;;;;;02/01/2026;01/01/2026", "end comes before"),
            ("X;;;;86000;;;Atlantide", "No territory, or several, with the code or name “Atlantide”"),
            ("X;;;;86000;;;;klingonais", "No language is called “klingonais”"),
            ("Deux fois;;;;86000", "Several contacts are this relay"),
            ("Autre numéro;35600000000048;;;86000", "another SIRET: 73282932000074"),
            ("=1+1;;;;86000", "formulas are not run"),
        ):
            file = self._load(f"{HEADER}\n{lines}")
            self.assertEqual(file.state, "failed", lines)
            self.assertIn(words, file.report)
        file = self._load(CSV.encode() + "Éraville;;;;16120".encode("cp1252"))
        self.assertIn("mixes two encodings", file.report)
        self.assertEqual(self.Partner.search_count([]), before)

    def test_who_may_load(self):
        for user in (self.user_buyer, self.user_reader, self.user_facilitator, self.user_portal_relay):
            with self.assertRaises(AccessError):
                self._file(CSV, user=user)
        file = self._file(CSV, user=self.user_manager)
        with self.assertRefused(AccessError, "Contact Creation"):
            file.action_load()

    def test_what_was_found_is_not_typed(self):
        """The state and the report are those of the buttons, whether given or as defaults."""
        found = {"state": "done", "report": "<p>x</p>"}
        for name, value in found.items():
            with self.assertRefused(AccessError, "cannot be changed here"):
                self._file(CSV).write({name: value})
        files = self.env["clause.insertion.relay.file"].with_user(self.user_officer)
        file = files.with_context(default_state="done", default_report="<p>x</p>").create(
            {"file": base64.b64encode(CSV.encode())}
        )
        self.assertRecordValues(file, [{"state": "draft", "report": False}])

    # -- by hand -----------------------------------------------------------------------------------

    def test_siret_of_a_relay_is_verified(self):
        with self.assertRefused(ValidationError, "not a valid SIRET"):
            self.relay.company_registry = "35600000000049"
        for number in ("356 000 000 00048", "356000000", False):
            self.relay.company_registry = number
        self.relay.write({"country_id": self.env.ref("base.be").id, "company_registry": "0123"})
        self.contractor.company_registry = "not this addon's business"

    def test_period_in_the_right_order(self):
        with self.assertRefused(CheckViolation, "insertion_dates_order"):
            self.relay.write({"insertion_date_start": "2026-10-05", "insertion_date_end": "2026-10-04"})
            self.env.flush_all()

    def test_in_and_out_of_their_period(self):
        self.relay.insertion_date_end = "2026-10-05"
        self.other_relay.insertion_date_end = "2026-10-04"
        both = [("id", "in", (self.relay | self.other_relay).ids)]
        found = [self.Partner.search([*both, ("is_insertion_relay_active", "=", value)]) for value in (True, False)]
        self.assertEqual(found, [self.relay, self.other_relay])

    def test_form_of_a_relay(self):
        partners = self.Partner.with_user(self.user_officer).with_context(default_is_company=True)
        with Form(partners, view="base.view_partner_form") as form:
            form.name = "Relais saisi"
            form.is_insertion_facilitator = True
            form.insertion_lang_ids.add(self.env.ref("base.lang_es"))
        relay = form.save()
        self.assertEqual(relay.insertion_lang_ids.iso_code, "es")

    def test_counts_are_what_the_user_may_see(self):
        self._new_running_clause(place_zip="86000")
        self._new_clause(place_zip="86000")
        self._new_participant()
        for user, clauses in ((self.user_reader, 1), (self.user_facilitator, 1), (self.user_other_facilitator, 0)):
            relay = self.relay.with_user(user)
            self.env.invalidate_all()
            self.assertEqual(
                (relay.insertion_clause_count, relay.insertion_people_count), (clauses, clauses), user.login
            )
        with self.assertRaises(AccessError):
            self.relay.with_user(self.user_buyer).read(["insertion_people_count"])
        self.env.invalidate_all()
        self.assertEqual(self.relay.with_user(self.user_employee).insertion_clause_count, 0)

    def test_list_asks_as_many_queries_for_many_as_for_few(self):
        relays = self.relay
        for number in range(12):
            relays |= self._new_relay(f"Relais {number} (fictif)", self.vienne)
        relays = relays.with_user(self.user_officer)

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            names = ("insertion_clause_count", "insertion_people_count", "insertion_facilitator_count")
            some.web_read(dict.fromkeys(names, {}))
            return self.cr.sql_log_count - before

        queries(relays)
        self.assertEqual(queries(relays[:3]), queries(relays))
