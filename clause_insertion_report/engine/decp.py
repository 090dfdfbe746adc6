"""Open data of public contracts (DECP): one contract or concession as the object of the official schema 2.0.3.

``build`` and ``build_modification`` write; ``problems`` and ``modification_problems`` say what prevents it, the
rules that the schema does not state included. Words are the schema's own, in French. Amounts are in euros
excluding tax, durations in whole months, shares as fractions (0.05 is 5 %). Source: arrêté of 22 December 2022
and its schema, github.com/139bercy/format-commande-publique.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from stdnum.eu import vat

from odoo.addons.clause_insertion.engine.essential_data import MAX_NUMBER, MAX_OBJECT, is_siret

CPV = re.compile(r"[0-9]{8}(-[0-9])?")
DEPARTMENT = r"(?:0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-5]|97[1-8]|98[4-9])"
PLACE_CODES = {
    "Code postal": r"\d{5}",
    "Code commune": r"(?:\d{2}|2[AB])\d{3}",
    "Code arrondissement": rf"{DEPARTMENT}\d",
    "Code canton": rf"{DEPARTMENT}\d\d",
    "Code département": DEPARTMENT,
    "Code région": r"\d{2}",
    "Code pays": r"99\d{3}|[A-Z]{2}",
}
NO_GROUPING = "Pas de groupement"
# Words that say "none": never beside another one.
ALONE = frozenset({"Sans objet", "Pas de considération sociale", "Pas de considération environnementale"})
RESERVED = {"Marché réservé": "Concession réservée"}

Holder = tuple[str, str]


class Problem(NamedTuple):
    """``field`` of the contract, broken ``rule``, and the value or name that shows it."""

    field: str
    rule: str
    detail: str = ""


@dataclass(frozen=True)
class Modification:
    """Zero or nothing: what the modification leaves as it was."""

    number: int
    notified_on: date | None
    amount: float = 0
    months: int = 0
    holders: tuple[Holder | None, ...] = ()


@dataclass(frozen=True)
class Contract:
    """What is known of a contract; None, 0 or empty: not known. ``holders`` are (typeIdentifiant, id)."""

    number: str
    buyer: str
    title: str
    months: int
    amount: float
    holders: tuple[Holder | None, ...]
    social: tuple[str, ...]
    environment: tuple[str, ...]
    nature: str | None = None
    procedure: str | None = None
    cpv: str = ""
    techniques: tuple[str, ...] = ()
    executions: tuple[str, ...] = ()
    is_subsequent: bool = False
    framework: str = ""
    innovative: bool = False
    ccag: str | None = None
    offers: int = 0
    advance: bool = False
    advance_rate: float = 0
    grouping: str | None = None
    subcontracting: bool = False
    place_kind: str | None = None
    place_code: str = ""
    price_types: tuple[str, ...] = ()
    price_form: str | None = None
    origins: tuple[float, float] | None = None  # European Union, France
    notified_on: date | None = None
    is_concession: bool = False
    signed_on: date | None = None
    starts_on: date | None = None
    subsidy: float = 0


# -- the file's objects ----------------------------------------------------------------------------


def build(contract: Contract, published_on: date) -> dict[str, Any]:
    """The object of a contract without its modifications; ``problems`` must have found none.

    >>> made = build(EXAMPLE, date(2026, 10, 1))
    >>> made["acheteur"], made["dureeMois"], made["montant"], made["datePublicationDonnees"]
    ({'id': '13000548100010'}, 6, 250000, '2026-10-01')
    >>> made["titulaires"]
    [{'titulaire': {'typeIdentifiant': 'SIRET', 'id': '35600000000048'}}]
    """
    return _concession(contract, published_on) if contract.is_concession else _contract(contract, published_on)


def _contract(contract: Contract, published_on: date) -> dict[str, Any]:
    made = {
        "id": contract.number,
        "acheteur": {"id": contract.buyer},
        "nature": contract.nature,
        "objet": contract.title,
        "codeCPV": contract.cpv,
        "techniques": {"technique": list(contract.techniques)},
        "modalitesExecution": {"modaliteExecution": list(contract.executions)},
        "marcheInnovant": contract.innovative,
        "ccag": contract.ccag,
        "offresRecues": contract.offers,
        "attributionAvance": contract.advance,
        "typeGroupementOperateurs": contract.grouping,
        "sousTraitanceDeclaree": contract.subcontracting,
        "procedure": contract.procedure,
        "lieuExecution": {"code": contract.place_code, "typeCode": contract.place_kind},
        "dureeMois": contract.months,
        "dateNotification": _day(contract.notified_on),
        "datePublicationDonnees": _day(published_on),
        "montant": _number(contract.amount),
        "typesPrix": {"typePrix": list(contract.price_types)},
        "formePrix": contract.price_form,
        "titulaires": _holders("titulaire", contract.holders),
        **_considerations(contract.social, contract.environment),
    }
    if contract.is_subsequent:
        made["idAccordCadre"] = contract.framework
    if contract.advance:
        made["tauxAvance"] = contract.advance_rate
    if contract.origins:
        made["origineUE"], made["origineFrance"] = contract.origins
    return made


def _concession(contract: Contract, published_on: date) -> dict[str, Any]:
    return {
        "id": contract.number,
        "autoriteConcedante": {"id": contract.buyer},
        "nature": contract.nature,
        "objet": contract.title,
        "procedure": contract.procedure,
        "dureeMois": contract.months,
        "dateSignature": _day(contract.signed_on),
        "datePublicationDonnees": _day(published_on),
        "dateDebutExecution": _day(contract.starts_on),
        "valeurGlobale": _number(contract.amount),
        "montantSubventionPublique": _number(contract.subsidy),
        "concessionnaires": _holders("concessionnaire", contract.holders),
        **_considerations([RESERVED.get(word, word) for word in contract.social], contract.environment),
    }


def build_modification(modification: Modification, published_on: date, is_concession: bool) -> dict[str, Any]:
    """The object of one modification.

    >>> build_modification(Modification(1, date(2026, 11, 2), amount=300_000), date(2026, 11, 20), False)
    {'modification': {'id': 1, 'dateNotificationModification': '2026-11-02', \
'datePublicationDonneesModification': '2026-11-20', 'montant': 300000}}
    """
    notified = "dateSignatureModification" if is_concession else "dateNotificationModification"
    made: dict[str, Any] = {
        "id": modification.number,
        notified: _day(modification.notified_on),
        "datePublicationDonneesModification": _day(published_on),
    }
    if modification.months:
        made["dureeMois"] = modification.months
    if modification.amount:
        made["valeurGlobale" if is_concession else "montant"] = _number(modification.amount)
    if modification.holders and not is_concession:  # the schema of concessions has no place for new holders
        made["titulaires"] = _holders("titulaire", modification.holders)
    return {"modification": made}


def differences(published: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Which of amount and holders are no longer as published, modifications included: a modification is due.

    >>> published = build(EXAMPLE, date(2026, 10, 1))
    >>> differences(published, published | {"montant": 300_000})
    ['amount']
    >>> change = build_modification(Modification(1, date(2026, 11, 2), amount=300_000), date(2026, 11, 20), False)
    >>> differences(published | {"modifications": [change]}, published | {"montant": 300_000})
    []
    """
    told = dict(published)
    for item in published.get("modifications", ()):
        told |= item["modification"]
    names = {"montant": "amount", "valeurGlobale": "amount", "titulaires": "holders", "concessionnaires": "holders"}
    return [field for name, field in names.items() if now.get(name) != told.get(name)]


