from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .open_data_common import CONTRACTOR_SIRET, TODAY, OpenDataCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestOpenDataPublished(OpenDataCommon):
    """Published data never change: neither the contract's nor its modifications', through any door."""

    def _publish(self, day="2026-11-20"):
        self._wizard(published_on=day).action_record()

    def test_recording_keeps_what_the_file_said(self):
        order, lacking = self._new_contract(), self._new_contract(essential_cpv=False)
        said = self._file()["marche"]
        self._publish()
        self.assertEqual(order.essential_published_on.isoformat(), "2026-11-20")
        self.assertEqual([order.essential_published_data], said)
        self.assertFalse(lacking.essential_published_on, "what is not in the file is not published")
        self.assertEqual(self._file()["marche"], [], "nothing is left to publish")
        self.assertEqual(self._file(content="all")["marche"], said)

    def test_what_changes_afterwards_is_not_in_the_file(self):
        """The price, the holder's number, the clauses: the contract stays as published, and the page tells it."""
        order = self._new_contract()
        said = self._file()["marche"]
        self._publish()
        self.assertFalse(order.essential_difference)
        order.order_line.price_unit = 300_000
        self.contractor.company_registry = "35600000049837"
        self._new_clause(order, lever="criterion")
        self.assertEqual(self._file(content="all")["marche"], said)
        order.invalidate_recordset(["essential_difference"])
        self.assertEqual(order.essential_difference, "Amount excl. tax, Holder")
        self._modify(order, "2026-11-19", amount=300_000, holder_ids=self.contractor.ids)
        order.invalidate_recordset(["essential_difference"])
        self.assertFalse(order.essential_difference)
        [contract] = self._file(published_on="2026-11-25")["marche"]
        [change] = contract.pop("modifications")
        self.assertEqual(contract, said[0])
        self.assertEqual(change["modification"]["montant"], 300_000)
        self.assertEqual(change["modification"]["datePublicationDonneesModification"], "2026-11-25")

    def test_a_published_contract_is_closed(self):
        for contract in (self._new_contract(), self._new_framework(), self._new_concession()):
            self._publish()
            self.assertTrue(contract.essential_published_on)
            values = {
                "essential_cpv": "45000000",
                "essential_offers": 9,
                "essential_word_ids": [(5, 0, 0)],
                "essential_cocontractor_ids": [(4, self.other_contractor.id)],
                "insertion_notified_on": "2026-10-30",
                "essential_published_on": False,
                "essential_published_data": {},
            }
            for field, value in values.items():
                with self.subTest(contract._name, field=field), self.assertRefused(UserError, "never change"):
                    contract.write({field: value})
                with self.assertRaises(UserError):
                    contract.with_user(self.user_buyer).write({field: value})
            with self.assertRefused(UserError, "."):
                contract.with_user(self.user_buyer).unlink()
            contract.with_user(self.user_buyer).action_propose_essential_data()
            contract.with_user(self.user_buyer).write({"user_id": self.user_buyer.id})  # nothing to do with open data

    def test_a_cancelled_contract_stays_published(self):
        order = self._new_contract()
        self._publish()
        order.with_user(self.user_buyer).button_cancel()
        self.assertEqual(len(self._file(content="all")["marche"]), 1)
        with self.assertRefused(UserError, "never change"):
            order.with_user(self.user_buyer).unlink()

    def test_imports_do_not_go_round(self):
        order = self._new_contract()
        self._publish()
        with mute_logger("odoo.orm.models"):
            result = order.with_user(self.user_buyer).load([".id", "essential_cpv"], [[str(order.id), "45000000"]])
        self.assertRegex(result["messages"][0]["message"], "never change")
        self.assertEqual(order.essential_cpv, "45210000-2")

    def test_only_the_button_publishes(self):
        order = self._new_contract()
        for user in (self.user_buyer, self.user_purchase_manager):
            with self.assertRefused(AccessError, "Open data file"):
                order.with_user(user).essential_published_on = "2026-11-01"
            with self.assertRefused(AccessError, "Open data file"):
                self.env["purchase.order"].with_user(user).create(
                    {"partner_id": self.contractor.id, "essential_published_on": "2026-11-01"}
                )
            with self.assertRaises(AccessError):
                self._wizard().with_user(user).action_record()
        self.assertFalse(order.copy().essential_published_on)

    def test_modifications_are_only_added(self):
        order = self._new_contract()
        change = self._modify(order, "2026-11-02", amount=300_000)
        change.with_user(self.user_buyer).amount = 310_000  # not yet published
        self._publish()
        self.assertEqual(change.essential_published_on.isoformat(), "2026-11-20")
        buyer = change.with_user(self.user_buyer)
        for field, value in (("amount", 1), ("notified_on", "2026-11-03"), ("name", "x"), ("holder_ids", [(5, 0, 0)])):
            with self.assertRefused(UserError, "never change"):
                change[field] = value if field != "holder_ids" else self.other_contractor
            with self.assertRefused(UserError, "never change"):
                buyer.write({field: value})
            with self.assertRefused(UserError, "never change"):
                order.with_user(self.user_buyer).write({"essential_modification_ids": [(1, change.id, {field: value})]})
        for command in ((2, change.id), (3, change.id), (5, 0, 0)):
            with self.assertRaises(UserError):
                order.with_user(self.user_buyer).write({"essential_modification_ids": [command]})
        for records in (change, buyer):
            with self.assertRefused(UserError, "never change"):
                records.unlink()
        self.assertFalse(order.copy().essential_modification_ids)
        self._modify(order, "2026-11-12", duration=9)
        [contract] = self._file(published_on="2026-11-30")["marche"]
        self.assertEqual(
            [item["modification"]["datePublicationDonneesModification"] for item in contract["modifications"]],
            ["2026-11-20", "2026-11-30"],
        )

    def test_modifications_are_numbered_in_the_order_of_notification(self):
        order, other = self._new_contract(), self._new_contract()
        changes = [self._modify(order, day, amount=5) for day in ("2026-11-02", "2026-11-02", "2026-11-05")]
        self.assertEqual([change.number for change in changes], [1, 2, 3])
        self.assertEqual(self._modify(other, "2026-11-01", duration=3).number, 1)
        with self.assertRefused(ValidationError, "numbered in the order"):
            self._modify(order, "2026-11-04", amount=6)
        with self.assertRefused(ValidationError, "changes nothing"):
            self._modify(order, "2026-11-06")

    def test_a_modification_before_its_contract(self):
        order = self._new_contract()
        self._modify(order, "2026-10-01", amount=5)
        self.assertRegex(order.essential_problems, "Modifications: n° 1 is not in the order of notification")
        self.assertEqual(self._file(), {"marche": []})

    def test_a_concession_modified(self):
        order = self._new_concession()
        self._modify(order, "2026-11-03", amount=950_000, duration=132)
        [concession] = self._file()["contrat-concession"]
        self.assertEqual(
            concession["modifications"][0]["modification"],
            {
                "id": 1,
                "dateSignatureModification": "2026-11-03",
                "datePublicationDonneesModification": "2026-11-20",
                "dureeMois": 132,
                "valeurGlobale": 950_000,
            },
        )

    def test_an_old_contract_comes_back_with_its_modification(self):
        """The file of the autumn holds a contract of the spring whose modification is of the autumn."""
        order = self._new_contract(on="2026-03-02 09:00:00")
        self._wizard(date_from="2026-03-01", date_to="2026-03-31", published_on="2026-04-01").action_record()
        self.assertEqual(self._file(), {"marche": []})
        self._modify(order, "2026-11-02", amount=300_000)
        [contract] = self._file()["marche"]
        self.assertEqual(contract["datePublicationDonnees"], "2026-04-01")
        self.assertEqual(contract["titulaires"][0]["titulaire"]["id"], CONTRACTOR_SIRET)

    def test_on_the_page(self):
        order = self._new_contract()
        with Form(order.with_user(self.user_buyer)) as form, form.essential_modification_ids.new() as line:
            line.name = "Avenant 1 (exemple)"
            line.notified_on = "2026-11-03"
            line.amount = 260_000
        self.assertEqual(order.essential_modification_ids.number, 1)
