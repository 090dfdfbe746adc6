from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import PenaltyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPenaltyBill(PenaltyCommon):
    """What was decided becomes a draft credit note, or a deduction on a draft bill: once, and at that amount."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._new_user("accountant", "account.group_account_invoice")
        cls.tax = cls.env["account.tax"].create({"name": "20 %", "amount": 20, "type_tax_use": "purchase"})
        cls.company.account_purchase_tax_id = cls.tax

    def _bill(self, clause=None):
        """A draft bill of the contract's order, 100,000 euros at 20 %."""
        order = (clause or self.clause).purchase_order_id
        return self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": order.partner_id.id,
                "invoice_date": "2026-10-01",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.works.id,
                            "purchase_line_id": order.order_line.id,
                            "price_unit": 100_000,
                            "tax_ids": [Command.set(self.tax.ids)],
                        }
                    )
                ],
            }
        )

    def _as_accountant(self, record):
        return record.with_user(self.accountant)

    def test_credit_note(self):
        record = self._decided()
        move = self.env["account.move"].browse(self._as_accountant(record).action_credit()["res_id"])
        self.assertRecordValues(
            move,
            [
                {
                    "move_type": "in_refund",
                    "state": "draft",
                    "partner_id": self.contractor.id,
                    "currency_id": self.company.currency_id.id,
                    "amount_untaxed": 9_600,
                    "amount_tax": 0,
                    "amount_total": 9_600,
                    "ref": record.name,
                    "insertion_penalty_count": 1,
                }
            ],
        )
        self.assertEqual((record.move_id, move.invoice_line_ids.insertion_penalty_id), (move, record))
        self.assertIn("× 4 ×", move.invoice_line_ids.name)
        move.action_post()
        self.assertEqual((move.state, record.move_id), ("posted", move))

    def test_account_is_the_companys_choice(self):
        account = self.env["account.account"].create(
            {"name": "Pénalités perçues", "code": "771100", "account_type": "income_other"}
        )
        self.company.insertion_penalty_account_id = account
        account.tax_ids = self.tax  # a default tax of the account does not apply either
        record = self._decided()
        self._as_accountant(record).action_credit()
        self.assertEqual(record.move_id.invoice_line_ids.account_id, account)
        self.assertEqual(record.move_id.amount_tax, 0)

    def test_deducted_from_a_draft_bill(self):
        record, bill = self._decided(), self._bill()
        action = self._as_accountant(record).action_take()
        wizard = Form(self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"]))
        self.assertEqual(wizard.move_id, bill, "the only draft bill of the contract proposes itself")
        wizard.save().action_confirm()
        self.assertEqual(record.move_id, bill)
        self.assertEqual(bill.invoice_line_ids.mapped("price_subtotal"), [100_000, -9_600])
        self.assertEqual((bill.amount_untaxed, bill.amount_tax, bill.amount_total), (90_400, 20_000, 110_400))
        bill.with_user(self.accountant).action_post()
        self.assertEqual((bill.state, record.move_id), ("posted", bill))

    def test_without_a_draft_bill_a_credit_note(self):
        record = self._decided()
        action = self._as_accountant(record).action_take()
        wizard = Form(self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"]))
        self.assertFalse(wizard.move_id)
        wizard.save().action_confirm()
        self.assertEqual(record.move_id.move_type, "in_refund")

    def test_reduced(self):
        record = self._new_penalty(self.clause, self.per_index)
        officer = record.with_user(self.user_officer)
        officer.action_notify()
        officer.action_reply("Reçu.")
        officer.action_reduce("La moitié.", 4_800)
        self._as_accountant(record).action_credit()
        self.assertEqual(record.move_id.amount_total, 4_800)
        self.assertRegex(record.move_id.invoice_line_ids.name, r"9,600\.00.*reduced to .*4,800\.00")

    def test_several_at_once_one_line_each(self):
        records = self._decided() | self._decided(self.per_meeting)
        self._as_accountant(records).action_credit()
        self.assertEqual(records.move_id.invoice_line_ids.mapped("price_subtotal"), [9_600, 500])
        self.assertEqual(records.move_id.amount_total, 10_100)

    def test_once(self):
        record = self._decided()
        self._as_accountant(record).action_credit()
        again = self._as_accountant(record).action_credit()
        self.assertEqual(again["res_id"], record.move_id.id, "pressed again, it shows the one that was made")
        with self.assertRefused(UserError, "take it off"):
            record.with_user(self.user_officer).action_cancel("Erreur")

    def test_deleted_or_cancelled_it_is_to_take_again(self):
        record = self._decided()
        to_take = self.env["clause.insertion.penalty"]._to_take()
        self._as_accountant(record).action_credit()
        self.assertNotIn(record, record.search(to_take))
        first = record.move_id
        first.with_user(self.accountant).button_cancel()
        self.assertFalse(record.move_id)
        self.assertIn(record, record.search(to_take))
        self._as_accountant(record).action_credit()
        second = record.move_id
        self.assertNotEqual(first, second)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            first.with_user(self.accountant).button_draft()
            self.env.flush_all()
        second.with_user(self.accountant).unlink()
        self.assertFalse(record.move_id)

    def test_given_up_it_does_not_come_back_with_its_bill(self):
        """Taken, the bill cancelled, the penalty cancelled, and the bill put back to draft: it cannot be posted."""
        record = self._decided()
        move = self.env["account.move"].browse(self._as_accountant(record).action_credit()["res_id"])
        move.button_cancel()
        record.with_user(self.user_officer).action_cancel("Notifiée par erreur.")
        self.assertEqual(record.state, "cancelled")
        move.button_draft()
        with self.assertRefused(ValidationError, "taken as it was decided"):
            move.action_post()

    def test_nobody_changes_whose_penalty_it_is(self):
        record = self._decided()
        for values in ({"partner_id": self.other_contractor.id}, {"company_id": 1}, {"failure": "meeting"}):
            with self.assertRefused(UserError, "with its buttons"):
                record.with_user(self.user_manager).write(values)

    def test_line_taken_off_a_bill(self):
        record, bill = self._decided(), self._bill()
        self._as_accountant(record).action_deduct(self._as_accountant(bill))
        bill.invoice_line_ids.filtered("insertion_penalty_id").unlink()
        self.assertFalse(record.move_id)

    def test_copy_of_a_bill_takes_nothing(self):
        record = self._decided()
        self._as_accountant(record).action_credit()
        copied = record.move_id.copy()
        self.assertFalse(copied.line_ids.insertion_penalty_id)
        self.assertNotEqual(record.move_id, copied)

    def test_neither_more_nor_less_nor_taxed_nor_on_another_contractor(self):
        record = self._decided()
        self._as_accountant(record).action_credit()
        line = record.move_id.invoice_line_ids.with_user(self.accountant)
        for values in ({"price_unit": 9_000}, {"quantity": 2}, {"discount": 10}, {"tax_ids": self.tax.ids}):
            with self.subTest(values=values), self.assertRefused(ValidationError, "as it was decided"):
                line.write(values)
        with self.assertRefused(ValidationError, "as it was decided"):
            line.move_id.partner_id = self.other_contractor

    def test_a_line_written_by_hand(self):
        """An accountant's import, a buyer's RPC call: the link is checked as well."""
        Line = self.env["account.move.line"]
        record = self._new_penalty(self.clause, self.per_index)
        values = {
            "move_type": "in_refund",
            "partner_id": self.contractor.id,
            "invoice_line_ids": [Command.create(Line._insertion_penalty_values(record, 1) | {"price_unit": 9_600})],
        }
        with self.assertRefused(ValidationError, "as it was decided"):
            self.env["account.move"].with_user(self.accountant).create(values)
        decided = self._decided()
        values["invoice_line_ids"] = [Command.create(Line._insertion_penalty_values(decided, 1))]
        with self.assertRefused(AccessError, "right to bill"):
            self.env["account.move"].with_user(self.user_purchase_manager).create(values)

    def test_who_may(self):
        record = self._decided()
        for user in (self.user_officer, self.user_manager, self.user_buyer, self.user_contractor, self.user_reader):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                record.with_user(user).action_credit()
        self.assertFalse(record.move_id)

    def test_accountant_sees_what_is_owed_and_no_more(self):
        decided, discussed = self._decided(), self._new_penalty(self.clause, self.per_hour, quantity=5)
        discussed.with_user(self.user_officer).action_notify()
        self.assertEqual(decided.with_user(self.accountant).search([]), decided)
        self.assertFalse(decided.with_user(self.accountant).has_access("write"))
        self.assertFalse(self.clause.with_user(self.accountant).has_access("read"))
        view = self.env.ref("clause_insertion.clause_insertion_penalty_view_form")
        with Form(self._as_accountant(decided), view) as form:
            self.assertEqual(form.amount_decided, 9_600)

    def test_only_what_is_owed(self):
        record = self._new_penalty(self.clause, self.per_index)
        with self.assertRaises(AccessError):
            self._as_accountant(record).action_credit()
        officer = record.with_user(self.user_officer)
        officer.action_notify()
        officer.action_reply("Reçu.")
        officer.action_waive("Premier manquement.")
        both = self._new_user("both", "account.group_account_invoice,clause_insertion.group_clause_insertion_user")
        with self.assertRefused(UserError, "applied or reduced"):
            record.with_user(both).action_credit()

    def test_another_contractors_bill(self):
        record = self._decided()
        other = self._bill(self._new_running_clause(partner=self.other_contractor))
        with self.assertRefused(UserError, "same contract"):
            self._as_accountant(record).action_deduct(self._as_accountant(other))
        same_contractor = self._bill(self._new_running_clause())
        with self.assertRefused(UserError, "same contract"):
            self._as_accountant(record).action_deduct(self._as_accountant(same_contractor))

    def test_bill_lower_than_the_penalty(self):
        record, bill = self._decided(), self._bill()
        bill.invoice_line_ids.price_unit = 9_599
        with self.assertRefused(UserError, "lower"):
            self._as_accountant(record).action_deduct(self._as_accountant(bill))

    def test_order_of_a_framework_agreement(self):
        agreement = self._new_agreement()
        clause = self.env["clause.insertion"].create(
            {"requisition_id": agreement.id, "trade_id": self.masonry.id, "hours_typed": 80}
        )
        agreement.action_confirm()
        order = self._new_order(requisition_id=agreement.id)
        order.button_confirm()
        self.clause = clause
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.contractor.id,
                "invoice_line_ids": [
                    Command.create(
                        {"product_id": self.works.id, "purchase_line_id": order.order_line.id, "price_unit": 50_000}
                    )
                ],
            }
        )
        record = self._decided()
        self._as_accountant(record).action_deduct(self._as_accountant(bill))
        self.assertEqual(record.move_id, bill)

    def test_bill_in_another_currency_is_not_proposed(self):
        record, bill = self._decided(), self._bill()
        bill.currency_id = self.setup_other_currency("USD")
        self.assertFalse(bill.search(bill._insertion_draft_bills(record)))

    def test_draft_bill_says_what_its_contractor_owes(self):
        bill = self._bill()
        record = self._decided()
        self.assertEqual(self._as_accountant(bill).insertion_penalty_to_take_count, 1)
        found = self._as_accountant(bill).action_open_insertion_penalties_to_take()
        self.assertEqual(record.search(found["domain"]), record)
        self._as_accountant(record).action_deduct(self._as_accountant(bill))
        self.env.invalidate_all()
        self.assertEqual(self._as_accountant(bill).insertion_penalty_to_take_count, 0)
        self.assertEqual(record.search(bill.action_open_insertion_penalties()["domain"]), record)
