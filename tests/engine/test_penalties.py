"""What a failure costs: days that count, model tariffs, caps and floors at equality."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.penalties import (
    LOCAL_HOLIDAYS,
    amounts,
    days_late,
    is_working_day,
    limited,
    missing_hours,
    penalty,
)

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
numbers = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("due", "validated", "counted", "missing"),
    [
        pytest.param(833, 753, 0, 80, id="80 hours short"),
        pytest.param(833, 833, 0, 0, id="done"),
        pytest.param(833, 832.75, 0, 0.25, id="a quarter of an hour short"),
        pytest.param(833, 900, 0, 0, id="more than owed"),
        pytest.param(833, 753, 30, 50, id="30 of them already charged"),
        pytest.param(833, 753, 80, 0, id="all already charged"),
        pytest.param(833, 753, 100, 0, id="validated after they were charged"),
    ],
)
def test_hours_missing(due, validated, counted, missing):
    assert missing_hours(due, validated, counted) == missing


def test_hours_missing_where_no_other_penalty_was_decided():
    assert missing_hours(833, 753) == 80


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),  # Ascension
        date(2026, 5, 25),  # Whit Monday
        date(2026, 7, 14),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ],
)
@pytest.mark.parametrize("department", ["", "86", "67", "974"])
def test_public_holidays_of_the_whole_country(day, department):
    assert day.weekday() < 5
    assert not is_working_day(day, department)


def test_a_week_without_holidays_has_five_working_days():
    """Monday 21 to Sunday 27 September 2026."""
    week = [date(2026, 9, 21) + timedelta(days=rank) for rank in range(7)]
    assert [is_working_day(day) for day in week] == [True] * 5 + [False] * 2


def test_the_bridge_after_ascension_is_worked():
    assert is_working_day(date(2026, 5, 15))


@pytest.mark.parametrize(
    ("department", "day"),
    [
        pytest.param("67", date(2026, 4, 3), id="Bas-Rhin, Good Friday"),
        pytest.param("68", date(2025, 12, 26), id="Haut-Rhin, second day of Christmas"),
        pytest.param("57", date(2026, 4, 3), id="Moselle, Good Friday"),
        pytest.param("57", date(2025, 12, 26), id="Moselle, second day of Christmas"),
        pytest.param("971", date(2026, 5, 27), id="Guadeloupe, abolition of slavery"),
        pytest.param("972", date(2026, 5, 22), id="Martinique, abolition of slavery"),
        pytest.param("973", date(2026, 6, 10), id="Guyane, abolition of slavery"),
        pytest.param("974", date(2027, 12, 20), id="La Réunion, abolition of slavery"),
        pytest.param("976", date(2026, 4, 27), id="Mayotte, abolition of slavery"),
    ],
)
def test_public_holidays_of_a_department(department, day):
    assert not is_working_day(day, department)
    assert is_working_day(day)
    assert is_working_day(day, "86")


def test_departments_with_holidays_of_their_own():
    assert sorted(LOCAL_HOLIDAYS) == ["57", "67", "68", "971", "972", "973", "974", "975", "976"]


@pytest.mark.parametrize("department", sorted(LOCAL_HOLIDAYS))
def test_the_library_knows_each_of_these_departments(department):
    assert not is_working_day(date(2026, 7, 14), department)
    assert is_working_day(date(2026, 7, 15), department)


def test_calendar_and_working_days_over_three_holidays():
    """Due on Thursday 30 April 2026, done on Tuesday 19 May: 1 May, 8 May and Ascension in between."""
    assert days_late(date(2026, 4, 30), date(2026, 5, 19)) == 19
    assert days_late(date(2026, 4, 30), date(2026, 5, 19), working=True) == 10


def test_calendar_days_are_the_default():
    """CCAG-Travaux 19.1.1: Saturdays, Sundays and holidays are not deducted."""
    friday, monday = date(2026, 9, 25), date(2026, 9, 28)
    assert days_late(friday, monday) == 3
    assert days_late(friday, monday, working=True) == 1


@pytest.mark.parametrize("working", [False, True])
def test_the_due_day_itself_is_not_late(working):
    due = date(2026, 9, 29)
    assert days_late(due, due, working) == 0
    assert days_late(due, due - timedelta(days=20), working) == 0
    assert days_late(due, due + timedelta(days=1), working) == 1


def test_a_holiday_as_the_first_or_the_last_day_late():
    assert days_late(date(2026, 11, 10), date(2026, 11, 11), working=True) == 0
    assert days_late(date(2026, 11, 10), date(2026, 11, 12), working=True) == 1
    assert days_late(date(2026, 11, 9), date(2026, 11, 11), working=True) == 1


def test_days_late_in_alsace():
    """From Thursday 2 April 2026 to the Tuesday after Easter."""
    due, end = date(2026, 4, 2), date(2026, 4, 7)
    assert days_late(due, end, working=True) == 2
    assert days_late(due, end, working=True, department="67") == 1
    assert days_late(due, end, department="67") == 5


def test_29_february_is_a_day_late_in_2028_alone():
    assert days_late(date(2028, 2, 28), date(2028, 3, 1)) == 2
    assert days_late(date(2026, 2, 28), date(2026, 3, 1)) == 1


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_days_late_add_up(due, first, second):
    middle, end = due + timedelta(days=first), due + timedelta(days=first + second)
    assert days_late(due, end) == first + second
    found = days_late(due, middle, working=True) + days_late(middle, end, working=True)
    assert days_late(due, end, working=True) == found <= first + second


@pytest.mark.parametrize(
    ("quantity", "unit_amount", "coefficient", "amount"),
    [
        pytest.param(80, 29, 4, 9_280, id="80 hours at 4 times the ceiling of 2025"),
        pytest.param(80, 30, 4, 9_600, id="80 hours at 4 times the ceiling of 2026"),
        pytest.param(12, 50, 1, 600, id="12 days at 50 euros"),
        pytest.param(1, 500, 1, 500, id="a meeting missed"),
        pytest.param(100, 12.02, 2, 2_404, id="100 hours at twice the minimum wage"),
        pytest.param(100, 11.88, 2, 2_376, id="100 hours at twice the minimum wage of 2025"),
        pytest.param(0, 50, 1, 0, id="not late"),
        pytest.param(1.005, 1, 1, 1.01, id="half a cent goes up"),
        pytest.param(0.25, 12.02, 1, 3.01, id="a quarter of an hour, 3.005 euros"),
        pytest.param(10, 12.02, 0.5, 60.1, id="half the minimum wage"),
    ],
)
def test_tariffs(quantity, unit_amount, coefficient, amount):
    assert penalty(quantity, unit_amount, coefficient) == amount


def test_a_tariff_without_a_coefficient():
    assert penalty(12, 50) == 600


@given(numbers, numbers, st.integers(0, 1000))
def test_a_penalty_is_that_of_exact_arithmetic_to_the_cent(quantity, unit_amount, coefficient):
    """Quantities and tariffs in hundredths, coefficients in tenths: half a cent upwards."""
    cents = Fraction(quantity * unit_amount * coefficient, 1000)
    expected = (2 * cents.numerator + cents.denominator) // (2 * cents.denominator)
    assert penalty(quantity / 100, unit_amount / 100, coefficient / 10) == expected / 100


@pytest.mark.parametrize(
    ("amount", "cap", "charged", "owed"),
    [
        pytest.param(9_600, 0, 0, 9_600, id="no cap"),
        pytest.param(9_600, 0, 5_000, 9_600, id="no cap, whatever was decided"),
        pytest.param(9_600, 9_599.99, 0, 9_599.99, id="a cent above the cap"),
        pytest.param(9_600, 9_600, 0, 9_600, id="equal to the cap"),
        pytest.param(9_600, 10_000, 0, 9_600, id="below the cap"),
        pytest.param(9_600, 5_000, 4_200, 800, id="what is left of the cap"),
        pytest.param(800, 5_000, 4_200, 800, id="exactly what is left"),
        pytest.param(9_600, 5_000, 5_000, 0, id="nothing is left"),
        pytest.param(9_600, 5_000, 6_000, 0, id="the cap was lowered since"),
        pytest.param(9_600, 0.5, 0, 0.5, id="a cap below one euro"),
        pytest.param(10, 1, 0.333, 0.67, id="what is left is asked for to the cent"),
    ],
)
def test_caps(amount, cap, charged, owed):
    assert limited(amount, cap=cap, charged=charged) == owed


@pytest.mark.parametrize(
    ("amount", "floor", "owed"),
    [
        (999.99, 1_000, 0),
        (1_000, 1_000, 0),
        (1_000.01, 1_000, 1_000.01),
        (0.01, 0, 0.01),
        (0, 0, 0),
        (0.75, 0.5, 0.75),
        (0.5, 0.5, 0),
    ],
)
def test_what_does_not_exceed_the_floor_is_not_asked_for(amount, floor, owed):
    assert limited(amount, floor=floor) == owed
    assert limited(amount, cap=10_000, floor=floor) == owed


def test_above_the_floor_the_whole_amount_is_owed():
    """1,200 euros above an exemption of 1,000: 1,200, not 200."""
    assert limited(1_200, floor=1_000) == 1_200


def test_without_limits_everything_is_owed():
    assert limited(9_600) == 9_600


def test_a_cap_that_nothing_has_used():
    assert limited(9_600, cap=5_000) == 5_000


@given(st.lists(st.integers(1, 5_000), max_size=8), st.integers(1, 10_000))
def test_penalties_of_one_kind_never_exceed_their_cap(penalties, cap):
    charged = 0.0
    for amount in penalties:
        charged += limited(amount, cap=cap, charged=charged)
    assert charged == min(sum(penalties), cap)


def test_the_steps_to_an_amount():
    """120 hours at 100 euros under a cap of 10,000, of which 8,000 were already decided."""
    found = amounts(120, 100, cap=10_000, charged=8_000)
    assert (found.unit_amount, found.coefficient, found.cap, found.floor) == (100, 1, 10_000, 0)
    assert (found.amount_before_limits, found.amount) == (12_000, 2_000)


def test_the_steps_to_an_amount_below_the_floor():
    found = amounts(10, 50, 2, floor=1_000)
    assert (found.coefficient, found.cap, found.floor) == (2, 0, 1_000)
    assert (found.amount_before_limits, found.amount) == (1_000, 0)


def test_the_steps_to_an_amount_without_limits():
    assert amounts(12, 50) == (50, 1, 0, 0, 600, 600)


def test_the_steps_to_an_amount_under_a_cap_that_nothing_has_used():
    assert amounts(120, 100, cap=10_000) == (100, 1, 10_000, 0, 12_000, 10_000)
