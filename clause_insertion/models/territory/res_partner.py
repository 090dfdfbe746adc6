from stdnum.fr import siren, siret

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ...engine.text import digits
from ...tools.base.days import region_today
from ..people.res_partner import OFFICERS

MANAGERS = "clause_insertion.group_clause_insertion_manager"
# With these somebody becomes one of a relay's people, or takes the account of one.
MEMBERSHIP_FIELDS = frozenset({"parent_id", "is_company", "email", "is_insertion_facilitator"})


class ResPartner(models.Model):
    """The directory of relays, and of the facilitators who work there: the officers keep it."""

    _inherit = "res.partner"

    is_insertion_facilitator = fields.Boolean(
        "Insertion relay",
        copy=False,
        locked="_is_not_officer",
        help="This structure employs facilitators: it validates the hours of its territories.",
    )
    insertion_facilitator_kind = fields.Selection(
        [
            ("plie", "PLIE"),
            ("mde", "Maison de l'emploi"),
            ("meif", "MEIF"),
            ("local_authority", "Local authority"),
            ("gip", "GIP"),
            ("association", "Association"),
            ("other", "Other"),
        ],
        string="Kind of relay",
        copy=False,
        locked="_is_not_officer",
    )
    insertion_territory_ids = fields.Many2many(
        "clause.insertion.territory",
        "res_partner_insertion_territory_rel",
        "partner_id",
        "territory_id",
        string="Territories covered",
        copy=False,
        groups="base.group_user,base.group_portal",  # as territories are
        locked="_is_not_officer",
    )
    is_insertion_facilitator_person = fields.Boolean(
        "Facilitator",
        copy=False,
        locked="_is_not_officer",
        help="This person is a facilitator of the relay that it belongs to.",
    )
    insertion_date_start = fields.Date("Relay since", copy=False, locked="_is_not_officer", help="First day, included.")
    insertion_date_end = fields.Date(
        "Relay until", copy=False, locked="_is_not_officer", help="Last day, included: not proposed afterwards."
    )
    insertion_lang_ids = fields.Many2many(
        "res.lang",
        "res_partner_insertion_lang_rel",
        "partner_id",
        "lang_id",
        string="Languages of contact",
        context={"active_test": False},
        copy=False,
        groups="base.group_user",  # as languages are
        locked="_is_not_officer",
        help="Spoken at the relay: the language need not be installed.",
    )
    is_insertion_relay_active = fields.Boolean(
        "Relay in its period", compute="_compute_is_insertion_relay_active", search="_search_is_insertion_relay_active"
    )
    insertion_facilitator_count = fields.Integer("Facilitators", compute="_compute_insertion_facilitator_count")
    insertion_clause_count = fields.Integer("Running clauses", compute="_compute_insertion_clause_count")
    insertion_people_count = fields.Integer(
        "People followed",
        compute="_compute_insertion_people_count",
        groups="clause_insertion.group_clause_insertion_user,clause_insertion.group_clause_insertion_facilitator",
    )

    _insertion_dates_order = models.Constraint(
        "CHECK (insertion_date_end >= insertion_date_start)", "A relay cannot end before it starts."
    )

    # -- relays in their period --------------------------------------------------------------------

    @api.model
    def _relay_domain(self, day):
        """Relays on a day; both ends of their period are included."""
        begun = Domain("insertion_date_start", "=", False) | Domain("insertion_date_start", "<=", day)
        lasts = Domain("insertion_date_end", "=", False) | Domain("insertion_date_end", ">=", day)
        return Domain("is_insertion_facilitator", "=", True) & begun & lasts

    @api.depends("is_insertion_facilitator", "insertion_date_start", "insertion_date_end")
    @api.depends_context("tz")
    def _compute_is_insertion_relay_active(self):
        active = self.filtered_domain(self._relay_domain(region_today(self)))
        active.is_insertion_relay_active = True
        (self - active).is_insertion_relay_active = False

    def _search_is_insertion_relay_active(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._relay_domain(region_today(self))
        return (domain if True in value else Domain.FALSE) | (~domain if False in value else Domain.FALSE)

    # -- guards ------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        partners._check_may_change_members()
        return partners

    def write(self, vals):
        if not MEMBERSHIP_FIELDS & vals.keys():
            return super().write(vals)
        self._check_may_change_members()
        result = super().write(vals)
        self._check_may_change_members()
        return result

    def _check_may_change_members(self):
        """Whoever belongs to a relay and has an account reads the names of its people.

        So the officers keep the directory, and a manager says which accounts belong to it.
        """
        members = self._members_closed_to_user()
        if not members:
            return
        users = members.env["res.users"].with_context(active_test=False)
        if not self.env.user.has_group(OFFICERS) or users.search_count([("partner_id", "child_of", members.ids)]):
            raise AccessError(self.env._("A manager of insertion clauses says who belongs to a relay."))

    def _members_closed_to_user(self):
        """Those of these contacts who belong to a relay, as superuser, for whoever is no manager."""
        if self.env.su or self.env.user.has_group(MANAGERS):
            return self.browse()
        # sudo: only whether the contacts belong to a relay, and whether they have accounts
        return self.sudo().filtered("commercial_partner_id.is_insertion_facilitator")

    def _check_may_give_account(self):
        """An account at a relay is given by a manager: see above."""
        if self._members_closed_to_user():
            raise AccessError(self.env._("A manager of insertion clauses says who has an account at a relay."))

    @api.constrains("is_insertion_facilitator", "company_registry", "country_id")
    def _check_relay_registry(self):
        """Only relays: what other contacts hold there is not this addon's business."""
        for partner in self:
            is_french = partner.country_id.code in (False, "FR")
            if partner.is_insertion_facilitator and partner.company_registry and is_french:
                number = digits(partner.company_registry)
                if not (siret.is_valid(number) or siren.is_valid(number)):
                    raise ValidationError(
                        self.env._(
                            "%(name)s: “%(number)s” is not a valid SIRET (14 digits) or SIREN (9 digits): "
                            "a digit is wrong.",
                            name=partner.name,
                            number=partner.company_registry,
                        )
                    )

    # -- smart buttons -----------------------------------------------------------------------------

    @api.depends("child_ids.is_insertion_facilitator_person")
    def _compute_insertion_facilitator_count(self):
        counts = dict(
            self._read_group(
                [("parent_id", "in", self.ids), ("is_insertion_facilitator_person", "=", True)],
                ["parent_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.insertion_facilitator_count = counts.get(partner._origin, 0)

    def _compute_insertion_clause_count(self):
        domain = [("facilitator_id", "in", self.ids), ("state", "=", "running")]
        self._count_by_relay("insertion_clause_count", "clause.insertion", domain)

    def _compute_insertion_people_count(self):
        domain = [("facilitator_id", "in", self.ids)]
        self._count_by_relay("insertion_people_count", "clause.insertion.participant", domain)

    def _count_by_relay(self, field, model, domain):
        """What the user may see of them; nothing for who sees none."""
        records = self.env[model]
        groups = records._read_group(domain, ["facilitator_id"], ["__count"]) if records.has_access("read") else ()
        counts = dict(groups)
        for partner in self:
            partner[field] = counts.get(partner._origin, 0)

    def action_open_insertion_clauses(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_action")
        return {
            **action,
            "domain": [("facilitator_id", "=", self.id)],
            "context": {"search_default_running": 1},
        }

    def action_open_insertion_people(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_participant_action")
        return {**action, "domain": [("facilitator_id", "=", self.id)], "context": {}}
