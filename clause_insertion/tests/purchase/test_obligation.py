from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestObligation(InsertionCommon):
    """An order or agreement around the threshold, with a clause, a reason for none, or neither: what is asked of it."""

    def _order(self, launched_on, need, **values):
        return self._new_order(need, insertion_consultation_date=launched_on, **values)

    def test_boundaries(self):
        for launched_on, need, category, expected in (
            ("2026-09-01", 215_999.99, "supplies_services", "not_concerned"),
            ("2026-09-01", 216_000.00, "supplies_services", "required"),
            ("2026-08-21", 5_000_000, "supplies_services", "not_concerned"),
            ("2026-08-22", 5_000_000, "supplies_services", "required"),
            ("2026-09-01", 5_403_999.99, "works", "not_concerned"),
            ("2026-09-01", 5_404_000, "works", "required"),
            ("2026-09-01", 5_404_000, "concession", "required"),
        ):
            with self.subTest(launched_on=launched_on, need=need, category=category):
                order = self._order(launched_on, need, insertion_category=category)
                self.assertEqual(order.insertion_obligation, expected)

    def test_threshold_is_that_of_the_launch_date(self):
        """220,000 euros: below 221,000 on 31/12/2025, above 216,000 the day after."""
        self.env.ref("clause_insertion.parameter_social_duty").date_from = "2025-01-01"
        self.assertEqual(self._order("2025-12-31", 220_000).insertion_obligation, "not_concerned")
        self.assertEqual(self._order("2026-01-01", 220_000).insertion_obligation, "required")

    def test_threshold_of_the_state_is_lower(self):
        self.company.insertion_buyer_kind = "state"
        self.assertEqual(self._order("2026-09-01", 150_000).insertion_obligation, "required")

    def test_all_lots_count(self):
        """The need of all lots is compared, not the amount of this lot."""
        lot = self._order("2026-09-01", 80_000, insertion_estimated_need=320_000)
        self.assertEqual(lot.insertion_obligation, "required")

    def test_a_clause_satisfies(self):
        order = self._order("2026-09-01", 300_000)
        clause = self._new_clause(order)
        self.assertEqual(order.insertion_obligation, "satisfied")
        clause.action_cancel()
        self.assertEqual(order.insertion_obligation, "required")

    def test_reason_needs_its_text(self):
        order = self._order("2026-09-01", 300_000)
        order.insertion_exemption_id = self.env.ref("clause_insertion.exemption_no_link")
        self.assertEqual(order.insertion_obligation, "required")
        order.insertion_exemption_note = "Abonnement à une base de données, sans main-d'œuvre."
        self.assertEqual(order.insertion_obligation, "exempted")

    def test_warning_is_the_default_and_lets_go(self):
        order = self._order("2026-09-01", 300_000).with_user(self.user_buyer)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertIn("L2112-2-1", "".join(order.message_ids.mapped("body")))

    def test_blocking_says_what_to_do(self):
        self.company.insertion_obligation_policy = "block"
        order = self._order("2026-09-01", 300_000).with_user(self.user_buyer)
        with self.assertRaisesRegex(UserError, "Add a clause on the “Social clause” page"):
            order.button_confirm()
        self.assertEqual(order.state, "draft")
        self._new_clause(order)
        order.button_confirm()
        self.assertIn(order.state, ("purchase", "to approve"))

    def test_off_says_nothing(self):
        self.company.insertion_obligation_policy = "off"
        order = self._order("2026-09-01", 300_000)
        order.button_confirm()
        self.assertFalse(order.message_ids.filtered(lambda message: "L2112-2-1" in (message.body or "")))

    def test_only_a_purchase_manager_exempts(self):
        order = self._order("2026-09-01", 300_000)
        reason = self.env.ref("clause_insertion.exemption_no_link")
        values = {"insertion_exemption_id": reason.id, "insertion_exemption_note": "Sans main-d'œuvre."}
        with self.assertRaises(AccessError):
            order.with_user(self.user_buyer).write(values)
        with self.assertRaises(AccessError):
            self._new_order_as(self.user_buyer, **values)
        order = order.with_context(tracking_disable=False, mail_notrack=False)
        with Form(order.with_user(self.user_purchase_manager)) as form:
            form.insertion_exemption_id = reason
            form.insertion_exemption_note = "Sans main-d'œuvre."
        self.assertEqual(order.insertion_obligation, "exempted")
        self.flush_tracking()
        tracked = order.message_ids.filtered("tracking_value_ids")[:1]
        self.assertEqual(tracked.author_id, self.user_purchase_manager.partner_id)
        self.assertTrue(tracked.date)
        with self.assertRaises(AccessError):
            order.with_user(self.user_buyer).insertion_exemption_id = False

    def test_a_default_of_the_context_exempts_nobody(self):
        reason = self.env.ref("clause_insertion.exemption_no_link")
        Order = self.env["purchase.order"].with_context(default_insertion_exemption_id=reason.id)
        for user, expected in ((self.user_buyer, reason.browse()), (self.user_purchase_manager, reason)):
            order = Order.with_user(user).create({"partner_id": self.contractor.id})
            self.assertEqual(order.insertion_exemption_id, expected, user.login)

    def _new_order_as(self, user, **values):
        return self.env["purchase.order"].with_user(user).create({"partner_id": self.contractor.id, **values})

    def test_reason_belongs_to_the_category(self):
        order = self._order("2026-09-01", 6_000_000, insertion_category="concession")
        with self.assertRaises(ValidationError):
            order.insertion_exemption_id = self.env.ref("clause_insertion.exemption_short_works")

    def test_negative_need_is_refused(self):
        with self.assertRaises(ValidationError):
            self._order("2026-09-01", 1000).insertion_estimated_need = -1

    def test_framework_agreement_answers_for_its_orders(self):
        agreement = self._new_agreement(insertion_consultation_date="2026-09-01")
        self.assertEqual(agreement.insertion_obligation, "required")
        order = self._order("2026-10-01", 300_000, requisition_id=agreement.id)
        self.assertEqual(order.insertion_obligation, "required")
        self.env["clause.insertion"].create({"requisition_id": agreement.id, "trade_id": self.masonry.id})
        self.assertEqual((agreement | agreement).insertion_obligation, "satisfied")
        self.assertEqual(order.insertion_obligation, "satisfied")

    def test_agreement_is_blocked_too(self):
        self.company.insertion_obligation_policy = "block"
        agreement = self._new_agreement(insertion_consultation_date="2026-09-01")
        with self.assertRaises(UserError):
            agreement.with_user(self.user_buyer).action_confirm()

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.precommit.run()

    def test_a_vendor_does_not_read_what_the_buyer_expects(self):
        """Odoo lets a vendor read its own purchase on the portal, a request for quotation included."""
        order = self._new_order()
        for name in (
            "insertion_estimated_need",
            "insertion_exemption_note",
            "essential_maximum",
            "essential_offers",
            "essential_cocontractor_ids",
            "essential_subsidy",
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                order.with_user(self.user_contractor).read([name])
            order.with_user(self.user_buyer).read([name])
        self.assertTrue(order.with_user(self.user_contractor).read(["name"]))
