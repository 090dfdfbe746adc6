from ast import literal_eval

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..common import TODAY, FiguresCommon
from .purchases_common import PurchasesCommon

READERS_ONLY = (
    "insertion_clause_id",
    "insertion_lever",
    "insertion_facilitator_id",
    "insertion_territory_id",
    "insertion_partner_id",
    "insertion_state",
    "insertion_hours_validated",
)


def opened(favourite, model):
    """``(group, *measures)`` rows of what the favourite opens as a pivot."""
    context = literal_eval(favourite.context)
    measures = [f"{measure}:sum" for measure in context["pivot_measures"]]
    return model._read_group(favourite._get_eval_domain(), context["pivot_row_groupby"], measures)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-20 10:00:00")
class TestPurchaseAnalysis(PurchasesCommon):
    """Odoo's Purchase Analysis: each line knows its contract's clauses, and no sum is multiplied by them."""

    def _line(self, amount, **values):
        return Command.create(
            {"product_id": self.works.id, "product_qty": 1, "price_unit": amount, "tax_ids": False, **values}
        )

    def _analyse(self, orders, groupby=(), aggregates=("untaxed_total:sum", "insertion_hours_due:sum"), user=None):
        analysis = self.env["purchase.report"].with_user(user or self.user_buyer)
        return analysis._read_group([("order_id", "in", orders.ids)], groupby, aggregates)

    def _order_of(self, amounts, levers=("execution",), **values):
        """A confirmed order of several lines, on different products so that Odoo keeps them apart."""
        products = self.env["product.product"].create([{"name": f"Lot {number}"} for number in range(len(amounts))])
        lines = [self._line(amount, product_id=product.id) for product, amount in zip(products, amounts, strict=True)]
        return self._notify("2025-03-10", levers=levers, order_line=lines, **values)

    def test_two_clauses_double_nothing(self):
        """600,000 and 400,000 euros, two clauses of 833 h each: 1,666 h in all, shared 60 % and 40 %."""
        order = self._order_of([600_000, 400_000], ["execution", "criterion"])
        due = sum(order.clause_insertion_ids.mapped("hours_due"))
        self.assertEqual(due, 1666)
        [(amount, hours)] = self._analyse(order)
        self.assertEqual(amount, 1_000_000)
        self.assertAlmostEqual(hours, due)
        by_line = self._analyse(order, ["product_id", "insertion_lever"])
        self.assertEqual(
            [(lever, amount) for _product, lever, amount, _h in by_line], [("several", 600_000), ("several", 400_000)]
        )
        for (_product, _lever, _amount, hours), share in zip(by_line, (0.6, 0.4), strict=True):
            self.assertAlmostEqual(hours, due * share)

    def test_lines_taken_back_have_their_part(self):
        """800,000 less 200,000: the hours are those of the clause all the same."""
        order = self._order_of([800_000, -200_000])
        [(amount, hours)] = self._analyse(order)
        self.assertEqual(amount, 600_000)
        self.assertAlmostEqual(hours, order.clause_insertion_ids.hours_due)

    def test_lines_that_cancel_out_keep_the_hours(self):
        order = self._order_of([100_000, -100_000])
        order.clause_insertion_ids.sudo().hours_typed = 40
        self.assertAlmostEqual(self._analyse(order)[0][1], 40)

    def test_a_gift_is_shared_equally(self):
        order = self._order_of([0, 0])
        order.clause_insertion_ids.sudo().hours_typed = 40
        self.assertEqual([row[-1] for row in self._analyse(order, ["product_id"])], [20, 20])

    def test_notes_and_lines_that_odoo_merges(self):
        """Odoo adds up lines alike, and leaves sections out: hours follow."""
        lines = [
            self._line(300_000),
            self._line(300_000),
            Command.create({"display_type": "line_note", "name": "Note", "product_qty": 0}),
        ]
        order = self._notify("2025-03-10", levers=["execution"], order_line=lines)
        self.assertEqual(
            self._analyse(order, [], ["__count", "nbr_lines:sum", "untaxed_total:sum"])[0][1:], (2, 600_000)
        )
        self.assertAlmostEqual(self._analyse(order)[0][1], order.clause_insertion_ids.hours_due)

    def test_an_agreements_hours_are_shared_by_its_orders(self):
        agreement = self._agree("2025-06-01", 1_000_000, ["execution"])
        one = self._notify("2025-07-01", 300_000, requisition_id=agreement.id)
        two = self._notify("2025-08-01", 100_000, requisition_id=agreement.id)
        asked = self._new_order(50_000, requisition_id=agreement.id)
        self.assertEqual(agreement.clause_insertion_ids.hours_due, 833)
        rows = {
            order: (has_clause, hours)
            for order, has_clause, hours in self._analyse(
                one | two | asked, ["order_id", "insertion_has_clause"], ["insertion_hours_due:sum"]
            )
        }
        self.assertEqual({order: has_clause for order, (has_clause, _h) in rows.items()}, dict.fromkeys(rows, True))
        self.assertAlmostEqual(rows[one][1], 833 * 0.75)
        self.assertAlmostEqual(rows[two][1], 833 * 0.25)
        self.assertEqual(rows[asked][1], 0)

    def test_orders_in_two_currencies_share_by_value(self):
        dollar = self.setup_other_currency("USD", rates=[("2025-01-01", 2.0)])
        agreement = self._agree("2025-06-01", 1_000_000, ["execution"])
        here = self._notify("2025-07-01", 100_000, requisition_id=agreement.id)
        there = self._notify("2025-07-01", 200_000, requisition_id=agreement.id, currency_id=dollar.id)
        for order in (here, there):
            self.assertAlmostEqual(self._analyse(order)[0][1], 833 / 2, places=3)

    def test_without_a_clause_nothing_is_added(self):
        order = self._notify("2025-03-10", 100_000)
        self.assertEqual(
            self._analyse(order, ["insertion_has_clause", "insertion_lever"]), [(False, False, 100_000, 0)]
        )

    def test_relay_and_territory_where_there_is_one(self):
        order = self._notify("2025-03-10", levers=["execution", "criterion"])
        groups = ["insertion_facilitator_id", "insertion_territory_id", "insertion_obligation"]
        self.assertEqual(
            self._analyse(order, groups, ["untaxed_total:sum"]), [(self.relay, self.vienne, "not_concerned", 100_000)]
        )
        order.clause_insertion_ids[0].sudo().facilitator_id = self.other_relay
        self.assertEqual(self._analyse(order, groups[:1], ["untaxed_total:sum"])[0][0], self.env["res.partner"])

    def test_hours_of_all_orders_are_the_hours_of_all_clauses(self):
        """Whatever is bought, the sum over the analysis is the sum over the clauses: nothing is lost or doubled."""
        agreement = self._agree("2025-06-01", 1_000_000, ["execution"])
        orders = (
            self._order_of([600_000, 400_000], ["execution", "criterion"])
            | self._order_of([800_000, -200_000])
            | self._notify("2025-07-01", 300_000, requisition_id=agreement.id)
            | self._notify("2025-07-01", 70_000)
        )
        clauses = orders.clause_insertion_ids | agreement.clause_insertion_ids
        [(amount, hours)] = self._analyse(orders)
        self.assertAlmostEqual(hours, sum(clauses.mapped("hours_due")))
        self.assertAlmostEqual(amount, sum(orders.mapped("amount_untaxed")))

    def test_who_reads_it(self):
        """Odoo's buyers, and the readers of clauses, who read the orders too."""
        order = self._notify("2025-03-10", levers=["execution"])
        for user in (self.user_buyer, self.user_purchase_manager, self.user_reader):
            self.assertEqual(self._analyse(order, user=user), [(100_000, order.clause_insertion_ids.hours_due)])
        for user in (self.user_facilitator, self.user_employee, self.user_contractor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._analyse(order, user=user)

    def test_another_company_is_out_of_sight(self):
        order = self._notify("2025-03-10", levers=["execution"])
        elsewhere = self.env["res.company"].create({"name": "Another Region (fictive)"})
        self.user_reader.write({"company_ids": [Command.set(elsewhere.ids)], "company_id": elsewhere.id})
        self.assertFalse(self._analyse(order, ["insertion_lever"], user=self.user_reader))

    def test_the_screens_load_with_the_favourite(self):
        analysis = self.env["purchase.report"].with_user(self.user_buyer)
        views = analysis.get_views(
            [(False, kind) for kind in ("pivot", "graph", "list", "search")], {"load_filters": True}
        )
        shipped = self.env.ref("clause_insertion_report.ir_filters_purchases_by_vendor")
        self.assertIn(shipped.id, [one["id"] for one in views["views"]["search"]["filters"]])
        self.assertFalse(shipped.is_default)

    def test_the_favourite_says_what_is_bought_with_a_clause_and_from_whom(self):
        self._notify("2025-03-10", 1_000_000, ["execution"])
        self._notify("2025-03-10", 70_000, partner=self.esus)
        favourite = self.env.ref("clause_insertion_report.ir_filters_purchases_by_vendor")
        rows = opened(favourite, self.env["purchase.report"].with_user(self.user_buyer))
        self.assertIn((self.contractor, 1_000_000, 833, 0), rows)
        self.assertNotIn(self.esus, [row[0] for row in rows])


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestTimesheetsAnalysis(FiguresCommon):
    """Odoo's Timesheets Analysis: insertion hours know their clause, ordinary ones stay as they were."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_finance = cls._new_user(
            "finance", "clause_insertion.group_clause_insertion_user,hr_timesheet.group_timesheet_manager"
        )
        cls.analysis = cls.env["timesheets.analysis.report"]

    def _ordinary(self, hours):
        employee = self.env["hr.employee"].create({"name": "Agente de la Région", "user_id": self.user_employee.id})
        project = self.env["project.project"].create({"name": "Ordinary project"})
        return self.env["account.analytic.line"].create(
            {"name": "Meeting", "project_id": project.id, "employee_id": employee.id, "unit_amount": hours}
        )

    def _sums(self, user, groupby, aggregates=("insertion_hours_validated:sum",), domain=()):
        return self.analysis.with_user(user)._read_group(list(domain), groupby, aggregates)

    def test_validated_hours_by_relay_and_the_rest(self):
        person, other = self._hire(self.north), self._hire(self.south)
        self._work(self.north, {person: 100})
        self._declare(self.north, {person: 40}, month="2025-03-01")
        self._work(self.south, {other: 30})
        self._ordinary(7)
        rows = self._sums(
            self.user_finance, ["insertion_facilitator_id"], ["unit_amount:sum", "insertion_hours_validated:sum"]
        )
        self.assertEqual(
            {relay: hours for relay, *hours in rows if relay}, {self.relay: [140, 100], self.other_relay: [30, 30]}
        )

    def test_hours_taken_back(self):
        lines = self._work(self.north, {self._hire(self.north): 100}).line_ids
        self._reverse(lines, "2025-06-01 10:00:00")
        self.assertEqual(
            self._sums(
                self.user_finance, ["insertion_clause_id"], domain=[("insertion_clause_id", "=", self.north.id)]
            ),
            [(self.north, 0)],
        )

    def test_a_person_of_two_publics_counts_once(self):
        person = self._hire(self.north)
        self.env["clause.insertion.proof"].create(
            {"participant_id": person.id, "public_id": self.env.ref("clause_insertion.public_rsa").id}
        )
        self.assertEqual(len(person.public_ids), 2)
        self._work(self.north, {person: 100})
        self.assertEqual(
            self._sums(self.user_finance, ["insertion_lever"], domain=[("insertion_clause_id", "=", self.north.id)]),
            [("execution", 100)],
        )

    def test_ordinary_timesheets_are_unchanged(self):
        """Whatever Odoo's own table says, the analysis says: no line added, none lost."""
        line = self._ordinary(7)
        self._work(self.north, {self._hire(self.north): 100})
        Line = self.env["account.analytic.line"]
        expected = Line._read_group([("project_id", "!=", False)], ["project_id"], ["__count", "unit_amount:sum"])
        self.assertEqual(self.analysis._read_group([], ["project_id"], ["__count", "unit_amount:sum"]), expected)
        row = self.analysis.browse(line.id)
        self.assertEqual((row.unit_amount, row.insertion_hours_validated, row.insertion_clause_id.id), (7, 0, False))

    def test_nothing_written_is_missed_without_a_flush(self):
        line = self._ordinary(7)
        self.assertEqual(self.analysis.browse(line.id).unit_amount, 7)
        line.unit_amount = 8
        self.assertEqual(
            self.analysis._read_group([("project_id", "=", line.project_id.id)], [], ["unit_amount:sum"]), [(8,)]
        )

    def test_who_reads_no_clause_gains_no_name(self):
        """An approver sees hours, as Odoo says; not whose clause, relay or contractor they are, by any door."""
        self._work(self.north, {self._hire(self.north): 100})
        self.north.project_id.privacy_visibility = "employees"  # as a buyer's own project may be
        self.user_employee.group_ids += self.env.ref("base.group_allow_export")
        analysis = self.analysis.with_user(self.user_employee)
        row = analysis.search([("project_id", "=", self.north.project_id.id)], limit=1)
        self.assertEqual(row.unit_amount, 100)
        self.assertFalse(set(READERS_ONLY) & analysis.fields_get().keys())
        for name in READERS_ONLY:
            for door in (
                lambda name=name: row.read([name]),
                lambda name=name: analysis.search([(name, "!=", False)]),
                lambda name=name: analysis._read_group([], [name], ["__count"]),
                lambda name=name: row.export_data([name]),
            ):
                with self.subTest(name=name), self.assertRaises(AccessError):
                    door()

    def test_nobody_reaches_a_person(self):
        self._work(self.north, {self._hire(self.north): 100})
        for user in (self.user_finance, self.user_employee):
            described = self.analysis.with_user(user).fields_get(attributes=["relation"])
            self.assertFalse(
                [
                    n
                    for n, field in described.items()
                    if "participant" in n or "identity" in (field.get("relation") or "")
                ]
            )
        with self.assertRaises(AccessError):
            self.analysis.with_user(self.user_employee).search(
                [("task_id.timesheet_ids.insertion_participant_id", "!=", False)]
            )

    def test_who_sees_which_rows(self):
        """Odoo's rules as they are; and a reader sees the insertion hours, as anywhere else, but no other."""
        self._ordinary(7)
        self._work(self.north, {self._hire(self.north): 100})
        self._work(self.south, {self._hire(self.south): 30})
        self.assertEqual(self._sums(self.user_reader, [], ["unit_amount:sum"]), [(130,)])
        for user in (self.user_facilitator, self.user_buyer):
            self.assertFalse(self.analysis.with_user(user).search([]))
        with self.assertRaises(AccessError):
            self.analysis.with_user(self.user_contractor).search([])

    def test_another_company_is_out_of_sight(self):
        self._work(self.north, {self._hire(self.north): 100})
        elsewhere = self.env["res.company"].create({"name": "Another Region (fictive)"})
        self.user_finance.write({"company_ids": [Command.set(elsewhere.ids)], "company_id": elsewhere.id})
        self.assertFalse(self._sums(self.user_finance, ["insertion_facilitator_id"]))

    def test_the_favourite_is_for_those_who_read_clauses(self):
        shipped = self.env.ref("clause_insertion_report.ir_filters_hours_by_relay")
        for user, proposed in ((self.user_finance, True), (self.user_employee, False)):
            analysis = self.analysis.with_user(user)
            kinds = [(False, kind) for kind in ("pivot", "graph", "list", "search")]
            filters = analysis.get_views(kinds, {"load_filters": True})["views"]["search"]["filters"]
            self.assertEqual([one for one in filters if one["is_default"]], [])
            self.assertEqual(shipped.id in [one["id"] for one in filters], proposed)

    def test_the_favourite_says_what_relays_validated_this_year(self):
        person = self._hire(self.north)
        self._work(self.north, {person: 100})
        self._work(self.north, {person: 60}, month="2026-02-01")
        favourite = self.env.ref("clause_insertion_report.ir_filters_hours_by_relay")
        self.assertEqual(opened(favourite, self.analysis.with_user(self.user_finance)), [(self.relay, 60)])
