"""The object that is published, name by name: of a contract, of a concession, of a modification."""

from dataclasses import replace
from datetime import date

import pytest

from odoo.addons.clause_insertion_report.engine.decp import (
    EXAMPLE,
    Contract,
    Modification,
    build,
    build_modification,
    differences,
)

DAY = date(2026, 10, 1)
POST = {"typeIdentifiant": "SIRET", "id": "35600000000048"}
CONCESSION = replace(
    EXAMPLE,
    is_concession=True,
    nature="Concession de service",
    procedure="Procédure négociée ouverte",
    signed_on=date(2026, 9, 1),
    starts_on=date(2026, 9, 15),
    subsidy=1_000.5,
    social=("Marché réservé", "Clause sociale"),
)


def test_the_24_names_that_every_contract_has():
    assert build(EXAMPLE, DAY) == {
        "id": "2026-014",
        "acheteur": {"id": "13000548100010"},
        "nature": "Marché",
        "objet": "Réfection du gymnase, lot 2 (exemple inventé)",
        "codeCPV": "45210000-2",
        "techniques": {"technique": ["Sans objet"]},
        "modalitesExecution": {"modaliteExecution": ["Sans objet"]},
        "marcheInnovant": False,
        "ccag": "Travaux",
        "offresRecues": 3,
        "attributionAvance": False,
        "typeGroupementOperateurs": "Pas de groupement",
        "sousTraitanceDeclaree": False,
        "procedure": "Procédure adaptée",
        "lieuExecution": {"code": "86194", "typeCode": "Code commune"},
        "dureeMois": 6,
        "dateNotification": "2026-09-14",
        "datePublicationDonnees": "2026-10-01",
        "montant": 250000,
        "typesPrix": {"typePrix": ["Définitif révisable"]},
        "formePrix": "Forfaitaire",
        "titulaires": [{"titulaire": POST}],
        "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
        "considerationsEnvironnementales": {"considerationEnvironnementale": ["Pas de considération environnementale"]},
    }


def test_the_14_names_that_every_concession_has():
    assert build(CONCESSION, DAY) == {
        "id": "2026-014",
        "autoriteConcedante": {"id": "13000548100010"},
        "nature": "Concession de service",
        "objet": "Réfection du gymnase, lot 2 (exemple inventé)",
        "procedure": "Procédure négociée ouverte",
        "dureeMois": 6,
        "dateSignature": "2026-09-01",
        "datePublicationDonnees": "2026-10-01",
        "dateDebutExecution": "2026-09-15",
        "valeurGlobale": 250000,
        "montantSubventionPublique": 1000.5,
        "concessionnaires": [{"concessionnaire": POST}],
        "considerationsSociales": {"considerationSociale": ["Concession réservée", "Clause sociale"]},
        "considerationsEnvironnementales": {"considerationEnvironnementale": ["Pas de considération environnementale"]},
    }


def test_what_is_not_known_of_a_contract_is_empty_or_none():
    bare = Contract("1", "", "", 0, 0, (), (), ())
    names = ("nature", "procedure", "ccag", "grouping", "place_kind", "price_form", "origins")
    assert {getattr(bare, name) for name in (*names, "notified_on", "signed_on", "starts_on")} == {None}
    assert (bare.offers, bare.advance_rate, bare.subsidy) == (0, 0, 0)
    assert {bare.cpv, bare.framework, bare.place_code} == {""}
    assert {bare.techniques, bare.executions, bare.price_types} == {()}
    flags = ("is_subsequent", "innovative", "advance", "subcontracting", "is_concession")
    assert {getattr(bare, name) for name in flags} == {False}


@pytest.mark.parametrize(
    ("flag", "name"),
    [("innovative", "marcheInnovant"), ("subcontracting", "sousTraitanceDeclaree"), ("advance", "attributionAvance")],
)
def test_what_is_said_by_yes_or_no(flag, name):
    assert build(replace(EXAMPLE, **{flag: True}), DAY)[name] is True
    assert build(EXAMPLE, DAY)[name] is False


def test_a_contract_reserved_is_not_a_concession_reserved():
    made = build(replace(EXAMPLE, social=("Marché réservé",)), DAY)
    assert made["considerationsSociales"] == {"considerationSociale": ["Marché réservé"]}


def test_an_order_names_its_framework_agreement_and_a_contract_none():
    assert build(replace(EXAMPLE, is_subsequent=True, framework="2025-001"), DAY)["idAccordCadre"] == "2025-001"
    assert "idAccordCadre" not in build(replace(EXAMPLE, framework="2025-001"), DAY)


