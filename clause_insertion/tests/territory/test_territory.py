from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestTerritory(InsertionCommon):
    """The place of performance finds its territory, and from it the relay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Territory = cls.env["clause.insertion.territory"]

    def test_departments_are_text(self):
        for postcode, code in (
            ("86000", "86"),
            ("01000", "01"),
            ("1000", "01"),
            ("20000", "2A"),
            ("20200", "2B"),
            ("97110", "971"),
            ("97400", "974"),
        ):
            self.assertEqual(self.Territory._from_zip(postcode).code, code, postcode)
        self.assertFalse(self.Territory._from_zip("99999"))
        self.assertFalse(self.Territory._from_zip("B-1000"))

    def test_smallest_territory_first(self):
        basin = self.Territory.create(
            {
                "name": "Bassin de Châtellerault",
                "code": "CHAT",
                "parent_id": self.vienne.id,
                "zip_prefixes": "861, 86200",
            }
        )
        self.assertEqual(self.Territory._from_zip("86100"), basin)
        self.assertEqual(basin._find_relay(), self.relay, "the department's relay, as the basin has none")
        basin.facilitator_ids = self.other_relay
        self.assertEqual(basin._find_relay(), self.other_relay)

    def test_no_relay_around(self):
        self.assertFalse(self.env.ref("clause_insertion.territory_department_2a")._find_relay())
        clause = self._new_clause(place_zip="20000")
        self.assertFalse(clause.facilitator_id)

    def test_unknown_place_is_refused_on_the_clause(self):
        for postcode in ("860", "8600O", "99999"):
            with self.assertRaisesRegex(ValidationError, "five digits"), self.env.cr.savepoint():
                self._new_clause(place_zip=postcode)

    def test_lost_zero_is_found(self):
        self.assertEqual(self._new_clause(place_zip="1000").territory_id.code, "01")

    def test_loops_and_wrong_prefixes_are_refused(self):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.vienne.parent_id.parent_id = self.vienne
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.vienne.zip_prefixes = "86, abc"
