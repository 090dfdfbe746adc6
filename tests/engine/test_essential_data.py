"""The words of the official schema, letter for letter, and the numbers and identifiers of a contract."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine import essential_data
from odoo.addons.clause_insertion.engine.essential_data import (
    contract_number,
    deadline,
    identifier,
    is_siret,
    months_up,
)

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("NATURES", "Marché|Marché de partenariat|Marché de défense ou de sécurité"),
        (
            "PROCEDURES",
            "Procédure adaptée|Appel d'offres ouvert|Appel d'offres restreint|Procédure avec négociation|"
            "Marché passé sans publicité ni mise en concurrence préalable|Dialogue compétitif",
        ),
        (
            "CCAG",
            "Travaux|Maitrise d'œuvre|Fournitures courantes et services|Marchés industriels|"
            "Prestations intellectuelles|Techniques de l'information et de la communication|Pas de CCAG",
        ),
        ("PRICE_FORMS", "Unitaire|Forfaitaire|Mixte"),
        ("GROUPINGS", "Conjoint|Solidaire|Pas de groupement"),
        (
            "PLACE_KINDS",
            "Code commune|Code département|Code région|Code postal|Code arrondissement|Code canton|Code pays",
        ),
        (
            "CONCESSION_NATURES",
            "Concession de travaux|Concession de service|Concession de service public|Délégation de service public",
        ),
        (
            "CONCESSION_PROCEDURES",
            "Procédure négociée ouverte|Procédure non négociée ouverte|Procédure négociée restreinte|"
            "Procédure non négociée restreinte",
        ),
    ],
)
def test_the_words_of_the_schema(table, words):
    assert list(getattr(essential_data, table).values()) == words.split("|")


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("NATURES", "contract partnership defence"),
        ("PROCEDURES", "adapted open restricted negotiated direct dialogue"),
        ("CCAG", "works project_management supplies_services industrial intellectual it none"),
        ("PRICE_FORMS", "unit lump_sum mixed"),
        ("GROUPINGS", "joint several none"),
        ("PLACE_KINDS", "commune department region zip district canton country"),
        ("CONCESSION_NATURES", "works service public_service delegation"),
        ("CONCESSION_PROCEDURES", "negotiated_open open negotiated_restricted restricted"),
    ],
)
def test_what_records_keep_for_each_word(table, keys):
    """In the order of the words above: a key that changes would orphan what a Region has recorded."""
    assert list(getattr(essential_data, table)) == keys.split()


def test_lengths_of_the_schema():
    assert (essential_data.MAX_NUMBER, essential_data.MAX_OBJECT) == (16, 1000)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("P00012", "P00012"),
        ("  P00012 ", "P00012"),
        ("P 00012", "P_00012"),
        ('a&b"c\\d<e,f;g', "a_b_c_d_e_f_g"),
        ("a ,; b", "a_b"),
        ("2026-07/A", "2026-07/A"),
        ("1234567890123456", "1234567890123456"),
        ("x1234567890123456", "1234567890123456"),
        ("Lot 3, P/2026/00000012", "_P/2026/00000012"),
    ],
)
def test_the_number_of_a_contract(name, number):
    """Its end is what tells two long ones apart."""
    assert contract_number(name) == number


@given(st.text(max_size=40))
def test_a_number_has_16_characters_at_most_and_none_to_avoid(name):
    number = contract_number(name)
    assert len(number) <= 16
    assert bool(number) == bool(name.strip())
    assert not re.search(r"[&\"\\<,;\s]", number)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        pytest.param(date(2026, 1, 1), date(2026, 12, 31), 12, id="a year"),
        pytest.param(date(2026, 1, 1), date(2027, 1, 1), 13, id="a year and a day"),
        pytest.param(date(2026, 1, 1), date(2026, 12, 30), 12, id="a year but a day"),
        pytest.param(date(2026, 1, 1), date(2029, 12, 31), 48, id="four years"),
        pytest.param(date(2026, 1, 15), date(2026, 1, 20), 1, id="six days"),
        pytest.param(date(2026, 1, 15), date(2026, 1, 16), 1, id="two days"),
        pytest.param(date(2026, 1, 15), date(2026, 2, 14), 1, id="a month"),
        pytest.param(date(2026, 1, 15), date(2026, 2, 15), 2, id="a month and a day"),
        pytest.param(date(2028, 2, 1), date(2028, 2, 29), 1, id="a February of 29 days"),
        pytest.param(date(2026, 1, 15), date(2026, 1, 15), 0, id="both dates left as proposed"),
        pytest.param(date(2026, 3, 31), date(2026, 1, 1), 0, id="dates in the wrong order"),
    ],
)
def test_months_are_rounded_up(start, end, months):
    assert months_up(start, end) == months


@given(days, st.integers(1, 2000))
def test_the_contract_ends_in_the_last_of_its_months(start, length):
    """Not later than the end of month n, and later than the end of month n - 1, by calendar months."""
    end = start + timedelta(days=length)
    months = months_up(start, end)
    passed = (end.year - start.year) * 12 + end.month - start.month
    assert passed <= months <= passed + 1
    if start.day <= 28 and end.day <= 27:
        assert months == (passed if end.day < start.day else passed + 1)


@pytest.mark.parametrize(
    ("notified_on", "last"),
    [
        (date(2026, 9, 14), date(2026, 11, 14)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 12, 30), date(2028, 2, 29)),
        (date(2026, 2, 28), date(2026, 4, 28)),
        (date(2026, 7, 31), date(2026, 9, 30)),
    ],
)
def test_two_months_to_publish(notified_on, last):
    assert deadline(notified_on) == last


@pytest.mark.parametrize(
    ("number", "right"),
    [
        pytest.param("13000548100010", True, id="France Travail"),
        pytest.param("13000548100011", False, id="a digit off"),
        pytest.param("12345678901234", False, id="the sample of the schema"),
        pytest.param("1300054810001", False, id="13 digits"),
        pytest.param("130005481000100", False, id="15 digits"),
        pytest.param("130 005 481 00010", False, id="with spaces"),
        pytest.param("1300054810001A", False, id="a letter"),
        pytest.param("", False, id="nothing"),
        pytest.param("35600000000048", True, id="La Poste, seat"),
        pytest.param("35600000049837", True, id="La Poste, a sum of digits that 5 divides"),
        pytest.param("35600000049838", False, id="La Poste, another sum"),
    ],
)
def test_a_siret_has_check_digits(number, right):
    assert is_siret(number) is right


@pytest.mark.parametrize(
    ("country", "registry", "vat", "found"),
    [
        pytest.param("FR", "130 005 481 00010", None, ("SIRET", "13000548100010"), id="French"),
        pytest.param(None, "13000548100010", None, ("SIRET", "13000548100010"), id="no country: French"),
        pytest.param("FR", "13000548100010", "FR40303265045", ("SIRET", "13000548100010"), id="the SIRET first"),
        pytest.param("FR", "12345678901234", None, ("SIRET", "12345678901234"), id="wrong, for the checks to refuse"),
        pytest.param("FR", "", "FR40303265045", ("TVA", "FR40303265045"), id="French, without a SIRET"),
        pytest.param(None, None, "fr 40 303265045", ("TVA", "FR40303265045"), id="typed in its own way"),
        pytest.param("FR", "", "", None, id="French, nothing known"),
        pytest.param("FR", None, None, None, id="French, nothing at all"),
        pytest.param("DE", "HRB 1", "DE 136695976", ("TVA", "DE136695976"), id="German"),
        pytest.param("DE", "HRB 1", None, None, id="German, whose own register is of no use"),
        pytest.param("DE", None, None, None, id="German, nothing known"),
        pytest.param("CH", "CHE-1", None, ("HORS-UE", "CHE-1"), id="Swiss"),
        pytest.param("CH", None, "che 2", ("HORS-UE", "CHE2"), id="Swiss, by its VAT number"),
        pytest.param("CH", "CHE-1", "CHE-2", ("HORS-UE", "CHE-1"), id="Swiss, the register first"),
        pytest.param("CH", None, None, None, id="Swiss, nothing known"),
        pytest.param("GB", "01234567", "GB123", ("HORS-UE", "01234567"), id="British"),
        pytest.param("NC", "0 123 456.001", None, ("RIDET", "0123456.001"), id="New Caledonia"),
        pytest.param("PF", "A12345", None, ("TAHITI", "A12345"), id="French Polynesia"),
        pytest.param("WF", "123", None, ("FRWF", "123"), id="Wallis and Futuna"),
        pytest.param("NC", None, "nc 9", ("RIDET", "NC9"), id="New Caledonia, by another number"),
        pytest.param("NC", "1", "2", ("RIDET", "1"), id="New Caledonia, its own number first"),
        pytest.param("NC", None, None, None, id="New Caledonia, nothing known"),
    ],
)
def test_how_the_file_names_a_company(country, registry, vat, found):
    assert identifier(country, registry, vat) == found


@given(
    st.sampled_from((None, "FR", "DE", "CH", "NC", "PF", "WF")),
    st.one_of(st.none(), st.text("0123456789AB -. \t", max_size=20)),
    st.one_of(st.none(), st.text("0123456789fr ", max_size=14)),
)
def test_a_company_is_named_without_spaces_or_not_at_all(country, registry, vat):
    found = identifier(country, registry, vat)
    assert found is None or (found[0] in ("SIRET", "TVA", "TAHITI", "RIDET", "FRWF", "HORS-UE"))
    assert found is None or not re.search(r"\s", found[1])
