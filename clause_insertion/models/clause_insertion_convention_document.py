from markupsafe import Markup

from odoo import api, fields, models

from ..engine.documents import fill, french_day, french_number
from .document_words import refuse_unknown_words

# What a text may name between braces: French, like the documents themselves.
WORDS = (
    "region",
    "adresse_region",
    "relais",
    "adresse_relais",
    "siret_relais",
    "reference",
    "territoires",
    "date_signature",
    "date_debut",
    "date_fin",
    "mois",
    "date_preavis",
    "mois_preavis",
    "renouvellement",
    "missions_region",
    "missions_relais",
    "financement",
    "bilan",
    "objectifs",
)
RENEWALS = {
    "none": "Elle n'est pas renouvelable.",
    "tacit": "Elle est renouvelée par tacite reconduction, sauf si l'une des parties la dénonce.",
    "express": "Elle peut être renouvelée par accord exprès des parties.",
}
FINANCINGS = {
    "none": "La convention est un échange de services\u00a0: elle ne donne lieu à aucun versement.",
    "grant": "La Région verse au relais une subvention de {amount}.",
    "service": "La Région rémunère les prestations du relais pour un montant de {amount}.",
}
RHYTHMS = {"monthly": "mensuel", "quarterly": "trimestriel", "half_yearly": "semestriel", "yearly": "annuel"}


class ClauseInsertionConvention(models.Model):
    """The paper: a text that comes from the Region's template, in French whoever prints it."""

    _inherit = "clause.insertion.convention"

    template_id = fields.Many2one(
        "clause.insertion.convention.template",
        default=lambda self: self._default_template(),
        ondelete="set null",
        help="Gives the text and the missions, which can then be changed for this convention.",
    )
    region_missions = fields.Text(
        "Missions of the Region", compute="_compute_text", store=True, readonly=False, help="One per line."
    )
    relay_missions = fields.Text(
        "Missions of the relay", compute="_compute_text", store=True, readonly=False, help="One per line."
    )
    body = fields.Html("Text", compute="_compute_text", store=True, readonly=False)
    annex = fields.Html("Data-protection annex", compute="_compute_text", store=True, readonly=False)

    @api.model
    def _default_template(self):
        return self.env["clause.insertion.convention.template"].search(
            [("company_id", "in", (False, self.env.company.id))], limit=1
        )

    @api.depends("template_id")
    def _compute_text(self):
        for convention in self:
            template = convention.template_id
            for name in ("region_missions", "relay_missions", "body", "annex"):
                convention[name] = template[name] if template else convention[name]

    @api.constrains("body", "annex")
    def _check_words(self):
        for convention in self:
            refuse_unknown_words(convention, f"{convention.body} {convention.annex}", WORDS)

    def _words(self):
        """The value of each of ``WORDS``."""
        self.ensure_one()
        company, relay = self.company_id, self.partner_id
        return {
            "region": company.name,
            "adresse_region": self._address(company.partner_id),
            "relais": relay.name,
            "adresse_relais": self._address(relay),
            "siret_relais": relay.company_registry or "…",
            "reference": self.name,
            "territoires": ", ".join(self.territory_ids.sorted("code").mapped("name")) or "…",
            "date_signature": french_day(self.date_signed),
            "date_debut": french_day(self.date_start),
            "date_fin": french_day(self.date_end),
            "mois": str(self.months or "…"),
            "date_preavis": french_day(self.notice_date),
            "mois_preavis": str(self.notice_months),
            "renouvellement": RENEWALS[self.renewal_kind],
            "missions_region": self._dashes(self.region_missions),
            "missions_relais": self._dashes(self.relay_missions),
            "financement": self._financing_words(),
            "bilan": RHYTHMS[self.reporting_rhythm],
            "objectifs": self._objective_words(),
        }

    def _financing_words(self):
        lines = [FINANCINGS[self.financing].format(amount=self._euros(self.amount))]
        for part in self.instalment_ids:
            note = f" ({part.note})" if part.note else ""
            lines.append(f"– {french_day(part.date_due)}\u00a0: {self._euros(part.amount)}{note}")
        return "\n".join(lines)

    def _objective_words(self):
        aims = []
        if self.hours_objective:
            aims.append(f"{french_number(self.hours_objective)} heures d'insertion validées")
        if self.people_objective:
            aims.append(f"{french_number(self.people_objective)} personnes")
        return " et ".join(aims) if aims else "aucun objectif chiffré"

    @staticmethod
    def _dashes(text):
        return "\n".join(f"– {line.strip()}" for line in (text or "").splitlines() if line.strip())

    def _euros(self, amount):
        return f"{french_number(amount)}\u00a0{self.currency_id.symbol}"

    @staticmethod
    def _address(partner):
        return ", ".join(
            filter(None, (partner.street, partner.street2, f"{partner.zip or ''} {partner.city or ''}".strip()))
        )

    def _filled(self, text):
        """``text`` with its words filled in, ready to print; Html fields are sanitized when they are saved."""
        return Markup(fill(text or "", self._words()))

    def action_print(self):
        return self.env.ref("clause_insertion.clause_insertion_convention_report").report_action(self)

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Convention %(reference)s", reference=self.name).replace("/", "-")
