import json

from jsonschema import Draft7Validator

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.clause_insertion.tests.common import PortalCase

from ...report.open_data import clause_insertion_essential_contract as essential_contract
from .open_data_common import SCHEMA, TODAY, OpenDataCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestOpenDataDownload(OpenDataCommon, PortalCase):
    """From the button to the file, as a browser asks for it."""

    def _get(self, user, wizard):
        self._login(user)
        return self.url_open(f"/clause_insertion/open_data/{wizard.id}")

    def test_the_button_gives_the_file(self):
        contracts = self._new_contract() | self._new_contract(partner=self.other_contractor) | self._new_concession()
        contracts[1].essential_cpv = False
        wizard = self._wizard()
        self.assertRecordValues(wizard, [{"ready_count": 2, "lacking_count": 1, "late_count": 0}])
        action = wizard.action_download()
        self.assertEqual(action["url"], f"/clause_insertion/open_data/{wizard.id}")
        response = self._get(self.user_officer, wizard)
        self.assertEqual(response.headers["Content-Type"], "application/json; charset=utf-8")
        self.assertIn("decp-2026-10-01-2026-11-20.json", response.headers["Content-Disposition"])
        self.assertNotIn("Content-Length", response.headers, "it is sent as it is made")
        content = json.loads(response.content)
        self.assertFalse(list(Draft7Validator(SCHEMA).iter_errors(content)))
        self.assertEqual([made["id"] for made in content["marches"]["marche"]], [contracts[0].name])
        self.assertEqual([made["id"] for made in content["marches"]["contrat-concession"]], [contracts[2].name])

    def test_several_batches_make_one_file(self):
        for _number in range(5):
            self._new_contract()
        self.patch(essential_contract, "BATCH", 2)
        wizard = self._wizard()
        self.assertEqual(wizard.ready_count, 5)
        content = json.loads(self._get(self.user_officer, wizard).content)
        self.assertEqual(len(content["marches"]["marche"]), 5)

    def test_an_empty_period_has_no_file(self):
        self._new_contract()
        wizard = self._wizard(date_from="2026-01-01", date_to="2026-03-31")
        self.assertRecordValues(wizard, [{"ready_count": 0, "lacking_count": 0, "late_count": 0}])
        with self.assertRaisesRegex(UserError, "nothing to put in a file"):
            wizard.action_download()
        content = json.loads(self._get(self.user_officer, wizard).content)
        self.assertEqual(content, {"marches": {"marche": []}}, "asked for all the same, it is valid and empty")
        self.assertFalse(list(Draft7Validator(SCHEMA).iter_errors(content)))

    def test_nobody_else_downloads(self):
        self._new_contract()
        wizard = self._wizard()
        for role in ("manager", "reader", "buyer", "facilitator", "contractor", "portal_relay"):
            with self.subTest(role), mute_logger("odoo.http"):
                response = self._get(getattr(self, f"user_{role}"), wizard)
                self.assertEqual(response.status_code, 403, "a wizard is its user's own")
                self.assertNotIn("marches", response.text)

    def test_who_makes_a_file(self):
        for role in ("officer", "manager"):
            self.assertEqual(self._wizard(getattr(self, f"user_{role}")).ready_count, 0)
        for role in ("reader", "buyer", "purchase_manager", "facilitator", "contractor", "portal_relay", "employee"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._wizard(getattr(self, f"user_{role}"))

    def test_a_period_ends_after_it_begins(self):
        with self.assertRefused(ValidationError, "ends before it begins"):
            self._wizard(date_from="2026-11-20", date_to="2026-10-01")
        self.assertEqual(self._wizard(date_from="2026-11-20", date_to="2026-11-20").ready_count, 0)

    def test_another_company_is_refused(self):
        """Chosen while one could, it is not exported once one no longer can."""
        second = self.env["res.company"].create({"name": "A second Region (fictive)"})
        self.user_officer.company_ids |= second
        wizard = self._wizard().with_context(allowed_company_ids=[self.company.id, second.id])
        wizard.company_id = second
        with self.assertRaises(AccessError):
            wizard.with_context(allowed_company_ids=self.company.ids).action_record()

    def test_who_is_no_longer_an_officer_exports_nothing(self):
        contract, wizard = self._new_contract(), self._wizard()
        self.user_officer.group_ids = self.env.ref("base.group_user")
        with mute_logger("odoo.http"):
            self.assertEqual(self._get(self.user_officer, wizard).status_code, 403)
        with self.assertRaises(AccessError):
            wizard.action_record()
        self.assertFalse(contract.essential_published_on)
