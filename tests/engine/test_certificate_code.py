"""The code of a certificate: read aloud, typed in any way, never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.certificate_code import new_code, typed_code

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
CODE = "ABCD-EFGH-JKMN-PQRS"
written = st.text(LETTERS, min_size=16, max_size=16)


def test_a_code_is_four_groups_of_four():
    groups = new_code().split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]


def test_no_letter_is_misread_and_each_of_the_others_is_used():
    """A thousand codes have each of the 30 letters, and never I, L, O, U, 0 or 1."""
    codes = [new_code() for _code in range(1000)]
    assert len(set(codes)) == 1000
    assert set("".join(codes)) == set(LETTERS) | {"-"}


@pytest.mark.parametrize(
    "text",
    [
        "ABCD-EFGH-JKMN-PQRS",
        "abcd-efgh-jkmn-pqrs",
        " abcd efgh jkmn pqrs ",
        "ABCDEFGHJKMNPQRS",
        "abcd.efgh.jkmn.pqrs",
        "A-B-C-D-E-F-G-H-J-K-M-N-P-Q-R-S",
        "ABCD\tEFGH\nJKMN\u00a0PQRS",
    ],
)
def test_a_code_is_known_however_it_is_typed(text):
    assert typed_code(text) == CODE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("ABCD-EFGH-JKMN-PQR", id="a letter too few"),
        pytest.param("ABCD-EFGH-JKMN-PQRST", id="a letter too many"),
        pytest.param("ABCD-EFGH-JKMN-PQR0", id="a zero"),
        pytest.param("ABCD-EFGH-JKMN-PQRO", id="a letter O"),
        pytest.param("ABCD-EFGH-JKMN-PQR1", id="a one"),
        pytest.param("ABCD-EFGH-JKMN-PQRI", id="a letter I"),
        pytest.param("ABCD-EFGH-JKMN-PQRL", id="a letter L"),
        pytest.param("ABCD-EFGH-JKMN-PQRU", id="a letter U"),
        pytest.param("ABCD/EFGH/JKMN/PQRS", id="a separator that is none"),
        pytest.param("A" * 100_000, id="far too long"),
    ],
)
def test_what_cannot_be_a_code(text):
    assert typed_code(text) is None


@given(written, st.integers(0, 3))
def test_separators_and_spaces_never_count(letters, spaces):
    spaced = (" " * spaces).join(letters.lower())
    assert typed_code(spaced).replace("-", "") == letters
    assert typed_code(typed_code(spaced)) == typed_code(spaced)


def test_of_a_long_text_only_the_beginning_is_read():
    """64 characters are room enough for three separators after each letter; more of them cannot be a code."""
    assert typed_code("   ".join(CODE.replace("-", ""))) == CODE
    assert typed_code(CODE + " " * 1000) == CODE
    assert typed_code(" " * 48 + CODE.replace("-", "")) == CODE
    assert typed_code(" " * 49 + CODE.replace("-", "")) is None
