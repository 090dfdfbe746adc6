from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from ..engine.conventions import last_day, notice_day, overlap, period_end, whole_months


class ClauseInsertionConvention(models.Model):
    """What the Region and a relay have agreed on: for which territory, from when to when, and for what."""

    _name = "clause.insertion.convention"
    _description = "Convention between the Region and a relay"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"

    name = fields.Char("Reference", copy=False, index="trigram", help="A number is given when left empty.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        "Relay",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_insertion_facilitator", "=", True)],
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users", "Followed by", default=lambda self: self.env.user, help="Is reminded before the dates."
    )
    territory_ids = fields.Many2many(
        "clause.insertion.territory",
        "clause_insertion_convention_territory_rel",
        "convention_id",
        "territory_id",
        string="Territories",
        compute="_compute_territory_ids",
        store=True,
        readonly=False,
    )
    overlap_intended = fields.Boolean(
        "Shares its territory on purpose",
        copy=False,
        help="Several conventions may then cover the same territory on the same days.",
    )
    date_signed = fields.Date("Signed on", copy=False, tracking=True, help="A convention runs once it is signed.")
    date_start = fields.Date("Start", required=True, tracking=True, default=fields.Date.context_today)
    date_end = fields.Date(
        "End",
        required=True,
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Last day, included.",
    )
    months = fields.Integer(compute="_compute_months", store=True, aggregator=None)
    renewal_kind = fields.Selection(
        [("none", "None"), ("tacit", "Tacit"), ("express", "Express")],
        string="Renewal",
        required=True,
        default="express",
        help="Tacit: it goes on by itself unless notice is given. Express: by a new signature.",
    )
    renewal_months = fields.Integer("Renewed for (months)", help="0 for as long as this convention.")
    renewal_limit = fields.Integer("Most tacit renewals", help="0 for no limit.")
    renewal_of_id = fields.Many2one(
        "clause.insertion.convention",
        "Renewal of",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    renewal_ids = fields.One2many("clause.insertion.convention", "renewal_of_id", string="Renewed by")
    notice_months = fields.Integer("Notice (months)", default=3)
    notice_date = fields.Date(
        "Last day to give notice", compute="_compute_notice_date", store=True, help="Included; empty without notice."
    )
    denounced_on = fields.Date("Notice given on", copy=False, tracking=True)
    amendment_ids = fields.One2many("clause.insertion.convention.amendment", "convention_id", string="Amendments")
    financing = fields.Selection(
        [("none", "No money: an exchange of services"), ("grant", "Grant"), ("service", "Purchase of a service")],
        required=True,
        default="none",
        tracking=True,
    )
    amount = fields.Monetary(help="For the whole convention.")
    instalment_ids = fields.One2many("clause.insertion.convention.instalment", "convention_id", string="Instalments")
    reporting_rhythm = fields.Selection(
        [
            ("monthly", "Every month"),
            ("quarterly", "Every quarter"),
            ("half_yearly", "Every half-year"),
            ("yearly", "Every year"),
        ],
        string="Reports",
        required=True,
        default="yearly",
    )
    hours_objective = fields.Float("Hours aimed at", help="Validated hours over the whole convention; 0 for none.")
    people_objective = fields.Integer("People aimed at", help="Over the whole convention; 0 for none.")
    signed_file = fields.Binary("Signed document", attachment=True, copy=False)
    signed_filename = fields.Char(copy=False, export_string_translation=False)
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("expired", "Expired"), ("renewed", "Renewed")],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
        help="Follows the dates and the signatures.",
    )

    _dates_order = models.Constraint("CHECK (date_end >= date_start)", "A convention cannot end before it starts.")
    _numbers_positive = models.Constraint(
        "CHECK (amount >= 0 AND hours_objective >= 0 AND people_objective >= 0 AND notice_months >= 0"
        " AND renewal_months >= 0 AND renewal_limit >= 0)",
        "Amounts, objectives and lengths of a convention cannot be negative.",
    )
    _one_renewal = models.UniqueIndex(
        "(renewal_of_id) WHERE renewal_of_id IS NOT NULL", "This convention already has a renewal."
    )

    @api.depends("name", "partner_id.name")
    def _compute_display_name(self):
        for convention in self:
            convention.display_name = " – ".join(filter(None, (convention.name, convention.partner_id.name)))

    @api.depends("partner_id")
    def _compute_territory_ids(self):
        for convention in self:
            convention.territory_ids = convention.territory_ids or convention.partner_id.insertion_territory_ids

    @api.depends("date_start")
    def _compute_date_end(self):
        """A year, until it is saved; a convention that is there keeps its end."""
        for convention in self:
            if convention.date_start and not (convention._origin and convention.date_end):
                convention.date_end = period_end(convention.date_start, 12)
            else:
                convention.date_end = convention.date_end

    @api.depends("date_start", "date_end")
    def _compute_months(self):
        for convention in self:
            dated = convention.date_start and convention.date_end
            convention.months = whole_months(convention.date_start, convention.date_end) if dated else 0

    @api.depends("date_end", "notice_months")
    def _compute_notice_date(self):
        for convention in self:
            has_notice = convention.date_end and convention.notice_months
            convention.notice_date = has_notice and notice_day(convention.date_end, convention.notice_months)

    # -- what is refused -----------------------------------------------------------------------------

    @api.constrains("partner_id")
    def _check_partner(self):
        if any(not convention.partner_id.is_insertion_facilitator for convention in self):
            raise ValidationError(self.env._("A convention is made with a relay."))

    @api.constrains("date_signed", "denounced_on")
    def _check_dates(self):
        today = fields.Date.context_today(self)
        for convention in self:
            if max(convention.date_signed or today, convention.denounced_on or today) > today:
                raise ValidationError(self.env._("A signature or a notice is dated today at the latest."))

    @api.constrains("renewal_of_id", "date_start")
    def _check_renewal(self):
        if self._has_cycle("renewal_of_id"):
            raise ValidationError(self.env._("A convention cannot renew itself, directly or through others."))
        for convention in self | self.renewal_ids:
            if convention.renewal_of_id and convention.date_start <= convention.renewal_of_id.date_start:
                raise ValidationError(self.env._("A renewal starts after the convention that it renews."))

    def _period(self):
        """First and last day, as far as a renewal does not take its place earlier."""
        return self.date_start, last_day(self.date_end, self.renewal_ids.date_start)

    @api.constrains("territory_ids", "date_start", "date_end", "overlap_intended", "renewal_of_id", "company_id")
    def _check_overlap(self):
        for convention in self.filtered(lambda convention: not convention.overlap_intended):
            others = self.search(
                [
                    ("id", "!=", convention.id),
                    ("company_id", "=", convention.company_id.id),
                    ("territory_ids", "in", convention.territory_ids.ids),
                    ("overlap_intended", "=", False),
                    ("date_start", "<=", convention.date_end),
                    ("date_end", ">=", convention.date_start),
                ]
            )
            for other in others.filtered(lambda other, one=convention: overlap(one._period(), other._period())):
                raise ValidationError(
                    self.env._(
                        "%(territories)s: already covered by %(other)s from %(start)s to %(end)s. "
                        "If both are meant to cover it, tick “Shares its territory on purpose”.",
                        territories=", ".join((convention.territory_ids & other.territory_ids).mapped("display_name")),
                        other=other.display_name,
                        start=format_date(self.env, other.date_start),
                        end=format_date(self.env, other.date_end),
                    )
                )

    @api.model
    def _running_relays(self, company):
        """The relays that the Region works with today."""
        running = self.search([("state", "=", "running"), ("company_id", "=", company.id)])
        return running.partner_id.sorted("name")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_state(vals)
            vals["name"] = vals.get("name") or self.env["ir.sequence"].next_by_code("clause.insertion.convention")
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_state(vals)
        return super().write(vals)

    def _refuse_state(self, vals):
        if "state" in vals and not self.env.su:
            raise AccessError(self.env._("The state of a convention follows its dates and signatures."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(convention.state != "draft" for convention in self):
            raise UserError(self.env._("Only a draft convention can be deleted: the others were signed."))

    def _creation_message(self):
        return self.env._("Convention created")
