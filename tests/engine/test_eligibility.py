"""How long a person's hours count, which proofs are fresh, and where a person stands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.eligibility import (
    age_band,
    eligibility_end,
    fresh_until,
    has_fresh_proof,
    is_eligible,
    is_working_age,
    situation,
)

DAY = timedelta(days=1)
HIRED, LAST = date(2025, 3, 15), date(2027, 3, 14)


@pytest.mark.parametrize(
    ("first_hire", "last"),
    [
        (HIRED, LAST),
        (date(2025, 1, 1), date(2026, 12, 31)),
        (date(2024, 2, 29), date(2026, 2, 27)),
        (date(2024, 8, 31), date(2026, 8, 30)),
        (date(2026, 3, 1), date(2028, 2, 29)),
        (date(2025, 3, 1), date(2027, 2, 28)),
    ],
)
def test_hours_count_for_twenty_four_months(first_hire, last):
    """From the first hire, the last day included; without another parameter, 24 months."""
    assert eligibility_end(first_hire) == eligibility_end(first_hire, 24) == last


def test_the_number_of_months_is_a_parameter():
    """A Region may choose another period."""
    assert eligibility_end(HIRED, 12) == date(2026, 3, 14)
    assert eligibility_end(HIRED, 36) == date(2028, 3, 14)
    assert eligibility_end(date(2025, 8, 31), 6) == date(2026, 2, 27)


@given(st.dates(date(2015, 1, 1), date(2060, 1, 1)).filter(lambda day: day.day < 29), st.integers(1, 60))
def test_the_period_ends_on_the_eve_of_the_same_day_of_a_month(first_hire, months):
    """Counted by hand: years and months apart."""
    year, month = divmod(first_hire.year * 12 + first_hire.month - 1 + months, 12)
    assert eligibility_end(first_hire, months) == date(year, month + 1, first_hire.day) - DAY


@pytest.mark.parametrize(
    ("worked", "counts"),
    [(HIRED - DAY, False), (HIRED, True), (HIRED + DAY, True), (LAST - DAY, True), (LAST, True), (LAST + DAY, False)],
)
def test_hours_count_from_the_hire_to_the_last_eligible_day(worked, counts):
    """Both bounds are included."""
    assert is_eligible(worked, HIRED, LAST) is counts


def test_nobody_is_eligible_before_the_first_hire():
    """Without a start never; without an end always from the start on."""
    assert is_eligible(HIRED, None, LAST) is False
    assert is_eligible(HIRED, HIRED, None) is True
    assert is_eligible(date(2099, 1, 1), HIRED, None) is True


@pytest.mark.parametrize(
    ("issued_on", "months", "last"),
    [
        (date(2026, 1, 15), 3, date(2026, 4, 14)),
        (date(2026, 1, 15), 1, date(2026, 2, 14)),
        (date(2025, 11, 30), 3, date(2026, 2, 27)),
        (date(2026, 1, 15), 0, None),
        (None, 3, None),
        (None, 0, None),
    ],
)
def test_a_proof_of_less_than_three_months(issued_on, months, last):
    """The day three months later is too late; no delay, or no date, is no limit."""
    assert fresh_until(issued_on, months) == last


@pytest.mark.parametrize(
    ("age", "band"),
    [(16, "under_26"), (25, "under_26"), (26, "26_49"), (27, "26_49"), (49, "26_49"), (50, "50_plus"), (70, "50_plus")],
)
def test_bands_of_the_age_reached_in_the_year(age, band):
    """Under 26, 26 to 49, 50 and more."""
    assert age_band(2026 - age, 2026) == band


def test_the_age_of_somebody_without_a_birth_year_is_not_known():
    """No birth year is no age of two thousand years."""
    assert age_band(0, 2026) == "unknown"


@pytest.mark.parametrize(
    ("age", "may_work"), [(13, False), (14, True), (15, True), (99, True), (100, True), (101, False)]
)
def test_who_may_be_at_work(age, may_work):
    """From 14 to 100 years of age reached in the year; anything else was typed wrong."""
    assert is_working_age(2026 - age, 2026) is may_work


def test_one_fresh_proof_of_several_is_enough():
    """A proof counts on its last day, and without a last day for ever."""
    hired = date(2026, 4, 14)
    assert has_fresh_proof([hired], hired) is True
    assert has_fresh_proof([hired + DAY], hired) is True
    assert has_fresh_proof([hired - DAY], hired) is False
    assert has_fresh_proof([hired - DAY, hired - 2 * DAY, hired], hired) is True
    assert has_fresh_proof([hired - DAY, None], hired) is True
    assert has_fresh_proof([], hired) is False


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (date(2026, 10, 4), "ended"),
        (date(2026, 10, 5), "ending"),
        (date(2026, 12, 3), "ending"),
        (date(2026, 12, 4), "ending"),
        (date(2026, 12, 5), "eligible"),
        (None, "eligible"),
    ],
)
def test_where_a_person_stands(end, expected):
    """Today and the day of the warning are included."""
    assert situation(date(2026, 10, 5), True, end, date(2026, 12, 4)) == expected


@pytest.mark.parametrize("end", [date(2026, 10, 4), date(2026, 10, 5), date(2027, 1, 1), None])
def test_without_a_proof_seen_nothing_else_is_said(end):
    """Even where the period is over."""
    assert situation(date(2026, 10, 5), False, end, date(2026, 12, 4)) == "to_verify"
