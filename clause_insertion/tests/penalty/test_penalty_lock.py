from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import PenaltyCommon

# What a step of the procedure, the computation or the clause says of a penalty.
LOCKED = {
    "state": "applied",
    "state_since": "2020-01-01",
    "company_id": 1,
    "partner_id": 1,
    "contract_name": "Un autre marché",
    "failure": "meeting",
    "unit_amount": 1,
    "coefficient": 1,
    "cap": 1,
    "floor": 1,
    "amount_before_limits": 1,
    "amount": 1,
    "notified_on": "2020-01-01",
    "reply_days": 1,
    "reply_due": "2020-01-01",
    "reply": "Rien à dire.",
    "replied_on": "2020-01-01",
    "amount_decided": 1,
    "reason": "Motif",
    "decided_on": "2020-01-01",
    "decided_by": 1,
    "move_id": False,
    "access_token": "secret",
}
FINDING = ("clause_id", "rule_id", "finding", "date_found", "date_due", "date_done", "quantity", "index_date")


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPenaltyLock(PenaltyCommon):
    """An officer writes, by RPC or a file, what only the steps of the procedure decide."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = cls._new_penalty(cls.clause, cls.per_index).with_user(cls.user_officer)
        cls.values = {"clause_id": cls.clause.id, "rule_id": cls.per_hour.id, "finding": "Constat"}
        cls.user_both = cls._new_user(
            "both", "clause_insertion.group_clause_insertion_officer,account.group_account_invoice"
        )

    def test_no_value_at_creation(self):
        for name, value in LOCKED.items():
            with self.subTest(name=name), self.assertRefused(AccessError, "with its buttons"):
                self.found.create({**self.values, name: value})

    def test_no_default_at_creation(self):
        defaults = {f"default_{name}": value for name, value in LOCKED.items()}
        made = self.found.with_context(**defaults, default_name="PEN/0").create(self.values)
        self.assertRecordValues(
            made, [{"state": "draft", "partner_id": self.contractor.id, "amount": 3_200, "amount_decided": 0}]
        )
        self.assertFalse(made.notified_on or made.reply or made.reason or made.decided_by)
        self.assertNotEqual(made.access_token, "secret")
        self.assertEqual(made.name[:4], "PEN/")
        self.assertNotEqual(made.name, "PEN/0")

    def test_no_value_in_a_file(self):
        rows = [[str(self.clause.id), str(self.per_hour.id), "applied"]]
        result = self.found.load(["clause_id/.id", "rule_id/.id", "state"], rows)
        self.assertFalse(result["ids"])
        self.assertIn("with its buttons", result["messages"][0]["message"])

    def test_no_value_later(self):
        for name, value in {**LOCKED, "name": "PEN/0"}.items():
            with self.subTest(name=name), self.assertRefused(AccessError, "with its buttons"):
                self.found.write({name: value})

    def test_number_is_the_sequences(self):
        self.assertNotEqual(self.found.create({**self.values, "name": "PEN/0"}).name, "PEN/0")

    def test_finding_is_typed_until_the_notice(self):
        self.found.write({"rule_id": self.per_hour.id, "quantity": 3, "finding": "Trois heures."})
        self.assertEqual(self.found.amount, 120)
        self.found.action_notify()
        for name in FINDING:
            with self.subTest(name=name), self.assertRefused(AccessError, "no longer changes"):
                self.found.write({name: self.found._fields[name].convert_to_write(self.found[name], self.found)})
        self.found.user_id = self.user_manager

    def test_nor_from_the_clause_or_the_bill(self):
        clause = self.clause.with_user(self.user_officer)
        with self.assertRefused(AccessError, "cannot be changed here"):
            clause.penalty_ids = [Command.create({**self.values, "state": "applied"})]
        with self.assertRefused(AccessError, "with its buttons"):
            self.found.with_user(self.user_both).move_line_ids = [Command.create({"name": "Écriture"})]

    def test_copy_begins_again(self):
        self.found.action_notify()
        copied = self.found.copy()
        self.assertRecordValues(copied, [{"state": "draft", "notified_on": False, "reply_due": False}])
        self.assertNotEqual(copied.name, self.found.name)

    def test_contractor_replies_with_its_button_alone(self):
        self.found.action_notify()
        contractor = self.found.with_user(self.user_contractor)
        for values in ({"reply": "Non."}, {"state": "replied"}, {"access_token": "secret"}):
            with self.assertRaises(AccessError):
                contractor.write(values)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPenaltyRuleLock(PenaltyCommon):
    """A manager would change the rule that a contract already runs with."""

    def test_terms(self):
        rule = self.per_index.with_user(self.user_manager)
        for name, lock in ((name, getattr(field, "locked", None)) for name, field in rule._fields.items()):
            if lock == "_is_in_use":
                value = rule._fields[name].convert_to_write(rule[name], rule)
                with self.subTest(name=name), self.assertRefused(UserError, "no longer changes"):
                    rule.write({name: value})
        rule.write({"sequence": 1, "source": "CCAP, article 9", "verified": True, "date_from": "2026-02-01"})

    def test_name_in_another_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        rule = self.per_hour.with_user(self.user_manager)
        with self.assertRefused(UserError, "no longer changes"):
            rule.update_field_translations("name", {"fr_FR": "Autre nom"})
        self._new_penalty_rule().with_user(self.user_manager).update_field_translations("name", {"fr_FR": "Libre"})

    def test_contracts_of_a_rule(self):
        """A running contract takes no new rule, from either side."""
        rule = self._new_penalty_rule().with_user(self.user_manager)
        with self.assertRefused(AccessError, "cannot be changed here"):
            rule.clause_ids = self.clause
        self.assertFalse(self.per_hour.with_user(self.user_manager).copy().clause_ids)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPenaltyLineLock(PenaltyCommon):
    """Whoever may write a bill, a buyer first, would take a penalty on it; everything else is as Odoo has it."""

    def _lines(self, **values):
        return [Command.create({"name": "Ligne", "price_unit": 9_600, "tax_ids": [Command.clear()], **values})]

    def test_buyer_takes_no_penalty(self):
        record = self._decided()
        Move = self.env["account.move"].with_user(self.user_purchase_manager)
        values = {"move_type": "in_refund", "partner_id": self.contractor.id}
        with self.assertRefused(AccessError, "right to bill"):
            Move.create({**values, "invoice_line_ids": self._lines(insertion_penalty_id=record.id)})
        Move = Move.with_context(default_insertion_penalty_id=record.id)
        move = Move.create({**values, "invoice_line_ids": self._lines()})
        self.assertFalse(move.line_ids.insertion_penalty_id)
        with self.assertRefused(AccessError, "right to bill"):
            move.invoice_line_ids.insertion_penalty_id = record
        self.assertFalse(record.move_id)

    def test_accountant_takes_it_as_it_was_decided(self):
        accountant = self._new_user("accountant", "account.group_account_invoice")
        Move = self.env["account.move"].with_user(accountant)
        values = {"move_type": "in_refund", "partner_id": self.contractor.id}
        record, found = self._decided(), self._new_penalty(self.clause, self.per_meeting)
        with self.assertRefused(ValidationError, "as it was decided"):
            Move.create({**values, "invoice_line_ids": self._lines(insertion_penalty_id=found.id)})
        move = Move.create({**values, "invoice_line_ids": self._lines(insertion_penalty_id=record.id)})
        self.assertEqual(record.move_id, move)

    def test_nothing_of_odoo_is_locked(self):
        line = self.env["account.move.line"].with_user(self.user_buyer)
        self.assertEqual(line._locked_among(line._fields), ["insertion_penalty_id"])
