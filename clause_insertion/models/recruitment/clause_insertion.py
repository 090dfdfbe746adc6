from odoo import fields, models

READERS = (
    "clause_insertion.group_clause_insertion_user,clause_insertion.group_clause_insertion_facilitator,base.group_portal"
)


class ClauseInsertion(models.Model):
    """What was asked on a clause, and what clears its contractor. Buyers see neither."""

    _inherit = "clause.insertion"

    recruitment_ids = fields.One2many(
        "clause.insertion.recruitment",
        "clause_id",
        string="Recruitment requests",
        copy=False,
        locked=True,
        groups=READERS,
    )
    recruitment_count = fields.Integer("Requests", compute="_compute_recruitment_count", groups=READERS)
    employment_ids = fields.Many2many(
        "clause.insertion.employment",
        "clause_insertion_employment_rel",
        "clause_id",
        "employment_id",
        string="Work contracts",
        context={"active_test": False},
        copy=False,
        locked=True,
        groups=READERS,
    )
    not_attributable_evidence_ids = fields.One2many(
        "clause.insertion.evidence",
        "clause_id",
        string="Not attributable to the contractor",
        copy=False,
        locked=True,
        groups=READERS,
    )

    def _compute_recruitment_count(self):
        counts = dict(
            self.env["clause.insertion.recruitment"]._read_group(
                [("clause_id", "in", self.ids)], ["clause_id"], ["__count"]
            )
        )
        for clause in self:
            clause.recruitment_count = counts.get(clause, 0)

    def action_open_recruitments(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_recruitment_action")
        return {**action, "domain": [("clause_id", "=", self.id)], "context": {"default_clause_id": self.id}}
