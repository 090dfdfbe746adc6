from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...engine.conventions import last_day, next_period, notice_day, overlap, period_end, state_on, whole_months
from ...engine.progress import ratio
from ...tools.base.button import button
from ...tools.base.days import region_today
from ...tools.base.placeholders import check_placeholders
from ...tools.hours.hour_figures import hour_figures
from ...tools.network.convention_schedule import END, NOTICE, REMINDERS, to_renew, to_update
from ...tools.network.convention_text import PLACEHOLDERS, filled

# Buyers read conventions, not what the hours tell of people.
READERS = "clause_insertion.group_clause_insertion_user,clause_insertion.group_clause_insertion_facilitator"


class ClauseInsertionConvention(models.Model):
    """What the Region and a relay have agreed on: for which territory, from when to when, and for what."""

    _name = "clause.insertion.convention"
    _description = "Convention between the Region and a relay"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.chatter.mixin"]
    _order = "date_start desc, id desc"
    _daily_batch = 100

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
    date_start = fields.Date("Start", required=True, tracking=True, default=region_today)
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
        locked="_is_created",
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
    template_id = fields.Many2one(
        "clause.insertion.convention.template",
        default=lambda self: self.env["clause.insertion.convention.template"]._first(),
        ondelete="set null",
        help="Gives the text and the missions, which can then be changed for this convention.",
    )
    region_missions = fields.Text(
        "Missions of the Region", compute="_compute_text", store=True, readonly=False, help="One per line."
    )
    relay_missions = fields.Text(
        "Missions of the relay", compute="_compute_text", store=True, readonly=False, help="One per line."
    )
    body = fields.Html("Text", compute="_compute_text", store=True, readonly=False)
    annex = fields.Html("Data-protection annex", compute="_compute_text", store=True, readonly=False)
    clause_ids = fields.One2many("clause.insertion", "convention_id", string="Clauses")
    clause_count = fields.Integer("Number of clauses", compute="_compute_clause_count")
    hours_validated = fields.Float("Hours validated", compute="_compute_figures", groups=READERS)
    people_count = fields.Integer("People", compute="_compute_figures", groups=READERS)
    contract_count = fields.Integer("Contracts", compute="_compute_figures", groups=READERS)
    hours_progress = fields.Float("Hours: progress", compute="_compute_figures", groups=READERS)
    people_progress = fields.Float("People: progress", compute="_compute_figures", groups=READERS)
    renewal_rank = fields.Integer(
        "Renewals before this one", compute="_compute_renewal_rank", store=True, recursive=True, aggregator=None
    )
    renews_tacitly = fields.Boolean(
        compute="_compute_renews_tacitly", store=True, help="Nobody has to sign for it to go on."
    )
    end_reminded_on = fields.Date(compute="_compute_end_reminded_on", store=True, copy=False)
    notice_reminded_on = fields.Date(compute="_compute_notice_reminded_on", store=True, copy=False)

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
            stays = not convention.date_start or (convention._origin and convention.date_end)
            convention.date_end = convention.date_end if stays else period_end(convention.date_start, 12)

    @api.depends("date_start", "date_end")
    def _compute_months(self):
        for convention in self:
            convention.months = whole_months(convention.date_start, convention.date_end)

    @api.depends("date_end", "notice_months")
    def _compute_notice_date(self):
        for convention in self:
            convention.notice_date = notice_day(convention.date_end, convention.notice_months)

    @api.depends("date_signed", "date_start", "date_end", "renewal_ids.date_signed", "renewal_ids.date_start")
    def _compute_state(self):
        """On the day it is computed; the daily job computes it again when a date has passed."""
        today = region_today(self)
        for convention in self:
            renewed_from = convention.renewal_ids.filtered("date_signed").date_start
            convention.state = state_on(
                today, convention.date_start, convention.date_end, bool(convention.date_signed), renewed_from
            )

    @api.depends("renewal_of_id.renewal_rank")
    def _compute_renewal_rank(self):
        for convention in self:
            before = convention.renewal_of_id
            convention.renewal_rank = before.renewal_rank + 1 if before else 0

    @api.depends("renewal_kind", "renewal_limit", "renewal_rank", "denounced_on")
    def _compute_renews_tacitly(self):
        for convention in self:
            is_left = not convention.renewal_limit or convention.renewal_rank < convention.renewal_limit
            convention.renews_tacitly = convention.renewal_kind == "tacit" and not convention.denounced_on and is_left

    @api.depends("date_end")
    def _compute_end_reminded_on(self):
        """Another end is another reminder."""
        self.end_reminded_on = False

    @api.depends("notice_date")
    def _compute_notice_reminded_on(self):
        self.notice_reminded_on = False

    def _compute_clause_count(self):
        # sudo: a number; a relay that handed a clause over no longer reads it, and the number stays
        Clause = self.env["clause.insertion"].sudo()
        counts = dict(Clause._read_group([("convention_id", "in", self.ids)], ["convention_id"], ["__count"]))
        for convention in self:
            convention.clause_count = counts.get(convention.sudo(), 0)

    def _compute_figures(self):
        """What the clauses have produced, beside what was aimed at.

        sudo: totals alone, the same for every reader, of a convention that the reader may see.
        """
        path = "clause_insertion_id.convention_id"
        figures = hour_figures(self.env["account.analytic.line"].sudo(), [(path, "in", self.ids)], [path])
        for convention in self:
            produced = figures[convention.id,]
            convention.hours_validated = produced.hours
            convention.people_count = produced.people
            convention.contract_count = produced.contracts
            convention.hours_progress = ratio(produced.hours, convention.hours_objective)
            convention.people_progress = ratio(produced.people, convention.people_objective)

    # -- what is refused -----------------------------------------------------------------------------

    @api.constrains("partner_id")
    def _check_partner(self):
        if any(not convention.partner_id.is_insertion_facilitator for convention in self):
            raise ValidationError(self.env._("A convention is made with a relay."))

    @api.constrains("date_signed", "denounced_on")
    def _check_dates(self):
        today = region_today(self)
        if any(day and day > today for convention in self for day in (convention.date_signed, convention.denounced_on)):
            raise ValidationError(self.env._("A signature or a notice is dated today at the latest."))

    @api.constrains("renewal_of_id", "date_start")
    def _check_renewal(self):
        if self._has_cycle("renewal_of_id"):
            raise ValidationError(self.env._("A convention cannot renew itself, directly or through others."))
        for convention in self | self.renewal_ids:
            if convention.renewal_of_id and convention.date_start <= convention.renewal_of_id.date_start:
                raise ValidationError(self.env._("A renewal starts after the convention that it renews."))

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

    @api.constrains("body", "annex")
    def _check_placeholders(self):
        for convention in self:
            check_placeholders(convention, f"{convention.body} {convention.annex}", PLACEHOLDERS)

    def _lock_message(self, names):
        if "state" in names:
            return self.env._("The state of a convention follows its dates and signatures.")
        return super()._lock_message(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(convention.state != "draft" for convention in self):
            raise UserError(self.env._("Only a draft convention can be deleted: the others were signed."))

    # -- signature -----------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = vals.get("name") or self.env["ir.sequence"].next_by_code("clause.insertion.convention")
        conventions = super().create(vals_list)
        self.env["clause.insertion"]._find_convention(conventions.filtered("date_signed"))
        return conventions

    def write(self, vals):
        result = super().write(vals)
        if {"date_signed", "date_start", "date_end"} & vals.keys():
            self.env["clause.insertion"]._find_convention(self.filtered("date_signed"))
        if vals.get("denounced_on"):
            self.activity_unlink([NOTICE.activity])
        if vals.get("date_signed"):
            self.renewal_of_id.activity_unlink([reminder.activity for reminder in REMINDERS])
        return result

    def _period(self):
        """First and last day, as far as a renewal does not take its place earlier."""
        return self.date_start, last_day(self.date_end, self.renewal_ids.date_start)

    def _is_in_force(self, day):
        return overlap(self._period(), (day, day))

    def action_open_clauses(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_action")
        return {**action, "domain": [("convention_id", "=", self.id)], "context": {"create": False}}

    def _creation_message(self):
        return self.env._("Convention created")

    # -- printed document ----------------------------------------------------------------------------

    @api.depends("template_id")
    def _compute_text(self):
        for convention in self:
            template = convention.template_id
            for name in ("region_missions", "relay_missions", "body", "annex"):
                convention[name] = template[name] if template else convention[name]

    def _filled(self, text):
        return filled(self, text)

    def action_print(self):
        return self.env.ref("clause_insertion.clause_insertion_convention_report").report_action(self)

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Convention %(reference)s", reference=self.name).replace("/", "-")

    # -- every day -----------------------------------------------------------------------------------
    # Time passes: a convention starts, is renewed or expires, and its officer is reminded before.

    @api.model
    def _run_daily(self):
        """Scheduled, in batches that can be interrupted: each step takes what it handles out of what it looks for."""
        today = region_today(self)
        steps = [(to_renew(today), type(self)._renew_tacitly), (to_update(today), type(self)._compute_state)]
        for company in self.env["res.company"].search([]):
            steps += [(reminder.to_send(today, company), reminder.send) for reminder in REMINDERS]
        for domain, step in steps:
            while batch := self.search(domain, limit=self._daily_batch, order="id"):
                step(batch)
                if not self.env["ir.cron"]._commit_progress(len(batch)):
                    return

    def _renew_tacitly(self):
        """The next period follows under the same signature; what would overlap waits for an officer."""
        for convention in self:
            try:
                with self.env.cr.savepoint():
                    renewal = convention._renew(date_signed=convention.date_signed)
                    renewal.flush_recordset()
            except ValidationError as error:
                convention.renewal_kind = "express"
                convention.message_post(body=self.env._("Not renewed tacitly: %(reason)s", reason=str(error)))
                END.send(convention)
            else:
                renewal.message_post(body=self.env._("Renewed tacitly: notice was not given."))

    def _renew(self, **values):
        start, end = next_period(self.date_start, self.date_end, self.renewal_months)
        values |= {"renewal_of_id": self.id, "overlap_intended": self.overlap_intended}
        return self.copy({**values, "date_start": start, "date_end": end})

    @button()
    def action_renew(self):
        """Prepare the convention that follows this one, or show it; it runs once it is signed."""
        self.ensure_one()
        return (self.renewal_ids[:1] or self._renew())._get_records_action()
