from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_insertion_facilitator = fields.Boolean(
        "Insertion relay", help="This structure employs facilitators: it validates the hours of its territories."
    )
    insertion_facilitator_kind = fields.Selection(
        [
            ("plie", "PLIE"),
            ("mde", "Maison de l'emploi"),
            ("meif", "MEIF"),
            ("local_authority", "Local authority"),
            ("gip", "GIP"),
            ("association", "Association"),
            ("other", "Other"),
        ],
        string="Kind of relay",
    )
    insertion_territory_ids = fields.Many2many(
        "clause.insertion.territory",
        "res_partner_insertion_territory_rel",
        "partner_id",
        "territory_id",
        string="Territories covered",
    )
    is_insertion_prescriber = fields.Boolean(
        "Insertion prescriber", help="Sends people to the relays: France Travail, a mission locale, a social service…"
    )
    insertion_siae_kind = fields.Selection(
        [
            ("ACI", "ACI (insertion workshop)"),
            ("AI", "AI (intermediary association)"),
            ("EI", "EI (insertion enterprise)"),
            ("EITI", "EITI (insertion through self-employment)"),
            ("ETTI", "ETTI (insertion temporary work)"),
            ("GEIQ", "GEIQ (employers' group)"),
            ("EA", "EA (adapted enterprise)"),
            ("EATT", "EATT (adapted temporary work)"),
            ("ESAT", "ESAT (support through work)"),
            ("ETT", "ETT (temporary work agency)"),
            ("SEP", "SEP (work in prison)"),
        ],
        string="Inclusion employer",
    )
