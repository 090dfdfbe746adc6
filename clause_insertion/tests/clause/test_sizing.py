from psycopg2 import IntegrityError

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestSizing(InsertionCommon):
    """A buyer adds a clause to a request for quotation: lever, trade and rate; the rest is proposed."""

    def _order_form(self, amount=1_000_000):
        form = Form(self.env["purchase.order"].with_user(self.user_buyer))
        form.partner_id = self.contractor
        with form.order_line.new() as line:
            line.product_id = self.works
            line.product_qty = 1
            line.price_unit = amount
        return form

    def test_hours_are_computed_live(self):
        form = self._order_form()
        with form.clause_insertion_ids.new() as clause:
            clause.trade_id = self.masonry
            self.assertEqual(clause.amount_untaxed, 1_000_000)
            self.assertEqual(clause.labour_share, 0.5)
            self.assertEqual(clause.insertion_rate, 0.05)
            self.assertEqual(clause.hourly_cost, 30)
            self.assertEqual(clause.hours_due, 833)
            clause.hourly_cost = 25
            self.assertEqual(clause.hours_due, 1000)
        clause = form.save().clause_insertion_ids
        self.assertRecordValues(clause, [{"hours_computed": 1000, "hours_due": 1000, "state": "draft"}])

    def test_steps_are_shown_in_words_and_numbers(self):
        steps = self._new_clause().sizing_steps.replace("\N{NO-BREAK SPACE}", " ")
        for piece in (
            "1,000,000.00",
            "50 % of labour",
            "500,000.00",
            "5 % of insertion",
            "25,000.00",
            "833.33 h",
            "833 h",
        ):
            self.assertIn(piece, steps)

    def test_relay_dates_and_contractor_are_proposed(self):
        order = self._new_order()
        clause = self._new_clause(order)
        self.assertEqual(clause.facilitator_id, self.relay)
        self.assertEqual(clause.territory_id, self.vienne)
        self.assertEqual(clause.partner_id, self.contractor)
        self.assertEqual(clause.date_start, order.date_order.date())

    def test_typed_hours_keep_the_computed_value_beside(self):
        clause = self._new_clause(hours_typed=900)
        self.assertRecordValues(clause, [{"hours_due": 900, "hours_computed": 833}])

    def test_amount_follows_the_lines_while_sizing(self):
        clause = self._new_clause()
        clause.purchase_order_id.order_line.price_unit = 1_200_000
        self.assertEqual(clause.amount_untaxed, 1_200_000)
        self.assertEqual(clause.hours_due, 1000)

    def test_a_part_of_the_contract_follows_in_proportion(self):
        clause = self._new_clause(amount_untaxed=500_000)
        clause.purchase_order_id.order_line.price_unit = 900_000
        self.assertEqual(clause.amount_untaxed, 450_000)

    def test_taxes_stay_out(self):
        tax = self.env["account.tax"].create({"name": "TVA 20 %", "amount": 20, "type_tax_use": "purchase"})
        order = self._new_order()
        order.order_line.tax_ids = tax
        self.assertEqual(self._new_clause(order).amount_untaxed, 1_000_000)

    def test_share_of_hours_worked(self):
        clause = self._new_clause(hours_mode="percentage", insertion_rate=0.10)
        self.assertEqual(clause.hours_due, 1667, "an estimate from the formula, until the hours worked are known")
        clause.hours_worked = 24_750
        self.assertEqual(clause.hours_due, 2475)

    def test_training_brackets_are_data(self):
        education = self.env.ref("clause_insertion.scale_education")
        guide = self.env.ref("clause_insertion.scale_state_it")
        clause = self._new_clause(self._new_order(100_000), lever="training")
        self.assertEqual((clause.scale_id, clause.hours_due), (education, 300))
        clause.scale_id = guide
        self.assertEqual(clause.hours_due, 150)

    def test_several_levers_on_one_lot(self):
        order = self._new_order()
        clauses = self._new_clause(order) | self._new_clause(order, lever="criterion")
        self.assertEqual(order.social_consideration, "Clause sociale, Critère social")
        clauses.action_cancel()
        self.assertEqual(order.social_consideration, "Pas de considération sociale")

    def test_reserved_contract_in_open_data_words(self):
        clause = self._new_clause(lever="reserved_both")
        self.assertEqual(clause.purchase_order_id.social_consideration, "Marché réservé")

    @mute_logger("odoo.sql_db")
    def test_absurd_inputs_are_refused(self):
        clause = self._new_clause()
        for values in (
            {"labour_share": 1.2},
            {"insertion_rate": -0.1},
            {"hourly_cost": 0.0},
            {"amount_untaxed": -1.0},
            {"hours_typed": -5.0},
            {"date_start": "2026-10-02", "date_end": "2026-10-01"},
        ):
            with self.subTest(values), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                clause.write(values)
                clause.flush_recordset()

    def test_form_says_what_is_wrong_while_typing(self):
        form = self._order_form()
        with form.clause_insertion_ids.new() as clause:
            clause.trade_id = self.masonry
            clause.labour_share = 1.5
            self.assertIn("0 to 100 %", clause.sizing_steps)
            self.assertEqual(clause.hours_due, 0)
            clause.labour_share = 0.5

    def test_company_cost_wins_over_the_shared_one(self):
        self.env["clause.insertion.parameter"].create(
            {"code": "hourly_cost", "date_from": "2026-01-01", "value": 25, "company_id": self.company.id}
        )
        self.assertEqual(self._new_clause().hours_due, 1000)
