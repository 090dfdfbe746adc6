from itertools import product

import lxml.html

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.clause_insertion.engine.tender import PLACEHOLDERS
from odoo.addons.clause_insertion.tests.common import PortalCase
from odoo.addons.clause_insertion.tools.base.documents import in_french
from odoo.addons.clause_insertion.tools.clause.tender_text import TenderText

CLAUSE_REPORT = "clause_insertion_report.report_tender_clause"
ORDER_REPORT = "clause_insertion_report.report_tender_purchase_order"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestTender(PortalCase):
    """The text of a clause, ready to paste into the consultation's documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.relay.write(
            {"street": "1 rue du Port", "zip": "86000", "city": "Poitiers", "phone": "05 49 00 00 00"}
            | {"email": "relais@example.org"}
        )
        cls.clause = cls._new_clause(place_zip="86000", lot="Lot 4 – Maçonnerie")

    def _articles(self, clauses):
        """``{document: {title: text}}``."""
        return {
            name: {title: lxml.html.fromstring(f"<div>{body}</div>").text_content() for title, body in articles}
            for name, articles in clauses._tender_documents()
        }

    def _text(self, clauses):
        return "\n".join(text for articles in self._articles(clauses).values() for text in articles.values())

    def test_every_lever_and_way_of_owing_hours_reads_without_a_gap(self):
        fields = self.clause._fields
        levers, modes = (dict(fields[name].selection) for name in ("lever", "hours_mode"))
        for lever, mode in product(levers, modes):
            clause = self._new_clause(place_zip="86000", lever=lever, hours_mode=mode, date_start="2026-11-01")
            with self.subTest(lever=lever, mode=mode):
                documents = self._articles(clause)
                self.assertEqual(len(documents), 3)
                for name, articles in documents.items():
                    self.assertGreaterEqual(len(articles), 3, name)
                text = self._text(clause)
                for gap in ("{", "}", "False", "None", "à compléter", "nan"):
                    self.assertNotIn(gap, text)
                self.assertEqual(
                    "50\u00a0%" in text, lever in ("reserved_adapted", "reserved_inclusion", "reserved_both")
                )
                hours = f"{clause.hours_typed or clause.hours_computed:,.0f}".replace(",", "\u00a0")
                self.assertIn(f"{hours} heures", text)
                self.assertEqual("R2152-7" in text, lever == "criterion")
                self.assertEqual("R2123-1" in text, lever == "services")
                self.assertEqual("statut scolaire" in text, lever == "training")
                self.assertEqual("Publics éligibles" in documents[list(documents)[1]], lever != "training")

    def test_what_the_general_conditions_ask_for_is_there(self):
        """Perimeter, facilitator's contact details, publics, hours; how, proofs, monthly declaration, penalties."""
        self.clause.ccag_id = self.env.ref("clause_insertion.ccag_information_technology")
        ccap = self._articles(self.clause)["Cahier des clauses administratives particulières (CCAP)"]
        self.assertIn("article 16.1 du CCAG «\u00a0Techniques de l'information", ccap["Objet et périmètre de l'action"])
        self.assertIn("Vienne", ccap["Objet et périmètre de l'action"])
        for known in (self.relay.name, "1 rue du Port", "86000 Poitiers", "05 49 00 00 00", "relais@example.org"):
            self.assertIn(known, ccap["Facilitateur"])
        for public in in_french(self.env["clause.insertion.public"].search([])):
            self.assertIn(public.name, ccap["Publics éligibles"])
        self.assertIn("833 heures", ccap["Heures dues"])
        self.assertIn("24 mois", ccap["Publics éligibles"])
        self.assertIn("le 10 de chaque mois", ccap["Déclaration mensuelle et justificatifs"])
        self.assertIn("article 14.1.1 du CCAG", ccap["Pénalités"])
        self.assertIn("Modes de réalisation", ccap)
        self.assertIn("Interlocuteur, réunions et bilan", ccap)

    def test_penalties_are_those_of_each_lot(self):
        rules = self.clause.penalty_rule_ids
        self.assertTrue(rules)
        rules.verified = True
        fixed = self.env["clause.insertion.penalty.rule"].create(
            {"name": "Forfait", "failure": "hours", "shape": "hour", "amount": 45, "cap_share": 0.1, "reply_days": 0}
            | {"verified": True}
        )
        other = self._new_clause(self.clause.purchase_order_id, lot="Lot 5", place_zip="86000")
        other.penalty_rule_ids = [(6, 0, fixed.ids)]
        text = self._articles(self.clause | other)["Cahier des clauses administratives particulières (CCAP)"][
            "Pénalités"
        ]
        self.assertIn("500\u00a0€ HT à chaque fois (Lot 4 – Maçonnerie)", text)
        self.assertIn("45\u00a0€ HT par heure, au plus 10\u00a0% du montant du marché", text)
        self.assertIn("sans procédure contradictoire, par dérogation au CCAG (Lot 5)", text)
        self.assertNotIn("à vérifier", text)
        rules.verified = False
        alone = self._articles(self.clause)["Cahier des clauses administratives particulières (CCAP)"]["Pénalités"]
        self.assertEqual(alone.count("[à vérifier]"), len(rules))
        self.assertNotIn("Lot", alone)

    def test_a_number_that_nobody_checked_says_so(self):
        self.clause.penalty_rule_ids.verified = True
        self.clause.purchase_order_id.insertion_category = "works"
        self.assertEqual(self.clause.ccag_id.code, "Travaux")
        self.assertIn("article 20.1 [numéro à vérifier] du CCAG", self._text(self.clause))
        self.assertIn("article 19.2.4 du CCAG", self._text(self.clause))
        self.clause.ccag_id.verified = True
        self.assertNotIn("à vérifier", self._text(self.clause))
        self.clause.ccag_id = False
        self.assertIn("ne se référant à aucun CCAG", self._text(self.clause))

    def test_the_general_conditions_stay_when_the_contract_runs(self):
        order = self.clause.purchase_order_id
        self.clause.ccag_id = self.env.ref("clause_insertion.ccag_industrial")
        order.button_confirm()
        order.insertion_category = "works"
        self.assertEqual(self.clause.ccag_id.code, "MI")

    def test_lots_of_one_contract_share_a_document(self):
        order = self.clause.purchase_order_id
        painting = self._new_clause(order, lot="Lot 5 – Peinture", place_zip="16000", hours_typed=210)
        reserved = self._new_clause(order, lot="Lot 6 – Espaces verts", lever="reserved_inclusion", place_zip="86000")
        cancelled = self._new_clause(order, lot="Lot 7 – Serrurerie", place_zip="86000")
        cancelled.action_cancel()
        clauses = order.clause_insertion_ids._in_preparation()
        self.assertEqual(clauses, self.clause | painting | reserved)
        ccap = self._articles(clauses)["Cahier des clauses administratives particulières (CCAP)"]
        self.assertIn("Lot 4 – Maçonnerie\u00a0: 833 heures", ccap["Heures dues"])
        self.assertIn("Lot 5 – Peinture\u00a0: 210 heures", ccap["Heures dues"])
        self.assertNotIn("Lot 6", ccap["Heures dues"])
        self.assertIn("L2113-13", ccap["Réservation et heures dues"])
        self.assertIn(f"Lot 5 – Peinture\u00a0: {self.other_relay.name}", ccap["Facilitateur"])
        self.assertNotIn("Lot 7", self._text(clauses))

    def test_a_company_uses_its_own_texts(self):
        own = self.env["clause.insertion.clause.text"].with_user(self.user_officer)
        own.create({"kind": "rc", "name": "Notre clause", "body": "{engagement}", "company_id": self.company.id})
        documents = self._articles(self.clause)
        self.assertEqual(list(documents["Règlement de la consultation (RC)"]), ["Notre clause"])
        self.assertGreater(len(documents["Annexe à l'acte d'engagement"]), 3)
        with self.assertRefused(ValidationError, "durée"):
            own.create({"kind": "rc", "name": "Erreur", "body": "{durée}"})

    def test_the_engine_fills_every_word(self):
        self.assertEqual(set(TenderText(self.clause).values()), set(PLACEHOLDERS))

    def test_a_buyer_reads_it_on_screen_and_prints_it(self):
        self._login(self.user_buyer)
        screen = self.url_open(f"/report/html/{CLAUSE_REPORT}/{self.clause.id}")
        self.assertEqual(screen.status_code, 200)
        self.assertIn("833 heures d'insertion au moins", lxml.html.fromstring(screen.content).text_content())
        pages = self._pages(CLAUSE_REPORT, self.clause, self.user_buyer)
        self.assertGreaterEqual(len(pages), 3)  # each document starts on its own page
        self.assertIn("Règlement de la consultation", pages[0])

    def test_the_whole_purchase_in_one_document(self):
        order = self.clause.purchase_order_id
        self._new_clause(order, lot="Lot 5 – Peinture", place_zip="16000")
        self._login(self.user_buyer)
        page = self.url_open(f"/report/html/{ORDER_REPORT}/{order.id}")
        text = lxml.html.fromstring(page.content).text_content()
        self.assertEqual(text.count("Règlement de la consultation (RC)"), 1)
        self.assertIn("Lot 4", text)
        self.assertIn("Lot 5", text)

    def test_nothing_to_paste_once_the_contract_runs(self):
        self.clause.purchase_order_id.button_confirm()
        self._login(self.user_officer)
        page = self.url_open(f"/report/html/{CLAUSE_REPORT}/{self.clause.id}")
        text = lxml.html.fromstring(page.content).text_content()
        self.assertIn("No clause is in preparation", text)
        self.assertNotIn("833", text)

    def test_who_prints_and_who_edits(self):
        for user in (self.user_buyer, self.user_officer, self.user_reader, self.user_manager):
            self.assertTrue(self.clause.with_user(user)._tender_documents())
        for user in (self.user_employee, self.user_contractor, self.user_portal_relay):
            with self.assertRaises(AccessError):
                self.clause.with_user(user)._tender_documents()
