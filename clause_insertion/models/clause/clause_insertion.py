from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import formatLang

from ...engine.next_step import coming
from ...engine.sizing import Sizing, amended_amount, hours_per_euro, ordered_hours, round_half_up, worked_share_hours
from ...engine.tender import Part, tender_words
from ...engine.tender_terms import Sanction

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
# What a contract freezes when it starts.
SIZING_FIELDS = frozenset(
    {
        "lever",
        "trade_id",
        "hours_mode",
        "scale_id",
        "amount_untaxed",
        "labour_share",
        "transferred_share",
        "insertion_rate",
        "hourly_cost",
        "hours_rounding",
        "hours_typed",
        "order_floor",
    }
)
CONTRACT_KINDS = [("works", "Works"), ("services", "Services"), ("supplies", "Supplies")]
# The CCAG that a category of purchase usually refers to.
USUAL_CCAG = {
    "works": "clause_insertion.ccag_works",
    "supplies_services": "clause_insertion.ccag_supplies_services",
    "social_services": "clause_insertion.ccag_supplies_services",
}
DOCUMENTS = {
    "rc": "Règlement de la consultation (RC)",
    "ccap": "Cahier des clauses administratives particulières (CCAP)",
    "ae_annex": "Annexe à l'acte d'engagement",
}


def in_french(records):
    """The same records, whose translated words are French as soon as French is installed."""
    installed = records.env["res.lang"]._get_data(code="fr_FR")
    return records.with_context(lang="fr_FR") if installed else records


def contact(partner):
    """The name, address, telephone and e-mail of a partner: those that are known."""
    place = f"{partner.zip or ''} {partner.city or ''}".strip()
    return tuple(filter(None, (partner.name, partner.street, place, partner.phone, partner.email)))


