from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...engine.conventions import last_day, next_period, notice_day, overlap, period_end, state_on, whole_months
from ...engine.documents import fill, french_day, french_number
from ...engine.progress import progress
from ..base.placeholders import check_placeholders

# What a text may name between braces: French, like the documents themselves.
WORDS = (
    "region",
    "adresse_region",
    "relais",
    "adresse_relais",
    "siret_relais",
    "reference",
    "territoires",
    "date_signature",
    "date_debut",
    "date_fin",
    "mois",
    "date_preavis",
    "mois_preavis",
    "renouvellement",
    "missions_region",
    "missions_relais",
    "financement",
    "bilan",
    "objectifs",
)
RENEWALS = {
    "none": "Elle n'est pas renouvelable.",
    "tacit": "Elle est renouvelée par tacite reconduction, sauf si l'une des parties la dénonce.",
    "express": "Elle peut être renouvelée par accord exprès des parties.",
}
FINANCINGS = {
    "none": "La convention est un échange de services\u00a0: elle ne donne lieu à aucun versement.",
    "grant": "La Région verse au relais une subvention de {amount}.",
    "service": "La Région rémunère les prestations du relais pour un montant de {amount}.",
}
RHYTHMS = {"monthly": "mensuel", "quarterly": "trimestriel", "half_yearly": "semestriel", "yearly": "annuel"}
# Buyers read conventions, not what the hours tell of people.
READERS = "clause_insertion.group_clause_insertion_user,clause_insertion.group_clause_insertion_facilitator"
REMINDERS = {
    "end": "clause_insertion.mail_activity_type_convention_end",
    "notice": "clause_insertion.mail_activity_type_convention_notice",
}
REMINDED_DAYS = {"end": "date_end", "notice": "notice_date"}


