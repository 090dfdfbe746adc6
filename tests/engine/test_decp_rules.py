"""What prevents a contract from being published, one rule at a time: the last right value and the first wrong one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from odoo.addons.clause_insertion.engine.essential_data import months_up
from odoo.addons.clause_insertion_report.engine.decp import (
    ALONE,
    EXAMPLE,
    Contract,
    Modification,
    Problem,
    modification_problems,
    problems,
)

DAY = date(2026, 10, 1)
CITY, AGENCY, POST = "13000548100010", "35600000049837", "35600000000048"
CONCESSION = replace(
    EXAMPLE, is_concession=True, signed_on=date(2026, 9, 1), starts_on=date(2026, 9, 1), nature="Concession de service"
)


def found(base: Contract = EXAMPLE, day: date = DAY, **changes) -> list[tuple]:
    return [tuple(problem) for problem in problems(replace(base, **changes), day)]


def test_the_example_and_a_concession_can_be_published():
    assert found() == found(CONCESSION) == []


def test_a_problem_is_a_field_a_rule_and_what_shows_it():
    assert Problem("number", "missing") == ("number", "missing", "")


# -- what is missing ---------------------------------------------------------------------------------

MISSING = {
    "number": "",
    "buyer": "",
    "title": "",
    "nature": None,
    "procedure": None,
    "months": 0,
    "amount": 0,
    "holders": (),
    "social": (),
    "environment": (),
}
OF_CONTRACTS = {
    "cpv": "",
    "ccag": None,
    "offers": 0,
    "grouping": None,
    "techniques": (),
    "executions": (),
    "price_form": None,
    "price_types": (),
    "place_kind": None,
    "place_code": "",
    "notified_on": None,
}
OF_CONCESSIONS = {"signed_on": None, "starts_on": None}


@pytest.mark.parametrize("name", MISSING)
def test_missing_from_a_contract_and_from_a_concession(name):
    assert found(**{name: MISSING[name]}) == [(name, "missing", "")]
    assert found(CONCESSION, **{name: MISSING[name]}) == [(name, "missing", "")]


@pytest.mark.parametrize("name", OF_CONTRACTS)
def test_missing_from_a_contract_alone(name):
    assert found(**{name: OF_CONTRACTS[name]}) == [(name, "missing", "")]
    assert found(CONCESSION, **{name: OF_CONTRACTS[name]}) == []


@pytest.mark.parametrize("name", OF_CONCESSIONS)
def test_missing_from_a_concession_alone(name):
    assert found(CONCESSION, **{name: None}) == [(name, "missing", "")]
    assert found(**{name: None}) == []


def test_all_that_is_missing_comes_in_the_order_of_the_page():
    names = [name for name, *_rest in found(**MISSING, **OF_CONTRACTS)]
    assert names == [*MISSING, *OF_CONTRACTS]
    assert [name for name, *_rest in found(CONCESSION, **MISSING, **OF_CONCESSIONS)] == [*MISSING, *OF_CONCESSIONS]


# -- of every contract -------------------------------------------------------------------------------


def test_a_number_of_16_characters_and_of_17():
    assert found(number="P/2026/000000012") == []
    assert found(number="LP/2026/000000012") == [("number", "too_long", "16")]


def test_a_title_of_1000_characters_and_of_1001():
    assert found(title="é" * 1000) == []
    assert found(title="é" * 1001) == [("title", "too_long", "1000")]


@pytest.mark.parametrize("number", [CITY, POST, AGENCY])
def test_siret_of_an_agency_and_of_la_poste(number):
    """The digits of La Poste's establishments add up to a multiple of five, though their key fails."""
    assert found(buyer=number) == found(holders=(("SIRET", number),)) == []


@pytest.mark.parametrize("number", ["12345678901234", "35600000049838", "1300054810001", "130 005 481 00010", "x"])
def test_what_is_no_siret(number):
    """The second is La Poste's with a digit changed."""
    assert found(buyer=number) == [("buyer", "siret", number)]
    assert found(holders=(("SIRET", number),)) == [("holders", "siret", number)]


@pytest.mark.parametrize(("months", "expected"), [(1, []), (-1, [("months", "too_small", "1")])])
def test_a_contract_lasts_a_month_at_least(months, expected):
    assert found(months=months) == expected


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 1), date(2026, 6, 30), 6),
        (date(2026, 1, 1), date(2026, 7, 1), 7),
        (date(2026, 1, 1), date(2026, 1, 2), 1),
    ],
)
def test_a_duration_is_rounded_up_to_whole_months(start, end, months):
    assert months_up(start, end) == months
    assert found(months=months_up(start, end)) == []


@pytest.mark.parametrize("amount", [0.99, 0.01, -5])
def test_an_amount_under_one_euro(amount):
    assert found(amount=amount) == [("amount", "too_small", "1")]


