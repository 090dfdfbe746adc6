"""What people type, compared without accents, case or separators."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.text import digits, folded, match_key

BORN = date(1990, 1, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SIRET n°", "siret n"),
        ("Zone d'emploi", "zone d emploi"),
        ("CODE_COMMUNE", "code commune"),
        ("  Châtellerault\u00a0", "chatellerault"),
        ("ŒUVRE", "oeuvre"),
        ("œuvre", "oeuvre"),
        ("Ægir & ælis", "aegir aelis"),
        ("Straße", "strasse"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("e\u0301te\u0301", "ete"),
        ("Zone 2020", "zone 2020"),
        ("...", ""),
        ("", ""),
        ("Ω mega", "mega"),
    ],
)
def test_words_that_differ_by_accents_or_case_are_the_same(text, expected):
    """Ligatures are spelled out, anything but letters and digits parts words."""
    assert folded(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "35600000000048",
        "356 000 000 00048",
        "356.000.000.00048",
        "356-000-000-00048",
        "356\u00a0000\u00a0000\u00a000048",
        "356\u202f000\u202f000 00048",
        " 356\t000 000 00048\n",
    ],
)
def test_a_siret_however_it_is_spaced(text):
    """Spaces of all kinds, points and hyphens."""
    assert digits(text) == "35600000000048"


@pytest.mark.parametrize("text", ["", "  ", "Bâtisseurs 2000", "356 000 000 A0048", "٣٤٥", "12²", "356/000", "+33"])
def test_what_is_no_number_has_no_digits(text):
    """A name with digits is a name; so are digits of other scripts."""
    assert digits(text) == ""


def test_the_same_person_whatever_the_order_of_the_names():
    """Case, accents, hyphens and the order of the names do not count; the birth date does."""
    assert match_key("Anne-Marie", "Lefèvre", BORN) == "anne lefevre marie 1990-01-31"
    assert match_key("lefevre", "ANNE MARIE", BORN) == match_key("Anne-Marie", "Lefèvre", BORN)
    assert match_key("Anne-Marie", "Lefèvre", date(1990, 2, 1)) != match_key("Anne-Marie", "Lefèvre", BORN)
    assert match_key("Anne", "Lefèvre", BORN) != match_key("Anne-Marie", "Lefèvre", BORN)


def test_without_a_birth_date_nobody_is_guessed():
    """Two people may have one name."""
    assert match_key("Anne", "Lefèvre", None) is None


@given(st.lists(st.sampled_from(["Anne", "Zoé", "LE", "Goff", "d'Île"]), min_size=1, max_size=4), st.data())
def test_names_are_the_same_however_they_are_shared_out(words, data):
    """Between first and last name, in any order."""
    shuffled = data.draw(st.permutations(words))
    at = data.draw(st.integers(0, len(words)))
    assert match_key(" ".join(shuffled[:at]), " ".join(shuffled[at:]), BORN) == match_key("", " ".join(words), BORN)
