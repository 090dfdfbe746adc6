from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import InsertionCommon

# What the engine or a button says of a clause.
FIGURES = {
    "name": "CI/1",
    "contract_name": "P1",
    "contract_amount": 5,
    "is_amended": True,
    "hours_computed": 5,
    "hours_rate": 5,
    "hours_due": 5,
    "ordered_amount": 5,
    "state": "done",
    "parameters_frozen_on": "2026-01-01",
    "certificate_ids": [Command.create({"code": "ABCD-EFGH-JKMN-PQRS"})],
}


@tagged("post_install", "-at_install")
class TestClauseLocks(InsertionCommon):
    """A clause in sizing beside one that runs: what each role may still change, through any door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sized, cls.running = cls._new_clause(), cls._new_running_clause()

    def test_figures_are_nobodys_to_type(self):
        for user in (self.user_buyer, self.user_officer, self.user_manager):
            for name, value in FIGURES.items():
                with self.subTest(user.login, field=name), self.assertRefused(AccessError, "cannot be changed here"):
                    self.sized.with_user(user).write({name: value})

    def test_a_figure_is_not_given_by_a_default(self):
        order = self._new_order()
        defaults = {f"default_{name}": value for name, value in FIGURES.items()}
        Clause = self.env["clause.insertion"].with_user(self.user_buyer).with_context(**defaults)
        clause = Clause.create({"purchase_order_id": order.id, "trade_id": self.masonry.id})
        self.assertRecordValues(
            clause, [{"state": "draft", "contract_amount": 1_000_000, "hours_due": 833, "certificate_ids": []}]
        )
        self.assertNotEqual(clause.name, FIGURES["name"])

    def test_a_purchase_does_not_carry_a_figure_in(self):
        order = self.sized.purchase_order_id.with_user(self.user_buyer)
        for command in (
            Command.update(self.sized.id, {"hours_due": 1}),
            Command.create({"trade_id": self.masonry.id, "state": "running"}),
        ):
            with self.assertRefused(AccessError, "cannot be changed here"):
                order.write({"clause_insertion_ids": [command]})

    def test_a_clause_stays_on_its_contract(self):
        other = self._new_order()
        for clause in (self.sized, self.running):
            with self.assertRefused(AccessError, "Purchase order"):
                clause.with_user(self.user_officer).purchase_order_id = other
        with self.assertRefused(AccessError, "Purchase order"):
            other.with_user(self.user_buyer).clause_insertion_ids = [Command.link(self.sized.id)]

    def test_a_running_contract_freezes_its_sizing(self):
        for name, value in (
            ("lever", "criterion"),
            ("trade_id", False),
            ("hours_mode", "ordered"),
            ("transferred_share", 0.5),
            ("ccag_id", False),
            ("project_id", False),
        ):
            self.sized.with_user(self.user_buyer).write({name: value})
            with self.subTest(field=name), self.assertRefused(UserError, "frozen"):
                self.running.with_user(self.user_officer).write({name: value})

    def test_a_relay_writes_the_follow_up_alone(self):
        clause = self.running.with_user(self.user_facilitator)
        clause.write({"date_end": "2030-01-01", "hours_worked": 1_000})
        clause.activity_schedule("mail.mail_activity_data_todo", user_id=self.user_facilitator.id)
        for name, value in (("lot", "Lot 1"), ("place_zip", "16000"), ("facilitator_id", self.other_relay.id)):
            with self.subTest(field=name), self.assertRefused(AccessError, "cannot be changed here"):
                clause.write({name: value})

    def test_a_relay_decides_on_nothing(self):
        self.running.purchase_order_id.order_line.price_unit = 1_200_000
        for action in ("action_apply_amendment", "action_keep_amendment", "action_strike_balance", "action_reopen"):
            with self.subTest(action), self.assertRefused(AccessError, "cannot be changed here"):
                getattr(self.running.with_user(self.user_facilitator), action)()
        with self.assertRaises(AccessError):
            self.sized.with_user(self.user_facilitator).action_cancel()
        self.assertRecordValues(self.running, [{"state": "running", "is_amended": True, "hours_due": 833}])

    def test_what_a_balance_stands_on_is_settled(self):
        values = {"date_start": "2026-01-15", "date_end": "2027-06-30", "hours_worked": 12_000}
        relays = self.user_facilitator
        for state, refused in (("running", ()), ("done", relays), ("certified", relays | self.user_officer)):
            self.running.sudo().state = state
            for user in relays | self.user_officer:
                for name, value in values.items():
                    clause = self.running.with_user(user)
                    with self.subTest(state=state, user=user.login, field=name):
                        if user in refused:
                            with self.assertRaises(AccessError), self.cr.savepoint():
                                clause.write({name: value})
                        else:
                            clause.write({name: value})
