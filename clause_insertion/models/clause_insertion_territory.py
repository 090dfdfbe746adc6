import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..engine.coverage import Area, Place, place_of, relay_of
from ..engine.places import clean_postcode, department, longest_prefix


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

    _code_unique = models.UniqueIndex("(kind, code)", "A territory of this kind already has this code.")

    @api.depends("name", "code")
    def _compute_display_name(self):
        for territory in self:
            territory.display_name = f"{territory.name} ({territory.code})"

    @api.constrains("zip_prefixes")
    def _check_zip_prefixes(self):
        for territory in self:
            for prefix in territory._split_prefixes():
                if not re.fullmatch(r"\d{2,5}", prefix):
                    raise ValidationError(
                        self.env._("“%(prefix)s” is not the beginning of a French postcode.", prefix=prefix)
                    )

    def _split_prefixes(self):
        return [prefix.strip() for prefix in (self.zip_prefixes or "").split(",") if prefix.strip()]

    # -- a place finds its territory and its relay -------------------------------------------------

    @api.model
    def _from_zip(self, postcode):
        """The smallest territory that holds ``postcode``, or the first of those that share it; may be empty."""
        return self.browse(self._places([(postcode, False)], fields.Date.context_today(self))[0].territory or ())

    @api.model
    def _places(self, wanted, day):
        """A ``Place`` for each (postcode, commune) of ``wanted``, in a number of queries that does not depend on it.

        A commune decides; else the communes of the postcode; else, as long as none is loaded, its first digits.
        """
        postcodes = [_clean(postcode) for postcode, _commune in wanted]
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
        found = relay_of(self._areas(), self._relays(day or fields.Date.context_today(self)))
        return self.env["res.partner"].browse(found or ())


def _clean(postcode):
    try:
        return clean_postcode(postcode or "")
    except ValueError:
        return None
