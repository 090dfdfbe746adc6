from odoo import api, fields, models

from ..engine.progress import progress


class ClauseInsertion(models.Model):
    """What was declared, validated and refused on the clause."""

    _inherit = "clause.insertion"

    line_ids = fields.One2many("account.analytic.line", "clause_insertion_id", string="Hours")
    declaration_ids = fields.One2many("clause.insertion.declaration", "clause_id", string="Declarations")
    hours_declared = fields.Float(
        "Hours declared", compute="_compute_hours", store=True, help="Submitted, validated or refused."
    )
    hours_validated = fields.Float("Hours validated", compute="_compute_hours", store=True)
    hours_refused = fields.Float("Hours refused", compute="_compute_hours", store=True)
    hours_remaining = fields.Float("Hours remaining", compute="_compute_progress", store=True)
    progress = fields.Float(compute="_compute_progress", store=True, aggregator=None)

    @api.depends("line_ids.unit_amount", "line_ids.insertion_state")
    def _compute_hours(self):
        sums = self._hours_by_state()
        for clause in self:
            by_state = sums.get(clause._origin.id, {})
            clause.hours_validated = by_state.get("validated", 0)
            clause.hours_refused = by_state.get("refused", 0)
            clause.hours_declared = sum(hours for state, hours in by_state.items() if state != "draft")

    def _hours_by_state(self):
        """One query for all: ``{clause id: {line state: hours}}``."""
        sums = {}
        for clause, state, hours in self.env["account.analytic.line"]._read_group(
            [("clause_insertion_id", "in", self.ids)], ["clause_insertion_id", "insertion_state"], ["unit_amount:sum"]
        ):
            sums.setdefault(clause.id, {})[state] = hours
        return sums

    @api.depends("hours_due", "hours_validated")
    def _compute_progress(self):
        for clause in self:
            clause.progress = progress(clause.hours_validated, clause.hours_due)
            clause.hours_remaining = max(clause.hours_due - clause.hours_validated, 0)
