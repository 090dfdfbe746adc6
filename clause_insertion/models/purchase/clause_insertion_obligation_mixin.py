from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...engine import obligation as law
from ...engine.obligation import threshold_code

# DECP's words for the social considerations of a contract, by lever.
CONSIDERATIONS = {"criterion": "Critère social", "services": "Clause sociale", "execution": "Clause sociale"}
NO_CONSIDERATION = "Pas de considération sociale"
# A vendor reads its own purchase on the portal, not what the buyer expects of it.
STAFF = "base.group_user"
WHOSE_FIELDS = ("company_id", "currency_id", "partner_id", "vendor_id")  # of an order, of an agreement
EXEMPTION_FIELDS = frozenset({"insertion_exemption_id", "insertion_exemption_note"})


def _party(record):
    """A contact and its company are one party to the contract."""
    return record.commercial_partner_id if record._name == "res.partner" else record


class ClauseInsertionObligationMixin(models.AbstractModel):
    """A purchase contract (order or agreement) that carries clauses, or a legal reason for none."""

    _name = "clause.insertion.obligation.mixin"
    _description = "Purchase under the social obligation"
    _inherit = ["clause.insertion.lock.mixin"]
    _stays_writable = False  # who writes a purchase is Odoo's to say

    insertion_amount = fields.Float(
        "Amount excl. tax, company currency", compute="_compute_insertion_amount", store=True
    )
    insertion_category = fields.Selection(
        [
            ("supplies_services", "Supplies and services"),
            ("works", "Works"),
            ("social_services", "Social and specific services"),
            ("concession", "Concession"),
        ],
        string="Category of purchase",
        default="supplies_services",
    )
    insertion_consultation_date = fields.Date(
        "Consultation launched on",
        compute="_compute_insertion_consultation_date",
        store=True,
        readonly=False,
        help="Day on which the notice is sent, or the consultation launched.",
    )
    insertion_currency_id = fields.Many2one("res.currency", compute="_compute_insertion_currency_id")
    insertion_estimated_need = fields.Monetary(
        "Estimated need excl. tax",
        groups=STAFF,
        currency_field="insertion_currency_id",
        compute="_compute_insertion_estimated_need",
        store=True,
        readonly=False,
        help="All lots together, excluding tax, in the company's currency: this is what the EU threshold is "
        "compared with.",
    )
    insertion_exemption_id = fields.Many2one(
        "clause.insertion.exemption",
        "Reason for no social condition",
        copy=False,
        tracking=True,
        ondelete="restrict",
        locked="_insertion_exemption_is_locked",
    )
    insertion_exemption_note = fields.Text(
        "Explanation", copy=False, tracking=True, groups=STAFF, locked="_insertion_exemption_is_locked"
    )
    insertion_obligation = fields.Selection(
        [
            ("not_concerned", "Not concerned"),
            ("required", "Required"),
            ("satisfied", "Satisfied"),
            ("exempted", "Exempted"),
        ],
        string="Social condition",
        compute="_compute_insertion_obligation",
        store=True,
        index=True,
    )
    insertion_policy = fields.Char(compute="_compute_insertion_policy")
    insertion_can_exempt = fields.Boolean(compute="_compute_insertion_can_exempt")
    social_consideration = fields.Char(
        "Social considerations (open data)", compute="_compute_social_consideration", store=True
    )

    # -- to be said by each kind of purchase -----------------------------------------------------------

    def _insertion_step(self):
        """Where its clauses should be: ``draft``, ``planned``, ``run`` or ``cancel``."""
        raise NotImplementedError

    def _compute_insertion_amount(self):
        raise NotImplementedError

    def _insertion_frame(self):
        """The agreement whose own clauses answer for this purchase; empty when it stands alone."""
        return self.env["purchase.requisition"]

    def _insertion_period(self):
        """First and last day that it says itself, of which each may be missing."""
        raise NotImplementedError

    def _insertion_ordered_amount(self):
        """What was ordered under it and confirmed, excluding tax, in the company's currency."""
        raise NotImplementedError

    def _insertion_priced_products(self):
        """``[(product, amount)]`` of its lines."""
        raise NotImplementedError

    # -- proposed and computed values ------------------------------------------------------------------

    def _compute_insertion_consultation_date(self):
        for purchase in self:
            made_on = purchase.create_date or fields.Datetime.now()
            purchase.insertion_consultation_date = purchase.insertion_consultation_date or made_on.date()

    @api.depends("insertion_amount")
    def _compute_insertion_estimated_need(self):
        for purchase in self:
            purchase.insertion_estimated_need = max(purchase.insertion_amount, purchase.insertion_estimated_need)

    def _compute_insertion_currency_id(self):
        for purchase in self:
            purchase.insertion_currency_id = purchase.company_id.currency_id

    def _compute_insertion_policy(self):
        for purchase in self:
            purchase.insertion_policy = purchase.company_id.insertion_obligation_policy

    def _compute_insertion_can_exempt(self):
        self.insertion_can_exempt = not self._insertion_exemption_is_locked()

    @api.depends(
        "insertion_consultation_date",
        "insertion_estimated_need",
        "insertion_category",
        "insertion_exemption_id",
        "insertion_exemption_note",
        "clause_insertion_ids.state",
        "company_id.insertion_buyer_kind",
    )
    def _compute_insertion_obligation(self):
        for purchase in self:
            frame = purchase._insertion_frame()
            purchase.insertion_obligation = (
                frame.insertion_obligation
                if frame
                else law.obligation(
                    required=purchase._insertion_is_required(),
                    has_clause=any(clause.state != "cancelled" for clause in purchase.clause_insertion_ids),
                    has_exemption=bool(purchase.insertion_exemption_id and purchase.insertion_exemption_note),
                )
            )

    def _insertion_is_required(self):
        Parameter = self.env["clause.insertion.parameter"]
        launched_on = self.insertion_consultation_date or fields.Date.context_today(self)
        code = threshold_code(self.insertion_category or "supplies_services", self.company_id.insertion_buyer_kind)
        threshold = Parameter._get(code, launched_on, self.company_id)
        return law.is_required(
            launched_on, self.insertion_estimated_need, threshold, Parameter._first_day("social_duty")
        )

    @api.depends("clause_insertion_ids.lever", "clause_insertion_ids.state")
    def _compute_social_consideration(self):
        for purchase in self:
            levers = purchase.clause_insertion_ids.filtered(lambda c: c.state != "cancelled").mapped("lever")
            considerations = {
                "Marché réservé" if lever.startswith("reserved") else CONSIDERATIONS.get(lever, "Clause sociale")
                for lever in levers
            }
            purchase.social_consideration = ", ".join(sorted(considerations)) or NO_CONSIDERATION

    # -- what its clauses are proposed -----------------------------------------------------------------

    def _insertion_department(self):
        """Where its buyer works. sudo: that is on the purchase for all to see, the employee's record is not."""
        employees = self.sudo().user_id.employee_ids
        return employees.filtered(lambda employee: employee.company_id == self.company_id)[:1].department_id

    def _insertion_contract_kind(self):
        """Works by its category, supplies where goods are most of the amount, else services."""
        if self.insertion_category == "works":
            return "works"
        products = self._insertion_priced_products()
        goods = sum(amount for product, amount in products if product and product.type != "service")
        return "supplies" if goods > sum(amount for _product, amount in products) / 2 else "services"

    # -- what is refused -------------------------------------------------------------------------------

    @api.constrains("insertion_estimated_need")
    def _check_insertion_estimated_need(self):
        if any(purchase.insertion_estimated_need < 0 for purchase in self):
            raise ValidationError(self.env._("An estimated need cannot be negative."))

    @api.constrains("insertion_exemption_id", "insertion_category")
    def _check_insertion_exemption(self):
        for purchase in self.filtered("insertion_exemption_id"):
            kind = "concession" if purchase.insertion_category == "concession" else "contract"
            if purchase.insertion_exemption_id.applies_to not in (kind, "both"):
                raise ValidationError(self.env._("This reason does not exist for this category of purchase."))

    def _insertion_exemption_is_locked(self):
        """Only a purchase manager decides that a contract needs no social condition."""
        return not self.env.user.has_group("purchase.group_purchase_manager")

    def _lock_message(self, names):
        if EXEMPTION_FIELDS.intersection(names):
            return self.env._("Only a purchase manager may set or change the reason for no social condition.")
        return super()._lock_message(names)

    def _insertion_check_obligation(self):
        """Refuse, warn or let go, as the company decided, where a mandatory condition is missing."""
        missing = self.filtered(lambda purchase: purchase.insertion_obligation == "required")
        blocked = missing.filtered(lambda purchase: purchase.insertion_policy == "block")
        if blocked:
            raise UserError(
                self.env._(
                    "%(purchases)s: at this amount a social condition is mandatory (article L2112-2-1). Add a clause "
                    "on the “Social clause” page, or ask a purchase manager to record the reason for none.",
                    purchases=", ".join(blocked.mapped("name")),
                )
            )
        for purchase in missing.filtered(lambda purchase: purchase.insertion_policy == "warning"):
            purchase.message_post(
                body=self.env._(
                    "Confirmed without the social condition that article L2112-2-1 requires at this amount."
                )
            )

    def _check_keeps_parties(self, vals):
        """Hours owed to one company by one contractor are not handed to others by a field of the purchase.

        Whatever the door: these are fields of Odoo, which the form alone closes once the purchase is confirmed.
        """
        for name in (name for name in WHOSE_FIELDS if name in vals and name in self._fields):
            given = self.env[self._fields[name].comodel_name].browse(vals[name])
            for purchase in self.sudo():  # clauses that the user may not read bind the purchase as well
                is_bound = any(
                    clause._is_frozen() and clause.state != "cancelled" for clause in purchase.clause_insertion_ids
                )
                if is_bound and _party(purchase[name]) != _party(given.sudo()):
                    raise UserError(
                        self.env._(
                            "%(purchase)s has social clauses that run: its %(field)s no longer changes.",
                            purchase=purchase.name,
                            field=purchase._fields[name]._description_string(self.env),
                        )
                    )

    def write(self, vals):
        self._check_keeps_parties(vals)
        result = super().write(vals)
        if "state" in vals:
            self.clause_insertion_ids._follow_contract()
        return result
