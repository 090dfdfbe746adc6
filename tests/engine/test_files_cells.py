"""One cell: hours, days, months and formulas as people type them, or why they are refused."""

from datetime import date, datetime, time, timedelta

import pytest

from odoo.addons.clause_insertion.engine.files.cells import (
    CellError,
    as_text,
    checked_hours,
    harmless,
    is_formula,
    parse_day,
    parse_hours,
    parse_month,
    typed_hours,
)


def refused(parse, *arguments):
    with pytest.raises(CellError) as error:
        parse(*arguments)
    assert str(error.value) == error.value.code
    return error.value.code


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(("7:30", 7.5), ("7h30", 7.5), ("7H30", 7.5), ("7 h 30", 7.5), ("7,5", 7.5), ("7.5", 7.5), ("7", 7)),
        *(("7h", 7), ("7 h", 7), ("7:", 7), ("0:45", 0.75), ("7h00", 7), ("7h59", 7 + 59 / 60), ("7h01", 7 + 1 / 60)),
        *(("1 024,5", 1024.5), ("1\u00a0024", 1024), ("1\u202f024", 1024), ("1 024 512", 1024512)),
        *(("-7h30", -7.5), ("-7,5", -7.5), ("-0:45", -0.75), ("9999h", 9999), ("9999999", 9999999), ("0", 0)),
        ("7,33333333333333333", 7 + 1 / 3),
    ],
)
def test_hours_as_they_are_typed(text, hours):
    """A clock, a comma or a point, thousands apart; to the hundredth."""
    assert parse_hours(text) == round(hours, 2)


@pytest.mark.parametrize(
    "text",
    [
        *("", "sept", "7h60", "7:75", "7h5", "7h300", "7,5,5", "7,", ",5", "--7", "+7", "1 02", "10 24", "1 0245", "٧"),
        *("12345h", "12345678", "7,123456789012345678", "7  h", "=7"),
    ],
)
def test_what_are_no_hours(text):
    """Sixty minutes are no minutes; nothing is guessed."""
    assert refused(parse_hours, text) == "not_hours"


@pytest.mark.parametrize(
    ("text", "period", "expected"),
    [
        ("24", "day", 24),
        ("24,01", "day", "absurd_day"),
        ("744", "month", 744),
        ("744,01", "month", "absurd_month"),
        ("25", "month", 25),
        ("0,01", "day", 0.01),
        ("0", "day", "not_positive"),
        ("-1", "month", "not_positive"),
        ("sept", "day", "not_hours"),
    ],
)
def test_hours_that_a_person_can_have_worked(text, period, expected):
    """24 in a day, 744 in a month, more than none."""
    if isinstance(expected, str):
        assert refused(checked_hours, text, period) == expected
    else:
        assert checked_hours(text, period) == expected


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (120, "120"),
        (86.5, "86,5"),
        (7 + 1 / 3, "7,33"),
        (0.25, "0,25"),
        (100, "100"),
        (0, ""),
        (1, "1"),
        (-7.5, "-7,5"),
    ],
)
def test_hours_typed_again(hours, text):
    """With a comma, without zeros at the end; nothing for none."""
    assert typed_hours(hours) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("29/02/2028", date(2028, 2, 29)),
        ("1/2/2026", date(2026, 2, 1)),
        ("2026-02-01", date(2026, 2, 1)),
        ("2026-02-01 00:00:00", date(2026, 2, 1)),
        ("2026-02-01T00:00:00", date(2026, 2, 1)),
        ("01/01/1900", date(1900, 1, 1)),
        ("31/12/1899", "impossible_date"),
        ("29/02/2026", "impossible_date"),
        ("31/04/2026", "impossible_date"),
        ("2026-13-01", "impossible_date"),
        ("01/02/26", "not_a_day"),
        ("2026-02-01 08:00:00", "not_a_day"),
        ("2026/02/01", "not_a_day"),
        ("1.2.2026", "not_a_day"),
        ("", "not_a_day"),
    ],
)
def test_a_day(text, expected):
    """Day first, or year first; it exists and is not of another century."""
    if isinstance(expected, str):
        assert refused(parse_day, text) == expected
    else:
        assert parse_day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09/2026", date(2026, 9, 1)),
        ("9/2026", date(2026, 9, 1)),
        ("2026-09", date(2026, 9, 1)),
        ("01/09/2026", date(2026, 9, 1)),
        ("2026-09-01", date(2026, 9, 1)),
        ("12/2026", date(2026, 12, 1)),
        ("01/1900", date(1900, 1, 1)),
        ("12/1899", "impossible_date"),
        ("2026-00", "impossible_date"),
        ("13/2026", "impossible_date"),
        ("02/09/2026", "not_a_month"),
        ("31/02/2026", "not_a_month"),
        ("septembre", "not_a_month"),
        ("2026-9", "not_a_month"),
    ],
)
def test_a_month(text, expected):
    """Its first day may stand for it, another day may not."""
    if isinstance(expected, str):
        assert refused(parse_month, text) == expected
    else:
        assert parse_month(text) == expected


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        *(("=1+1", True), ("@SUM(A1)", True), ("+33", True), ("-A1", True), ("\t=1", True), ("\r=1", True)),
        *(("-7,5", False), ("-7h30", False), ("7", False), ("A=1", False), ("", False), ("Seuil", False)),
    ],
)
def test_a_formula_is_a_text_that_a_spreadsheet_would_run(text, runs):
    """A negative number is none."""
    assert is_formula(text) is runs


@pytest.mark.parametrize("text", ["=1", "@A", "+33", "-7", "\tx", "\rx", "\nx"])
def test_a_text_made_harmless(text):
    """An apostrophe before what a spreadsheet might run; nothing before the rest."""
    assert harmless(text) == f"'{text}"
    assert harmless(f"a{text}") == f"a{text}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((None, ""), (7, "7"), (7.5, "7.5"), (7.0, "7"), (35600000000048.0, "35600000000048"), (" a ", "a")),
        *((datetime(2026, 1, 31), "2026-01-31"), (datetime(2026, 1, 31, 8, 5), "2026-01-31 08:05:00")),
        *((time(7, 30), "07:30"), (timedelta(hours=36, minutes=30), "36.5"), (date(2026, 1, 31), "2026-01-31")),
        *((0, "0"), (True, "True")),
    ],
)
def test_a_cell_of_a_workbook_as_it_would_be_typed(value, text):
    """A time as a clock, a duration as hours, a date without midnight."""
    assert as_text(value) == text
