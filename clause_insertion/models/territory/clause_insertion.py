from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.base.days import region_today

BUYERS = "purchase.group_purchase_user"
OFFICERS = "clause_insertion.group_clause_insertion_officer"


class ClauseInsertion(models.Model):
    """The place of performance, which finds the territory, and from it the relay."""

    _name = "clause.insertion"
    _inherit = ["clause.insertion", "clause.insertion.lock.mixin"]

    place_zip = fields.Char(
        "Postcode of the place",
        compute="_compute_place_zip",
        store=True,
        readonly=False,
        locked="_is_place_decided",
        help="Place of performance.",
    )
    commune_id = fields.Many2one(
        "clause.insertion.commune",
        index="btree_not_null",
        ondelete="restrict",
        locked="_is_place_decided",
        help="Decides where several territories share the postcode.",
    )
    territory_id = fields.Many2one(
        "clause.insertion.territory",
        compute="_compute_territory_id",
        store=True,
        readonly=False,
        locked="_is_place_decided",
        index="btree_not_null",
    )
    facilitator_id = fields.Many2one(
        "res.partner",
        "Relay",
        compute="_compute_facilitator_id",
        store=True,
        readonly=False,
        locked="_is_relay_decided",
        index="btree_not_null",
        domain=[("is_insertion_facilitator", "=", True)],
        tracking=True,
    )
    place_warning = fields.Char(compute="_compute_place_warning")

    @api.depends("purchase_order_id.dest_address_id.zip", "commune_id")
    def _compute_place_zip(self):
        Territory = self.env["clause.insertion.territory"]
        proposed = [
            clause.purchase_order_id.dest_address_id.zip or clause._contract().company_id.zip for clause in self
        ]
        places = Territory._places([(postcode, False) for postcode in proposed], region_today(self))
        for clause, postcode, place in zip(self, proposed, places, strict=True):
            of_commune = clause.commune_id._split_postcodes() if clause.commune_id else []
            if of_commune and clause.place_zip not in of_commune:
                clause.place_zip = of_commune[0]
            else:
                clause.place_zip = clause.place_zip or (postcode if place.territory else False)

    @api.onchange("place_zip")
    def _onchange_place_zip(self):
        if not self._is_place_consistent():
            self.commune_id = False

    @api.depends("place_zip", "commune_id")
    def _compute_territory_id(self):
        for clause, place in self._find_places().items():
            clause.territory_id = place.territory

    @api.depends("territory_id", "place_zip", "commune_id")
    def _compute_facilitator_id(self):
        for clause, place in self._find_places().items():
            if clause._is_open_to_sizing() and clause.territory_id:
                clause.facilitator_id = clause._proposed_relay(place)
            else:
                clause.facilitator_id = clause.facilitator_id

    def _proposed_relay(self, place):
        """The relay of the place; a territory chosen by hand, such as a neighbourhood, asks its own first."""
        if self.territory_id.id == place.territory:
            return place.relay
        return self.territory_id._find_relay(self._relay_day()) or place.relay

    def _find_places(self):
        """The ``Place`` of each clause, asked once for all those of the same day."""
        found = {}
        for day, clauses in self.grouped(lambda clause: clause._relay_day()).items():
            wanted = [(clause.place_zip, clause.commune_id) for clause in clauses]
            places = self.env["clause.insertion.territory"]._places(wanted, day)
            found |= dict(zip(clauses, places, strict=True))
        return found

    def _relay_day(self):
        """A relay answers for a clause if it is there when the contract starts, or today if it has started."""
        today = region_today(self)
        return max(self.date_start or today, today)

    def _is_place_decided(self):
        """A lock: the purchase says where the work is done, until it starts; then an officer alone corrects it."""
        has_started = any(not clause._is_open_to_sizing() for clause in self)
        return not self.env.user.has_groups(OFFICERS if has_started else f"{BUYERS},{OFFICERS}")

    def _is_relay_decided(self):
        """A lock: a clause that runs goes from one relay to another by a handover; an officer finds it a first one."""
        is_followed = any(clause.facilitator_id and not clause._is_open_to_sizing() for clause in self)
        return is_followed or self._is_place_decided()

    @api.constrains("facilitator_id")
    def _check_relay(self):
        """It validates hours: a contact chosen by mistake, or the buyer's own, would validate its own."""
        for clause in self:
            relay = clause.facilitator_id.sudo()  # whether it is one: relays are public
            if relay and not relay.is_insertion_facilitator:
                raise ValidationError(self.env._("%(partner)s is not a relay.", partner=relay.name))

    # -- what the buyer must know ------------------------------------------------------------------

    @api.depends("place_zip", "commune_id", "territory_id", "facilitator_id", "state")
    def _compute_place_warning(self):
        """Warns, and stops nothing: the Region may find a relay later."""
        for clause, place in self._find_places().items():
            is_split = place.between and not clause.commune_id and clause.territory_id.id == place.territory
            if not clause._is_open_to_sizing():
                clause.place_warning = False
            elif is_split:
                clause.place_warning = self.env._(
                    "Postcode %(zip)s is shared by %(territories)s: choose the commune, and its relay is found.",
                    zip=clause.place_zip,
                    territories=", ".join(clause.territory_id.browse(place.between).mapped("display_name")),
                )
            elif not clause.facilitator_id:
                clause.place_warning = self.env._(
                    "No relay covers this place: nobody would find people nor validate hours. "
                    "No facilitator, no clause: ask the clause officers before going on."
                )
            else:
                clause.place_warning = False

    def _is_place_consistent(self):
        postcodes = self.commune_id._split_postcodes() if self.commune_id else []
        return not postcodes or not self.place_zip or self.place_zip in postcodes

    @api.constrains("territory_id", "place_zip", "commune_id")
    def _check_place(self):
        for clause in self:
            if clause.place_zip and not clause.territory_id:
                raise ValidationError(
                    self.env._(
                        "“%(zip)s” is not a French postcode of a known territory: type five digits, such as 86000 "
                        "or 01000, or choose the territory.",
                        zip=clause.place_zip,
                    )
                )
            if not clause._is_place_consistent():
                raise ValidationError(
                    self.env._(
                        "%(commune)s does not have the postcode %(zip)s: change one of them.",
                        commune=clause.commune_id.display_name,
                        zip=clause.place_zip,
                    )
                )
