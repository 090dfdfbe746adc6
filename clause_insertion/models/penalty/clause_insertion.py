from odoo import api, fields, models

from ...engine.penalties import missing_hours
from .clause_insertion_penalty import OWED_STATES

READERS = (
    "purchase.group_purchase_user,clause_insertion.group_clause_insertion_user,account.group_account_invoice,"
    "base.group_portal"
)


class ClauseInsertion(models.Model):
    """The penalties that the contract sets, and those found."""

    _inherit = "clause.insertion"

    penalty_rule_ids = fields.Many2many(
        "clause.insertion.penalty.rule",
        "clause_insertion_penalty_rule_rel",
        "clause_id",
        "rule_id",
        string="Penalties of the contract",
        compute="_compute_penalty_rule_ids",
        store=True,
        readonly=False,
        ondelete="restrict",
        check_company=True,
        context={"active_test": False},
        locked="_keeps_penalty_rules",
        help="Those that its CCAP sets. They no longer change once the contract runs.",
    )
    penalty_ids = fields.One2many(
        "clause.insertion.penalty", "clause_id", string="Penalties", copy=False, locked=True, groups=READERS
    )
    penalty_count = fields.Integer("Number of penalties", compute="_compute_penalty_count", groups=READERS)

    @api.depends("company_id")
    def _compute_penalty_rule_ids(self):
        """Proposed until the contract runs: what is in force on the day of the sizing."""
        Rule = self.env["clause.insertion.penalty.rule"]
        for clause in self:
            if clause._is_open_to_sizing() and not clause.penalty_rule_ids:
                clause.penalty_rule_ids = Rule._in_force(clause._sizing_date(), clause.company_id)
            else:
                clause.penalty_rule_ids = clause.penalty_rule_ids

    def _compute_penalty_count(self):
        counts = dict(
            self.env["clause.insertion.penalty"]._read_group(
                [("clause_id", "in", self.ids)], ["clause_id"], ["__count"]
            )
        )
        for clause in self:
            clause.penalty_count = counts.get(clause, 0)

    def _keeps_penalty_rules(self):
        """A contract that ran before its rules were entered may still be given them, once."""
        return any(not clause._is_open_to_sizing() and clause.penalty_rule_ids for clause in self)

    def _lock_message(self, names):
        if names == ["penalty_rule_ids"]:
            return self.env._("The penalties of a contract no longer change once it runs.")
        return super()._lock_message(names)

    def _missing_hours(self, findings):
        """Hours still owed that no other penalty than ``findings`` counts, unless it was given up, by clause."""
        others = [
            ("clause_id", "in", self.ids),
            ("id", "not in", findings.ids),
            ("failure", "=", "hours"),
            ("state", "in", ("notified", "replied", *OWED_STATES)),
        ]
        counted = dict(self.env["clause.insertion.penalty"]._read_group(others, ["clause_id"], ["quantity:sum"]))
        return {
            clause: missing_hours(clause.hours_due, clause.hours_validated, counted.get(clause._origin, 0))
            for clause in self
        }

    def _amount_charged(self, rule, findings):
        """Euros already decided under ``rule`` on the contract, those of ``findings`` left out."""
        others = [
            ("clause_id", "=", self.id),
            ("rule_id", "=", rule.id),
            ("id", "not in", findings.ids),
            ("state", "in", OWED_STATES),
        ]
        [[charged]] = self.env["clause.insertion.penalty"]._read_group(others, [], ["amount_decided:sum"])
        return charged or 0

    def action_open_penalties(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_penalty_action")
        return {**action, "domain": [("clause_id", "=", self.id)], "context": {"default_clause_id": self.id}}
