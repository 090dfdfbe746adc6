from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import formatLang

from ...engine.next_step import coming
from ...engine.sizing import Sizing, amended_amount, hours_owed, hours_per_euro, worked_share_hours
from ...tools.base.button import button
from ...tools.base.days import region_today
from ...tools.clause.sizing_text import SizingText
from ...tools.clause.tender_text import TenderText
from ..purchase.clause_insertion import OPEN_STATES

LEVERS = [
    ("execution", "Execution clause"),
    ("reserved_adapted", "Reserved: adapted work (EA, ESAT)"),
    ("reserved_inclusion", "Reserved: inclusion (SIAE)"),
    ("reserved_both", "Reserved: adapted work and inclusion"),
    ("reserved_prison", "Reserved: work in prison"),
    ("reserved_social_economy", "Reserved: social economy"),
    ("criterion", "Award criterion"),
    ("services", "Insertion services contract"),
    ("training", "Training clause"),
]
HOURS_MODES = [
    ("fixed", "Fixed number of hours"),
    ("percentage", "Share of all hours worked"),
    ("ordered", "By ordered amount"),
]
# What the engine's ``Sizing`` and ``hours_owed`` read of a clause, in their order.
FORMULA = ("amount_untaxed", "labour_share", "insertion_rate", "hourly_cost", "hours_rounding", "transferred_share")
OWED = ("hours_mode", "hours_computed", "hours_typed", "hours_rate", "ordered_amount", "order_floor")
OWED += ("hours_worked", "insertion_rate", "hours_rounding")
# Proposed, and written over at will, until the contract freezes it.
SIZED = {"store": True, "readonly": False, "locked": "_is_frozen"}


def by_parameter(code):
    """The compute of a field that the dated parameter of the same name proposes, unless it has a value."""
    return api.depends("company_id")(lambda clauses: clauses._propose_parameter(code))


