import base64
import io

from openpyxl import Workbook

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..common import InsertionCommon

CSV = """Code commune;Commune;Code postal;Code EPCI;Nom EPCI;ZE2020;LIBZE2020;observations
86194;Poitiers;86000;200069854;Grand Poitiers (essai);5405;Poitiers;x
86027;Béruges;86190;200069854;Grand Poitiers (essai);5405;Poitiers;
86120;Iteuil;86240;200043628;Vallées du Clain (essai);5405;Poitiers;
86139;Ligugé;86240;200069854;Grand Poitiers (essai);5405;Poitiers;
1004;Ambérieu;1500;240100883;Plaine (essai);8405;Bourg;
2A004;Ajaccio;20000;242010056;Ajaccien (essai);9401;Ajaccio;
97105;Basse-Terre;97100;249710070;Sud (essai);0101;Basse-Terre;
"""


class CommuneCommon(InsertionCommon):
    """A Region that has loaded, or loads, the official files of communes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Territory = cls.env["clause.insertion.territory"]
        cls.Commune = cls.env["clause.insertion.commune"]

    @classmethod
    def _file(cls, content, filename="communes.csv", user=None):
        content = content if isinstance(content, bytes) else content.encode()
        files = cls.env["clause.insertion.commune.file"].with_user(user or cls.user_officer)
        return files.create({"file": base64.b64encode(content), "filename": filename})

    @classmethod
    def _load(cls, content=CSV, **kwargs):
        file = cls._file(content, **kwargs)
        file.action_load()
        cls.env.invalidate_all()
        return file

    def _commune(self, code):
        return self.Commune.search([("code", "=", code)])

    def _territory(self, kind, code):
        return self.Territory.search([("kind", "=", kind), ("code", "=", code)])


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestCommuneFile(CommuneCommon):
    """Official files are read as they come, checked as a whole, and loaded as often as one likes."""

    def test_places_are_loaded(self):
        self.assertEqual(self._load().state, "done")
        poitiers = self._commune("86194")
        self.assertEqual(poitiers.postcodes, "86000")
        self.assertEqual(
            {(place.kind, place.code) for place in poitiers.territory_ids},
            {("department", "86"), ("epci", "200069854"), ("employment_zone", "5405")},
        )
        self.assertEqual(self._territory("epci", "200069854").parent_id, self.vienne)
        for code, department, postcode in (
            ("01004", "01", "01500"),
            ("2A004", "2A", "20000"),
            ("97105", "971", "97100"),
        ):
            commune = self._commune(code)
            self.assertEqual(commune.postcodes, postcode)
            self.assertIn(department, commune.territory_ids.mapped("code"))

    def test_found_by_name_code_or_postcode(self):
        self._load()
        for text in ("ligug", "86139"):
            self.assertEqual(self.Commune.name_search(text)[0][0], self._commune("86139").id)
        self.assertEqual(len(self.Commune.name_search("86240")), 2)

    def test_check_writes_nothing(self):
        file = self._file(CSV)
        file.action_check()
        self.assertEqual(file.state, "checked")
        self.assertIn("Nothing is written yet", file.report)
        self.assertFalse(self.Commune.search([]))
        self.assertFalse(self._territory("epci", "200069854"))

    def test_same_file_again_changes_nothing(self):
        self._load()
        before = self.Commune.search([]).mapped("write_date")
        with freeze_time("2026-10-06"):
            report = self._load().report
        self.assertEqual(self.Commune.search([]).mapped("write_date"), before)
        self.assertIn("<td>Communes</td><td>0</td><td>0</td><td>7</td>", report)

    def test_a_second_file_completes_the_first(self):
        self._load()
        capitals = "CODE_COMMUNE_INSEE;NOM_DE_LA_COMMUNE;CODE_POSTAL\n86139;LIGUGE;86240\n86139;LIGUGE;86241\n"
        self._load(capitals.encode("cp1252"))
        liguge = self._commune("86139")
        self.assertEqual((liguge.name, liguge.postcodes), ("Ligugé", "86240 86241"))
        self.assertEqual(len(liguge.territory_ids), 3, "this file says nothing of them")
        self._load("codgeo;epci;libepci\n86139;200043628;Vallées du Clain (essai)")
        self.assertEqual(self._commune("86139").territory_ids.filtered(lambda t: t.kind == "epci").code, "200043628")

    def test_a_territory_over_two_departments_lies_in_their_region(self):
        self._load()
        self._load("codgeo;libgeo;epci\n79191;Niort;200069854")
        region = self._territory("epci", "200069854").parent_id
        self.assertEqual(region, self.vienne.parent_id)

    def test_neighbourhood_lies_in_the_epci_of_its_commune(self):
        self._load()
        self._load("insee_com;lib_com;code_qp;lib_qp\n86194;POITIERS;QN08601M;Quartier d'essai")
        qpv = self._territory("qpv", "QN08601M")
        self.assertEqual((qpv.name, qpv.parent_id.code), ("Quartier d'essai", "200069854"))
        self.assertNotIn(qpv, self._commune("86194").territory_ids, "it holds a part of the commune only")
        self._load("insee_com;lib_com;code_qp;lib_qp\n86194,86120;POITIERS, ITEUIL;QN08602M;À cheval")
        self.assertEqual(self._territory("qpv", "QN08602M").parent_id, self.vienne)

    def test_workbook_with_titles_and_numbers(self):
        workbook = Workbook()
        for row in (
            ["Composition communale"],
            [],
            ["CODGEO", "LIBGEO", "DEP", "Code postal"],
            [1004, "Ambérieu", 1, 1500],
        ):
            workbook.active.append(row)
        content = io.BytesIO()
        workbook.save(content)
        self._load(content.getvalue(), filename="communes.xlsx")
        self.assertEqual(self._commune("01004").postcodes, "01500")

    def test_one_wrong_row_and_nothing_is_written(self):
        wrong = CSV + "86999X;Nulle part;86000;;;;;\n86194;Autre nom;860;123456789;;;;\n17300;;17000;;;;;\n"
        file = self._load(wrong)
        self.assertEqual(file.state, "failed")
        self.assertFalse(self.Commune.search([]))
        for words in (
            "5 things to correct",
            "<td>9</td><td>code commune</td><td>86999X</td><td>This is not the INSEE code",
            "<td>10</td><td>commune</td><td>Autre nom</td><td>Not what row 2 says",
            "<td>860</td><td>This is not a postcode",
            "123456789",
            "17300 is not known yet: the file must name it",
        ):
            self.assertIn(words, file.report)

    def test_hostile_or_foreign_files_are_refused_in_words(self):
        mixed = CSV.encode() + "86009;Angles-sur-l'Anglin é;86260;;;;;".encode("cp1252")
        for content, words in (
            (b"a;b\n1;2", "cannot be told apart"),
            (b"\x00\x01\x02", "holds bytes that no CSV has"),
            (b"Commune;Code postal\nPoitiers;86000", "missing, or headed in another way"),
            (mixed, "mixes two encodings"),
            ("Code commune;Commune\n86194;=cmd()", "formulas are not run"),
            ("Code commune;Commune;Département\n86194;Poitiers;79", "By its code, this commune is in department 86"),
        ):
            file = self._load(content)
            self.assertEqual(file.state, "failed")
            self.assertIn(words, file.report)
            self.assertFalse(self.Commune.search([]))

    def test_texts_of_the_file_are_escaped(self):
        report = self._load("Code commune;Commune\n<script>;x").report
        self.assertIn("&lt;script&gt;", report)
        self.assertNotIn("<script>", report)

    def test_as_many_queries_for_a_thousand_as_for_ten(self):
        def queries(first, count):
            lines = [
                f"86{first + at:03};Commune {at};86000;200069854;Grand Poitiers (essai);5405;Poitiers"
                for at in range(count)
            ]
            content = "\n".join([CSV.splitlines()[0], *lines])
            file = self._file(content)
            self.env.flush_all()
            before = self.cr.sql_log_count
            file.action_load()
            self.assertEqual(file.state, "done")
            return self.cr.sql_log_count - before

        self._load()
        few = queries(0, 10)
        self.assertEqual(queries(10, 900), few)

    def test_officers_load_and_others_do_not(self):
        for user in (self.user_buyer, self.user_reader, self.user_facilitator, self.user_portal_relay):
            with self.assertRaises(AccessError):
                self._file(CSV, user=user)
        file = self._file(CSV)
        with self.assertRaises(AccessError):
            file.with_user(self.user_buyer).action_load()

    def test_wrong_codes_by_hand_are_refused(self):
        for values in ({"code": "8619"}, {"code": "86194", "postcodes": "86000, 860"}):
            with self.assertRefused(ValidationError, "INSEE code has five characters"):
                self.Commune.create({"name": "Poitiers", **values})
        with self.assertRefused(ValidationError, "one territory of each kind"):
            self.Commune.create(
                {"name": "Poitiers", "code": "86194", "territory_ids": (self.vienne | self.charente).ids}
            )


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPlace(CommuneCommon):
    """The place of performance finds its territory, and the relay that answers there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._load()
        cls.grand_poitiers = cls.Territory.search([("code", "=", "200069854")])
        cls.vallees = cls.Territory.search([("code", "=", "200043628")])
        cls.zone = cls.Territory.search([("code", "=", "5405")])

    def _place(self, zip_="86240", **values):
        clause = self._new_clause(place_zip=zip_, **values)
        return clause.territory_id, clause.facilitator_id, clause.place_warning

    def test_one_relay_for_all_communes_is_enough(self):
        self.assertEqual(self._place(), (self.vienne, self.relay, False))
        self.relay.insertion_territory_ids = self.grand_poitiers | self.vallees
        self.assertEqual(self._place(), (self.vienne, self.relay, False))

    def test_smallest_territory_with_a_relay_of_its_own(self):
        self.other_relay.insertion_territory_ids = self.zone
        self.assertEqual(self._place("86000"), (self.zone, self.other_relay, False))
        third = self._new_relay("Relais du Grand Poitiers (fictif)", self.grand_poitiers)
        self.assertEqual(self._place("86000"), (self.grand_poitiers, third, False))

    def test_a_shared_postcode_asks_for_the_commune(self):
        self.other_relay.insertion_territory_ids = self.vallees
        territory, relay, warning = self._place()
        self.assertEqual((territory, relay), (self.vienne, self.relay), "the smallest that holds both")
        self.assertRegex(warning, "shared by .*Vienne.*: choose the commune")
        iteuil = self._commune("86120")
        self.assertEqual(self._place(commune_id=iteuil.id), (self.vallees, self.other_relay, False))
        self.assertEqual(self._place(commune_id=self._commune("86139").id), (self.vienne, self.relay, False))

    def test_commune_gives_its_postcode(self):
        clause = self._new_clause(commune_id=self._commune("2A004").id)
        self.assertEqual((clause.place_zip, clause.territory_id.code), ("20000", "2A"))
        with self.assertRefused(ValidationError, "does not have the postcode 86000"):
            clause.place_zip = "86000"

    def test_form_forgets_the_commune_of_another_postcode(self):
        with Form(self._new_clause()) as form:
            form.commune_id = self._commune("86120")
            self.assertEqual(form.place_zip, "86240")
            form.place_zip = "16000"
            self.assertFalse(form.commune_id)

    def test_neighbourhood_chosen_by_hand(self):
        qpv = self.Territory.create(
            {"code": "QN08601M", "name": "Quartier", "kind": "qpv", "parent_id": self.grand_poitiers.id}
        )
        clause = self._new_clause(place_zip="86000")
        clause.territory_id = qpv
        self.assertEqual(clause.facilitator_id, self.relay)
        qpv.facilitator_ids = self.other_relay
        clause = self._new_clause(place_zip="86000")
        clause.territory_id = qpv
        self.assertEqual(clause.facilitator_id, self.other_relay)

    def test_overseas_and_corsica_without_relay(self):
        for zip_, code in (("97100", "971"), ("20000", "2A"), ("1500", "01")):
            territory, relay, warning = self._place(zip_)
            self.assertEqual((territory.code, territory.kind, relay.ids), (code, "department", []))
            self.assertIn("No facilitator, no clause", warning)

    def test_relay_out_of_its_period_is_not_proposed(self):
        self.relay.write({"insertion_date_start": "2026-10-05", "insertion_date_end": "2026-10-31"})
        for day, expected in (
            ("2026-10-04", False),
            ("2026-10-05", True),
            ("2026-10-31", True),
            ("2026-11-01", False),
        ):
            with freeze_time(day):
                clause = self._new_clause(place_zip="86000", date_start=day)
                self.assertEqual(bool(clause.facilitator_id), expected, day)
                self.assertEqual(self.relay.is_insertion_relay_active, expected)
                self.env.invalidate_all()
        starts_later = self._new_clause(place_zip="86000", date_start="2026-12-01")
        self.assertFalse(starts_later.facilitator_id, "it will be gone when the contract starts")

    def test_places_are_found_at_once(self):
        clauses = self.env["clause.insertion"]
        for zip_ in ("86000", "86240", "86190", "16000", "20000", "97100") * 3:
            clauses |= self._new_clause(place_zip=zip_)

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            some.mapped("date_start")
            before = self.cr.sql_log_count
            some._find_places()
            return self.cr.sql_log_count - before

        queries(clauses)
        self.assertEqual(queries(clauses[:6]), queries(clauses))


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestCoverage(CommuneCommon):
    """No facilitator, no clause: where there is none is seen."""

    def _coverage(self, place):
        place.invalidate_recordset()
        return place.coverage, place.relay_id

    def test_own_inherited_partly_none(self):
        self._load()
        epci, none = self._territory("epci", "200069854"), self.env["res.partner"]
        self.assertEqual(self._coverage(self.vienne), ("own", self.relay))
        self.assertEqual(self._coverage(epci), ("inherited", self.relay))
        self.assertEqual(self._coverage(self.vienne.parent_id), ("partly", none))
        self.assertEqual(self._coverage(self._territory("department", "17")), ("none", none))
        self.relay.insertion_date_end = "2026-10-04"
        self.assertEqual(self._coverage(epci), ("none", none))

    def test_not_covered_in_our_region(self):
        domain = [("is_own", "=", True), ("kind", "=", "department"), ("coverage", "=", "none")]
        codes = self.Territory.with_user(self.user_officer).search(domain).mapped("code")
        self.assertEqual(set(codes), {"17", "19", "23", "24", "33", "40", "47", "64", "79", "87"})

    def test_our_region_without_a_postcode_is_where_clauses_and_relays_are(self):
        self.env.company.zip = False
        self.env["clause.insertion"].search([]).unlink()
        self.env.company.partner_id.zip = False
        own = self.Territory.search([("is_own", "=", True), ("kind", "=", "region")])
        self.assertEqual(own, self.vienne.parent_id)

    def test_running_clauses_there(self):
        self._new_running_clause(place_zip="86000")
        self._new_running_clause(place_zip="16000")
        self._new_clause(place_zip="86000")
        places = (self.vienne | self.vienne.parent_id).with_user(self.user_reader)
        self.assertEqual(places.mapped("running_clause_count"), [1, 2])
        self.assertEqual(self.vienne.with_user(self.user_employee).running_clause_count, 0)

    def test_list_asks_as_many_queries_for_all_as_for_few(self):
        places = self.Territory.with_user(self.user_officer).search([("kind", "=", "department")])

        def queries(some):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.web_read(dict.fromkeys(("name", "coverage", "running_clause_count"), {}))
            return self.cr.sql_log_count - before

        queries(places)
        self.assertEqual(queries(places[:5]), queries(places))
