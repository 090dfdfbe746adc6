from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestClauseFollowsPurchase(InsertionCommon):
    """A clause on an order or agreement that is sent, confirmed, changed, cancelled, copied or merged."""

    def test_sent_then_confirmed(self):
        clause = self._new_clause()
        order = clause.purchase_order_id.with_user(self.user_buyer)
        order.print_quotation()
        self.assertEqual(clause.state, "planned")
        with freeze_time("2026-10-05"):
            order.button_confirm()
        self.assertRecordValues(clause, [{"state": "running", "parameters_frozen_on": clause.parameters_frozen_on}])
        self.assertEqual(str(clause.parameters_frozen_on), "2026-10-05")
        self.assertEqual(clause.task_id.allocated_hours, 833)
        self.assertEqual(clause.task_id.project_id, self.company.insertion_project_id)

    def test_waiting_for_approval_is_still_in_consultation(self):
        self.company.write({"po_double_validation": "two_step", "po_double_validation_amount": 1000})
        clause = self._new_clause()
        order = clause.purchase_order_id.with_user(self.user_buyer)
        order.button_confirm()
        self.assertEqual((order.state, clause.state), ("to approve", "planned"))
        order.with_user(self.user_purchase_manager).button_approve()
        self.assertEqual(clause.state, "running")

    def test_parameters_are_frozen(self):
        clause = self._new_running_clause()
        self.env["clause.insertion.parameter"].create({"code": "hourly_cost", "date_from": "2020-01-01", "value": 20})
        self.masonry.labour_share = 0.9
        clause.invalidate_recordset()
        self.assertRecordValues(clause, [{"hourly_cost": 30, "labour_share": 0.5, "hours_due": 833}])
        for field, value in (("hourly_cost", 20), ("insertion_rate", 0.1), ("amount_untaxed", 5), ("hours_typed", 1)):
            with self.assertRaisesRegex(UserError, "frozen"):
                clause.with_user(self.user_officer)[field] = value

    def test_cancelling_and_reopening(self):
        clause = self._new_clause()
        order = clause.purchase_order_id.with_user(self.user_buyer)
        order.button_cancel()
        self.assertEqual(clause.state, "cancelled")
        order.button_draft()
        self.assertEqual(clause.state, "draft")

    def test_cancelling_keeps_validated_hours(self):
        clause = self._new_running_clause()
        declaration = self._new_declaration(clause, hours={self._new_participant(): 100})
        declaration.action_submit()
        declaration.with_user(self.user_facilitator).action_validate()
        clause.purchase_order_id.with_user(self.user_buyer).button_cancel()
        self.assertEqual(clause.state, "done")
        self.assertEqual(clause.hours_validated, 100)

    def test_amendment_waits_for_a_decision(self):
        clause = self._new_running_clause()
        clause.purchase_order_id.order_line.price_unit = 1_200_000
        self.assertTrue(clause.is_amended)
        self.assertEqual(clause.next_actor, "officer")
        self.assertEqual(clause.hours_due, 833, "nothing moves before the decision")
        clause.with_user(self.user_officer).action_apply_amendment()
        self.assertRecordValues(clause, [{"is_amended": False, "amount_untaxed": 1_200_000, "hours_due": 1000}])
        self.assertEqual(clause.task_id.allocated_hours, 1000)
        message = clause.message_ids[0]
        self.assertIn("1,000", message.body)
        self.assertEqual(message.author_id, self.user_officer.partner_id)

    def test_amendment_kept_out(self):
        clause = self._new_running_clause()
        clause.purchase_order_id.order_line.price_unit = 1_200_000
        clause.with_user(self.user_officer).action_keep_amendment()
        self.assertRecordValues(clause, [{"is_amended": False, "amount_untaxed": 1_000_000, "hours_due": 833}])
        self.assertIn("do not change", clause.message_ids[0].body)

    def test_typed_hours_follow_an_amendment_in_proportion(self):
        clause = self._new_running_clause(hours_typed=900)
        clause.purchase_order_id.order_line.price_unit = 1_200_000
        clause.with_user(self.user_officer).action_apply_amendment()
        self.assertRecordValues(clause, [{"hours_due": 1080, "hours_computed": 1000}])

    def test_framework_agreement_by_ordered_amount(self):
        """833 h for 1,000,000 euros: orders of 300,000 + 150,000 euros make 374.85 h due."""
        agreement = self._new_agreement()
        clause = self.env["clause.insertion"].create(
            {"requisition_id": agreement.id, "trade_id": self.masonry.id, "hours_mode": "ordered"}
        )
        agreement.with_user(self.user_buyer).action_confirm()
        self.assertRecordValues(clause, [{"state": "running", "hours_computed": 833, "hours_due": 0}])
        first = self._new_order(300_000, requisition_id=agreement.id)
        self.assertEqual(clause.hours_due, 0, "an order counts when it is confirmed")
        first.button_confirm()
        self.assertEqual(clause.hours_due, 249.9)
        second = self._new_order(150_000, requisition_id=agreement.id)
        second.button_confirm()
        self.assertEqual(clause.hours_due, 374.85)
        self.assertEqual(clause.task_id.allocated_hours, 374.85)
        self.assertFalse(clause.is_amended)
        second.button_cancel()
        self.assertEqual(clause.hours_due, 249.9)

    def test_no_hours_below_the_floor(self):
        agreement = self._new_agreement()
        clause = self.env["clause.insertion"].create(
            {
                "requisition_id": agreement.id,
                "trade_id": self.masonry.id,
                "hours_mode": "ordered",
                "order_floor": 400_000,
            }
        )
        agreement.action_confirm()
        self._new_order(300_000, requisition_id=agreement.id).button_confirm()
        self.assertEqual(clause.hours_due, 0)
        self._new_order(150_000, requisition_id=agreement.id).button_confirm()
        self.assertEqual(clause.hours_due, 374.85)

    def test_buyer_adds_a_clause_to_an_agreement(self):
        agreement = self._new_agreement()
        with Form(agreement.with_user(self.user_buyer)) as form, form.clause_insertion_ids.new() as clause:
            clause.trade_id = self.masonry
            self.assertEqual(clause.hours_due, 833)
        self.assertEqual(agreement.clause_insertion_ids.partner_id, self.contractor)

    def test_foreign_currency(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": dollar.id, "rate": 2, "name": "2020-01-01", "company_id": self.company.id}
        )
        order = self._new_order(2_000_000, currency_id=dollar.id)
        self.assertEqual(self._new_clause(order).hours_due, 833)
        self.assertEqual(order.insertion_estimated_need, 1_000_000)

    def test_each_company_has_its_own_project(self):
        first = self._new_running_clause()
        second_company = self.env["res.company"].create({"name": "Syndicat mixte (fictif)", "zip": "86000"})
        self.env.user.company_ids |= second_company
        order = self._new_order(company_id=second_company.id, currency_id=second_company.currency_id.id)
        clause = self._new_clause(order)
        order.with_company(second_company).button_confirm()
        self.assertEqual(clause.company_id, second_company)
        self.assertNotEqual(clause.project_id, first.project_id)
        self.assertEqual(clause.project_id.company_id, second_company)

    def test_duplicate_starts_afresh(self):
        clause = self._new_running_clause()
        copy = clause.purchase_order_id.copy().clause_insertion_ids
        self.assertRecordValues(copy, [{"state": "draft", "hours_due": 833, "task_id": False, "hours_validated": 0}])
        self.assertNotEqual(copy.name, clause.name)

    def test_a_buyer_duplicates_an_order(self):
        clause = self._new_running_clause()
        copy = clause.purchase_order_id.with_user(self.user_buyer).copy().clause_insertion_ids
        self.assertRecordValues(copy, [{"state": "draft", "hours_due": 833, "parameters_frozen_on": False}])

    def test_alternatives_owe_the_same(self):
        clause = self._new_clause()
        order = clause.purchase_order_id.with_user(self.user_buyer)
        wizard = (
            self.env["purchase.requisition.create.alternative"]
            .with_user(self.user_buyer)
            .create({"origin_po_id": order.id, "partner_ids": self.other_contractor.ids, "copy_products": True})
        )
        other = self.env["purchase.order"].browse(wizard.action_create_alternative()["res_id"])
        other.order_line.price_unit = 1_000_000
        self.assertRecordValues(
            other.clause_insertion_ids, [{"partner_id": self.other_contractor.id, "state": "draft", "hours_due": 833}]
        )
        order.alternative_po_ids.filtered(lambda po: po != order).button_cancel()
        order.with_context(skip_alternative_check=True).button_confirm()
        self.assertEqual((clause | other.clause_insertion_ids).mapped("state"), ["running", "cancelled"])

    def test_merged_requests_keep_their_clauses(self):
        first, second = self._new_clause(self._new_order(1_000_000)), self._new_clause(self._new_order(300_000))
        orders = first.purchase_order_id | second.purchase_order_id
        second.purchase_order_id.order_line.analytic_distribution = {self._new_account().id: 100}  # lines stay apart
        orders.with_user(self.user_buyer).action_merge()
        merged = orders.filtered(lambda order: order.state == "draft")
        self.assertEqual(merged.insertion_amount, 1_300_000)
        self.assertEqual(merged.clause_insertion_ids, first | second)
        self.assertEqual((first | second).mapped("amount_untaxed"), [1_000_000, 300_000])
        self.assertEqual((first | second).mapped("state"), ["draft", "draft"])

    def _new_account(self):
        plan = self.env["account.analytic.plan"].create({"name": "Lots"})
        return self.env["account.analytic.account"].create({"name": "Lot 2", "plan_id": plan.id})

    def test_deleted_request(self):
        clause = self._new_clause()
        order = clause.purchase_order_id.with_user(self.user_buyer)
        order.button_cancel()
        order.sudo().unlink()
        self.assertFalse(clause.exists())

    def test_clause_added_by_amendment_runs_at_once(self):
        order = self._new_order()
        order.button_confirm()
        clause = self.env["clause.insertion"].with_user(self.user_officer).create({"purchase_order_id": order.id})
        self.assertEqual(clause.state, "running")

    @mute_logger("odoo.sql_db")
    def test_a_clause_has_one_contract(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["clause.insertion"].create({"trade_id": self.masonry.id})

    def test_operation_project_is_kept(self):
        project = self.env["project.project"].create({"name": "Lycée exemplaire", "company_id": self.company.id})
        clause = self._new_running_clause(project_id=project.id)
        self.assertEqual(clause.task_id.project_id, project)

    def test_balance(self):
        clause = self._new_running_clause()
        clause.with_user(self.user_officer).action_strike_balance()
        self.assertEqual(clause.state, "done")

    def test_states_are_closed_to_direct_writing(self):
        clause = self._new_clause()
        for values in ({"state": "running"}, {"contract_amount": 3}, {"parameters_frozen_on": "2026-01-01"}):
            with self.assertRaises(UserError):
                clause.with_user(self.user_officer).write(values)
        with self.assertRaises(UserError):
            self.env["clause.insertion"].with_user(self.user_buyer).create(
                {"purchase_order_id": self._new_order().id, "state": "certified"}
            )
        order = self._new_order_with_running_clause_in_command()
        self.assertEqual(order.clause_insertion_ids.state, "draft")

    def _new_order_with_running_clause_in_command(self):
        return self._new_order(clause_insertion_ids=[Command.create({"trade_id": self.masonry.id})])

    def test_a_contract_with_hours_keeps_its_parties(self):
        """What one company is owed by one contractor is not moved to others, through any door."""
        other = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        buyer = self.user_buyer
        buyer.company_ids |= other
        buyer.group_ids |= self.env.ref("purchase.group_purchase_manager")
        dollar = self.env.ref("base.USD")
        dollar.active = True
        order = self._new_running_clause().purchase_order_id
        agreement = self._new_agreement()
        self.env["clause.insertion"].create({"requisition_id": agreement.id, "trade_id": self.masonry.id})
        agreement.action_confirm()
        for purchase, vendor in ((order, "partner_id"), (agreement, "vendor_id")):
            purchase = purchase.with_user(buyer).with_context(allowed_company_ids=[self.company.id, other.id])
            for name, value in (("company_id", other), (vendor, self.other_contractor), ("currency_id", dollar)):
                with self.assertRefused(UserError, "social clauses that run"):
                    purchase.write({name: value.id})
            contact = self.env["res.partner"].create({"name": "Accueil", "parent_id": self.contractor.id})
            purchase.write({vendor: contact.id})
            self.assertEqual(purchase.clause_insertion_ids.partner_id, self.contractor)

    def test_a_contract_number_is_not_cut(self):
        order = self._new_order()
        with self.assertRefused(UserError, "17 characters"):
            order.essential_number = "2026-TRAVAUX-0001"
        order.essential_number = "2026-TRAVAUX-001"
        self.assertEqual(order.essential_number, "2026-TRAVAUX-001")
