from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.coverage import SMALLEST_FIRST
from ...engine.places import clean_commune, clean_postcode


class ClauseInsertionCommune(models.Model):
    """A commune, from the official files: it tells apart the territories that share a postcode."""

    _name = "clause.insertion.commune"
    _description = "Commune"
    _order = "name, code"
    _rec_names_search = ["name", "code", "postcodes"]

    code = fields.Char("INSEE code", required=True, help="Text: 86194, 01004, 2A004 or 97105. Not the postcode.")
    name = fields.Char(required=True, index="trigram")
    postcodes = fields.Char(index="trigram", help="Separated by spaces.")
    territory_ids = fields.Many2many(
        "clause.insertion.territory",
        "clause_insertion_commune_territory_rel",
        "commune_id",
        "territory_id",
        string="Territories",
        domain=[("kind", "in", SMALLEST_FIRST[1:4])],
        help="Its department, inter-municipality and employment zone.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "A commune already has this INSEE code.")

    @api.depends("name", "code")
    def _compute_display_name(self):
        for commune in self:
            commune.display_name = f"{commune.name} ({commune.code})"

    @api.constrains("code", "postcodes")
    def _check_codes(self):
        for commune in self:
            try:
                clean = clean_commune(commune.code) == commune.code
                clean = clean and all(clean_postcode(text) == text for text in commune._split_postcodes())
            except ValueError:
                clean = False
            if not clean:
                raise ValidationError(
                    self.env._(
                        "%(name)s: an INSEE code has five characters, such as 86194 or 2A004; "
                        "postcodes have five digits each.",
                        name=commune.name,
                    )
                )

    @api.constrains("territory_ids")
    def _check_one_of_each_kind(self):
        for commune in self:
            kinds = commune.territory_ids.mapped("kind")
            if len(kinds) > len(set(kinds)):
                raise ValidationError(
                    self.env._("%(name)s lies in one territory of each kind only.", name=commune.name)
                )

    def _split_postcodes(self):
        return (self.postcodes or "").split()

    def _areas(self):
        """The territories that hold each commune, and those around them."""
        self.territory_ids._areas()  # reads them all at once
        return {commune.id: commune.territory_ids._areas() for commune in self}
