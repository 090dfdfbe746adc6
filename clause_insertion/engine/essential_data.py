"""Essential data of public contracts (DECP, articles L2196-2 and R2196-1): words, numbers and identifiers.

The words are those of the official schema 2.0.3, exactly: they are French by nature, they are what the
screens show and what the file says.
"""

import re
from datetime import date
from functools import lru_cache

from dateutil.relativedelta import relativedelta
from stdnum.eu.vat import MEMBER_STATES
from stdnum.fr import siret

NATURES = {
    "contract": "Marché",
    "partnership": "Marché de partenariat",
    "defence": "Marché de défense ou de sécurité",
}
PROCEDURES = {
    "adapted": "Procédure adaptée",
    "open": "Appel d'offres ouvert",
    "restricted": "Appel d'offres restreint",
    "negotiated": "Procédure avec négociation",
    "direct": "Marché passé sans publicité ni mise en concurrence préalable",
    "dialogue": "Dialogue compétitif",
}
CCAG = {
    "works": "Travaux",
    "project_management": "Maitrise d'œuvre",
    "supplies_services": "Fournitures courantes et services",
    "industrial": "Marchés industriels",
    "intellectual": "Prestations intellectuelles",
    "it": "Techniques de l'information et de la communication",
    "none": "Pas de CCAG",
}
PRICE_FORMS = {"unit": "Unitaire", "lump_sum": "Forfaitaire", "mixed": "Mixte"}
GROUPINGS = {"joint": "Conjoint", "several": "Solidaire", "none": "Pas de groupement"}
PLACE_KINDS = {
    "commune": "Code commune",
    "department": "Code département",
    "region": "Code région",
    "zip": "Code postal",
    "district": "Code arrondissement",
    "canton": "Code canton",
    "country": "Code pays",
}
CONCESSION_NATURES = {
    "works": "Concession de travaux",
    "service": "Concession de service",
    "public_service": "Concession de service public",
    "delegation": "Délégation de service public",
}
CONCESSION_PROCEDURES = {
    "negotiated_open": "Procédure négociée ouverte",
    "open": "Procédure non négociée ouverte",
    "negotiated_restricted": "Procédure négociée restreinte",
    "restricted": "Procédure non négociée restreinte",
}
MAX_NUMBER = 16
MAX_OBJECT = 1000
# The schema asks to keep these out of a contract's number.
AVOIDED = re.compile(r"[&\"\\<,;\s]+")
# Countries whose companies have a number of their own rather than a SIRET.
LOCAL_NUMBERS = {"PF": "TAHITI", "NC": "RIDET", "WF": "FRWF"}


def contract_number(name: str) -> str:
    """A number of 1 to 16 characters made of a purchase's own; the end is what tells two long ones apart.

    >>> contract_number("P00012"), contract_number("Lot 3, P/2026/00000012")
    ('P00012', '_P/2026/00000012')
    """
    return AVOIDED.sub("_", name.strip())[-MAX_NUMBER:]


def months_up(start: date, end: date) -> int:
    """Months from ``start`` to ``end``, both included, rounded up; 0 when nothing can be said.

    >>> months_up(date(2026, 1, 1), date(2026, 12, 31)), months_up(date(2026, 1, 1), date(2027, 1, 1))
    (12, 13)
    >>> months_up(date(2026, 1, 15), date(2026, 1, 20)), months_up(date(2026, 1, 15), date(2026, 1, 15))
    (1, 0)
    >>> months_up(date(2026, 1, 31), date(2026, 2, 27)), months_up(date(2026, 3, 31), date(2026, 1, 1))
    (1, 0)
    """
    if end <= start:
        return 0
    passed = relativedelta(end + relativedelta(days=1), start)
    return passed.years * 12 + passed.months + (1 if passed.days else 0)


def deadline(notified_on: date) -> date:
    """Last day, included, to publish: two months after the notification of a contract or modification.

    >>> deadline(date(2026, 9, 14)), deadline(date(2026, 12, 31))
    (datetime.date(2026, 11, 14), datetime.date(2027, 2, 28))
    """
    return notified_on + relativedelta(months=2)


@lru_cache(maxsize=4096)
def is_siret(number: str) -> bool:
    """Whether these are 14 digits whose check digits hold (La Poste has a rule of its own).

    >>> is_siret("13000548100010"), is_siret("12345678901234"), is_siret("1300054810001")
    (True, False, False)
    >>> is_siret("35600000000048"), is_siret("35600000049837"), is_siret("35600000049838")
    (True, True, False)
    """
    return number == siret.compact(number) and siret.is_valid(number)


def identifier(country: str | None, registry: str | None, vat: str | None) -> tuple[str, str] | None:
    """How the file names a company: ``(typeIdentifiant, id)``; None if nothing is known of it.

    A SIRET first, then the territory's own number, then the European VAT number, else a number from
    outside the Union. A number that is not one is given as it is, for the checks to refuse it.

    >>> identifier("FR", "130 005 481 00010", None), identifier(None, "12345678901234", "FR12")
    (('SIRET', '13000548100010'), ('SIRET', '12345678901234'))
    >>> identifier("DE", "HRB 1", "DE 136695976"), identifier("NC", "0 123 456.001", None)
    (('TVA', 'DE136695976'), ('RIDET', '0123456.001'))
    >>> identifier("CH", "CHE-1", None), identifier("FR", "", "FR40303265045"), identifier("FR", None, None)
    (('HORS-UE', 'CHE-1'), ('TVA', 'FR40303265045'), None)
    """
    registry, vat = re.sub(r"\s", "", registry or ""), re.sub(r"\s", "", vat or "").upper()
    country = country or "FR"
    if country in LOCAL_NUMBERS and (registry or vat):
        return LOCAL_NUMBERS[country], registry or vat
    if country == "FR" and registry:
        return "SIRET", siret.compact(registry)
    if country.lower() in MEMBER_STATES and vat:
        return "TVA", vat
    if country.lower() not in MEMBER_STATES and (registry or vat):
        return "HORS-UE", registry or vat
    return None
