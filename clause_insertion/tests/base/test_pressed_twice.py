from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon

# Methods named as buttons that change nothing by themselves, or are the same however often they are pressed.
OPEN = ("action_open", "action_print", "action_download", "action_refresh", "action_compare", "action_lacking")
SAME = {
    # What is ticked or invited already is not again.
    ("clause.insertion.charter", "action_invite_relays"),
    ("clause.insertion.meeting", "action_invite_relays"),
    ("clause.insertion.meeting", "action_all_present"),
    ("clause.insertion.training", "action_invite_relays"),
    ("clause.insertion.training", "action_invite_contractors"),
    ("clause.insertion.training", "action_all_attended"),
    ("clause.insertion.meeting.decision", "action_done"),
    ("clause.insertion", "action_reopen"),
    ("clause.insertion.employment", "action_end"),
    ("clause.insertion.import", "action_check"),
    ("clause.insertion.import", "action_interrupt"),
    ("clause.insertion.open.data", "action_record"),
    ("clause.insertion.essential.data.mixin", "action_propose_essential_data"),
    ("purchase.order", "action_propose_essential_data"),
    ("purchase.requisition", "action_propose_essential_data"),
    # They press another button of this list, or ask for what it needs.
    ("clause.insertion", "action_withdraw_certificate"),
    ("clause.insertion.declaration", "action_validate_clean"),
    ("clause.insertion.penalty", "action_take"),
    ("clause.insertion.identity", "action_erase"),
    ("clause.insertion.identity", "action_export"),
    # A page of figures is published by a wizard, each time another record.
    ("clause.insertion.statement.wizard", "action_publish"),
    # Odoo's own.
    ("purchase.order", "action_merge"),
    ("purchase.requisition", "action_confirm"),
    ("portal.wizard.user", "action_grant_access"),
    ("portal.wizard.user", "action_invite_again"),
}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPressedTwice(InsertionCommon):
    """Whoever presses a button again finds it done: no error, nothing more written, nobody told twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant()
        cls.hire = cls._new_employment(cls.person, cls.clause)

    def test_every_button(self):
        """Each method of ours that a button calls holds its records, or is known to need no hold."""
        free = []
        for name, model in self.env.registry.items():
            for base in model.mro():
                if not base.__module__.startswith("odoo.addons.clause_insertion"):
                    continue
                for method, function in vars(base).items():
                    if method.startswith("action_") and not method.startswith(OPEN) and callable(function):
                        is_held = getattr(function, "is_button", False) or ".wizard." in base.__module__
                        if not is_held and (name, method) not in SAME:
                            free.append(f"{name}.{method}")
        self.assertEqual(sorted(set(free)), [])

    def _press_twice(self, user, record, action, *arguments):
        button = getattr(record.with_user(user), action)
        button(*arguments)
        self.env.flush_all()
        before = (record.state, len(record.message_ids))
        button(*arguments)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((record.state, len(record.message_ids)), before, action)

    def _submitted(self, month="2026-09-01"):
        declaration = self._new_declaration(self.clause, month, {self.person: 7})
        self._press_twice(self.user_contractor, declaration, "action_submit")
        return declaration

    def test_a_month(self):
        self._press_twice(self.user_portal_relay, self._submitted(), "action_validate")

    def test_a_month_with_refused_hours(self):
        declaration = self._submitted()
        declaration.line_ids.with_user(self.user_portal_relay).action_refuse("Absence")
        declaration.line_ids.with_user(self.user_portal_relay).action_refuse("Absence")
        self._press_twice(self.user_portal_relay, declaration, "action_validate")
        self.assertEqual(declaration.state, "refused")

    def test_a_month_sent_back(self):
        declaration = self._submitted()
        self._press_twice(self.user_portal_relay, declaration, "action_refuse", "Il manque des heures.")
        with self.assertRefused(UserError, "Only a submitted declaration"):
            declaration.with_user(self.user_portal_relay).action_refuse("Autre raison")

    def test_a_reversal(self):
        declaration = self._submitted()
        declaration.with_user(self.user_portal_relay).action_validate()
        line = declaration.line_ids
        first = line.with_user(self.user_officer).action_reverse("Erreur")
        self.assertEqual(line.with_user(self.user_officer).action_reverse("Erreur"), first)
        self.assertEqual(len(declaration.line_ids), 2)

    def test_the_end_of_a_clause(self):
        self._press_twice(self.user_officer, self.clause, "action_strike_balance")
        self._press_twice(self.user_officer, self.clause, "action_certify")
        certificate = self.clause.certificate_id
        certificate.with_user(self.user_officer).action_withdraw("Erreur")
        told = len(self.clause.message_ids)
        certificate.with_user(self.user_officer).action_withdraw("Erreur")
        self.assertEqual((self.clause.state, len(self.clause.message_ids)), ("done", told))

    def test_a_request(self):
        asked = self._new_request(self.clause)
        self._press_twice(self.user_portal_relay, asked, "action_propose", self.person.ids)
        candidate = asked.candidate_ids.with_user(self.user_contractor)
        contract = {"date_start": "2026-11-02", "execution_mode": "direct"}
        self.assertEqual(candidate.action_hire(contract), candidate.action_hire(contract))
        self.assertEqual(len(self.clause.with_context(active_test=False).employment_ids), 2)
        self._press_twice(self.user_contractor, asked, "action_close")
        for action in ("action_nobody_fits", "action_cancel"):
            asked = self._new_request(self.clause)
            user = self.user_portal_relay if action == "action_nobody_fits" else self.user_contractor
            self._press_twice(user, asked, action)

    def test_a_penalty(self):
        rule = self._new_penalty_rule(reply_days=0)
        self.clause.penalty_rule_ids = rule
        for action in ("action_apply", "action_waive", "action_clear", "action_cancel"):
            penalty = self._new_penalty(self.clause, rule, quantity=10)
            self._press_twice(self.user_officer, penalty, "action_notify")
            self._press_twice(self.user_contractor, penalty, "action_reply", "Nous contestons.")
            self._press_twice(self.user_officer, penalty, action, "Décision")

    def test_a_training(self):
        training = self._new_training(self.contractor)
        self._press_twice(self.user_officer, training, "action_cancel")
        self._press_twice(self.user_officer, training, "action_open")
