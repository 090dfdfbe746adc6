"""What open data asks of the running contracts: some are ready, one is published and was modified since."""

from datetime import timedelta

from stdnum import luhn

from odoo import fields

CPV = {
    "Lycée des Trois-Chênes": "45262500",
    "Internat de la Belle-Étoile": "45214000",
    "Lycée des Quatre-Vents": "45442100",
    "Maçonnerie d'entretien": "45262500",
}
PUBLISHED = "Internat de la Belle-Étoile"


def describe_companies(region):
    """SIRET numbers whose check digits hold and that nobody has: no SIREN begins with 000."""
    companies = [region.company.partner_id, *region.contractors.values()]
    for number, partner in enumerate(companies, start=1):
        partner.company_registry = _siret(number)
    words = ("technique_none", "execution_none", "price_revisable", "environment_clause")
    region.company.write(
        {
            "essential_nature": "contract",
            "essential_procedure": "open",
            "essential_price_form": "lump_sum",
            "essential_grouping": "none",
            "essential_word_ids": [region.data(f"essential_{word}").id for word in words],
        }
    )


def _siret(number):
    siren = f"000{number:05}"
    start = f"{siren}{luhn.calc_check_digit(siren)}0001"
    return start + luhn.calc_check_digit(start)


def create_essential_data(region):
    """The clause officer has published one contract; since, the buyer has completed some of the others."""
    buyer = region.as_user("acheteur")
    orders, agreements = buyer["purchase.order"], buyer["purchase.requisition"]
    contracts = {
        start: orders.search([("partner_ref", "=like", f"{start}%"), ("essential_required", "=", True)])
        or agreements.search([("reference", "=like", f"{start}%")])
        for start in CPV
    }
    _complete(contracts, PUBLISHED)
    _publish(region, contracts[PUBLISHED])
    for start in CPV.keys() - {PUBLISHED}:
        _complete(contracts, start)


def _complete(contracts, start):
    contracts[start].write({"essential_cpv": CPV[start], "essential_offers": 2 + len(start) % 4})


def _publish(region, order):
    """Published a month after it was notified; extended since, which is to publish."""
    day = order.insertion_notified_on
    officer = region.as_user("charge-mission")
    officer["clause.insertion.open.data"].create(
        {"date_from": day, "date_to": day, "published_on": day + timedelta(days=30)}
    ).action_record()
    order.env["clause.insertion.contract.modification"].create(
        {
            "purchase_order_id": order.id,
            "name": "Avenant 1 : prolongation de trois mois (exemple)",
            "notified_on": fields.Date.today() - timedelta(days=20),
            "duration": order.essential_duration + 3,
        }
    )
