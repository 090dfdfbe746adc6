"""Whatever people write, a cell is read as what they meant, or refused with a reason: it never raises anything else."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.files.cells import CellError, harmless, parse_day, parse_hours, parse_month
from odoo.addons.clause_insertion.engine.files.errors import FileError
from odoo.addons.clause_insertion.engine.files.hours import HEADINGS, HourReader, parse_kind, parse_pseudonym
from odoo.addons.clause_insertion.engine.files.rows import rows
from odoo.addons.clause_insertion.engine.text import folded

TODAY = date(2026, 11, 22)
PARSERS = (parse_hours, parse_day, parse_month, parse_kind, parse_pseudonym)
# What numbers, dates and formulas are made of, with digits and spaces that only look like ours.
texts = st.text("0123456789/-:.,hHpP +=@\t\rçÉœ٣²\u00a0\u202f", max_size=12)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(st.integers(0, 744_00))
def test_hours_with_a_comma_a_point_or_minutes(hundredths):
    text = f"{hundredths / 100:.2f}"
    assert parse_hours(text) == parse_hours(text.replace(".", ",")) == float(text)
    assert parse_hours(f"-{text}") == -float(text)


@given(st.integers(0, 744), st.integers(0, 59))
def test_hours_and_minutes(hours, minutes):
    expected = timedelta(hours=hours, minutes=minutes) / timedelta(hours=1)
    for text in (f"{hours}h{minutes:02}", f"{hours}:{minutes:02}", f"{hours} H {minutes:02}"):
        assert parse_hours(text) == round(expected, 2)


@given(days)
def test_days_and_months(day):
    assert parse_day(f"{day:%d/%m/%Y}") == parse_day(day.isoformat()) == day
    assert parse_month(f"{day:%m/%Y}") == parse_month(f"{day:%Y-%m}") == day.replace(day=1)


@given(st.integers(1900, 2100), st.integers(0, 99), st.integers(0, 99))
def test_a_date_exists_or_is_refused(year, month, number):
    text = f"{number:02}/{month:02}/{year}"
    try:
        expected = date(year, month, number)
    except ValueError:
        with pytest.raises(CellError, match="impossible_date"):
            parse_day(text)
    else:
        assert parse_day(text) == expected


@given(texts)
def test_any_text_is_read_or_refused(text):
    for parse in PARSERS:
        try:
            parse(text)
        except CellError:
            continue


@given(texts)
def test_harmless_texts_are_no_formulas(text):
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert harmless(text).endswith(text)


@given(texts)
def test_folding_is_stable_and_plain(text):
    plain = folded(text)
    assert plain == folded(plain)
    assert all(char == " " or (char.isascii() and char.isalnum()) for char in plain)


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_bytes_are_rows_or_a_reason(content, name):
    for start in (b"", b"titulaire;clause;", b"PK\x03\x04", b"\xff\xfe"):
        try:
            assert all(isinstance(cell, str) for row in rows(start + content, name, HEADINGS.column) for cell in row)
        except FileError:
            continue


cells = st.text("0123456789/-:.,hH \"';Pé", max_size=12)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1), st.sampled_from(";,\t"))
def test_a_csv_is_read_as_it_was_written(table, delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([["titulaire", "clause", "heures"], *table])
    read = list(rows(text.getvalue().encode(), "", HEADINGS.column))
    assert read[1:] == [[cell.strip() for cell in row] for row in table]


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(["person", "day", "month", "hours", "kind"], cells)))
def test_a_row_is_an_hour_or_has_problems(cells):
    reader = HourReader(False, TODAY)
    hour = reader.hour(2, cells | {"contractor": "Seuil", "clause": "CI/2026/0001"})
    assert bool(hour) != bool(reader.problems)
    if hour:
        assert 0 < hour.hours <= 744
        assert (hour.day or hour.month) <= TODAY
