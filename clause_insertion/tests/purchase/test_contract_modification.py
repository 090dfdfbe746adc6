from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestContractModification(InsertionCommon):
    """A buyer records a modification of a confirmed order; a second order stands beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order, cls.other = cls._new_order(), cls._new_order()
        Modification = cls.env["clause.insertion.contract.modification"].with_user(cls.user_buyer)
        cls.modification = Modification.create(
            {"purchase_order_id": cls.order.id, "name": "Avenant", "amount": 5, "number": 7}
        )

    def _publish(self):
        self.modification._publish_essential_data("2026-11-20", {"id": 1})

    def test_a_buyer_corrects_what_is_not_published(self):
        self.modification.write({"name": "Avenant n° 1", "amount": 6})
        self.assertRecordValues(
            self.modification, [{"name": "Avenant n° 1", "amount": 6, "number": 1, "company_id": self.company.id}]
        )

    def test_it_is_always_the_same_contract_and_number(self):
        for name, value in (
            ("purchase_order_id", self.other.id),
            ("number", 2),
            ("company_id", self.env["res.company"].create({"name": "Syndicat mixte (fictif)"}).id),
        ):
            with self.subTest(field=name), self.assertRefused(AccessError, "cannot be changed here"):
                self.modification.write({name: value})
        with self.assertRefused(AccessError, "cannot be changed here"):
            self.other.with_user(self.user_buyer).essential_modification_ids = [Command.link(self.modification.id)]

    def test_published_it_is_closed_to_the_superuser_too(self):
        self._publish()
        for name, value in (("name", "x"), ("amount", 1), ("number", 2), ("purchase_order_id", self.other.id)):
            with self.subTest(field=name), self.assertRefused(UserError, "never change"):
                self.modification.sudo().write({name: value})

    def test_only_the_page_publishes(self):
        with self.assertRefused(AccessError, "Open data file"):
            self.modification.essential_published_on = "2026-11-20"
        Modification = self.modification.with_context(default_essential_published_on="2026-11-20")
        values = {"purchase_order_id": self.order.id, "name": "Avenant", "amount": 5}
        self.assertFalse(Modification.create(values).essential_published_on)
