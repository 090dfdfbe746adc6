from odoo import fields, models

from ..engine.progress import progress

# Buyers read conventions, not what the hours tell of people.
READERS = "clause_insertion.group_clause_insertion_user,clause_insertion.group_clause_insertion_facilitator"


class ClauseInsertionConvention(models.Model):
    """What a convention has produced, beside what it aimed at."""

    _inherit = "clause.insertion.convention"

    clause_ids = fields.One2many("clause.insertion", "convention_id", string="Clauses")
    clause_count = fields.Integer("Number of clauses", compute="_compute_clause_count")
    hours_validated = fields.Float("Hours validated", compute="_compute_figures", groups=READERS)
    people_count = fields.Integer("People", compute="_compute_figures", groups=READERS)
    contract_count = fields.Integer("Contracts", compute="_compute_figures", groups=READERS)
    hours_progress = fields.Float("Hours: progress", compute="_compute_figures", groups=READERS)
    people_progress = fields.Float("People: progress", compute="_compute_figures", groups=READERS)

    def _compute_clause_count(self):
        counts = dict(
            self.env["clause.insertion"]
            .sudo()  # a number: a relay that handed a clause over no longer reads it, and the number stays
            ._read_group([("convention_id", "in", self.ids)], ["convention_id"], ["__count"])
        )
        for convention in self:
            convention.clause_count = counts.get(convention.sudo(), 0)

    def _compute_figures(self):
        """sudo: totals alone, the same for every reader, of a convention that the reader may see."""
        figures = (
            self.env["account.analytic.line"]
            .sudo()
            ._insertion_figures(
                [("clause_insertion_id.convention_id", "in", self.ids)], ["clause_insertion_id.convention_id"]
            )
        )
        for convention in self:
            produced = figures[convention.id,]
            convention.hours_validated = produced.hours
            convention.people_count = produced.people
            convention.contract_count = produced.contracts
            convention.hours_progress = progress(produced.hours, convention.hours_objective)
            convention.people_progress = progress(produced.people, convention.people_objective)

    def action_open_clauses(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_action")
        return {**action, "domain": [("convention_id", "=", self.id)], "context": {"create": False}}
