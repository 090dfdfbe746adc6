import json
from pathlib import Path

from jsonschema import Draft7Validator

from odoo.tests import freeze_time

from odoo.addons.clause_insertion.tests.common import InsertionCommon

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "schema_decp_v2.0.3.json").read_text())
TODAY = "2026-11-20 10:00:00"
# Real numbers of public bodies: what matters is that their check digits hold.
REGION_SIRET, CONTRACTOR_SIRET, OTHER_SIRET = "13000548100010", "35600000000048", "73282932000074"


class OpenDataCommon(InsertionCommon):
    """Contracts of the autumn of 2026, with all that open data asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.company_registry = REGION_SIRET
        cls.contractor.write({"company_registry": CONTRACTOR_SIRET, "country_id": cls.env.ref("base.fr").id})
        cls.other_contractor.write({"company_registry": OTHER_SIRET, "country_id": cls.env.ref("base.fr").id})

    @classmethod
    def _words(cls, *names):
        return cls.env["clause.insertion.essential.word"].union(
            *(cls.env.ref(f"clause_insertion.essential_{name}") for name in names)
        )

    @classmethod
    def _essential_values(cls, **values):
        words = cls._words("technique_none", "execution_none", "price_revisable", "environment_clause")
        return {
            "essential_nature": "contract",
            "essential_procedure": "open",
            "essential_ccag": "works",
            "essential_price_form": "lump_sum",
            "essential_grouping": "none",
            "essential_place_kind": "commune",
            "essential_place_code": "86194",
            "essential_word_ids": words.ids,
            "essential_cpv": "45210000-2",
            "essential_offers": 3,
            "essential_duration": 6,
            "essential_object": "Réfection du gymnase (exemple inventé)",
            **values,
        }

    @classmethod
    def _new_contract(cls, amount=250_000, on="2026-10-05 09:00:00", clause=True, **values):
        """A works order confirmed on that day, with a clause unless said otherwise."""
        with freeze_time(on):
            order = cls._new_order(amount, insertion_category="works", **cls._essential_values(**values))
            if clause:
                cls._new_clause(order, place_zip="86000")
            order.button_confirm()
        return order

    @classmethod
    def _new_framework(cls, on="2026-10-06 09:00:00", **values):
        """A service agreement of two years, performed by orders, confirmed on that day."""
        words = cls._words("technique_framework", "execution_orders", "price_revisable", "environment_none")
        service = {
            "essential_ccag": "supplies_services",
            "essential_cpv": "77310000",
            "essential_price_form": "unit",
            "essential_object": False,
            "essential_duration": 0,
            "essential_word_ids": words.ids,
        }
        with freeze_time(on):
            agreement = cls._new_agreement(
                600_000,
                reference="Entretien des espaces verts (exemple inventé)",
                date_start="2026-10-15",
                date_end="2028-10-14",
                **cls._essential_values(**service | values),
            )
            agreement.action_confirm()
        return agreement

    @classmethod
    def _new_concession(cls, on="2026-10-07 09:00:00", **values):
        with freeze_time(on):
            order = cls._new_order(
                900_000,
                insertion_category="concession",
                essential_concession_nature="public_service",
                essential_concession_procedure="negotiated_open",
                essential_object="Exploitation du port (exemple inventé)",
                essential_duration=120,
                essential_signed_on="2026-10-01",
                essential_starts_on="2026-12-01",
                essential_word_ids=cls._words("environment_criterion").ids,
                **values,
            )
            order.button_confirm()
        return order

    @classmethod
    def _modify(cls, contract, on, **values):
        field = "purchase_order_id" if contract._name == "purchase.order" else "requisition_id"
        return cls.env["clause.insertion.contract.modification"].create(
            {field: contract.id, "name": "Avenant (exemple)", "notified_on": on, **values}
        )

    def _wizard(self, user=None, **values):
        return (
            self.env["clause.insertion.open.data"]
            .with_user(user or self.user_officer)
            .create({"date_from": "2026-10-01", "date_to": "2026-11-20", "published_on": "2026-11-20", **values})
        )

    def _file(self, **values):
        """The file of the period, valid against the official schema."""
        content = json.loads("".join(self._wizard(**values)._stream()))
        self.assertEqual([error.message for error in Draft7Validator(SCHEMA).iter_errors(content)], [])
        return content["marches"]
