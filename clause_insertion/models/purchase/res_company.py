from odoo import fields, models

from . import clause_insertion_essential_choices_mixin  # noqa: F401  (a parent is known before its children)


class ResCompany(models.Model):
    """The company's usual choices of essential data."""

    _name = "res.company"
    _inherit = ["clause.insertion.essential.choices.mixin", "res.company"]  # before its own parent, the lock

    essential_word_ids = fields.Many2many("clause.insertion.essential.word", string="Lists of essential data")
