from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import PenaltyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPenaltyRule(PenaltyCommon):
    """The Region writes its rules; each contract takes those in force, and keeps them once it runs."""

    def test_shipped_examples_are_to_be_checked(self):
        rules = self.env.ref("clause_insertion.penalty_rule_hours")
        rules |= self.env.ref("clause_insertion.penalty_rule_document")
        rules |= self.env.ref("clause_insertion.penalty_rule_meeting")
        self.assertEqual(rules.mapped("verified"), [False] * 3)
        self.assertEqual(rules.mapped("reply_days"), [15] * 3)
        self.assertTrue(all(rule.source for rule in rules))
        rules.active = True
        clause = self._new_running_clause(hours_typed=80)
        self.assertEqual(self._new_penalty(clause, rules[0]).amount, 9_600)
        late = {"date_due": "2026-09-16", "date_done": "2026-10-02"}
        self.assertEqual(self._new_penalty(clause, rules[1], **late).amount, 600)
        self.assertEqual(self._new_penalty(clause, rules[2]).amount, 500)

    def test_proposed_those_in_force_in_the_company(self):
        elsewhere = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        self._new_penalty_rule(name="Ailleurs", company_id=elsewhere.id)
        self._new_penalty_rule(name="Plus tard", date_from="2026-10-06")
        self.assertEqual(self._new_clause().penalty_rule_ids, self.rules)

    def test_rules_of_a_running_contract_no_longer_change(self):
        rule = self.per_hour.with_user(self.user_manager)
        with self.assertRefused(UserError, "no longer changes"):
            rule.amount = 45
        with self.assertRefused(UserError, "no longer changes"):
            rule.unlink()
        rule.verified = True
        rule.active = False
        free = self._new_penalty_rule().with_user(self.user_manager)
        free.amount = 45
        free.unlink()

    def test_clause_keeps_its_rules(self):
        clause = self.clause.with_user(self.user_officer)
        with self.assertRefused(UserError, "no longer change"):
            clause.penalty_rule_ids = self.per_hour
        self.assertEqual(clause.penalty_rule_ids, self.rules)

    def test_contract_taken_over_is_given_its_rules_once(self):
        clause = self._new_running_clause(penalty_rule_ids=[]).with_user(self.user_officer)
        clause.penalty_rule_ids = [(6, 0, [])]
        self.assertFalse(clause.penalty_rule_ids)
        clause.penalty_rule_ids = self.per_hour
        with self.assertRefused(UserError, "no longer change"):
            clause.penalty_rule_ids = self.per_meeting

    def test_only_rules_of_the_contract(self):
        with self.assertRefused(ValidationError, "no such rule"):
            self._new_penalty(self.clause, self._new_penalty_rule())

    def test_no_penalty_before_the_contract_runs(self):
        with self.assertRefused(ValidationError, "before the contract runs"):
            self._new_penalty(self._new_clause(), self.per_hour)
