from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...engine.coverage import Area, Place, coverage, place_of, relay_of
from ...engine.places import department, is_prefix, known_postcode, longest_prefix, split_prefixes
from ...tools.base.days import region_today


class ClauseInsertionTerritory(models.Model):
    _name = "clause.insertion.territory"
    _description = "Territory"
    _parent_store = True
    _order = "kind, code"
    _rec_names_search = ["name", "code"]

    code = fields.Char(required=True, index=True, help="Text: a department may be 01, 2A or 971.")
    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("region", "Region"),
            ("department", "Department"),
            ("epci", "Inter-municipality (EPCI)"),
            ("employment_zone", "Employment zone"),
            ("qpv", "Priority neighbourhood (QPV)"),
        ],
        required=True,
        default="epci",
    )
    parent_id = fields.Many2one("clause.insertion.territory", "Within", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    zip_prefixes = fields.Char(
        "Postcodes", help="Postcodes, or their first digits, separated by commas. The longest one wins."
    )
    facilitator_ids = fields.Many2many(
        "res.partner",
        "res_partner_insertion_territory_rel",
        "territory_id",
        "partner_id",
        string="Relays",
        domain=[("is_insertion_facilitator", "=", True)],
    )
    active = fields.Boolean(default=True)
    coverage = fields.Selection(
        [
            ("own", "Has its relay"),
            ("inherited", "Covered by a wider relay"),
            ("partly", "Covered in part"),
            ("none", "Not covered"),
        ],
        compute="_compute_coverage",
        search="_search_coverage",
        help="In part: territories within it have a relay, and the rest has none.",
    )
    relay_id = fields.Many2one("res.partner", "Relay that answers", compute="_compute_coverage")
    is_own = fields.Boolean(
        "In our Region",
        search="_search_is_own",
        compute="_compute_is_own",
        help="Of the company's Region, by its postcode; else of the regions where there are clauses or relays.",
    )
    running_clause_count = fields.Integer("Running clauses", compute="_compute_running_clause_count")

    _code_unique = models.UniqueIndex("(kind, code)", "A territory of this kind already has this code.")

    @api.depends("name", "code")
    def _compute_display_name(self):
        for territory in self:
            territory.display_name = f"{territory.name} ({territory.code})"

    @api.constrains("zip_prefixes")
    def _check_zip_prefixes(self):
        for territory in self:
            for prefix in territory._split_prefixes():
                if not is_prefix(prefix):
                    raise ValidationError(
                        self.env._("“%(prefix)s” is not the beginning of a French postcode.", prefix=prefix)
                    )

    def _split_prefixes(self):
        return split_prefixes(self.zip_prefixes or "")

    # -- a place finds its territory and its relay -------------------------------------------------

    @api.model
    def _from_zip(self, postcode):
        """The smallest territory that holds ``postcode``, or the first of those that share it; may be empty."""
        return self.browse(self._places([(postcode, False)], region_today(self))[0].territory or ())

    @api.model
    def _department_of_zip(self, postcode):
        """The department of ``postcode`` by its first digits; may be empty."""
        known = known_postcode(postcode or "")
        return self.search([("kind", "=", "department"), ("code", "=", department(known))]) if known else self.browse()

    @api.model
    def _places(self, wanted, day):
        """A ``Place`` for each (postcode, commune) of ``wanted``, in a number of queries that does not depend on it.

        A commune decides; else the communes of the postcode; else, as long as none is loaded, its first digits.
        """
        postcodes = [known_postcode(postcode or "") for postcode, _commune in wanted]
        relays = self._relays(day)
        named = self._named_by_prefix(set(postcodes) - {None})
        by_postcode = self._communes_of(postcodes)
        chosen = self.env["clause.insertion.commune"].union(*(commune for _postcode, commune in wanted if commune))
        areas = chosen.union(*by_postcode.values())._areas()
        places = []
        for postcode, (_text, commune) in zip(postcodes, wanted, strict=True):
            communes = commune or by_postcode.get(postcode, ())
            territory = named.get(postcode, self.browse())
            if communes:
                # A postcode's first digits are not always those of its commune's department.
                basin = territory.filtered(lambda named: named.kind not in ("department", "region"))._areas()
                places.append(place_of([areas[one.id] | basin for one in communes], relays))
            else:
                places.append(Place(territory.id or None, relay_of(territory._areas(), relays)))
        return places

    @api.model
    def _named_by_prefix(self, postcodes):
        """The territory whose prefix is the longest, else the department, of each postcode."""
        prefixes = {
            prefix: territory.id
            for territory in self.search([("zip_prefixes", "!=", False)])
            for prefix in territory._split_prefixes()
        }
        codes = {postcode: department(postcode) for postcode in postcodes}
        departments = self.search([("kind", "=", "department"), ("code", "in", list(codes.values()))])
        by_code = {territory.code: territory.id for territory in departments}
        found = {postcode: longest_prefix(postcode, prefixes) or by_code.get(code) for postcode, code in codes.items()}
        territories = self.browse(filter(None, found.values()))
        return {postcode: territories.browse(id_) for postcode, id_ in found.items() if id_}

    @api.model
    def _communes_of(self, postcodes):
        Commune = self.env["clause.insertion.commune"]
        found = dict.fromkeys(postcodes, Commune)
        any_of_them = Domain.OR(Domain("postcodes", "like", postcode) for postcode in found if postcode)
        for commune in Commune.search(any_of_them):
            for postcode in found.keys() & set(commune._split_postcodes()):
                found[postcode] |= commune
        return found

    @api.model
    def _relays(self, day):
        """The relay of its own of each territory, ``{territory: relay}``, on a day: the first where there are several.

        sudo: who is the relay of a place is no secret to whoever sees the place.
        """
        relays = (
            self.env["res.partner"]
            .sudo()
            .search(Domain("insertion_territory_ids", "!=", False) & self.env["res.partner"]._relay_domain(day))
        )
        return {territory.id: relay.id for relay in reversed(relays) for territory in relay.insertion_territory_ids}

    def _areas(self):
        """These territories and those around them."""
        depths = {id_: depth for place in self for id_, depth in place._depths()}
        around = self.browse(depths)
        return {Area(territory.id, territory.kind, depths[territory.id]) for territory in around}

    def _depths(self):
        return [(int(id_), depth) for depth, id_ in enumerate((self.parent_path or "").split("/")) if id_]

    def _find_relay(self, day=None):
        """The relay of this territory on a day, today unless said, else of the nearest one around it; may be empty."""
        self.ensure_one()
        found = relay_of(self._areas(), self._relays(day or region_today(self)))
        return self.env["res.partner"].browse(found or ())

    # -- coverage ------------------------------------------------------------------------------------
    # No facilitator, no clause: where a relay answers, and where none does.

    @api.model
    def _coverage(self):
        """``{territory: (coverage, relay)}`` today, for all of them: a few thousand, read at once."""
        places = self.with_context(active_test=False).search_fetch([], ["parent_path"])
        around = {place.id: [id_ for id_, _depth in reversed(place._depths())] for place in places}
        return coverage(around, self._relays(region_today(self)))

    @api.depends("facilitator_ids", "parent_path")
    def _compute_coverage(self):
        found = self._coverage()
        for territory in self:
            territory.coverage, territory.relay_id = found.get(territory._origin.id, (False, False))

    def _search_coverage(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", [id_ for id_, (kind, _relay) in self._coverage().items() if kind in value])

    # -- our Region --------------------------------------------------------------------------------

    def _compute_is_own(self):
        own = self.search([("is_own", "=", True), ("id", "in", self.ids)])
        for territory in self:
            territory.is_own = territory._origin in own

    def _search_is_own(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("id", "child_of", self._own_regions().ids)

    @api.model
    def _own_regions(self):
        home = self._from_zip(self.env.company.zip)
        if not home:
            # sudo: only tells which regions are in use, not what happens there.
            in_use = (
                self.env["clause.insertion"]
                .sudo()
                ._read_group(
                    [("territory_id", "!=", False), ("company_id", "=", self.env.company.id)], ["territory_id"]
                )
            )
            home = self.browse([territory.id for (territory,) in in_use]) | self.search(
                [("facilitator_ids", "!=", False)]
            )
        return self.browse({int(place.parent_path.split("/")[0]) for place in home})

    # -- clauses there -----------------------------------------------------------------------------

    @api.depends_context("uid")
    def _compute_running_clause_count(self):
        """Those that the user may see, in the territory and in those within it."""
        counts = dict.fromkeys(self.ids, 0)
        clauses = self.env["clause.insertion"]
        domain = [("territory_id", "child_of", self.ids), ("state", "=", "running")]
        groups = clauses._read_group(domain, ["territory_id"], ["__count"]) if clauses.has_access("read") else ()
        for territory, count in groups:
            for id_, _depth in territory._depths():
                if id_ in counts:
                    counts[id_] += count
        for territory in self:
            territory.running_clause_count = counts.get(territory._origin.id, 0)

    def action_open_running_clauses(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_action")
        return {
            **action,
            "domain": [("territory_id", "child_of", self.id)],
            "context": {"search_default_running": 1},
        }
