import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

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

    @api.model
    def _from_zip(self, postcode):
        """The smallest territory that holds ``postcode``: by its prefixes, else its department.

        Empty when the postcode is not French or not covered.
        """
        try:
            postcode = clean_postcode(postcode or "")
        except ValueError:
            return self.browse()
        prefixes = {
            prefix: territory.id
            for territory in self.search([("zip_prefixes", "!=", False)])
            for prefix in territory._split_prefixes()
        }
        found = longest_prefix(postcode, prefixes)
        if found:
            return self.browse(found)
        return self.search([("kind", "=", "department"), ("code", "=", department(postcode))])

    def _find_relay(self):
        """The relay of this territory, else of the nearest territory around it; may be empty."""
        self.ensure_one()
        around = self.browse(int(id_) for id_ in reversed((self.parent_path or "").split("/")) if id_)
        return next((territory.facilitator_ids[:1] for territory in around if territory.facilitator_ids), None)