class ClauseInsertion(models.Model):
    """How many hours are owed and why, from sizing to the balance."""

    _inherit = "clause.insertion"

    parameters_frozen_on = fields.Date("Frozen on", readonly=True, copy=False, locked=True)
    lever = fields.Selection(
        LEVERS,
        required=True,
        default="execution",
        locked="_is_frozen",
        help="The way in which the contract takes insertion into account. One contract may use several.",
    )
    hours_mode = fields.Selection(
        HOURS_MODES, "How hours are owed", required=True, default="fixed", locked="_is_frozen"
    )
    trade_id = fields.Many2one("clause.insertion.trade", ondelete="restrict", locked="_is_frozen")
    scale_id = fields.Many2one(
        "clause.insertion.scale", "Bracket table", compute="_compute_scale_id", ondelete="restrict", **SIZED
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_untaxed = fields.Monetary(
        "Amount excl. tax",
        compute="_compute_amount_untaxed",
        help="The part of the contract on which the clause bears.",
        **SIZED,
    )
    labour_share = fields.Float(
        "Labour share", compute="_compute_labour_share", digits=(5, 4), help="Proposed by the trade.", **SIZED
    )
    transferred_share = fields.Float(
        "Staff taken over",
        digits=(5, 4),
        locked="_is_frozen",
        help="Share of the labour done by staff taken over from the previous contractor: it leaves the base.",
    )
    insertion_rate = fields.Float(
        "Insertion rate",
        compute=by_parameter("insertion_rate"),
        digits=(5, 4),
        help="Share of labour for insertion.",
        **SIZED,
    )
    hourly_cost = fields.Float(
        "Hourly cost",
        compute=by_parameter("hourly_cost"),
        digits=(8, 2),
        help="Cost of an hour of work, all charges included.",
        **SIZED,
    )
    hours_rounding = fields.Float(
        "Rounding",
        compute=by_parameter("hours_rounding"),
        help="1 rounds to whole hours, 0 keeps.",
        **SIZED,
    )
    hours_computed = fields.Float("Hours by the formula", compute="_compute_hours_computed", store=True)
    hours_typed = fields.Float(
        "Hours set by hand",
        locked="_is_frozen",
        help="Replaces the formula's result, which stays beside it. Leave 0 to follow the formula.",
    )
    hours_rate = fields.Float(
        "Hours per euro ordered",
        digits=(16, 9),
        compute="_compute_hours_rate",
        store=True,
        help="Estimated hours over estimated amount, frozen when the contract starts.",
    )
    order_floor = fields.Monetary(
        "No hours below", locked="_is_frozen", help="Ordered amount below which no hour is due."
    )
    ordered_amount = fields.Monetary("Ordered so far", compute="_compute_ordered_amount", store=True)
    hours_worked = fields.Float(
        "All hours worked", locked="_is_settled", help="Stated by the contractor, at the latest at the end."
    )
    hours_due = fields.Float("Hours due", compute="_compute_hours_due", store=True, tracking=True)
    sizing_steps = fields.Text("How the hours are computed", compute="_compute_sizing_steps")
    state_since = fields.Date("In this state since", compute="_compute_state_since", store=True)
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
        ondelete="restrict",
        help="General conditions to which the contract refers; none if empty. Proposed by the category of purchase.",
        **SIZED,
    )

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

    @api.model_create_multi
    def create(self, vals_list):
        clauses = super().create(vals_list)
        for clause in clauses.sudo():  # a fact about the purchase, closed to direct writing
            clause.contract_amount = clause._contract().insertion_amount
        clauses._follow_contract()
        return clauses

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if any(clause.state not in ("draft", "cancelled") or clause.line_ids for clause in self):
            raise UserError(self.env._("Only a clause in sizing, or cancelled without hours, can be deleted."))

    # -- sizing ------------------------------------------------------------------------------------
    # The inputs of the hours formula, and the hours due that follow from them.

    def _sizing_date(self):
        """The day whose parameters apply."""
        return self._contract().insertion_consultation_date or region_today(self)

    @api.depends("purchase_order_id.insertion_amount", "requisition_id.insertion_amount")
    def _compute_amount_untaxed(self):
        """In proportion where the clause bears on a part of its contract."""
        for clause in self:
            if clause._is_open_to_sizing():
                total = clause._contract().insertion_amount
                clause.amount_untaxed = amended_amount(clause.amount_untaxed, clause.contract_amount, total) or total
                clause.contract_amount = total
            else:
                clause.amount_untaxed = clause.amount_untaxed

    @api.depends("requisition_id.purchase_ids.state", "requisition_id.purchase_ids.insertion_amount", "hours_mode")
    def _compute_ordered_amount(self):
        for clause in self:
            ordered = clause._contract()._insertion_ordered_amount() if clause.hours_mode == "ordered" else 0
            clause.ordered_amount = ordered

    def _propose_parameter(self, code):
        require = self.env["clause.insertion.parameter"]._require
        self._propose(code, lambda clause: clause[code] or require(code, clause._sizing_date(), clause.company_id))

    @api.depends("lever")
    def _compute_scale_id(self):
        first = self.env["clause.insertion.scale"].search([], limit=1)
        for clause in self:
            clause.scale_id = (clause.scale_id or first) if clause.lever == "training" else False

    @api.depends("trade_id")
    def _compute_labour_share(self):
        self._propose("labour_share", lambda clause: (clause.trade_id or clause).labour_share)

    @api.depends(
        "lever", "scale_id.line_ids.amount", "scale_id.line_ids.hours", "scale_id.line_ids.inclusive", *FORMULA
    )
    def _compute_hours_computed(self):
        self._propose("hours_computed", lambda clause: clause._formula_hours())

    def _formula_hours(self):
        if self.lever == "training":
            return self.scale_id._hours(self.amount_untaxed)
        sizing = self._sizing()
        return sizing.hours if sizing else 0

    def _sizing(self):
        """The engine's formula on this clause, or None while an input is out of range (refused on save)."""
        try:
            return Sizing(*(self[name] for name in FORMULA))
        except ValueError:
            return None

    @api.depends("hours_computed", "hours_typed")
    def _compute_sizing_steps(self):
        for clause in self:
            clause.sizing_steps = str(SizingText(clause))

    @api.depends("hours_computed", "hours_typed", "amount_untaxed")
    def _compute_hours_rate(self):
        self._propose(
            "hours_rate",
            lambda clause: hours_per_euro(clause.hours_typed or clause.hours_computed, clause.amount_untaxed),
        )

    @api.depends(*OWED)
    def _compute_hours_due(self):
        """The task's allocated hours are the hours due, whatever changes them."""
        for clause in self:
            clause.hours_due = hours_owed(*(clause[name] for name in OWED))
            if clause.task_id.allocated_hours != clause.hours_due:
                clause.task_id.allocated_hours = clause.hours_due

    @api.constrains("lever", "scale_id")
    def _check_scale(self):
        if self.filtered(lambda clause: clause.lever == "training" and not clause.scale_id):
            raise ValidationError(self.env._("A training clause needs a bracket table."))

    # -- states ------------------------------------------------------------------------------------
    # From sizing to the balance: the clause follows its contract, and an officer decides on amendments.

    def _check_decider(self):
        """Whoever decides on a clause may write on it, and does more than follow it up."""
        self.check_access("write")
        if self._user_follows_up():
            raise AccessError(self._lock_message(["state"]))

    def _follow_contract(self):
        """Bring the clauses to the state that their purchase is in.

        sudo: a buyer who may confirm or cancel the purchase starts or cancels what it carries; the
        clause's own rules would refuse, since a buyer no longer writes on a running clause.
        """
        self.flush_recordset()  # what was proposed until now is what gets frozen
        for clause in self.sudo():
            step = clause._contract()._insertion_step()
            if step == "cancel" and clause.state != "certified":  # its certificate is withdrawn first, with a reason
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
        """Freeze the parameters."""
        today = region_today(self)
        for clause in self:
            start = clause.date_start or today
            clause.write({"state": "running", "parameters_frozen_on": today, "date_start": start})

    def _cancel(self):
        """Cancel what has no hours; strike the balance of what has some, so that they keep counting."""
        with_hours = self.filtered(lambda clause: clause.hours_validated)
        with_hours.write({"state": "done"})
        for clause in with_hours:
            clause.message_post(body=self.env._("The contract was cancelled: the hours already validated still count."))
        (self - with_hours).write({"state": "cancelled"})

    @button(lambda clause: clause.state == "cancelled")
    def action_cancel(self):
        if any(clause.state not in OPEN_STATES for clause in self):
            raise UserError(self.env._("A running clause ends with its contract: cancel the purchase instead."))
        self._check_decider()
        self.sudo()._cancel()  # who decides was checked above; `state` is closed to direct writing

    def action_reopen(self):
        self._check_decider()
        self.sudo().filtered(lambda clause: clause.state == "cancelled").state = "draft"
        self._follow_contract()

    @button(lambda clause: clause._follows_amount())
    def action_apply_amendment(self):
        """The contract's amount changed and the hours follow, with the frozen rate and cost."""
        self._decide_on_amendment(follows=True)

    @button(lambda clause: clause._follows_amount())
    def action_keep_amendment(self):
        """The contract's amount changed and the hours due stay."""
        self._decide_on_amendment(follows=False)

    def _follows_amount(self):
        return self.contract_amount == self._contract().insertion_amount

    def _decide_on_amendment(self, follows):
        self._check_decider()
        for clause in self.sudo():  # the sizing is frozen: only this decision may change it
            total, before = clause._contract().insertion_amount, formatLang(self.env, clause.hours_due)
            decision = self.env._("Amendment kept out: the %(hours)s h due do not change.", hours=before)
            if follows:
                clause._resize(amended_amount(clause.amount_untaxed, clause.contract_amount, total))
                after = formatLang(self.env, clause.hours_due)
                decision = self.env._(
                    "Amendment applied: %(before)s h due become %(after)s h.", before=before, after=after
                )
            clause.contract_amount = total
            clause.message_post(body=decision, author_id=self.env.user.partner_id.id)

    def _resize(self, amount):
        """Follow a new amount at the frozen rates; hours set by hand follow in proportion."""
        typed = worked_share_hours(self.hours_rate, amount, self.hours_rounding) if self.hours_typed else 0
        self.write({"amount_untaxed": amount, "hours_typed": typed})
        self.hours_computed = self._formula_hours()

    # -- next step -----------------------------------------------------------------------------------
    # Who acts next on a clause, what for, and since when.

    @api.depends("state")
    def _compute_state_since(self):
        self.state_since = region_today(self)

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
        today, Todo = region_today(self), self.env["clause.insertion.todo"]
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
        today = region_today(self)
        for clause in self:
            clause.days_left = max((clause.date_end - today).days + 1, 0) if clause.date_end else 0

    @api.depends("purchase_order_id.insertion_category", "requisition_id.insertion_category")
    def _compute_ccag_id(self):
        usual = self.env["clause.insertion.ccag"]._usual
        self._propose("ccag_id", lambda clause: usual(clause._contract().insertion_category))

    def _in_preparation(self):
        return self.filtered(lambda clause: clause._is_open_to_sizing())

    def _tender_documents(self):
        """The text to paste, for clauses of one contract."""
        return TenderText(self).documents()
