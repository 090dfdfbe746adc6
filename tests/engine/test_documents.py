"""French of documents: days, numbers, and texts with placeholders between braces."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.documents import (
    euros,
    fill,
    french_day,
    french_number,
    percent,
    unknown_placeholders,
)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 1, 1), "1er janvier 2026"),
        (date(2028, 2, 29), "29 février 2028"),
        (date(2026, 3, 2), "2 mars 2026"),
        (date(2013, 4, 1), "1er avril 2013"),
        (date(2026, 5, 8), "8 mai 2026"),
        (date(2026, 6, 11), "11 juin 2026"),
        (date(2026, 7, 14), "14 juillet 2026"),
        (date(2026, 8, 22), "22 août 2026"),
        (date(2026, 9, 21), "21 septembre 2026"),
        (date(2026, 10, 31), "31 octobre 2026"),
        (date(2026, 11, 10), "10 novembre 2026"),
        (date(2012, 12, 31), "31 décembre 2012"),
        (None, "…"),
    ],
)
def test_days_in_french(day, said):
    """The first of a month is "1er", the others are plain numbers."""
    assert french_day(day) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0"),
        (7, "7"),
        (10, "10"),
        (833, "833"),
        (833.33, "833,33"),
        (374.85, "374,85"),
        (1254.5, "1 254,5"),
        (150000, "150 000"),
        (5404000, "5 404 000"),
        (215999.99, "215 999,99"),
        (0.05, "0,05"),
        (0.004, "0"),
        (999.999, "1 000"),
    ],
)
def test_numbers_in_french(number, said):
    """Thousands are kept together by a space that does not break; at most two decimals, no useless zero."""
    assert french_number(number) == said.replace(" ", "\u00a0")


@given(st.integers(0, 10**12))
def test_a_number_is_read_again(hundredths):
    said = french_number(hundredths / 100)
    assert float(said.replace("\u00a0", "").replace(",", ".")) == hundredths / 100
    assert not said.endswith((",", ",0"))


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.05, "5\u00a0%"), (0.125, "12,5\u00a0%"), (1, "100\u00a0%"), (0, "0\u00a0%"), (0.07, "7\u00a0%")],
)
def test_shares_in_french(share, said):
    assert percent(share) == said


def test_euros_in_french():
    assert euros(50_000) == "50\u00a0000\u00a0€ HT"
    assert euros(12.02) == "12,02\u00a0€ HT"


def test_placeholders_that_nothing_would_fill_in_the_order_of_the_text():
    text = "<p>{relais}, {Relay}, { relais }, {durée}, {Relay} et {{region}}</p>"
    assert unknown_placeholders(text, {"relais", "region"}) == ["Relay", "durée"]
    assert unknown_placeholders(text, {"relais", "region", "Relay", "durée"}) == []
    assert unknown_placeholders("rien entre { } ni {deux mots}", ()) == []


def test_a_text_is_filled():
    values = {"region": "la Région", "relais": "MDE <Nord> & Sud"}
    text = "<p>Entre {region} et { relais }, {region}.</p>"
    assert fill(text, values) == "<p>Entre la Région et MDE &lt;Nord&gt; &amp; Sud, la Région.</p>"


def test_a_value_of_several_lines_breaks_them():
    assert fill("{missions}.", {"missions": "Promotion\nConseil\nBilan"}) == "Promotion<br/>Conseil<br/>Bilan."


def test_what_is_not_known_stays_and_what_is_empty_disappears():
    assert fill("{autre}, {vide}.", {"vide": ""}) == "{autre}, ."


def test_a_value_is_never_filled_itself():
    assert fill("{a}", {"a": "{b}", "b": "non"}) == "{b}"
