from odoo.tests import freeze_time, tagged

from .open_data_common import OTHER_SIRET, TODAY, OpenDataCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestOpenDataRules(OpenDataCommon):
    """The rules that the schema does not state, each told in words on the purchase."""

    def _assert_told(self, order, words):
        order.invalidate_recordset(["essential_problems"])
        self.assertRegex(order.essential_problems or "", words)
        self.assertEqual(self._file()["marche"], [], "what is wrong stays out of the file")

    def _assert_ready(self, order):
        order.invalidate_recordset(["essential_problems"])
        self.assertFalse(order.essential_problems)
        self.assertEqual(len(self._file()["marche"]), 1)

    def test_what_is_missing_is_named(self):
        order = self._new_contract()
        order.write({"essential_cpv": False, "essential_procedure": False, "essential_offers": 0})
        self._assert_told(order, "^Missing: Award procedure, CPV code, Offers received.$")

    def test_a_siret_has_check_digits(self):
        """12345678901234 fits the schema's pattern; its check digits do not hold."""
        order = self._new_contract()
        self.company.company_registry = "12345678901234"
        self._assert_told(order, "SIRET of the company: “12345678901234” is no SIRET")
        self.company.company_registry = "130 005 481 00010"
        self._assert_ready(order)

    def test_a_holder_is_identified(self):
        order = self._new_contract()
        self.contractor.company_registry = "12345678901234"
        self._assert_told(order, "Holder: “12345678901234” is no SIRET")
        self.contractor.write({"company_registry": False, "vat": False})
        self._assert_told(order, "Holder: a company has neither SIRET nor VAT number")
        self.contractor.company_registry = "35600000049837"  # an establishment of La Poste: no Luhn, a multiple of 5
        self._assert_ready(order)

    def test_a_foreign_holder(self):
        order = self._new_contract()
        self.contractor.write({"country_id": self.env.ref("base.de").id, "company_registry": False})
        self.contractor.vat = "DE136695976"
        self._assert_ready(order)
        [contract] = self._file()["marche"]
        self.assertEqual(contract["titulaires"], [{"titulaire": {"typeIdentifiant": "TVA", "id": "DE136695976"}}])
        self.contractor.write({"country_id": self.env.ref("base.ch").id, "vat": False})
        self.contractor.company_registry = "CHE100155212"
        [contract] = self._file()["marche"]
        self.assertEqual(contract["titulaires"], [{"titulaire": {"typeIdentifiant": "HORS-UE", "id": "CHE100155212"}}])

    def test_a_grouping_has_several_holders(self):
        order = self._new_contract(essential_cocontractor_ids=self.other_contractor.ids)
        self._assert_told(order, "Grouping of companies: there are several holders")
        order.essential_grouping = "joint"
        self._assert_ready(order)
        [contract] = self._file()["marche"]
        self.assertEqual([item["titulaire"]["id"] for item in contract["titulaires"]][1], OTHER_SIRET)
        self.other_contractor.company_registry = self.contractor.company_registry
        self._assert_told(order, "Holder: the same one is given twice")

    def test_no_consideration_stands_alone(self):
        order = self._new_contract()
        order.essential_word_ids |= self._words("environment_none")
        self._assert_told(order, "Environmental considerations: “Pas de considération environnementale” never stands")
        order.essential_word_ids -= self._words("environment_none")
        order.essential_word_ids |= self._words("technique_contest")
        self._assert_told(order, "Purchasing techniques: “Sans objet” never stands")
        order.essential_word_ids -= self._words("technique_none")
        self._assert_ready(order)

    def test_social_considerations_come_from_the_levers(self):
        """A criterion beside a clause: both words. No clause: the word that says so, alone."""
        order = self._new_contract()
        self._new_clause(order, lever="criterion")
        none = self._new_contract(clause=False, amount=60_000)
        words = [contract["considerationsSociales"]["considerationSociale"] for contract in self._file()["marche"]]
        self.assertEqual(words, [["Clause sociale", "Critère social"], ["Pas de considération sociale"]])
        self.assertEqual(none.social_consideration, "Pas de considération sociale")

    def test_a_cpv_code_has_eight_digits(self):
        order = self._new_contract(essential_cpv="4521000")
        self._assert_told(order, "CPV code: “4521000” is no CPV code")
        order.essential_cpv = "45210000"
        self._assert_ready(order)

    def test_an_object_has_a_thousand_characters(self):
        order = self._new_contract(essential_object="é" * 1001)
        self._assert_told(order, "Object of the contract: 1000 characters at most")
        order.essential_object = "é" * 1000
        self._assert_ready(order)

    def test_a_place_code_is_of_its_kind(self):
        order = self._new_contract()
        for kind, wrong, right in (
            ("commune", "86", "2B002"),
            ("department", "20", "2A"),
            ("department", "86194", "974"),
            ("region", "Nouvelle-Aquitaine", "75"),
            ("zip", "8600", "86000"),
            ("canton", "86", "8601"),
            ("district", "86194", "863"),
            ("country", "France", "99109"),
        ):
            with self.subTest(kind=kind, wrong=wrong):
                order.write({"essential_place_kind": kind, "essential_place_code": wrong})
                self._assert_told(order, f"Code of the place: “{wrong}” is no code of this kind")
                order.essential_place_code = right
                self._assert_ready(order)

    def test_an_advance_is_a_share(self):
        order = self._new_contract(essential_advance=True, essential_advance_rate=20)
        self._assert_told(order, "Rate of the advance: a share from 0 to 100 %")
        order.essential_advance_rate = 0.2
        self._assert_ready(order)
        self.assertEqual(self._file()["marche"][0]["tauxAvance"], 0.2)
        order.essential_advance_rate = 0
        self.assertEqual(self._file()["marche"][0]["tauxAvance"], 0, "granted, at a rate that is not known")

    def test_french_products_are_european(self):
        order = self._new_contract(essential_origin=True, essential_origin_eu=0.3, essential_origin_france=0.5)
        self._assert_told(order, "Origin of the products to state: shares from 0 to 100 %")
        order.essential_origin_eu = 0.8
        self._assert_ready(order)
        [contract] = self._file()["marche"]
        self.assertEqual((contract["origineUE"], contract["origineFrance"]), (0.8, 0.5))

    def test_a_number_is_one_contracts(self):
        order = self._new_contract()
        agreement = self._new_framework(essential_number=order.essential_number)
        for purchase in (order, agreement):
            self._assert_told(purchase, f"Contract number: the same one is given twice {order.essential_number}")
        agreement.essential_number = "AC-2026-1"
        order.invalidate_recordset(["essential_problems"])
        self.assertFalse(order.essential_problems)

    def test_notified_before_it_is_published(self):
        order = self._new_contract()
        self.assertEqual(self._wizard(published_on=order.insertion_notified_on).lacking_count, 0)
        self.assertEqual(self._wizard(published_on="2026-10-01").lacking_count, 1, "published before it was notified")

    def test_a_concession_starts_after_it_is_signed(self):
        order = self._new_concession(essential_subsidy=-1)
        self.assertRegex(order.essential_problems, "Public subsidy")
        order.write({"essential_subsidy": 0, "essential_starts_on": "2026-09-01"})
        order.invalidate_recordset(["essential_problems"])
        self.assertRegex(order.essential_problems, "Performance starts on: performance cannot start")

    def test_amounts_are_in_euros(self):
        """A contract in dollars, and a company that keeps its books in CFP francs."""
        dollar = self._currency("USD", 1.25)
        self._new_contract(currency_id=dollar.id)
        self.assertEqual(self._file()["marche"][0]["montant"], 200_000)
        other = self._new_contract(amount=119_331_740, clause=False)
        franc = self._currency("XPF", 119.33174)
        amount = other.with_env(self.env)._decp_euros(119_331_740, other.insertion_notified_on)
        self.assertEqual(amount, 119_331_740, "the company's own currency is the euro")
        self.company.currency_id = franc
        self.assertAlmostEqual(other._decp_euros(119_331_740, other.insertion_notified_on), 1_000_000, places=0)

    def _currency(self, name, rate):
        currency = self.env.ref(f"base.{name}")
        currency.active = True
        currency.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": rate, "name": "2026-01-01", "company_id": self.company.id}
        )
        return currency