def _considerations(social: Iterable[str], environment: Iterable[str]) -> dict[str, Any]:
    return {
        "considerationsSociales": {"considerationSociale": list(social)},
        "considerationsEnvironnementales": {"considerationEnvironnementale": list(environment)},
    }


def _holders(name: str, holders: Iterable[Holder | None]) -> list[dict[str, Any]]:
    return [{name: {"typeIdentifiant": kind, "id": number}} for kind, number in filter(None, holders)]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(amount: float) -> float | int:
    """Cents at most, and no needless decimals."""
    amount = round(amount, 2)
    return int(amount) if amount == int(amount) else amount


# -- what prevents it ------------------------------------------------------------------------------

ALWAYS = ("number", "buyer", "title", "nature", "procedure", "months", "amount", "holders", "social", "environment")
OF_CONCESSIONS = ("signed_on", "starts_on")
OF_CONTRACTS = ("cpv", "ccag", "offers", "grouping", "techniques", "executions", "price_form", "price_types")
OF_CONTRACTS += ("place_kind", "place_code", "notified_on")


def problems(contract: Contract, published_on: date) -> list[Problem]:
    """All that is missing or wrong, in the order of the page; nothing when the contract can be published.

    >>> problems(EXAMPLE, date(2026, 10, 1))
    []
    >>> from dataclasses import replace
    >>> problems(replace(EXAMPLE, cpv="", months=0), date(2026, 10, 1))
    [Problem(field='months', rule='missing', detail=''), Problem(field='cpv', rule='missing', detail='')]
    >>> problems(replace(EXAMPLE, social=("Clause sociale", "Pas de considération sociale")), date(2026, 10, 1))
    [Problem(field='social', rule='alone', detail='Pas de considération sociale')]
    >>> problems(replace(EXAMPLE, buyer="12345678901234"), date(2026, 10, 1))
    [Problem(field='buyer', rule='siret', detail='12345678901234')]
    """
    required = ALWAYS + (OF_CONCESSIONS if contract.is_concession else OF_CONTRACTS)
    found = [Problem(name, "missing") for name in required if not getattr(contract, name)]
    found += _common_problems(contract)
    found += _concession_problems(contract) if contract.is_concession else _contract_problems(contract, published_on)
    return found


