from odoo import fields, models


class ClauseInsertionExemption(models.Model):
    _name = "clause.insertion.exemption"
    _description = "Legal reason for no social condition"
    _order = "applies_to, code"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    applies_to = fields.Selection(
        [("contract", "Public contracts"), ("concession", "Concessions"), ("both", "Both")],
        default="contract",
        required=True,
    )
    source = fields.Char("Legal source")
    verified = fields.Boolean(help="Untick while the wording is still to be checked against the code.")
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "A reason with this code already exists.")