class ClauseInsertionConvention(models.Model):
    """What the Region and a relay have agreed on: for which territory, from when to when, and for what."""

    _name = "clause.insertion.convention"
    _description = "Convention between the Region and a relay"
    _inherit = ["mail.thread", "mail.activity.mixin"]
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
    template_id = fields.Many2one(
        "clause.insertion.convention.template",
        default=lambda self: self._default_template(),
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
        conventions = super().create(vals_list)
        conventions.filtered("date_signed")._find_clauses()
        return conventions

    def write(self, vals):
        self._refuse_state(vals)
        result = super().write(vals)
        if {"date_signed", "date_start", "date_end"} & vals.keys():
            self.filtered("date_signed")._find_clauses()
        if vals.get("denounced_on"):
            self.activity_unlink([REMINDERS["notice"]])
        if vals.get("date_signed"):
            self.renewal_of_id.activity_unlink(list(REMINDERS.values()))
        return result

    def _refuse_state(self, vals):
        if "state" in vals and not self.env.su:
            raise AccessError(self.env._("The state of a convention follows its dates and signatures."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(convention.state != "draft" for convention in self):
            raise UserError(self.env._("Only a draft convention can be deleted: the others were signed."))

    def _creation_message(self):
        return self.env._("Convention created")

    # -- clauses -------------------------------------------------------------------------------------
    # A convention recorded after its clauses have started, as paper often is, finds them.

    def _in_force_for(self, clause):
        """Among these, the one of the clause's relay on the day it started: first one that covers the place."""
        day, place = clause.parameters_frozen_on, clause.territory_id.parent_path or "/"
        around = {int(number) for number in place.split("/") if number}
        in_force = self.filtered(
            lambda convention: (
                convention.partner_id == clause.facilitator_id
                and convention.company_id == clause.company_id
                and convention._period()[0] <= day <= convention._period()[1]
            )
        )
        return in_force.sorted(lambda c: (not around & set(c.territory_ids.ids), -c.date_start.toordinal()))[:1]

    def _find_clauses(self):
        """sudo: the convention of a clause is closed to direct writing; only empty ones are filled."""
        if not self:
            return
        since, until = min(self.mapped("date_start")), max(self.mapped("date_end"))
        domain = (
            Domain("facilitator_id", "in", self.partner_id.ids)
            & Domain("convention_id", "=", False)
            & Domain("parameters_frozen_on", ">=", since)
            & Domain("parameters_frozen_on", "<=", until)
        )
        clauses = self.env["clause.insertion"].sudo().search(domain)
        handed_over = self.env["clause.insertion.handover"].sudo().search([("clause_id", "in", clauses.ids)]).clause_id
        (clauses - handed_over)._keep_convention()

    # -- document ------------------------------------------------------------------------------------
    # The paper: a text that comes from the Region's template, in French whoever prints it.

    @api.model
    def _default_template(self):
        return self.env["clause.insertion.convention.template"].search(
            [("company_id", "in", (False, self.env.company.id))], limit=1
        )

    @api.depends("template_id")
    def _compute_text(self):
        for convention in self:
            template = convention.template_id
            for name in ("region_missions", "relay_missions", "body", "annex"):
                convention[name] = template[name] if template else convention[name]

    @api.constrains("body", "annex")
    def _check_words(self):
        for convention in self:
            check_placeholders(convention, f"{convention.body} {convention.annex}", WORDS)

    def _words(self):
        """The value of each of ``WORDS``."""
        self.ensure_one()
        company, relay = self.company_id, self.partner_id
        return {
            "region": company.name,
            "adresse_region": self._address(company.partner_id),
            "relais": relay.name,
            "adresse_relais": self._address(relay),
            "siret_relais": relay.company_registry or "…",
            "reference": self.name,
            "territoires": ", ".join(self.territory_ids.sorted("code").mapped("name")) or "…",
            "date_signature": french_day(self.date_signed),
            "date_debut": french_day(self.date_start),
            "date_fin": french_day(self.date_end),
            "mois": str(self.months or "…"),
            "date_preavis": french_day(self.notice_date),
            "mois_preavis": str(self.notice_months),
            "renouvellement": RENEWALS[self.renewal_kind],
            "missions_region": self._dashes(self.region_missions),
            "missions_relais": self._dashes(self.relay_missions),
            "financement": self._financing_words(),
            "bilan": RHYTHMS[self.reporting_rhythm],
            "objectifs": self._objective_words(),
        }

    def _financing_words(self):
        lines = [FINANCINGS[self.financing].format(amount=self._euros(self.amount))]
        for part in self.instalment_ids:
            note = f" ({part.note})" if part.note else ""
            lines.append(f"– {french_day(part.date_due)}\u00a0: {self._euros(part.amount)}{note}")
        return "\n".join(lines)

    def _objective_words(self):
        aims = []
        if self.hours_objective:
            aims.append(f"{french_number(self.hours_objective)} heures d'insertion validées")
        if self.people_objective:
            aims.append(f"{french_number(self.people_objective)} personnes")
        return " et ".join(aims) if aims else "aucun objectif chiffré"

    @staticmethod
    def _dashes(text):
        return "\n".join(f"– {line.strip()}" for line in (text or "").splitlines() if line.strip())

    def _euros(self, amount):
        return f"{french_number(amount)}\u00a0{self.currency_id.symbol}"

    @staticmethod
    def _address(partner):
        return ", ".join(
            filter(None, (partner.street, partner.street2, f"{partner.zip or ''} {partner.city or ''}".strip()))
        )

    def _filled(self, text):
        """``text`` with its words filled in, ready to print; Html fields are sanitized when they are saved."""
        return Markup(fill(text or "", self._words()))

    def action_print(self):
        return self.env.ref("clause_insertion.clause_insertion_convention_report").report_action(self)

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Convention %(reference)s", reference=self.name).replace("/", "-")

    # -- figures -------------------------------------------------------------------------------------
    # What a convention has produced, beside what it aimed at.

    def _compute_clause_count(self):
        counts = dict(
            self.env["clause.insertion"]
            .sudo()  # a number: a relay that handed a clause over no longer reads it, and the number stays
            ._read_group([("convention_id", "in", self.ids)], ["convention_id"], ["__count"])
        )
        for convention in self:
            convention.clause_count = counts.get(convention.sudo(), 0)

    def _compute_figures(self):
        """sudo: totals alone, the same for every reader, of a convention that the reader may see."""
        figures = (
            self.env["account.analytic.line"]
            .sudo()
            ._insertion_figures(
                [("clause_insertion_id.convention_id", "in", self.ids)], ["clause_insertion_id.convention_id"]
            )
        )
        for convention in self:
            produced = figures[convention.id,]
            convention.hours_validated = produced.hours
            convention.people_count = produced.people
            convention.contract_count = produced.contracts
            convention.hours_progress = progress(produced.hours, convention.hours_objective)
            convention.people_progress = progress(produced.people, convention.people_objective)

    def action_open_clauses(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_action")
        return {**action, "domain": [("convention_id", "=", self.id)], "context": {"create": False}}

    # -- life ----------------------------------------------------------------------------------------
    # Time passes: a convention starts, is renewed or expires, and its officer is reminded before.

    @api.depends("date_signed", "date_start", "date_end", "renewal_ids.date_signed", "renewal_ids.date_start")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for convention in self:
            renewal = convention.renewal_ids.filtered("date_signed")
            convention.state = (
                state_on(
                    today,
                    convention.date_start,
                    convention.date_end,
                    bool(convention.date_signed),
                    renewal.date_start or None,
                )
                if convention.date_start and convention.date_end
                else "draft"
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

    # -- every day -----------------------------------------------------------------------------------

    @api.model
    def _run_daily(self):
        """Scheduled, in batches that can be interrupted: each step takes what it handles out of what it looks for."""
        today = fields.Date.context_today(self)
        steps = [(self._to_renew(today), "_renew_tacitly"), (self._to_follow(today), "_compute_state")]
        for company in self.env["res.company"].search([]):
            steps += [(self._to_remind(kind, today, company), f"_remind_{kind}") for kind in REMINDERS]
        for domain, step in steps:
            while batch := self.search(domain, limit=self._daily_batch, order="id"):
                getattr(batch, step)()
                if not self.env["ir.cron"]._commit_progress(len(batch)):
                    return

    def _to_renew(self, today):
        return (
            Domain("renews_tacitly", "=", True)
            & Domain("date_signed", "!=", False)
            & Domain("date_end", "<", today)
            & Domain("renewal_ids", "=", False)
        )

    def _to_follow(self, today):
        replaced = Domain("renewal_ids", "any", [("date_signed", "!=", False), ("date_start", "<=", today)])
        starts = Domain("state", "=", "draft") & Domain("date_signed", "!=", False) & Domain("date_start", "<=", today)
        ends = Domain("state", "=", "running") & (Domain("date_end", "<", today) | replaced)
        return starts | ends | Domain("state", "=", "expired") & replaced

    def _to_remind(self, kind, today, company):
        """Running conventions of the company that come near the date, without a signed renewal."""
        days = self.env["clause.insertion.parameter"]._get(f"convention_{kind}_warning_days", today, company)
        if days is None:
            return Domain.FALSE
        day = REMINDED_DAYS[kind]
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "running")
            & Domain(day, ">=", today)
            & Domain(day, "<=", fields.Date.add(today, days=int(days)))
            & Domain(f"{kind}_reminded_on", "=", False)
            & Domain("denounced_on" if kind == "notice" else "renews_tacitly", "=", False)
            & Domain("renewal_ids", "not any", [("date_signed", "!=", False)])
        )

    def _remind_end(self):
        self._remind("end")

    def _remind_notice(self):
        self._remind("notice")

    def _remind(self, kind):
        for convention in self:
            user = convention.user_id.filtered("active") or self.env.user
            convention.activity_schedule(REMINDERS[kind], convention[REMINDED_DAYS[kind]], user_id=user.id)
        self[f"{kind}_reminded_on"] = fields.Date.context_today(self)

    # -- renewals ------------------------------------------------------------------------------------

    def _renew_tacitly(self):
        """The next period follows under the same signature; what would overlap waits for an officer."""
        for convention in self:
            try:
                with self.env.cr.savepoint():
                    renewal = convention.copy({**convention._renewal_values(), "date_signed": convention.date_signed})
                    renewal.flush_recordset()
            except ValidationError as error:
                convention.renewal_kind = "express"
                convention.message_post(body=self.env._("Not renewed tacitly: %(reason)s", reason=str(error)))
                convention._remind("end")
            else:
                renewal.message_post(body=self.env._("Renewed tacitly: notice was not given."))

    def _renewal_values(self):
        start, end = next_period(self.date_start, self.date_end, self.renewal_months)
        return {
            "renewal_of_id": self.id,
            "date_start": start,
            "date_end": end,
            "overlap_intended": self.overlap_intended,
        }

    def action_renew(self):
        """Prepare the convention that follows this one; it runs once it is signed."""
        self.ensure_one()
        if self.renewal_ids:
            raise UserError(self.env._("This convention already has a renewal."))
        return self.copy(self._renewal_values())._get_records_action()
