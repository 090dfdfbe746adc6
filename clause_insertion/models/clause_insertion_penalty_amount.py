from odoo import api, fields, models

from ..engine.penalties import days_late, limited, missing_hours, penalty
from ..engine.places import department
from .clause_insertion_penalty import OWED_STATES

COMPUTED = ("unit_amount", "coefficient", "cap", "floor", "amount_before_limits", "amount")


class ClauseInsertionPenalty(models.Model):
    """How much: proposed until the notice; then the penalty keeps the values that it was computed with.

    Amounts are in the company's currency and exclude tax, as penalties bear none.
    """

    _inherit = "clause.insertion.penalty"

    quantity = fields.Float(
        compute="_compute_quantity",
        store=True,
        readonly=False,
        help="Proposed: the hours still missing, the days late, or one event.",
    )
    index_date = fields.Date(
        "Index of", compute="_compute_index_date", store=True, readonly=False, help="Day whose value applies."
    )
    unit_amount = fields.Float("Amount for one", compute="_compute_amount", store=True, digits=(12, 2))
    coefficient = fields.Float(compute="_compute_amount", store=True, digits=(8, 4), aggregator=None)
    cap = fields.Monetary(compute="_compute_amount", store=True, aggregator=None, help="0: no cap.")
    floor = fields.Monetary("Exempt up to", compute="_compute_amount", store=True, aggregator=None)
    amount_before_limits = fields.Monetary("Before limits", compute="_compute_amount", store=True)
    amount = fields.Monetary("Penalty", compute="_compute_amount", store=True, help="Excluding tax.")

    _quantity_positive = models.Constraint("CHECK (quantity >= 0)", "A quantity cannot be negative.")

    @api.depends("clause_id", "rule_id", "date_found", "date_due", "date_done")
    def _compute_quantity(self):
        charged = self._hours_charged()
        for finding in self:
            if finding.state != "draft" or not finding.rule_id:
                finding.quantity = finding.quantity
            elif finding.failure == "hours":
                clause = finding.clause_id
                counted = charged.get(clause._origin.id, 0)
                finding.quantity = missing_hours(clause.hours_due, clause.hours_validated, counted)
            else:
                finding.quantity = finding._days_late() if finding.shape == "day" else 1

    def _hours_charged(self):
        """Missing hours that another penalty, not given up, already counts: ``{clause id: hours}``."""
        return {
            clause.id: hours
            for clause, hours in self._read_group(
                [
                    ("clause_id", "in", self.clause_id.ids),
                    ("id", "not in", self._origin.ids),
                    ("failure", "=", "hours"),
                    ("state", "in", ("notified", "replied", *OWED_STATES)),
                ],
                ["clause_id"],
                ["quantity:sum"],
            )
        }

    def _days_late(self):
        if not self.date_due:
            return 0
        zip_code = self.clause_id.place_zip or self.company_id.zip
        try:
            place = department(zip_code or "")
        except ValueError:
            place = ""
        end = self.date_done or self.date_found
        return days_late(self.date_due, end, self.rule_id.day_basis == "working", place)

    @api.depends("date_found")
    def _compute_index_date(self):
        for finding in self:
            finding.index_date = finding.date_found if finding.state == "draft" else finding.index_date

    @api.depends("clause_id.contract_amount", "rule_id", "quantity", "index_date")
    def _compute_amount(self):
        """Until the notice; then the penalty keeps the values it was computed with."""
        for finding in self:
            values = finding._amounts() if finding.state == "draft" and finding.rule_id else {}
            for name in COMPUTED:
                finding[name] = values.get(name, finding[name])

    def _amounts(self):
        rule, clause = self.rule_id, self.clause_id
        unit_amount, coefficient = rule.amount, 1
        if rule.shape == "index":
            Parameter = self.env["clause.insertion.parameter"]
            unit_amount = Parameter._require(rule.index, self.index_date, clause.company_id)
            coefficient = rule.coefficient
        found = penalty(self.quantity, unit_amount, coefficient)
        cap = rule.cap_share * clause.contract_amount
        return {
            "unit_amount": unit_amount,
            "coefficient": coefficient,
            "cap": cap,
            "floor": rule.floor,
            "amount_before_limits": found,
            "amount": limited(found, cap, rule.floor, self._amount_charged() if cap else 0),
        }

    def _amount_charged(self):
        """What was already decided under the same rule on the same contract."""
        [[charged]] = self._read_group(
            [
                ("clause_id", "=", self.clause_id._origin.id),
                ("rule_id", "=", self.rule_id._origin.id),
                ("id", "!=", self._origin.id),
                ("state", "in", OWED_STATES),
            ],
            [],
            ["amount_decided:sum"],
        )
        return charged or 0
