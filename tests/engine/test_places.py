"""French postcodes, communes and departments: text, with zeros in front, 2A, 2B and three digits overseas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.places import (
    clean_commune,
    clean_department,
    clean_postcode,
    department,
    department_of_commune,
    is_prefix,
    known_postcode,
    longest_prefix,
    split_prefixes,
)


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("86000", "86000"),
        ("01001", "01001"),
        ("1001", "01001"),
        ("1 001", "01001"),
        (" 17 000 ", "17000"),
        ("17\u00a0000", "17000"),
        ("97100", "97100"),
    ],
)
def test_a_postcode_as_it_is_typed(typed, postcode):
    """With spaces, or without the zero that a spreadsheet loses."""
    assert clean_postcode(typed) == known_postcode(typed) == postcode


@pytest.mark.parametrize("typed", ["", "860", "860000", "2A000", "B-1000", "86-00", "٨٦٠٠٠", "86.0"])
def test_what_is_no_postcode(typed):
    """Refused where one is needed, nothing where a text may be something else."""
    with pytest.raises(ValueError, match="^" + typed.replace(".", r"\.") + "$"):
        clean_postcode(typed)
    assert known_postcode(typed) is None


@pytest.mark.parametrize(
    ("postcode", "expected"),
    [
        ("86000", "86"),
        ("01001", "01"),
        ("1001", "01"),
        ("19999", "19"),
        ("20000", "2A"),
        ("20199", "2A"),
        ("20200", "2B"),
        ("20620", "2B"),
        ("21000", "21"),
        ("75116", "75"),
        ("96000", "96"),
        ("97100", "971"),
        ("97400", "974"),
        ("97600", "976"),
        ("98800", "988"),
        ("99000", "99"),
    ],
)
def test_the_department_of_a_postcode(postcode, expected):
    """Corsica is split at 20200, overseas codes have three digits."""
    assert department(postcode) == expected


def test_the_department_of_no_postcode():
    """There is none."""
    with pytest.raises(ValueError, match="860000"):
        department("860000")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("86194", "86194"),
        ("1001", "01001"),
        ("01001", "01001"),
        ("2A004", "2A004"),
        ("2b033", "2B033"),
        ("97105", "97105"),
        ("13 055", "13055"),
        ("13\u00a0055", "13055"),
    ],
)
def test_the_code_of_a_commune(typed, code):
    """Corsican codes have a letter, which small or not is the same."""
    assert clean_commune(typed) == code


@pytest.mark.parametrize("typed", ["", "2C004", "A2004", "2A04", "194", "861940", "2AB04", "8619A", "٨٦١٩"])
def test_what_is_no_code_of_a_commune(typed):
    """Nothing is guessed; a Corsican code loses no zero."""
    with pytest.raises(ValueError, match=f"^{typed}$"):
        clean_commune(typed)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("86194", "86"),
        ("01001", "01"),
        ("2A004", "2A"),
        ("2B033", "2B"),
        ("97105", "971"),
        ("98818", "988"),
        ("96001", "96"),
    ],
)
def test_the_department_of_a_commune(code, expected):
    """Two characters, three overseas."""
    assert department_of_commune(code) == expected


@pytest.mark.parametrize(
    ("typed", "code"), [("1", "01"), (" 1 ", "01"), ("86", "86"), ("2a", "2A"), ("2B", "2B"), ("971", "971")]
)
def test_the_code_of_a_department(typed, code):
    """Two characters at least."""
    assert clean_department(typed) == code


def test_the_prefixes_that_a_territory_names():
    """Parted by commas; empty ones are none."""
    assert split_prefixes(" 861 ,86200,, ,") == ["861", "86200"]
    assert split_prefixes(" ") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8", False),
        ("86", True),
        ("861", True),
        ("86200", True),
        ("862000", False),
        ("2A", False),
        ("٨٦", False),
        ("", False),
    ],
)
def test_what_a_postcode_may_begin_with(text, expected):
    """From two to five digits."""
    assert is_prefix(text) is expected


@pytest.mark.parametrize(
    ("postcode", "value"),
    [("86170", 3), ("86171", 2), ("86200", 1), ("17000", None), ("16000", 4), ("01000", 5), ("10000", None)],
)
def test_the_longest_prefix_is_the_smallest_territory(postcode, value):
    """The whole postcode, down to its first digit."""
    assert longest_prefix(postcode, {"86": 1, "861": 2, "86170": 3, "16": 4, "0": 5}) == value


@given(st.integers(0, 99999), st.dictionaries(st.integers(0, 99999).map(str), st.integers(), max_size=6))
def test_no_longer_prefix_is_left_out(number, prefixes):
    """The first of all the prefixes, by length."""
    postcode = f"{number:05}"
    naming = sorted((prefix for prefix in prefixes if postcode.startswith(prefix)), key=len)
    assert longest_prefix(postcode, prefixes) == (prefixes[naming[-1]] if naming else None)


@given(st.integers(1000, 98999))
def test_the_zero_of_the_first_departments_is_given_back(number):
    """Written as a number or as a text, a postcode has the same department."""
    assert department(str(number)) == department(f"{number:05}")
    assert len(clean_postcode(str(number))) == 5
