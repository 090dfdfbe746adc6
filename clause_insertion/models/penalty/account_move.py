from odoo import api, fields, models
from odoo.fields import Domain

from .clause_insertion_penalty import ACCOUNTANT

BILLS = ("in_invoice", "in_refund")


class AccountMove(models.Model):
    """A vendor bill knows the penalties that it takes, and those that its contractor still owes."""

    _inherit = "account.move"

    insertion_penalty_count = fields.Integer("Number of penalties", compute="_compute_insertion_penalty_count")
    insertion_penalty_to_take_count = fields.Integer(
        "Penalties to take", compute="_compute_insertion_penalty_to_take_count", groups=ACCOUNTANT
    )

    @api.depends("line_ids.insertion_penalty_id")
    def _compute_insertion_penalty_count(self):
        for move in self:
            move.insertion_penalty_count = len(move.line_ids.insertion_penalty_id)

    @api.depends("commercial_partner_id", "company_id", "state", "move_type", "line_ids.insertion_penalty_id")
    def _compute_insertion_penalty_to_take_count(self):
        """On draft bills only: a banner says that the contractor owes penalties."""
        bills = self.filtered(lambda move: move.state == "draft" and move.move_type in BILLS)
        counts = bills._insertion_penalties_to_take() if bills.commercial_partner_id else {}
        for move in self:
            key = move.commercial_partner_id, move.company_id
            move.insertion_penalty_to_take_count = counts.get(key, 0) if move in bills else 0

    def _post(self, soft=True):
        """A bill put back to draft may carry a penalty that was given up since."""
        self.line_ids.filtered("insertion_penalty_id")._check_insertion_penalty()
        return super()._post(soft)

    def _insertion_penalties_to_take(self):
        Penalty = self.env["clause.insertion.penalty"]
        own = Domain("partner_id", "in", self.commercial_partner_id.ids)
        groups = Penalty._read_group(Penalty._to_take() & own, ["partner_id", "company_id"], ["__count"])
        return {(partner, company): count for partner, company, count in groups}

    def action_open_insertion_penalties(self):
        self.ensure_one()
        return self._penalty_action(Domain("id", "in", self.line_ids.insertion_penalty_id.ids))

    def action_open_insertion_penalties_to_take(self):
        self.ensure_one()
        Penalty = self.env["clause.insertion.penalty"]
        return self._penalty_action(Penalty._to_take() & Domain("partner_id", "=", self.commercial_partner_id.id))

    def _penalty_action(self, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "clause_insertion.clause_insertion_penalty_action_to_take"
        )
        return {**action, "domain": list(domain), "context": {}}