@pytest.mark.parametrize("rate", [0, 0.05])
def test_the_rate_of_an_advance_is_told_with_the_advance(rate):
    """Zero beside an advance says that its rate is not known."""
    made = build(replace(EXAMPLE, advance=True, advance_rate=rate), DAY)
    assert (made["attributionAvance"], made["tauxAvance"]) == (True, rate)
    assert "tauxAvance" not in build(replace(EXAMPLE, advance_rate=rate), DAY)


def test_origins_are_of_the_union_then_of_france():
    made = build(replace(EXAMPLE, origins=(0.8, 0.3)), DAY)
    assert (made["origineUE"], made["origineFrance"]) == (0.8, 0.3)
    assert (build(replace(EXAMPLE, origins=(0.0, 0.0)), DAY))["origineUE"] == 0.0
    assert "origineUE" not in build(EXAMPLE, DAY)


@pytest.mark.parametrize(
    ("amount", "text"),
    [(250_000.0, "250000"), (1234.5, "1234.5"), (0.1 + 0.2, "0.3"), (99.996, "100"), (10.25, "10.25")],
)
def test_cents_at_most_and_no_needless_decimals(amount, text):
    assert str(build(replace(EXAMPLE, amount=amount), DAY)["montant"]) == text


def test_a_holder_that_is_not_known_is_left_out():
    made = build(replace(EXAMPLE, holders=(None, ("TVA", "DE136695976"))), DAY)
    assert made["titulaires"] == [{"titulaire": {"typeIdentifiant": "TVA", "id": "DE136695976"}}]


def test_a_day_not_known_stays_empty():
    assert build(replace(EXAMPLE, notified_on=None), DAY)["dateNotification"] is None


# -- modifications -----------------------------------------------------------------------------------

HOLDERS = (("SIRET", "35600000000048"),)


def told(is_concession=False, **changes) -> dict:
    return build_modification(Modification(2, date(2026, 11, 2), **changes), date(2026, 11, 20), is_concession)


def test_a_modification_of_a_contract_in_full():
    assert told(amount=300_000.0, months=8, holders=HOLDERS) == {
        "modification": {
            "id": 2,
            "dateNotificationModification": "2026-11-02",
            "datePublicationDonneesModification": "2026-11-20",
            "dureeMois": 8,
            "montant": 300000,
            "titulaires": [{"titulaire": POST}],
        }
    }


def test_a_modification_of_a_concession_has_no_place_for_holders():
    assert told(True, amount=300_000.55, months=8, holders=HOLDERS) == {
        "modification": {
            "id": 2,
            "dateSignatureModification": "2026-11-02",
            "datePublicationDonneesModification": "2026-11-20",
            "dureeMois": 8,
            "valeurGlobale": 300000.55,
        }
    }


def test_what_a_modification_leaves_as_it_was_is_not_in_it():
    names = {"id", "dateNotificationModification", "datePublicationDonneesModification"}
    assert set(told()["modification"]) == names
    assert Modification(1, None) == Modification(number=1, notified_on=None, amount=0, months=0, holders=())


# -- what is no longer as published --------------------------------------------------------------------


def test_only_the_amount_and_the_holders_make_a_modification_due():
    published = build(EXAMPLE, DAY)
    now = build(replace(EXAMPLE, title="Autre titre", months=7, offers=9), DAY)
    assert differences(published, now) == []


def test_a_new_holder_is_due_until_it_is_told():
    published = build(EXAMPLE, DAY)
    now = build(replace(EXAMPLE, holders=(("SIRET", "13000548100010"),)), DAY)
    assert differences(published, now) == ["holders"]
    assert differences(published | {"modifications": [told(holders=(("SIRET", "13000548100010"),))]}, now) == []


def test_amount_and_holders_of_a_concession():
    published = build(CONCESSION, DAY)
    now = build(replace(CONCESSION, amount=9, holders=(("TVA", "DE136695976"),)), DAY)
    assert differences(published, now) == ["amount", "holders"]


def test_the_last_modification_is_what_stands():
    published = build(EXAMPLE, DAY) | {"modifications": [told(amount=300_000), told(amount=350_000)]}
    assert differences(published, published | {"montant": 350_000}) == []
    assert differences(published, published | {"montant": 300_000}) == ["amount"]
    assert published["montant"] == 250_000
