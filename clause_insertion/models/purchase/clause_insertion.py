from odoo import api, fields, models

from ...tools.base.days import region_today
from ..base import clause_insertion_lock_mixin  # noqa: F401  (a parent is known before its children)

OPEN_STATES = ("draft", "planned")
CONTRACT_KINDS = [("works", "Works"), ("services", "Services"), ("supplies", "Supplies")]
# Who decides on a clause; a relay only follows it up.
DECIDERS = "purchase.group_purchase_user,clause_insertion.group_clause_insertion_officer"
# All that a relay writes on a clause, beside its chatter and activities.
FOLLOW_UP_FIELDS = frozenset({"date_start", "date_end", "hours_worked"})


class ClauseInsertion(models.Model):
    """Hours owed by one contractor on one purchase contract or lot; here, its contract, and who may change what."""

    _name = "clause.insertion"
    _description = "Insertion clause"
    _inherit = ["clause.insertion.lock.mixin", "portal.mixin", "clause.insertion.notification.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "contract_name", "lot"]

    name = fields.Char(
        "Reference", required=True, readonly=True, copy=False, default="/", index="trigram", locked="_is_created"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, compute="_compute_contract", store=True, precompute=True
    )
    purchase_order_id = fields.Many2one(
        "purchase.order", "Purchase order", index="btree_not_null", ondelete="cascade", locked="_is_created"
    )
    requisition_id = fields.Many2one(
        "purchase.requisition", "Purchase agreement", index="btree_not_null", ondelete="cascade", locked="_is_created"
    )
    contract_name = fields.Char("Contract", compute="_compute_contract", store=True, precompute=True)
    lot = fields.Char(help="Number and title of the lot, where the contract has several.")
    partner_id = fields.Many2one(
        "res.partner", "Contractor", compute="_compute_contract", store=True, precompute=True, index="btree_not_null"
    )
    contract_amount = fields.Monetary(
        "Contract's amount",
        copy=False,
        readonly=True,
        locked=True,
        help="The contract's amount that the sizing is based on.",
    )
    is_amended = fields.Boolean(
        "Amount to decide on", compute="_compute_is_amended", store=True, help="The contract's amount has changed."
    )
    amended_on = fields.Date("Amount changed on", compute="_compute_amended_on", store=True, index="btree_not_null")
    date_start = fields.Date("Start", compute="_compute_date_start", store=True, readonly=False, locked="_is_settled")
    date_end = fields.Date(
        "End",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        locked="_is_settled",
        help="Last day, included.",
    )
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
        locked=True,
    )
    buyer_department_id = fields.Many2one(
        "hr.department",
        "Buyer's department",
        compute="_compute_buyer_department_id",
        store=True,
        readonly=False,
        check_company=True,
        index="btree_not_null",
        locked="_is_frozen",
        help="Proposed from the buyer of the purchase until the contract starts.",
    )
    contract_kind = fields.Selection(
        CONTRACT_KINDS,
        "Kind of contract",
        compute="_compute_contract_kind",
        store=True,
        readonly=False,
        help="Proposed until the contract starts: works by its category, supplies where goods are most of the amount.",
    )

    _one_contract = models.Constraint(
        "CHECK ((purchase_order_id IS NULL) <> (requisition_id IS NULL))",
        "A clause belongs to one purchase order or to one purchase agreement.",
    )
    _dates_order = models.Constraint("CHECK (date_end >= date_start)", "A clause cannot end before it starts.")

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"]
        return super().create([{**vals, "name": sequence.next_by_code("clause.insertion")} for vals in vals_list])

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for clause in self:
            clause.access_url = f"/my/insertion-clauses/{clause.id}"
        return result

    def _creation_message(self):
        return self.env._("Clause created")

    # -- who may change what -----------------------------------------------------------------------

    def _is_open_to_sizing(self):
        """Whether proposed values still follow the trade, the purchase and the parameters."""
        return self.state in OPEN_STATES

    def _is_frozen(self):
        """A lock for what a contract freezes when it starts."""
        return any(not clause._is_open_to_sizing() for clause in self)

    def _is_settled(self):
        """A lock for what the balance and the certificate stand on.

        An officer corrects it between the two; afterwards the certificate is withdrawn first.
        """
        return any(
            clause.state == "certified" or (clause.state == "done" and self._user_follows_up()) for clause in self
        )

    def _is_locked(self, name):
        return super()._is_locked(name) or (self._user_follows_up() and not self._is_follow_up(name))

    def _user_follows_up(self):
        return not self.env.su and not self.env.user.has_groups(DECIDERS)

    def _is_follow_up(self, name):
        return name in FOLLOW_UP_FIELDS or name.startswith(("message_", "activity_"))

    def _lock_message(self, names):
        if self._is_frozen() and any(getattr(self._fields[name], "locked", None) == "_is_frozen" for name in names):
            return self.env._(
                "The sizing of a clause is frozen once its contract is running. If the contract's amount "
                "changed, use “Apply” or “Keep” on the clause."
            )
        return super()._lock_message(names)

    # -- what the purchase says --------------------------------------------------------------------

    def _contract(self):
        """The purchase that carries the clause: an order, else an agreement."""
        return self.purchase_order_id or self.requisition_id

    def _propose(self, name, value):
        """Give the field what ``value`` says of each clause, until its contract starts; from then on it stays."""
        for clause in self:
            clause[name] = value(clause) if clause._is_open_to_sizing() else clause[name]

    @api.depends(
        "purchase_order_id.company_id",
        "purchase_order_id.name",
        "purchase_order_id.partner_ref",
        "purchase_order_id.partner_id",
        "requisition_id.company_id",
        "requisition_id.name",
        "requisition_id.reference",
        "requisition_id.vendor_id",
    )
    def _compute_contract(self):
        for clause in self:
            order, agreement, contract = clause.purchase_order_id, clause.requisition_id, clause._contract()
            reference = order.partner_ref or agreement.reference
            clause.company_id = contract.company_id or self.env.company
            clause.contract_name = f"{contract.name or ''} ({reference})" if reference else contract.name or ""
            clause.partner_id = (order.partner_id or agreement.vendor_id).commercial_partner_id

    @api.depends("purchase_order_id.date_order", "requisition_id.date_start")
    def _compute_date_start(self):
        for clause in self:
            clause.date_start = clause.date_start or clause._contract()._insertion_period()[0]

    @api.depends("purchase_order_id.date_planned", "requisition_id.date_end", "date_start")
    def _compute_date_end(self):
        for clause in self:
            proposed = clause._contract()._insertion_period()[1]
            fits = proposed and clause.date_start and proposed > clause.date_start
            clause.date_end = clause.date_end or (proposed if fits else False)

    @api.depends("purchase_order_id.user_id", "requisition_id.user_id")
    def _compute_buyer_department_id(self):
        self._propose(
            "buyer_department_id",
            lambda clause: clause._contract()._insertion_department() or clause.buyer_department_id,
        )

    @api.depends(
        "purchase_order_id.insertion_category",
        "purchase_order_id.order_line.product_id",
        "purchase_order_id.order_line.price_subtotal",
        "requisition_id.insertion_category",
        "requisition_id.line_ids.product_id",
        "requisition_id.line_ids.product_qty",
        "requisition_id.line_ids.price_unit",
    )
    def _compute_contract_kind(self):
        for clause in self:
            if clause._is_open_to_sizing() or not clause.contract_kind:
                clause.contract_kind = clause._contract()._insertion_contract_kind()
            else:
                clause.contract_kind = clause.contract_kind

    # -- amendments ---------------------------------------------------------------------------------

    @api.depends("purchase_order_id.insertion_amount", "requisition_id.insertion_amount", "contract_amount", "state")
    def _compute_is_amended(self):
        for clause in self:
            change = clause._contract().insertion_amount - clause.contract_amount
            follows = clause.hours_mode == "ordered" or clause.state != "running"
            clause.is_amended = not follows and not clause.currency_id.is_zero(change)

    @api.depends("is_amended")
    def _compute_amended_on(self):
        today = region_today(self)
        for clause in self:
            clause.amended_on = clause.is_amended and (clause.amended_on or today)
