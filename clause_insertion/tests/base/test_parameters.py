from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestParameters(InsertionCommon):
    """The values that are delivered, beside those of a later day or of one company: the one in force is found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Parameter = cls.env["clause.insertion.parameter"]

    def test_value_of_the_day(self):
        code = "threshold_supplies_services_local"
        self.assertEqual(self.Parameter._get(code, date(2025, 12, 31)), 221_000)
        self.assertEqual(self.Parameter._get(code, date(2026, 1, 1)), 216_000)

    def test_company_value_first(self):
        self.Parameter.create(
            {"code": "smic_hourly", "date_from": "2026-01-01", "value": 13, "company_id": self.company.id}
        )
        self.assertEqual(self.Parameter._get("smic_hourly", date(2026, 2, 1), self.company), 13)
        other = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        self.assertEqual(self.Parameter._get("smic_hourly", date(2026, 2, 1), other), 12.02)

    def test_changed_value_is_seen_at_once(self):
        self.assertEqual(self.Parameter._get("fte_base"), 1600)
        self.env.ref("clause_insertion.parameter_fte_base").value = 1607
        self.assertEqual(self.Parameter._get("fte_base"), 1607)

    def test_missing_value_is_said(self):
        self.assertIsNone(self.Parameter._get("smic_hourly", date(1990, 1, 1)))
        with self.assertRaisesRegex(UserError, "minimum wage"):
            self.Parameter._require("smic_hourly", date(1990, 1, 1))

    def test_values_make_sense(self):
        for values in (
            {"code": "hourly_cost", "value": 0},
            {"code": "fte_base", "value": -1},
            {"code": "smallest_group", "value": 2},
            {"code": "many_people", "value": 49},
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.Parameter.create({"date_from": "2030-01-01", **values})

    @mute_logger("odoo.sql_db")
    def test_one_value_a_day(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.Parameter.create({"code": "fte_base", "date_from": "2000-01-01", "value": 1})

    def test_what_is_unsure_is_labelled(self):
        """Values without a firm source ship unverified, and every value has a source."""
        parameters = self.Parameter.search([("company_id", "=", False)])
        self.assertFalse(parameters.filtered(lambda parameter: not parameter.source))
        self.assertFalse(self.env.ref("clause_insertion.parameter_hourly_cost").verified)
        self.assertFalse(self.env.ref("clause_insertion.trade_cleaning").verified)
        self.assertTrue(self.env.ref("clause_insertion.trade_painting").verified)
