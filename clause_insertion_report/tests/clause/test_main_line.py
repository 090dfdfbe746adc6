from odoo.tests import freeze_time, tagged

from ..common import FiguresCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15")
class TestMainLine(FiguresCommon):
    """From the purchase to the certificate, each step by whom it falls to: nothing of it needs anybody else."""

    def test_from_the_purchase_to_the_certificate(self):
        clause = self._buy()
        declaration = self._declare_month(clause, self._hire_person(clause))
        declaration.with_user(self.user_facilitator).action_validate()
        self.assertEqual((clause.hours_due, clause.hours_validated), (833, 120))

        clause.with_user(self.user_officer).action_strike_balance()
        clause.with_user(self.user_officer).action_certify()
        self.assertEqual((clause.state, clause.certificate_id.hours_validated), ("certified", 120))
        figures = self._statement(year=2026, as_of="2026-10-15", user=self.user_reader)._statement().total
        self.assertEqual(figures.hours_validated, 120)

    def _buy(self):
        """A buyer's order of 1,000,000 euros."""
        Order = self.env["purchase.order"].with_user(self.user_buyer)
        line = {"product_id": self.works.id, "product_qty": 1, "price_unit": 1_000_000, "tax_ids": False}
        order = Order.create(
            {
                "partner_id": self.contractor.id,
                "order_line": [(0, 0, line)],
                "clause_insertion_ids": [(0, 0, {"trade_id": self.masonry.id, "place_zip": "86000"})],
            }
        )
        order.with_user(self.user_purchase_manager).button_confirm()
        self.assertEqual((order.state, order.clause_insertion_ids.state), ("purchase", "running"))
        return order.clause_insertion_ids.with_env(self.env)

    def _hire_person(self, clause):
        """The relay registers the person, and records the work contract."""
        person = self._new_participant()
        hire = {"participant_id": person.id, "clause_ids": clause.ids, "date_start": "2026-09-01"}
        self.env["clause.insertion.employment"].with_user(self.user_facilitator).create(hire)
        return person

    def _declare_month(self, clause, person):
        """The contractor's month of September, on the portal."""
        Declaration = self.env["clause.insertion.declaration"].with_user(self.user_contractor)
        declaration = Declaration.create({"clause_id": clause.id, "month": "2026-09-01"})
        hours = {"insertion_declaration_id": declaration.id, "insertion_participant_id": person.id}
        line = declaration.line_ids.create({**hours, "unit_amount": 100, "date": "2026-09-30"})
        line.unit_amount = 120
        declaration.action_submit()
        return declaration.with_env(self.env)
