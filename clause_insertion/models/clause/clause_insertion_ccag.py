from odoo import api, fields, models

# The CCAG that a category of purchase usually refers to.
USUAL = {
    "works": "clause_insertion.ccag_works",
    "supplies_services": "clause_insertion.ccag_supplies_services",
    "social_services": "clause_insertion.ccag_supplies_services",
}


class ClauseInsertionCcag(models.Model):
    """A set of general conditions to which a public contract may refer, and its articles that a clause quotes."""

    _name = "clause.insertion.ccag"
    _description = "CCAG: general conditions of public contracts"
    _order = "sequence, code"
    _rec_names_search = ["name", "code"]

    code = fields.Char(required=True)
    name = fields.Char(required=True, help="As in the essential data of public contracts.")
    sequence = fields.Integer(default=10)
    insertion_article = fields.Char("Article on insertion")
    procedure_article = fields.Char(
        "Article on hearing the contractor", help="What the buyer must do before it applies a penalty."
    )
    verified = fields.Boolean(
        "Article on insertion checked", help="Untick while the number is still to be checked: the text says so."
    )
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "A CCAG with this code already exists.")

    @api.model
    def _usual(self, category):
        """That of a category of purchase; a concession has none."""
        name = USUAL.get(category)
        return (name and self.env.ref(name, raise_if_not_found=False)) or self.browse()
