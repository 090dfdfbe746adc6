from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.sizing import amended_amount
from .clause_insertion_sizing_mixin import SIZING_FIELDS

OPEN_STATES = ("draft", "planned")
# Facts that only the life of the clause changes, never a form or an import.
LIFE_FIELDS = frozenset(
    {
        "state",
        "contract_amount",
        "parameters_frozen_on",
        "convention_id",
        "task_id",
        "certified_on",
        "certified_by",
        "certificate_code",
        "hours_due_certified",
        "hours_certified",
    }
)
# All that a relay writes on a clause, beside its chatter and activities.
FOLLOW_UP_FIELDS = frozenset({"date_start", "date_end", "hours_worked"})


class ClauseInsertion(models.Model):
    """Hours owed by one contractor on one purchase contract or lot."""

    _name = "clause.insertion"
    _description = "Insertion clause"
    _inherit = ["clause.insertion.sizing.mixin", "portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "contract_name", "lot"]

    name = fields.Char("Reference", required=True, readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, compute="_compute_company_id", store=True, precompute=True
    )
    purchase_order_id = fields.Many2one("purchase.order", "Purchase order", index="btree_not_null", ondelete="cascade")
    requisition_id = fields.Many2one(
        "purchase.requisition", "Purchase agreement", index="btree_not_null", ondelete="cascade"
    )
    contract_name = fields.Char("Contract", compute="_compute_contract_name", store=True)
    lot = fields.Char(help="Number and title of the lot, where the contract has several.")
    partner_id = fields.Many2one(
        "res.partner", "Contractor", compute="_compute_partner_id", store=True, precompute=True, index="btree_not_null"
    )
    contract_amount = fields.Monetary(
        "Contract's amount", copy=False, readonly=True, help="The contract's amount that the sizing is based on."
    )
    amount_untaxed = fields.Monetary(compute="_compute_amount_untaxed", store=True, readonly=False)
    is_amended = fields.Boolean(
        "Amount to decide on", compute="_compute_is_amended", store=True, help="The contract's amount has changed."
    )
    date_start = fields.Date("Start", compute="_compute_date_start", store=True, readonly=False)
    date_end = fields.Date("End", compute="_compute_date_end", store=True, readonly=False, help="Last day, included.")
    state = fields.Selection(
        [
            ("draft", "Sizing"),
            ("planned", "In consultation"),
            ("running", "Running"),
            ("done", "Balance struck"),
            ("certified", "Certified"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    parameters_frozen_on = fields.Date("Frozen on", readonly=True, copy=False)
    project_id = fields.Many2one(
        "project.project",
        check_company=True,
        copy=False,
        help="Carries the hours; the company's insertion project if empty.",
    )
    task_id = fields.Many2one("project.task", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    _one_contract = models.Constraint(
        "CHECK ((purchase_order_id IS NULL) <> (requisition_id IS NULL))",
        "A clause belongs to one purchase order or to one purchase agreement.",
    )
    _dates_order = models.Constraint("CHECK (date_end >= date_start)", "A clause cannot end before it starts.")

    # -- proposed values ---------------------------------------------------------------------------

    def _contract(self):
        """The purchase that carries the clause: an order, else an agreement."""
        return self.purchase_order_id or self.requisition_id

    @api.depends("purchase_order_id.company_id", "requisition_id.company_id")
    def _compute_company_id(self):
        for clause in self:
            clause.company_id = clause._contract().company_id or self.env.company

    @api.depends(
        "purchase_order_id.name", "purchase_order_id.partner_ref", "requisition_id.name", "requisition_id.reference"
    )
    def _compute_contract_name(self):
        for clause in self:
            reference = clause.purchase_order_id.partner_ref or clause.requisition_id.reference
            name = clause._contract().name or ""
            clause.contract_name = f"{name} ({reference})" if reference else name

    @api.depends("purchase_order_id.partner_id", "requisition_id.vendor_id")
    def _compute_partner_id(self):
        for clause in self:
            partner = clause.purchase_order_id.partner_id or clause.requisition_id.vendor_id
            clause.partner_id = partner.commercial_partner_id

    @api.depends("purchase_order_id.insertion_amount", "requisition_id.insertion_amount")
    def _compute_amount_untaxed(self):
        """Follow the purchase until the contract starts, in proportion where the clause bears on a part."""
        for clause in self:
            if clause._is_open_to_sizing():
                total = clause._contract().insertion_amount
                clause.amount_untaxed = amended_amount(clause.amount_untaxed, clause.contract_amount, total) or total
                clause.contract_amount = total
            else:
                clause.amount_untaxed = clause.amount_untaxed

    @api.depends("purchase_order_id.insertion_amount", "requisition_id.insertion_amount", "contract_amount", "state")
    def _compute_is_amended(self):
        for clause in self:
            change = clause._contract().insertion_amount - clause.contract_amount
            follows = clause.hours_mode == "ordered" or clause.state != "running"
            clause.is_amended = not follows and not clause.currency_id.is_zero(change)

    @api.depends("purchase_order_id.date_order", "requisition_id.date_start")
    def _compute_date_start(self):
        for clause in self:
            ordered_on = clause.purchase_order_id.date_order
            proposed = clause.requisition_id.date_start or (ordered_on and ordered_on.date())
            clause.date_start = clause.date_start or proposed

    @api.depends("purchase_order_id.date_planned", "requisition_id.date_end", "date_start")
    def _compute_date_end(self):
        for clause in self:
            planned_on = clause.purchase_order_id.date_planned
            proposed = clause.requisition_id.date_end or (planned_on and planned_on.date())
            fits = proposed and clause.date_start and proposed > clause.date_start
            clause.date_end = clause.date_end or (proposed if fits else False)

    @api.depends("requisition_id.purchase_ids.state", "requisition_id.purchase_ids.insertion_amount", "hours_mode")
    def _compute_ordered_amount(self):
        for clause in self:
            orders = clause.requisition_id.purchase_ids.filtered(lambda order: order.state == "purchase")
            if clause.purchase_order_id.state == "purchase":
                orders |= clause.purchase_order_id
            clause.ordered_amount = sum(orders.mapped("insertion_amount")) if clause.hours_mode == "ordered" else 0

    def _compute_hours_due(self):
        """The task's allocated hours are the hours due, whatever changes them."""
        result = super()._compute_hours_due()
        for clause in self:
            if clause.task_id.allocated_hours != clause.hours_due:
                clause.task_id.allocated_hours = clause.hours_due
        return result

    def _is_open_to_sizing(self):
        return self.state in OPEN_STATES

    def _sizing_date(self):
        return self._contract().insertion_consultation_date or super()._sizing_date()

    # -- guards ------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_fields(vals, LIFE_FIELDS)
        sequence = self.env["ir.sequence"]
        clauses = super().create([{**vals, "name": sequence.next_by_code("clause.insertion")} for vals in vals_list])
        for clause in clauses.sudo():  # a fact about the purchase, closed to direct writing
            clause.contract_amount = clause._contract().insertion_amount
        clauses._follow_contract()
        return clauses

    def write(self, vals):
        self._refuse_fields(vals, LIFE_FIELDS)
        if not self.env.user.has_groups("purchase.group_purchase_user,clause_insertion.group_clause_insertion_officer"):
            beyond = {name for name in vals if not name.startswith(("message_", "activity_"))} - FOLLOW_UP_FIELDS
            self._refuse_fields(vals, beyond)
        frozen = not self.env.su and any(not clause._is_open_to_sizing() for clause in self)
        if frozen and (SIZING_FIELDS | {"buyer_department_id"}) & vals.keys():
            raise UserError(
                self.env._(
                    "The sizing of a clause is frozen once its contract is running. If the contract's amount "
                    "changed, use “Apply” or “Keep” on the clause."
                )
            )
        return super().write(vals)

    def _refuse_fields(self, vals, refused):
        touched = sorted(refused & vals.keys())
        if touched and not self.env.su:
            labels = ", ".join(self._fields[name]._description_string(self.env) for name in touched)
            raise UserError(self.env._("%(fields)s: this cannot be changed here.", fields=labels))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if any(clause.state not in ("draft", "cancelled") or clause.line_ids for clause in self):
            raise UserError(self.env._("Only a clause in sizing, or cancelled without hours, can be deleted."))

    # -- buttons -----------------------------------------------------------------------------------

    def action_open_lines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.account_analytic_line_action")
        return {**action, "domain": [("clause_insertion_id", "=", self.id)], "context": {}}

    def action_open_declarations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_declaration_action")
        return {**action, "domain": [("clause_id", "=", self.id)], "context": {"default_clause_id": self.id}}

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for clause in self:
            clause.access_url = f"/my/insertion-clauses/{clause.id}"
        return result

    def _creation_message(self):
        return self.env._("Clause created")
