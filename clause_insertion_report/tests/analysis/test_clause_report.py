from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.clause_insertion.engine.progress import elapsed

from ..common import TODAY, FiguresCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestClauseReport(FiguresCommon):
    """Two running clauses, of which hours are declared and validated: what the analysis of clauses says of each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env["clause.insertion.clause.report"]

    def test_a_row_says_what_the_clause_says(self):
        self._work(self.north, {self._hire(self.north): 100})
        self._declare(self.north, {self._hire(self.north): 50}, month="2025-03-01")
        self.assertRecordValues(
            self.report.browse(self.north.id),
            [
                {
                    "clause_id": self.north.id,
                    "contract_name": self.north.purchase_order_id.name,
                    "partner_id": self.contractor.id,
                    "facilitator_id": self.relay.id,
                    "territory_id": self.vienne.id,
                    "lever": "execution",
                    "trade_id": self.masonry.id,
                    "state": "running",
                    "date_start": date(2025, 1, 15),
                    "amount_untaxed": 1_000_000,
                    "hours_due": 833,
                    "hours_declared": 150,
                    "hours_validated": 100,
                    "hours_refused": 0,
                    "hours_remaining": 733,
                    "company_id": self.company.id,
                    "currency_id": self.company.currency_id.id,
                }
            ],
        )

    def test_the_progress_of_a_group_is_sum_over_sum(self):
        """833 h at 60 % and 83 h at 0 %: 500 of 916, not the mean of the two shares."""
        small = self._started_clause(self.contractor, "86000", hours_typed=83)
        person = self._hire(self.north)
        self._work(self.north, {person: 500})
        domain = [("clause_id", "in", (self.north | small).ids)]
        self.assertEqual(
            self.report._read_group(domain, ["facilitator_id"], ["progress:avg", "hours_due:sum"]),
            [(self.relay, 500 / 916, 916)],
        )

    def test_a_group_without_hours_due_has_no_progress(self):
        self.north.sudo().hours_typed = 0
        self.north.sudo().hours_computed = 0
        self.assertFalse(self.report._read_group([("clause_id", "=", self.north.id)], [], ["progress:avg"])[0][0])

    def test_two_clauses_of_one_order_are_one_contract(self):
        self._new_clause(self.north.purchase_order_id, lever="criterion")
        domain = [("purchase_order_id", "=", self.north.purchase_order_id.id)]
        clauses = self.env["clause.insertion"].search(domain)
        domain = [("clause_id", "in", clauses.ids)]
        self.assertEqual(self.report._read_group(domain, [], ["__count", "contracts:count_distinct"]), [(2, 1)])
        self.assertEqual(
            self.report._read_group(domain, ["lever"], ["contracts:count_distinct"]),
            [("criterion", 1), ("execution", 1)],
        )

    def test_an_agreement_and_an_order_are_two_contracts(self):
        agreement = self.env["purchase.requisition"].create({"vendor_id": self.contractor.id})
        framed = self.env["clause.insertion"].create({"requisition_id": agreement.id, "trade_id": self.masonry.id})
        domain = [("clause_id", "in", (self.north | framed).ids)]
        self.assertEqual(self.report._read_group(domain, [], ["contracts:count_distinct"]), [(2,)])

    def test_behind_schedule_is_what_the_engine_says(self):
        """On several days and at several hours, the query and the engine agree."""
        margin = self.env["clause.insertion.parameter"]._get("behind_margin", company=self.company)
        for day in ("2025-01-14", "2025-03-31", "2025-12-01", "2026-12-31", "2027-06-01"):
            for hours in (0, 120, 300, 700, 833):
                self.north.sudo().hours_validated = hours
                with freeze_time(f"{day} 10:00:00"), self.subTest(day=day, hours=hours):
                    self.report.invalidate_model()
                    share = elapsed(date.fromisoformat(day), self.north.date_start, self.north.date_end)
                    self.assertEqual(self.report.browse(self.north.id).is_late, hours / 833 < share - margin)

    def test_only_a_running_clause_is_behind(self):
        with freeze_time("2026-12-31 10:00:00"):
            self.assertTrue(self.report.browse(self.north.id).is_late)
            self.north.action_strike_balance()
            self.report.invalidate_model()
            self.assertFalse(self.report.browse(self.north.id).is_late)
            self.assertFalse(self.report.search([("is_late", "=", True), ("clause_id", "=", self.north.id)]))

    def test_each_company_has_its_own_margin(self):
        self.env["clause.insertion.parameter"].create(
            {"code": "behind_margin", "date_from": "2025-01-01", "value": 1, "company_id": self.company.id}
        )
        self.assertFalse(self.report.browse(self.north.id).is_late)

    def test_nothing_written_is_missed_without_a_flush(self):
        self.assertEqual(self.report._read_group([("clause_id", "=", self.north.id)], [], ["hours_due:sum"]), [(833,)])
        self.north.sudo().hours_typed = 500
        self.assertEqual(self.report._read_group([("clause_id", "=", self.north.id)], [], ["hours_due:sum"]), [(500,)])

    def test_the_screens_load_and_read(self):
        report = self.report.with_user(self.user_reader)
        views = report.get_views([(False, kind) for kind in ("pivot", "graph", "list", "search")])["views"]
        self.assertEqual(set(views), {"pivot", "graph", "list", "search"})
        totals, by_year = report.formatted_read_grouping_sets(
            [("clause_id", "in", (self.north | self.south).ids)],
            [[], ["date_start:year"]],
            ["hours_due:sum", "progress:avg", "amount_untaxed:sum"],
        )
        self.assertEqual(totals[0]["hours_due:sum"], 1666)
        self.assertEqual(len(by_year), 1)
        action = report.browse(self.north.id).action_open_clause()
        self.assertEqual(action["res_id"], self.north.id)
