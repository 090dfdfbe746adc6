from odoo import fields, models


class ClauseInsertionEssentialWord(models.Model):
    """The official words of essential data of which a contract may have several."""

    _name = "clause.insertion.essential.word"
    _description = "Word of essential data"
    _order = "kind, sequence, id"

    name = fields.Char(required=True, help="Exactly the word of the official schema: it goes into the file as it is.")
    kind = fields.Selection(
        [
            ("technique", "Purchasing technique"),
            ("execution", "Way of performing"),
            ("price", "Type of price"),
            ("environment", "Environmental consideration"),
        ],
        required=True,
    )
    sequence = fields.Integer(default=10)
    is_alone = fields.Boolean("Stands alone", help="Says that there is none: never beside another word of its kind.")
