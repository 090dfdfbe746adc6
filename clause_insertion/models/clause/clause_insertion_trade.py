from odoo import fields, models

# The fourteen families of the ROME, the State's list of jobs, by their letter.
JOB_FAMILIES = [
    ("A", "A Agriculture, green spaces, care of animals"),
    ("B", "B Arts and crafts"),
    ("C", "C Banking, insurance, property"),
    ("D", "D Trade and retail"),
    ("E", "E Communication, media, multimedia"),
    ("F", "F Construction, building and public works"),
    ("G", "G Hotels, catering, tourism, leisure"),
    ("H", "H Industry"),
    ("I", "I Installation and maintenance"),
    ("J", "J Health"),
    ("K", "K Services to people and to the community"),
    ("L", "L Performing arts"),
    ("M", "M Business support"),
    ("N", "N Transport and logistics"),
]


class ClauseInsertionTrade(models.Model):
    _name = "clause.insertion.trade"
    _description = "Trade"
    _order = "name"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    job_family = fields.Selection(JOB_FAMILIES, help="Family of the ROME, by which national figures are given.")
    labour_share = fields.Float(
        "Labour share", required=True, digits=(5, 4), help="Share of labour in the price of the trade's work."
    )
    verified = fields.Boolean(help="Untick while a facilitator still has to confirm the share.")
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "A trade with this code already exists.")
    _labour_share_range = models.Constraint(
        "CHECK (labour_share >= 0 AND labour_share <= 1)", "A labour share lies between 0 and 100 %."
    )
