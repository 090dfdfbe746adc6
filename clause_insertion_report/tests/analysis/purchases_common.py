from odoo.tests import freeze_time

from odoo.addons.clause_insertion.tests.common import InsertionCommon

TODAY = "2026-11-20 10:00:00"


class PurchasesCommon(InsertionCommon):
    """Purchases of 2025 and 2026, each confirmed on its own day, with or without a social provision."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env["clause.insertion.purchase.report"]
        cls.company.insertion_obligation_policy = "off"
        cls.esus = cls._new_company_partner("La Ressourcerie du Seuil (fictive)", insertion_is_esus=True)
        cls.workshop = cls._new_company_partner("Chantier des Brandes (fictif)", insertion_siae_kind="ACI")

    @classmethod
    def _notify(cls, day, amount=100_000, levers=(), partner=None, **values):
        """An order confirmed on ``day`` with a clause for each of ``levers``."""
        with freeze_time(f"{day} 10:00:00"):
            order = cls._new_order(amount, partner, insertion_consultation_date=day, **values)
            for lever in levers:
                cls._new_clause(order, lever=lever, place_zip="86000")
            order.button_confirm()
        return order

    @classmethod
    def _agree(cls, day, amount=1_000_000, levers=(), **values):
        """A framework agreement confirmed on ``day``."""
        with freeze_time(f"{day} 10:00:00"):
            agreement = cls._new_agreement(amount, insertion_consultation_date=day, **values)
            for lever in levers:
                cls.env["clause.insertion"].create(
                    {"requisition_id": agreement.id, "trade_id": cls.masonry.id, "lever": lever, "place_zip": "86000"}
                )
            agreement.action_confirm()
        return agreement

    def _ids(self, *purchases):
        return [-one.id if one._name == "purchase.requisition" else one.id for one in purchases]

    def _sums(self, purchases, groupby=(), aggregates=("contracts:sum", "amount:sum"), user=None):
        report = self.report.with_user(user or self.env.user)
        return report._read_group([("id", "in", self._ids(*purchases))], groupby, aggregates)
