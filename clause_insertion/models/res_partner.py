from odoo import api, fields, models

# Codes of the State's platform. Those marked sensitive (domain.md 4.3) say too much of whom they send.
SENSITIVE_PRESCRIBERS = frozenset({"ASE", "PJJ", "SPIP", "CAARUD", "CSAPA", "PREVENTION", "CIDFF", "PENSION"})
PRESCRIBER_KINDS = [
    ("FT", "France Travail"),
    ("ML", "Mission locale"),
    ("CAP_EMPLOI", "Cap emploi"),
    ("PLIE", "PLIE"),
    ("DEPT", "Département (social service)"),
    ("ODC", "Delegate for the RSA"),
    ("CCAS", "CCAS or CIAS"),
    ("CAF", "CAF"),
    ("MSA", "MSA"),
    ("AFPA", "AFPA"),
    ("CHRS", "CHRS"),
    ("CHU", "CHU (emergency housing)"),
    ("CADA", "CADA"),
    ("CPH", "CPH"),
    ("HUDA", "HUDA"),
    ("E2C", "E2C"),
    ("EPIDE", "EPIDE"),
    ("OIL", "Local integration operator"),
    ("PIJ_BIJ", "Youth information (PIJ, BIJ)"),
    ("RS_FJT", "Social residence, FJT"),
    ("OACAS", "OACAS"),
    ("ASE", "Child welfare (ASE)"),
    ("PJJ", "PJJ"),
    ("SPIP", "SPIP"),
    ("CAARUD", "CAARUD"),
    ("CSAPA", "CSAPA"),
    ("PREVENTION", "Specialised prevention"),
    ("CIDFF", "CIDFF"),
    ("PENSION", "Boarding house"),
    ("OTHER", "Other"),
]


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
    insertion_prescriber_kind = fields.Selection(
        PRESCRIBER_KINDS, string="Kind of prescriber", help="Figures are given by it, never by prescriber."
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
    insertion_is_esus = fields.Boolean(
        "ESUS approval",
        help="Approved as “entreprise solidaire d'utilité sociale” (article L3332-17-1 of the labour code): what is "
        "bought from it is a figure of the SPASER. Check that the approval is still in force.",
    )
    insertion_is_social_economy = fields.Boolean(
        "Social economy (ESS)",
        compute="_compute_insertion_is_social_economy",
        store=True,
        readonly=False,
        help="Association, cooperative, mutual society, foundation, or company of the social and solidarity economy "
        "(article 1 of the law of 31 July 2014). Whoever has the ESUS approval belongs to it.",
    )

    @api.depends("insertion_is_esus")
    def _compute_insertion_is_social_economy(self):
        for partner in self:
            partner.insertion_is_social_economy = partner.insertion_is_esus or partner.insertion_is_social_economy
