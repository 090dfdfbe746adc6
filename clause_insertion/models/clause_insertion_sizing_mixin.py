from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.sizing import Sizing, hours_per_euro, ordered_hours, round_half_up, worked_share_hours

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


class ClauseInsertionSizingMixin(models.AbstractModel):
    """The inputs of the hours formula, and the hours due that follow from them.

    Amounts are in the company's currency, excluding tax; shares are fractions.
    """

    _name = "clause.insertion.sizing.mixin"
    _description = "Sizing of insertion hours"

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
    amount_untaxed = fields.Monetary("Amount excl. tax", help="The part of the contract on which the clause bears.")
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

    def _is_open_to_sizing(self):
        """Whether proposed values still follow the trade, the purchase and the parameters."""
        return True

    def _sizing_date(self):
        """The day whose parameters apply."""
        return fields.Date.context_today(self)

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

    def _compute_ordered_amount(self):
        self.ordered_amount = 0

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
        for clause in self:
            clause.hours_due = clause._hours_due()

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