class ClauseInsertion(models.Model):
    """Hours owed by one contractor on one purchase contract or lot."""

    _name = "clause.insertion"
    _description = "Insertion clause"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin"]
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
    lever = fields.Selection(
        [
            ("execution", "Execution clause"),
            ("reserved_adapted", "Reserved: adapted work (EA, ESAT)"),
            ("reserved_inclusion", "Reserved: inclusion (SIAE)"),
            ("reserved_both", "Reserved: adapted work and inclusion"),
            ("reserved_prison", "Reserved: work in prison"),
            ("reserved_social_economy", "Reserved: social economy"),
            ("criterion", "Award criterion"),
            ("services", "Insertion services contract"),
            ("training", "Training clause"),
        ],
        required=True,
        default="execution",
        help="The way in which the contract takes insertion into account. One contract may use several.",
    )
    hours_mode = fields.Selection(
        [
            ("fixed", "Fixed number of hours"),
            ("percentage", "Share of all hours worked"),
            ("ordered", "By ordered amount"),
        ],
        string="How hours are owed",
        required=True,
        default="fixed",
    )
    trade_id = fields.Many2one("clause.insertion.trade", ondelete="restrict")
    scale_id = fields.Many2one(
        "clause.insertion.scale",
        "Bracket table",
        compute="_compute_scale_id",
        store=True,
        readonly=False,
        ondelete="restrict",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    amount_untaxed = fields.Monetary(
        "Amount excl. tax",
        compute="_compute_amount_untaxed",
        store=True,
        readonly=False,
        help="The part of the contract on which the clause bears.",
    )
    labour_share = fields.Float(
        "Labour share",
        compute="_compute_labour_share",
        store=True,
        readonly=False,
        digits=(5, 4),
        help="Proposed by the trade.",
    )
    transferred_share = fields.Float(
        "Staff taken over",
        digits=(5, 4),
        help="Share of the labour done by staff taken over from the previous contractor: it leaves the base.",
    )
    insertion_rate = fields.Float(
        "Insertion rate",
        compute="_compute_insertion_rate",
        store=True,
        readonly=False,
        digits=(5, 4),
        help="Share of labour for insertion.",
    )
    hourly_cost = fields.Float(
        "Hourly cost",
        compute="_compute_hourly_cost",
        store=True,
        readonly=False,
        digits=(8, 2),
        help="Cost of an hour of work, all charges included.",
    )
    hours_rounding = fields.Float(
        "Rounding",
        compute="_compute_hours_rounding",
        store=True,
        readonly=False,
        help="1 rounds to whole hours, 0 keeps.",
    )
    hours_computed = fields.Float("Hours by the formula", compute="_compute_hours_computed", store=True)
    hours_typed = fields.Float(
        "Hours set by hand", help="Replaces the formula's result, which stays beside it. Leave 0 to follow the formula."
    )
    hours_rate = fields.Float(
        "Hours per euro ordered",
        digits=(16, 9),
        compute="_compute_hours_rate",
        store=True,
        help="Estimated hours over estimated amount, frozen when the contract starts.",
    )
    order_floor = fields.Monetary("No hours below", help="Ordered amount below which no hour is due.")
    ordered_amount = fields.Monetary("Ordered so far", compute="_compute_ordered_amount", store=True)
    hours_worked = fields.Float("All hours worked", help="Stated by the contractor, at the latest at the end.")
    hours_due = fields.Float("Hours due", compute="_compute_hours_due", store=True, tracking=True)
    sizing_steps = fields.Text("How the hours are computed", compute="_compute_sizing_steps")
    buyer_department_id = fields.Many2one(
        "hr.department",
        "Buyer's department",
        compute="_compute_buyer_department_id",
        store=True,
        readonly=False,
        check_company=True,
        index="btree_not_null",
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
    state_since = fields.Date("In this state since", compute="_compute_state_since", store=True)
    amended_on = fields.Date("Amount changed on", compute="_compute_amended_on", store=True, index="btree_not_null")
    next_actor = fields.Selection(
        [("buyer", "Buyer"), ("officer", "Region"), ("contractor", "Contractor"), ("facilitator", "Relay")],
        "Who acts next",
        compute="_compute_next_step",
    )
    next_action = fields.Char("Next step", compute="_compute_next_step")
    waiting_since = fields.Date("Waiting since", compute="_compute_next_step")
    waiting_days = fields.Integer("Days waiting", compute="_compute_next_step")
    days_left = fields.Integer("Days left", compute="_compute_days_left", help="Until the last day, included.")
    ccag_id = fields.Many2one(
        "clause.insertion.ccag",
        "CCAG",
        compute="_compute_ccag_id",
        store=True,
        readonly=False,
        ondelete="restrict",
        help="General conditions to which the contract refers; none if empty. Proposed by the category of purchase.",
    )

    _one_contract = models.Constraint(
        "CHECK ((purchase_order_id IS NULL) <> (requisition_id IS NULL))",
        "A clause belongs to one purchase order or to one purchase agreement.",
    )
    _dates_order = models.Constraint("CHECK (date_end >= date_start)", "A clause cannot end before it starts.")
    _shares_range = models.Constraint(
        "CHECK (labour_share BETWEEN 0 AND 1 AND insertion_rate BETWEEN 0 AND 1 AND transferred_share BETWEEN 0 AND 1)",
        "Shares and rates lie between 0 and 100 %.",
    )
    _hourly_cost_positive = models.Constraint("CHECK (hourly_cost > 0)", "The hourly cost must be above zero.")
    _amounts_positive = models.Constraint(
        "CHECK (amount_untaxed >= 0 AND hours_typed >= 0 AND hours_worked >= 0 AND order_floor >= 0"
        " AND hours_rounding >= 0)",
        "Amounts and hours of a clause cannot be negative.",
    )
    _without_relay = models.Index("(state_since) WHERE facilitator_id IS NULL AND state IN ('planned', 'running')")

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

    # -- sizing mixin --------------------------------------------------------------------------------
    # The inputs of the hours formula, and the hours due that follow from them.

    def _is_open_to_sizing(self):
        """Whether proposed values still follow the trade, the purchase and the parameters."""
        return self.state in OPEN_STATES

    def _sizing_date(self):
        """The day whose parameters apply."""
        return self._contract().insertion_consultation_date or fields.Date.context_today(self)

    def _compute_currency_id(self):
        for clause in self:
            clause.currency_id = clause.company_id.currency_id or self.env.company.currency_id

    @api.depends("lever")
    def _compute_scale_id(self):
        first = self.env["clause.insertion.scale"].search([], limit=1)
        for clause in self:
            clause.scale_id = (clause.scale_id or first) if clause.lever == "training" else False

    @api.depends("trade_id")
    def _compute_labour_share(self):
        for clause in self:
            if clause._is_open_to_sizing() and clause.trade_id:
                clause.labour_share = clause.trade_id.labour_share
            else:
                clause.labour_share = clause.labour_share

    @api.depends("company_id")
    def _compute_insertion_rate(self):
        self._propose_parameter("insertion_rate")

    @api.depends("company_id")
    def _compute_hourly_cost(self):
        self._propose_parameter("hourly_cost")

    @api.depends("company_id")
    def _compute_hours_rounding(self):
        self._propose_parameter("hours_rounding")

    def _propose_parameter(self, field):
        """Fill ``field`` from the dated parameter of the same name, unless it has a value."""
        Parameter = self.env["clause.insertion.parameter"]
        for clause in self:
            if not clause[field] and clause._is_open_to_sizing():
                clause[field] = Parameter._require(field, clause._sizing_date(), clause.company_id)
            else:
                clause[field] = clause[field]

    @api.depends(
        "lever",
        "scale_id.line_ids.amount",
        "scale_id.line_ids.hours",
        "scale_id.line_ids.inclusive",
        "amount_untaxed",
        "labour_share",
        "insertion_rate",
        "hourly_cost",
        "hours_rounding",
        "transferred_share",
    )
    def _compute_hours_computed(self):
        for clause in self:
            if clause._is_open_to_sizing():
                clause.hours_computed = clause._formula_hours()
            else:
                clause.hours_computed = clause.hours_computed

    def _formula_hours(self):
        if self.lever == "training":
            return self.scale_id._hours(self.amount_untaxed)
        sizing = self._sizing()
        return sizing.hours if sizing else 0

    def _sizing(self):
        """The engine's formula on this clause, or None while an input is out of range (refused on save)."""
        self.ensure_one()
        try:
            return Sizing(
                self.amount_untaxed,
                self.labour_share,
                self.insertion_rate,
                self.hourly_cost,
                self.hours_rounding,
                self.transferred_share,
            )
        except ValueError:
            return None

    @api.depends("hours_computed", "hours_typed", "amount_untaxed")
    def _compute_hours_rate(self):
        for clause in self:
            if clause._is_open_to_sizing():
                estimate = clause.hours_typed or clause.hours_computed
                clause.hours_rate = hours_per_euro(estimate, clause.amount_untaxed)
            else:
                clause.hours_rate = clause.hours_rate

    @api.depends(
        "hours_mode",
        "hours_computed",
        "hours_typed",
        "hours_rate",
        "ordered_amount",
        "order_floor",
        "hours_worked",
        "insertion_rate",
        "hours_rounding",
    )
    def _compute_hours_due(self):
        """The task's allocated hours are the hours due, whatever changes them."""
        for clause in self:
            clause.hours_due = clause._hours_due()
            if clause.task_id.allocated_hours != clause.hours_due:
                clause.task_id.allocated_hours = clause.hours_due

    def _hours_due(self):
        if self.hours_mode == "ordered":
            return ordered_hours(self.hours_rate, self.ordered_amount, self.order_floor)
        if self.hours_mode == "percentage" and self.hours_worked:
            return worked_share_hours(self.insertion_rate, self.hours_worked, self.hours_rounding)
        return self.hours_typed or self.hours_computed

    def _resize(self, amount):
        """Follow a new amount at the frozen rates; hours set by hand follow in proportion."""
        self.ensure_one()
        typed = round_half_up(self.hours_rate * amount, self.hours_rounding) if self.hours_typed else 0
        self.write({"amount_untaxed": amount, "hours_typed": typed})
        self.hours_computed = self._formula_hours()

    @api.constrains("lever", "scale_id")
    def _check_scale(self):
        if self.filtered(lambda clause: clause.lever == "training" and not clause.scale_id):
            raise ValidationError(self.env._("A training clause needs a bracket table."))

    # -- sizing words --------------------------------------------------------------------------------
    # The formula's steps in words and numbers, shown beside the hours.

    @api.depends("hours_computed", "hours_typed")
    def _compute_sizing_steps(self):
        for clause in self:
            if clause.lever == "training":
                clause.sizing_steps = clause._bracket_in_words()
            else:
                clause.sizing_steps = clause._formula_in_words()

    def _bracket_in_words(self):
        return self.env._(
            "%(amount)s excl. tax, table “%(table)s”: %(hours)s h",
            amount=self._in_money(self.amount_untaxed),
            table=self.scale_id.name or "",
            hours=formatLang(self.env, self.hours_computed, digits=0),
        )

    def _formula_in_words(self):
        sizing = self._sizing()
        if not sizing:
            return self.env._("Check the shares (0 to 100 %) and the hourly cost (above zero).")
        steps = [
            self.env._(
                "%(amount)s excl. tax × %(share)s of labour = %(labour)s of labour",
                amount=self._in_money(sizing.amount),
                share=self._in_percent(sizing.labour_share),
                labour=self._in_money(sizing.amount * sizing.labour_share),
            )
        ]
        if sizing.transferred_share:
            steps.append(
                self.env._(
                    "− %(share)s of staff taken over = %(labour)s",
                    share=self._in_percent(sizing.transferred_share),
                    labour=self._in_money(sizing.labour_amount),
                )
            )
        steps.append(
            self.env._(
                "× %(rate)s of insertion = %(insertion)s",
                rate=self._in_percent(sizing.insertion_rate),
                insertion=self._in_money(sizing.insertion_amount),
            )
        )
        steps.append(
            self.env._(
                "÷ %(cost)s an hour = %(raw)s h, rounded to %(hours)s h",
                cost=self._in_money(sizing.hourly_cost),
                raw=formatLang(self.env, sizing.raw_hours, digits=2),
                hours=formatLang(self.env, sizing.hours, digits=2 if sizing.hours % 1 else 0),
            )
        )
        return "\n".join(steps)

    def _in_money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    def _in_percent(self, share):
        percent = share * 100
        return self.env._(
            "%(percent)s %%", percent=formatLang(self.env, percent, digits=0 if percent == round(percent) else 2)
        )

    # -- buyer ---------------------------------------------------------------------------------------
    # The department of the Region that buys: figures are given by it, as it was when the contract started.

    @api.depends("purchase_order_id.user_id", "requisition_id.user_id")
    def _compute_buyer_department_id(self):
        """sudo: which department a buyer works in is on the purchase for all to see, the employee's record is not."""
        for clause in self:
            if clause._is_open_to_sizing():
                employees = clause._contract().sudo().user_id.employee_ids
                own = employees.filtered(lambda employee, company=clause.company_id: employee.company_id == company)
                clause.buyer_department_id = own[:1].department_id or clause.buyer_department_id
            else:
                clause.buyer_department_id = clause.buyer_department_id

    # -- contract kind -------------------------------------------------------------------------------
    # Works, services or supplies: the EU thresholds do not tell the last two apart, the Region's objectives do.

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
                clause.contract_kind = clause._proposed_contract_kind()
            else:
                clause.contract_kind = clause.contract_kind

    def _proposed_contract_kind(self):
        if self._contract().insertion_category == "works":
            return "works"
        amounts = [(line.product_id, line.price_subtotal) for line in self.purchase_order_id.order_line]
        amounts += [(line.product_id, line.product_qty * line.price_unit) for line in self.requisition_id.line_ids]
        goods = sum(amount for product, amount in amounts if product and product.type != "service")
        return "supplies" if goods > sum(amount for _product, amount in amounts) / 2 else "services"

    # -- life ----------------------------------------------------------------------------------------
    # From sizing to the balance: the clause follows its contract, and an officer decides on amendments.

    def _follow_contract(self):
        """Bring the clauses to the state that their purchase is in.

        sudo: a buyer who may confirm or cancel the purchase starts or cancels what it carries; the
        clause's own rules would refuse, since a buyer no longer writes on a running clause.
        """
        self.flush_recordset()  # what was proposed until now is what gets frozen
        for clause in self.sudo():
            step = clause._contract()._insertion_step()
            if step == "cancel":
                clause._cancel()
            elif step == "run" and clause.state in (*OPEN_STATES, "cancelled"):
                clause._start()
            elif step in OPEN_STATES and clause.state in (*OPEN_STATES, "cancelled"):
                clause.state = step

    def _move_to(self, order):
        """Carry clauses over to the order that their request was merged into.

        sudo: the merge has just cancelled them with their request; the buyer may write on both orders.
        """
        self.sudo().write({"purchase_order_id": order.id, "state": "draft"})
        self._follow_contract()

    def _start(self):
        """Freeze the parameters, open the task that carries the hours."""
        today = fields.Date.context_today(self)
        for clause in self:
            project = clause.project_id or clause.company_id._insertion_project()
            clause.write(
                {
                    "state": "running",
                    "parameters_frozen_on": today,
                    "project_id": project.id,
                    "date_start": clause.date_start or today,
                }
            )
            if not clause.task_id:
                clause.task_id = self.env["project.task"].create(clause._task_values())

    def _task_values(self):
        return {
            "name": f"{self.name} {self.contract_name}",
            "project_id": self.project_id.id,
            "company_id": self.company_id.id,
            "allocated_hours": self.hours_due,
            "user_ids": False,
        }

    def _cancel(self):
        """Cancel what has no hours; strike the balance of what has some, so that they keep counting."""
        with_hours = self.filtered(lambda clause: clause.hours_validated)
        with_hours.write({"state": "done"})
        for clause in with_hours:
            clause.message_post(body=self.env._("The contract was cancelled: the hours already validated still count."))
        (self - with_hours).write({"state": "cancelled"})

    def action_cancel(self):
        if any(clause.state not in OPEN_STATES for clause in self):
            raise UserError(self.env._("A running clause ends with its contract: cancel the purchase instead."))
        self.check_access("write")
        self.sudo()._cancel()  # access was checked above; `state` is closed to direct writing

    def action_reopen(self):
        self.check_access("write")
        self.sudo().filtered(lambda clause: clause.state == "cancelled").state = "draft"
        self._follow_contract()

    def action_apply_amendment(self):
        """The contract's amount changed and the hours follow, with the frozen rate and cost."""
        self.check_access("write")
        for clause in self.sudo():  # the sizing is frozen: only this decision may change it
            before, total = clause.hours_due, clause._contract().insertion_amount
            clause._resize(amended_amount(clause.amount_untaxed, clause.contract_amount, total))
            clause.contract_amount = total
            clause._log(
                self.env._(
                    "Amendment applied: %(before)s h due become %(after)s h.",
                    before=formatLang(self.env, before),
                    after=formatLang(self.env, clause.hours_due),
                )
            )

    def action_keep_amendment(self):
        """The contract's amount changed and the hours due stay."""
        self.check_access("write")
        for clause in self.sudo():  # see action_apply_amendment
            clause.contract_amount = clause._contract().insertion_amount
            clause._log(
                self.env._(
                    "Amendment kept out: the %(hours)s h due do not change.",
                    hours=formatLang(self.env, clause.hours_due),
                )
            )

    def _log(self, body):
        self.message_post(body=body, author_id=self.env.user.partner_id.id)

    def action_strike_balance(self):
        """End of the contract: no more hours are declared."""
        self.check_access("write")
        if any(clause.state != "running" for clause in self):
            raise UserError(self.env._("Only the balance of a running clause can be struck."))
        if any("submitted" in clause.declaration_ids.mapped("state") for clause in self):
            raise UserError(self.env._("Declarations are still waiting for validation."))
        self.sudo().state = "done"  # access was checked above

    # -- next step -----------------------------------------------------------------------------------
    # Who acts next on a clause, what for, and since when.

    @api.depends("state")
    def _compute_state_since(self):
        self.state_since = fields.Date.context_today(self)

    @api.depends("is_amended")
    def _compute_amended_on(self):
        today = fields.Date.context_today(self)
        for clause in self:
            clause.amended_on = clause.is_amended and (clause.amended_on or today)

    @api.depends_context("uid", "lang", "tz")
    @api.depends(
        "state_since",
        "amended_on",
        "month_to_declare",
        "month_due_on",
        "balance_on",
        "behind_on",
        "facilitator_id",
        "declaration_ids.state",
        "recruitment_ids.state",
        "recruitment_ids.date_answered",
        "penalty_ids.state",
        "penalty_ids.reply_due",
    )
    def _compute_next_step(self):
        """What waits first, as the list of what waits has it; where nothing does, what comes next."""
        today, Todo = fields.Date.context_today(self), self.env["clause.insertion.todo"]
        waiting = Todo._first_waiting(self)
        for clause in self:
            step, record = waiting.get(clause._origin.id) or (clause._coming_step(today), clause)
            clause.next_actor = step and step.actor
            clause.next_action = step and Todo._sentence(step, record)
            clause.waiting_since = step and step.since
            clause.waiting_days = (today - step.since).days if clause._origin.id in waiting else 0

    def _coming_step(self, today):
        return coming(self.state, self.state_since, self.date_start, self.month_to_declare, today)

    @api.depends("date_end")
    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for clause in self:
            clause.days_left = max((clause.date_end - today).days + 1, 0) if clause.date_end else 0

    # -- tender --------------------------------------------------------------------------------------
    # What the clause says in the tender documents, in French whoever prints it.

    @api.depends("purchase_order_id.insertion_category", "requisition_id.insertion_category")
    def _compute_ccag_id(self):
        for clause in self:
            if clause._is_open_to_sizing():
                usual = USUAL_CCAG.get(clause._contract().insertion_category)
                clause.ccag_id = usual and self.env.ref(usual, raise_if_not_found=False)
            else:
                clause.ccag_id = clause.ccag_id

    def _in_preparation(self):
        return self.filtered(lambda clause: clause._is_open_to_sizing())

    def _tender_documents(self):
        """The text to paste, for one contract.

        :return: a list of ``(document, [(title of the article, its HTML)])``
        """
        Text = self.env["clause.insertion.clause.text"]
        words = {}  # many articles are about the same clauses
        documents = []
        for kind, name in DOCUMENTS.items():
            articles = []
            for text in Text._for(self.company_id, kind):
                if clauses := text._suits(self):
                    words[clauses] = words.get(clauses) or clauses._tender_words()
                    articles.append((text.name, text._filled(words[clauses])))
            documents.append((name, articles))
        return documents

    def _tender_words(self):
        """The value of each of the engine's ``WORDS``, for clauses of one contract."""
        parts = [clause._tender_part() for clause in in_french(self)]
        Parameter, day = self.env["clause.insertion.parameter"], self[0]._sizing_date()
        publics = in_french(self.env["clause.insertion.public"]).search([])
        return {
            **tender_words(parts, self.ccag_id[:1]._as_words(), self._tender_sanctions()),
            "acheteur": self.company_id.name,
            "marche": self[0].contract_name,
            "publics": "\n".join(f"– {public.name}" for public in publics),
            "mois_eligibilite": str(int(Parameter._require("eligibility_months", day, self.company_id))),
            "jour_declaration": str(int(Parameter._require("declaration_due_day", day, self.company_id))),
        }

    def _tender_part(self):
        return Part(
            lever=self.lever,
            hours_mode=self.hours_mode,
            hours=self.hours_due if self.hours_mode != "ordered" else self.hours_typed or self.hours_computed,
            rate=self.insertion_rate,
            hours_per_euro=self.hours_rate,
            floor=self.order_floor,
            lot=self.lot or "",
            trade=self.trade_id.name or "",
            place=self.commune_id.name or self.territory_id.name or "",
            start=self.date_start,
            end=self.date_end,
            relay=contact(self.facilitator_id),
        )

    def _tender_sanctions(self):
        """Each rule once, with the lots that it is for where it is not for all."""
        rules = in_french(self.penalty_rule_ids).sorted(lambda rule: (rule.sequence, rule.id))
        return [self._tender_sanction(rule) for rule in rules]

    def _tender_sanction(self, rule):
        concerned = self.filtered(lambda clause: rule in clause.penalty_rule_ids)
        return Sanction(
            failure=rule.failure,
            shape=rule.shape,
            name=rule.name,
            amount=rule.amount,
            coefficient=rule.coefficient,
            index=rule.index or "",
            working_days=rule.day_basis == "working",
            cap=rule.cap_share,
            floor=rule.floor,
            is_heard=bool(rule.reply_days),
            is_checked=rule.verified,
            lots=tuple(clause.lot for clause in concerned if clause.lot) if concerned != self else (),
        )
