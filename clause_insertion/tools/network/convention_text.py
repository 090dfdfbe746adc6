"""The printed text of a convention: French, whoever prints it. What stands between braces comes from the convention."""

from markupsafe import Markup

from ...engine.documents import fill, french_day, french_number

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


def address(partner):
    place = f"{partner.zip or ''} {partner.city or ''}".strip()
    return ", ".join(filter(None, (partner.street, partner.street2, place)))


def dashed(text):
    """A mission a line."""
    return "\n".join(f"– {line.strip()}" for line in (text or "").splitlines() if line.strip())


def territories(convention):
    return ", ".join(convention.territory_ids.sorted("code").mapped("name")) or "…"


def financing(convention):
    """Whether there is money and, one a line, when it is paid."""

    def money(amount):
        return f"{french_number(amount)}\u00a0{convention.currency_id.symbol}"

    lines = [FINANCINGS[convention.financing].format(amount=money(convention.amount))]
    for part in convention.instalment_ids:
        condition = f" ({part.note})" if part.note else ""
        lines.append(f"– {french_day(part.date_due)}\u00a0: {money(part.amount)}{condition}")
    return "\n".join(lines)


def objectives(convention):
    aims = []
    if convention.hours_objective:
        aims.append(f"{french_number(convention.hours_objective)} heures d'insertion validées")
    if convention.people_objective:
        aims.append(f"{french_number(convention.people_objective)} personnes")
    return " et ".join(aims) if aims else "aucun objectif chiffré"


# What a text may name between braces, and where a convention says it.
PLACEHOLDERS = {
    "region": lambda convention: convention.company_id.name,
    "adresse_region": lambda convention: address(convention.company_id.partner_id),
    "relais": lambda convention: convention.partner_id.name,
    "adresse_relais": lambda convention: address(convention.partner_id),
    "siret_relais": lambda convention: convention.partner_id.company_registry or "…",
    "reference": lambda convention: convention.name,
    "territoires": territories,
    "date_signature": lambda convention: french_day(convention.date_signed),
    "date_debut": lambda convention: french_day(convention.date_start),
    "date_fin": lambda convention: french_day(convention.date_end),
    "mois": lambda convention: str(convention.months or "…"),
    "date_preavis": lambda convention: french_day(convention.notice_date),
    "mois_preavis": lambda convention: str(convention.notice_months),
    "renouvellement": lambda convention: RENEWALS[convention.renewal_kind],
    "missions_region": lambda convention: dashed(convention.region_missions),
    "missions_relais": lambda convention: dashed(convention.relay_missions),
    "financement": financing,
    "bilan": lambda convention: RHYTHMS[convention.reporting_rhythm],
    "objectifs": objectives,
}


def filled(convention, text):
    """``text`` ready to print; the Html fields that it comes from are sanitized when they are saved."""
    values = {name: value(convention) for name, value in PLACEHOLDERS.items()}
    return Markup(fill(text or "", values))
