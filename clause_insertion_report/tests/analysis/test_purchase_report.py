from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from ...engine.spaser import EMPLOYERS
from .purchases_common import TODAY, PurchasesCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPurchaseReport(PurchasesCommon):
    """Orders and framework agreements confirmed one by one: each contract is one row, with its clauses."""

    def test_a_row_says_what_the_order_says(self):
        order = self._notify("2025-03-10", 250_000, ["execution"], insertion_category="works", partner_ref="Lot 2")
        self.assertRecordValues(
            self.report.browse(order.id),
            [
                {
                    "order_id": order.id,
                    "requisition_id": False,
                    "contract_name": f"{order.name} (Lot 2)",
                    "company_id": self.company.id,
                    "currency_id": self.company.currency_id.id,
                    "partner_id": self.contractor.id,
                    "notified_on": date(2025, 3, 10),
                    "category": "works",
                    "has_social": True,
                    "lever": "execution",
                    "reservation": False,
                    "obligation": "not_concerned",
                    "is_esus": False,
                    "employer_kind": False,
                    "amount": 250_000,
                    "amount_ordered": 250_000,
                    "social_amount": 250_000,
                }
            ],
        )

    def test_two_clauses_are_one_contract_of_one_amount(self):
        order = self._notify("2025-03-10", 250_000, ["execution", "criterion", "execution"])
        self.assertEqual(self._sums([order]), [(1, 250_000)])
        self.assertEqual(self._sums([order], ["lever"]), [("several", 1, 250_000)])
        self.assertEqual(self.report.browse(order.id).levers, "criterion,execution")

    def test_a_reserved_contract_with_a_criterion_is_reserved(self):
        one = self._notify("2025-03-10", levers=["reserved_adapted", "criterion"])
        two = self._notify("2025-03-10", levers=["reserved_adapted", "reserved_inclusion"])
        self.assertEqual(self.report.browse((one | two).ids).mapped("reservation"), ["reserved_adapted", "several"])

    def test_a_cancelled_clause_is_no_provision(self):
        order = self._notify("2025-03-10", levers=["execution"])
        order.clause_insertion_ids.sudo()._cancel()
        self.assertFalse(self.report.browse(order.id).has_social)

    def test_only_what_is_notified_counts(self):
        request = self._new_order()
        cancelled = self._notify("2025-03-10")
        cancelled.button_cancel()
        drafted = self._new_agreement()
        withdrawn = self._agree("2025-03-10")
        withdrawn.action_cancel()
        self.assertEqual(self._sums([request, cancelled, drafted, withdrawn]), [(0, False)])

    def test_the_year_is_that_of_the_readers_calendar(self):
        """Half past midnight in Paris is still the year before in UTC; at this amount no other day is written down."""
        with freeze_time("2024-12-31 23:30:00"):
            order = self._new_order(10_000)
            order.button_confirm()
        self.assertEqual(self.report.with_context(tz="Europe/Paris").browse(order.id).notified_on, date(2025, 1, 1))

    # -- framework agreements --------------------------------------------------------------------------

    def test_orders_under_an_agreement_are_its_own(self):
        """1,000,000 agreed in 2025, 300,000 and 150,000 ordered: one contract of 1,000,000, in 2025."""
        agreement = self._agree("2025-06-01", 1_000_000, ["execution"])
        called = [
            self._notify("2025-07-01", 300_000, requisition_id=agreement.id),
            self._notify("2026-02-01", 150_000, requisition_id=agreement.id),
        ]
        purchases = [agreement, *called]
        self.assertEqual(
            self._sums(purchases, ["notified_on:year"], ["contracts:sum", "amount:sum", "amount_ordered:sum"]),
            [(date(2025, 1, 1), 1, 1_000_000, 450_000)],
        )
        self.assertEqual(self.report.browse(-agreement.id).action_open_contract()["res_id"], agreement.id)

    def test_an_agreement_without_orders_counts_for_what_was_agreed(self):
        agreement = self._agree("2025-06-01", 1_000_000)
        self.assertEqual(
            self._sums([agreement], [], ["amount:sum", "amount_ordered:sum", "social_amount:sum"]), [(1_000_000, 0, 0)]
        )

    def test_what_is_ordered_before_the_agreement_is_confirmed_is_not_lost(self):
        agreement = self._new_agreement(500_000)
        order = self._notify("2025-07-01", 80_000, requisition_id=agreement.id)
        self.assertEqual(self._sums([agreement, order]), [(1, 500_000)])

    def test_a_clause_on_an_order_is_its_agreements(self):
        agreement = self._agree("2025-06-01")
        order = self._notify("2025-07-01", 80_000, ["criterion"], requisition_id=agreement.id)
        self.assertEqual(self._sums([agreement, order], ["lever"]), [("criterion", 1, 1_000_000)])

    def test_a_template_is_no_contract(self):
        template = self.env["purchase.requisition"].create(
            {"requisition_type": "purchase_template", "line_ids": [Command.create({"product_id": self.works.id})]}
        )
        template.action_confirm()
        order = self._notify("2025-07-01", 80_000, requisition_id=template.id)
        self.assertEqual(self._sums([template, order]), [(1, 80_000)])

    def test_the_day_of_notification_can_be_corrected(self):
        agreement = self._agree("2025-12-30")
        self.assertEqual(agreement.insertion_notified_on, date(2025, 12, 30))
        agreement.insertion_notified_on = "2026-01-08"
        order = self._notify("2025-12-30")
        order.insertion_notified_on = "2026-01-08"
        rows = self.report.browse(self._ids(agreement, order))
        self.assertEqual(rows.mapped("notified_on"), [date(2026, 1, 8)] * 2)

    # -- shares, vendors, duty -------------------------------------------------------------------------

    def test_shares_are_sums_over_sums(self):
        """One contract of four, 100,000 euros of 1,000,000: 25 % and 10 %, whatever the grouping."""
        purchases = [self._notify("2025-03-10", 300_000) for _number in range(3)]
        purchases.append(self._notify("2026-03-10", 100_000, ["execution"]))
        shares = ["share_of_contracts:avg", "share_of_value:avg"]
        [(of_contracts, of_value)] = self._sums(purchases, [], shares)
        self.assertAlmostEqual(of_contracts, 0.25)
        self.assertAlmostEqual(of_value, 0.10)
        self.assertEqual(
            self._sums(purchases, ["notified_on:year"], shares), [(date(2025, 1, 1), 0, 0), (date(2026, 1, 1), 1, 1)]
        )

    def test_vendors_are_known_by_their_company(self):
        contact = self.env["res.partner"].create({"name": "Service des marchés", "parent_id": self.workshop.id})
        purchases = [self._notify("2025-03-10", partner=contact), self._notify("2025-03-10", partner=self.esus)]
        self.assertEqual(
            self._sums(purchases, ["employer_kind", "is_esus", "is_social_economy"], ["contracts:sum"]),
            [("inclusion", False, False, 1), (False, True, True, 1)],
        )

    def test_the_esus_approval_is_said_on_the_vendors_page(self):
        """Whoever has it belongs to the social economy; who belongs to it need not have the approval."""
        self.user_officer.group_ids += self.env.ref("base.group_partner_manager")
        with Form(self.env["res.partner"].with_user(self.user_officer).browse(self.workshop.id)) as form:
            form.insertion_is_esus = True
            self.assertTrue(form.insertion_is_social_economy)
            form.insertion_is_esus = False
            self.assertTrue(form.insertion_is_social_economy)

    def test_every_kind_of_employer_exists(self):
        kinds = dict(self.env["res.partner"]._fields["insertion_siae_kind"].selection)
        self.assertEqual({kind for kinds in EMPLOYERS.values() for kind in kinds}, set(kinds) - {"ETT"})

    def test_the_duty_since_august_2026(self):
        """216,000 euros of supplies launched on 22 August 2026 must carry a condition; the day before, not."""
        before = self._notify("2026-08-21", 216_000)
        below = self._notify("2026-08-22", 215_999.99)
        missing = self._notify("2026-08-22", 216_000)
        satisfied = self._notify("2026-08-22", 216_000, ["execution"])
        exempted = self._notify(
            "2026-08-22",
            216_000,
            insertion_exemption_id=self.env.ref("clause_insertion.exemption_no_link").id,
            insertion_exemption_note="Achat sur catalogue",
        )
        purchases = [before, below, missing, satisfied, exempted]
        self.assertEqual(
            dict(self._sums(purchases, ["obligation"], ["contracts:sum"])),
            {"not_concerned": 2, "required": 1, "satisfied": 1, "exempted": 1},
        )
        self.assertEqual(self.report.browse(exempted.id).exemption_id.code, "SANS_LIEN")

    # -- companies, currencies, rights -----------------------------------------------------------------

    def test_amounts_are_in_the_companys_currency(self):
        dollar = self.setup_other_currency("USD", rates=[("2025-01-01", 1.25)])
        order = self._notify("2025-03-10", 125_000, currency_id=dollar.id)
        self.assertEqual(self._sums([order]), [(1, 100_000)])

    def test_a_share_of_value_over_two_currencies_is_not_given(self):
        dollar = self.setup_other_currency("USD")
        abroad = self.env["res.company"].create({"name": "Another Region (fictive)", "currency_id": dollar.id})
        here, there = self._notify("2025-03-10", levers=["execution"]), self._notify("2025-03-10", company_id=abroad.id)
        shares = ["share_of_contracts:avg", "share_of_value:avg"]
        self.assertEqual(self._sums([here, there], [], shares), [(0.5, False)])
        self.assertEqual(self._sums([here, there], ["company_id"], shares), [(self.company, 1, 1), (abroad, 0, 0)])

    def test_nothing_written_is_missed_without_a_flush(self):
        order = self._notify("2025-03-10", 100_000)
        self.assertEqual(self._sums([order]), [(1, 100_000)])
        order.order_line.price_unit = 120_000
        self.assertEqual(self._sums([order]), [(1, 120_000)])

    def test_readers_of_the_company_and_no_one_else(self):
        order = self._notify("2025-03-10")
        for user in (self.user_reader, self.user_officer, self.user_manager):
            self.assertEqual(self._sums([order], user=user), [(1, 100_000)])
        for user in (
            self.user_buyer,
            self.user_purchase_manager,
            self.user_facilitator,
            self.user_employee,
            self.user_contractor,
            self.user_portal_relay,
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._sums([order], user=user)
        elsewhere = self.env["res.company"].create({"name": "Another Region (fictive)"})
        stranger = self._new_user("stranger", "clause_insertion.group_clause_insertion_manager")
        stranger.write({"company_ids": [Command.set(elsewhere.ids)], "company_id": elsewhere.id})
        self.assertEqual(self._sums([order], user=stranger), [(0, False)])

    def test_nobody_writes_in_it(self):
        order = self._notify("2025-03-10")
        row = self.report.with_user(self.user_manager).browse(order.id)
        for operation in ("write", "create", "unlink"):
            with self.subTest(operation=operation):
                self.assertFalse(row.has_access(operation))

    def test_the_screens_load_and_read(self):
        order = self._notify("2025-03-10", levers=["execution", "criterion"])
        report = self.report.with_user(self.user_reader)
        views = report.get_views([(False, kind) for kind in ("pivot", "graph", "list", "search")])["views"]
        self.assertEqual(set(views), {"pivot", "graph", "list", "search"})
        [[row], _years] = report.formatted_read_grouping_sets(
            [("id", "=", order.id)], [[], ["notified_on:year", "category"]], ["amount:sum", "share_of_contracts:avg"]
        )
        self.assertEqual(row["amount:sum"], 100_000)
        self.assertEqual(report.browse(order.id).action_open_contract()["res_id"], order.id)