@pytest.mark.parametrize("amount", [1, 1.5, 39_999, 40_000, 250_000])
def test_an_amount_from_one_euro(amount):
    assert found(amount=amount) == []


# -- holders -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("holder", "expected"),
    [
        (("TVA", "FR40303265045"), []),
        (("TVA", "DE136695976"), []),
        (("TVA", "DE136695977"), [("holders", "vat", "DE136695977")]),
        (("TVA", CITY), [("holders", "vat", CITY)]),
        (("SIRET", "FR40303265045"), [("holders", "siret", "FR40303265045")]),
        (("HORS-UE", "CHE-1"), []),
        (("RIDET", "0123456.001"), []),
        (None, [("holders", "unidentified", "")]),
    ],
)
def test_holders_of_here_and_elsewhere(holder, expected):
    assert found(holders=(holder,)) == expected


def test_the_same_holder_twice():
    holder = ("SIRET", POST)
    assert found(grouping="Solidaire", holders=(holder, ("SIRET", CITY))) == []
    assert found(grouping="Solidaire", holders=(holder, holder)) == [("holders", "twice", "")]


def test_two_holders_are_a_group():
    assert found(holders=(("SIRET", POST), ("SIRET", CITY))) == [("grouping", "several_holders", "")]
    assert found(holders=(("SIRET", POST), ("SIRET", CITY)), grouping="Conjoint") == []
    assert found(grouping="Solidaire") == []


# -- words that say "none" ---------------------------------------------------------------------------


def test_the_words_that_say_none():
    assert sorted(ALONE) == ["Pas de considération environnementale", "Pas de considération sociale", "Sans objet"]


@pytest.mark.parametrize(
    ("name", "none", "some"),
    [
        ("social", "Pas de considération sociale", "Critère social"),
        ("environment", "Pas de considération environnementale", "Clause environnementale"),
        ("techniques", "Sans objet", "Accord-cadre"),
        ("executions", "Sans objet", "Bons de commande"),
    ],
)
def test_no_consideration_beside_another(name, none, some):
    assert found(**{name: (none,)}) == found(**{name: (some,)}) == []
    assert found(**{name: (some, none)}) == found(**{name: (none, some)}) == [(name, "alone", none)]


def test_several_considerations_together():
    assert found(social=("Clause sociale", "Critère social", "Marché réservé")) == []


def test_two_words_that_say_none_are_told_one():
    words = ("Sans objet", "Pas de considération sociale")
    assert found(social=words) == [("social", "alone", "Pas de considération sociale")]


# -- of contracts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cpv", "right"),
    [
        ("45210000", True),
        ("45210000-2", True),
        ("4521000", False),
        ("452100000", False),
        ("45210000-22", False),
        ("45210000-", False),
        (" 45210000", False),
    ],
)
def test_cpv_of_eight_digits_and_a_key(cpv, right):
    assert found(cpv=cpv) == ([] if right else [("cpv", "cpv", cpv)])


@pytest.mark.parametrize(("offers", "expected"), [(1, []), (-1, [("offers", "too_small", "1")])])
def test_an_offer_at_least_was_received(offers, expected):
    assert found(offers=offers) == expected


@pytest.mark.parametrize(("rate", "right"), [(-0.01, False), (0, True), (0.05, True), (1, True), (1.01, False)])
def test_an_advance_is_a_share_and_zero_is_a_rate_not_known(rate, right):
    assert found(advance=True, advance_rate=rate) == ([] if right else [("advance_rate", "share", "")])
    assert found(advance=False, advance_rate=rate) == []


@pytest.mark.parametrize(
    ("european", "french", "right"),
    [
        (1, 1, True),
        (0, 0, True),
        (0.8, 0.3, True),
        (0.5, 0.5, True),
        (0.3, 0.31, False),
        (1.01, 0.5, False),
        (0.5, -0.01, False),
    ],
)
def test_what_is_french_is_european(european, french, right):
    assert found(origins=(european, french)) == ([] if right else [("origins", "origins", "")])


def test_a_framework_agreement_and_its_orders():
    """A contract that follows an agreement names it; the agreement itself, and orders, name none."""
    assert found(techniques=("Accord-cadre",), executions=("Bons de commande", "Marchés subséquents")) == []
    assert found(is_subsequent=True) == [("framework", "missing", "")]
    assert found(is_subsequent=True, framework="2025-001") == []


