from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import float_compare

from ...tools.base.days import region_today
from ...tools.penalty.penalty_text import PenaltyText
from .clause_insertion_penalty import ACCOUNTANT, OWED_STATES

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

    # -- taking penalties ------------------------------------------------------------------------------

    @api.model
    def _check_insertion_penalties(self, penalties):
        """Whether the user may take these together on a bill."""
        penalties.check_access("read")
        if not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(self.env._("Someone with the right to bill takes a penalty on a bill."))
        if any(record.state not in OWED_STATES for record in penalties):
            raise UserError(self.env._("Only a penalty that was applied or reduced is taken on a bill."))
        if any(record.move_id for record in penalties):
            raise UserError(self.env._("This penalty is already on a bill."))
        if len(penalties.partner_id) != 1 or len(penalties.company_id) != 1:
            raise UserError(self.env._("Take together penalties of one contractor only."))

    @api.model
    def _insertion_draft_bills(self, penalties):
        """Draft bills of the penalties' contract: same contractor, same currency."""
        clauses = penalties.sudo().clause_id  # ids alone; bills are searched with the user's own rights
        orders = clauses.purchase_order_id | clauses.requisition_id.purchase_ids
        return (
            Domain("move_type", "=", "in_invoice")
            & Domain("state", "=", "draft")
            & Domain("company_id", "in", penalties.company_id.ids)
            & Domain("currency_id", "in", penalties.currency_id.ids)
            & Domain("commercial_partner_id", "in", penalties.partner_id.ids)
            & Domain("line_ids.purchase_line_id.order_id", "in", orders.ids)
        )

    @api.model
    def _credit_insertion_penalties(self, penalties):
        """A draft vendor credit note, one line per penalty."""
        self._check_insertion_penalties(penalties)
        partner = penalties.partner_id
        move = self.with_company(penalties.company_id).create(
            {
                "move_type": "in_refund",
                "partner_id": partner.address_get(["invoice"])["invoice"],
                "company_id": penalties.company_id.id,
                "currency_id": penalties.currency_id.id,
                "invoice_date": region_today(self),
                "ref": ", ".join(penalties.mapped("name")),
                "invoice_origin": ", ".join(dict.fromkeys(penalties.mapped("contract_name"))),
                "invoice_line_ids": self._insertion_penalty_lines(penalties, 1),
            }
        )
        return move._open_with_insertion_penalties(penalties)

    def _deduct_insertion_penalties(self, penalties):
        """A line less on a draft bill, one per penalty."""
        self._check_insertion_penalties(penalties)
        self.check_access("write")
        if not self.filtered_domain(self._insertion_draft_bills(penalties)):
            raise UserError(
                self.env._("Choose a draft bill of the same contract and contractor, in the same currency.")
            )
        if float_compare(sum(penalties.mapped("amount_decided")), self.amount_untaxed, precision_digits=2) > 0:
            raise UserError(self.env._("This bill is lower than the penalty: make a credit note instead."))
        self.write({"invoice_line_ids": self._insertion_penalty_lines(penalties, -1)})
        return self._open_with_insertion_penalties(penalties)

    def _insertion_penalty_lines(self, penalties, sign):
        Line = self.env["account.move.line"]
        return [Command.create(Line._insertion_penalty_values(record, sign)) for record in penalties]

    def _open_with_insertion_penalties(self, penalties):
        for record in penalties.sudo():  # an accountant reads the penalty, and leaves a trace on it
            amount = PenaltyText(record).money(record.amount_decided)
            record._post_note(self.env._("Taken on a draft bill or credit note: %(amount)s.", amount=amount))
        return self._get_records_action()