def _common_problems(contract: Contract) -> Iterator[Problem]:
    if len(contract.number) > MAX_NUMBER:
        yield Problem("number", "too_long", str(MAX_NUMBER))
    if len(contract.title) > MAX_OBJECT:
        yield Problem("title", "too_long", str(MAX_OBJECT))
    if contract.buyer and not is_siret(contract.buyer):
        yield Problem("buyer", "siret", contract.buyer)
    if contract.months < 0:
        yield Problem("months", "too_small", "1")
    if contract.amount and contract.amount < 1:
        yield Problem("amount", "too_small", "1")
    yield from _holder_problems(contract.holders)
    for name in ("social", "environment", "techniques", "executions"):
        words = getattr(contract, name)
        lonely = ALONE.intersection(words)
        if lonely and len(words) > 1:
            yield Problem(name, "alone", min(lonely))


def _holder_problems(holders: tuple[Holder | None, ...]) -> Iterator[Problem]:
    for holder in holders:
        if holder is None:
            yield Problem("holders", "unidentified")
        elif holder[0] == "SIRET" and not is_siret(holder[1]):
            yield Problem("holders", "siret", holder[1])
        elif holder[0] == "TVA" and not vat.is_valid(holder[1]):
            yield Problem("holders", "vat", holder[1])
    if len(set(holders)) < len(holders):
        yield Problem("holders", "twice")


def _contract_problems(contract: Contract, published_on: date) -> Iterator[Problem]:
    if contract.cpv and not CPV.fullmatch(contract.cpv):
        yield Problem("cpv", "cpv", contract.cpv)
    if contract.offers < 0:
        yield Problem("offers", "too_small", "1")
    if contract.grouping == NO_GROUPING and len(contract.holders) > 1:
        yield Problem("grouping", "several_holders")
    if contract.advance and not 0 <= contract.advance_rate <= 1:
        yield Problem("advance_rate", "share")
    if contract.origins:
        european, french = contract.origins
        if not 0 <= french <= european <= 1:
            yield Problem("origins", "origins")
    if contract.is_subsequent and not contract.framework:
        yield Problem("framework", "missing")
    pattern = PLACE_CODES.get(contract.place_kind or "")
    if pattern and contract.place_code and not re.fullmatch(pattern, contract.place_code, re.ASCII):
        yield Problem("place_code", "place", contract.place_code)
    if contract.notified_on and contract.notified_on > published_on:
        yield Problem("notified_on", "after_publication")


def _concession_problems(contract: Contract) -> Iterator[Problem]:
    if contract.subsidy < 0:
        yield Problem("subsidy", "too_small", "0")
    if contract.signed_on and contract.starts_on and contract.starts_on < contract.signed_on:
        yield Problem("starts_on", "before_signature")


def modification_problems(
    modifications: Iterable[Modification], contracted_on: date | None, published_on: date
) -> list[Problem]:
    """What is wrong with the modifications of a contract notified (or signed) on ``contracted_on``.

    >>> one, two = Modification(1, date(2026, 11, 2), amount=3), Modification(2, date(2026, 11, 1), amount=4)
    >>> modification_problems([one, two], date(2026, 9, 1), date(2026, 12, 1))
    [Problem(field='modifications', rule='order', detail='2')]
    >>> modification_problems([one], date(2026, 11, 3), date(2026, 12, 1))
    [Problem(field='modifications', rule='order', detail='1')]
    """
    found, previous, last_day = [], 0, contracted_on
    for change in modifications:
        shown = str(change.number)
        if change.number <= previous or (last_day and change.notified_on and change.notified_on < last_day):
            found.append(Problem("modifications", "order", shown))
        if not change.notified_on or change.notified_on > published_on:
            found.append(Problem("modifications", "after_publication", shown))
        if 0 < change.amount < 1:
            found.append(Problem("modifications", "too_small", shown))
        found += _holder_problems(change.holders)
        previous, last_day = change.number, change.notified_on
    return found


EXAMPLE = Contract(
    number="2026-014",
    buyer="13000548100010",
    title="Réfection du gymnase, lot 2 (exemple inventé)",
    months=6,
    amount=250_000,
    holders=(("SIRET", "35600000000048"),),
    social=("Clause sociale",),
    environment=("Pas de considération environnementale",),
    nature="Marché",
    procedure="Procédure adaptée",
    cpv="45210000-2",
    techniques=("Sans objet",),
    executions=("Sans objet",),
    ccag="Travaux",
    offers=3,
    grouping=NO_GROUPING,
    place_kind="Code commune",
    place_code="86194",
    price_types=("Définitif révisable",),
    price_form="Forfaitaire",
    notified_on=date(2026, 9, 14),
)