@pytest.mark.parametrize(
    ("kind", "rights", "wrongs"),
    [
        ("Code postal", ["01000", "97400"], ["860000", "2A004"]),
        ("Code commune", ["01004", "2B033", "97411"], ["2a004", "860000", "2A04"]),
        ("Code département", ["01", "09", "10", "19", "21", "29", "30", "89", "90", "95"], ["00", "96", "1"]),
        ("Code département", ["2A", "2B", "971", "978", "984", "989"], ["20", "2C", "970", "979", "983", "990", "97"]),
        ("Code arrondissement", ["011", "2A1", "9711"], ["2C1", "8610", "00"]),
        ("Code canton", ["0101", "2B15", "97101"], ["861", "86101", "2C15"]),
        ("Code région", ["01", "94"], ["075", "AB"]),
        ("Code pays", ["FR", "99109", "99999"], ["FRA", "9910", "98109", "F"]),
        ("Zone d'emploi", ["anything"], []),
    ],
)
def test_codes_of_places_at_the_edges(kind, rights, wrongs):
    assert [code for code in rights if found(place_kind=kind, place_code=code)] == []
    assert [found(place_kind=kind, place_code=code) for code in wrongs] == [
        [("place_code", "place", code)] for code in wrongs
    ]


def test_digits_of_another_script_are_no_code():
    assert found(place_kind="Code postal", place_code="٨٦٠٠٠") == [("place_code", "place", "٨٦٠٠٠")]


def test_a_contract_is_not_published_before_it_is_notified():
    assert found(notified_on=DAY) == []
    assert found(notified_on=DAY + timedelta(days=1)) == [("notified_on", "after_publication", "")]


def test_rules_of_contracts_are_not_those_of_concessions():
    wrong = {"cpv": "1", "offers": -1, "origins": (0, 1), "is_subsequent": True, "notified_on": date(2030, 1, 1)}
    assert [name for name, *_rest in found(**wrong)] == ["cpv", "offers", "origins", "framework", "notified_on"]
    assert found(CONCESSION, **wrong) == []


# -- of concessions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("subsidy", "expected"), [(0, []), (10.5, []), (-1, [("subsidy", "too_small", "0")])])
def test_a_subsidy_is_not_negative(subsidy, expected):
    assert found(CONCESSION, subsidy=subsidy) == expected
    assert found(subsidy=subsidy) == []


def test_a_concession_starts_on_the_day_of_its_signature_at_the_earliest():
    signed = CONCESSION.signed_on
    assert found(CONCESSION, starts_on=signed) == found(CONCESSION, starts_on=signed + timedelta(days=1)) == []
    assert found(CONCESSION, starts_on=signed - timedelta(days=1)) == [("starts_on", "before_signature", "")]
    assert found(starts_on=date(2020, 1, 1), signed_on=signed) == []


# -- modifications -----------------------------------------------------------------------------------

NOTIFIED = date(2026, 9, 14)


def changed(*changes, contracted_on=NOTIFIED) -> list[tuple]:
    return [tuple(problem) for problem in modification_problems(changes, contracted_on, DAY)]


def wrong(rule: str, number: int) -> list[tuple]:
    return [("modifications", rule, str(number))]


def test_a_modification_on_the_day_of_the_contract_and_the_day_before():
    assert changed(Modification(1, NOTIFIED)) == []
    assert changed(Modification(1, NOTIFIED - timedelta(days=1))) == wrong("order", 1)
    assert changed(Modification(1, NOTIFIED - timedelta(days=1)), contracted_on=None) == []


def test_a_modification_notified_on_the_day_of_publication_and_the_day_after():
    assert changed(Modification(1, DAY)) == []
    assert changed(Modification(1, DAY + timedelta(days=1))) == wrong("after_publication", 1)
    assert changed(Modification(1, None)) == wrong("after_publication", 1)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(1, 2, []), (1, 3, []), (1, 1, wrong("order", 1)), (2, 1, wrong("order", 1)), (0, 1, wrong("order", 0))],
)
def test_numbers_of_modifications_increase_from_one(first, second, expected):
    assert changed(Modification(first, NOTIFIED), Modification(second, NOTIFIED)) == expected


def test_two_modifications_of_one_day_and_the_second_before_the_first():
    first = Modification(1, date(2026, 9, 20))
    assert changed(first, Modification(2, date(2026, 9, 20))) == []
    assert changed(first, Modification(2, date(2026, 9, 19))) == wrong("order", 2)


@pytest.mark.parametrize(("amount", "right"), [(0, True), (0.01, False), (0.99, False), (1, True)])
def test_amount_of_a_modification_where_zero_leaves_it(amount, right):
    assert changed(Modification(3, DAY, amount=amount)) == ([] if right else wrong("too_small", 3))


def test_new_holders_are_identified():
    holders = (None, ("SIRET", "12345678901234"), ("SIRET", POST), ("SIRET", POST))
    assert changed(Modification(1, DAY, holders=holders)) == [
        ("holders", "unidentified", ""),
        ("holders", "siret", "12345678901234"),
        ("holders", "twice", ""),
    ]
    assert changed(Modification(1, DAY, holders=(("SIRET", POST),))) == []
