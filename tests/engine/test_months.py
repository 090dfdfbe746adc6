"""The month that hours belong to, the day that carries them, and the last day to declare them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.months import (
    declared_day,
    due_day,
    first_day,
    last_day,
    next_month,
    previous_month,
)

DAY = timedelta(days=1)
SEPTEMBER = date(2026, 9, 1)
LATER = date(2026, 11, 22)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2026, 4, 30), date(2026, 4, 30)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_month_ends_on_its_own_last_day(day, last):
    """February in and out of leap years, months of 30 and of 31 days."""
    assert last_day(day) == last


@given(days)
def test_months_follow_each_other_without_a_gap(day):
    """The day after the last one is the first of the next month, the day before the first is of the previous one."""
    assert first_day(day) <= day <= last_day(day)
    assert first_day(day).day == 1
    assert last_day(day) + DAY == next_month(day)
    assert previous_month(day) == first_day(first_day(day) - DAY)
    assert next_month(previous_month(day)) == previous_month(next_month(day)) == first_day(day)


def test_december_and_january_change_the_year():
    """From one year to the next, and back."""
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert previous_month(date(2027, 1, 31)) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("contract_end", "expected"),
    [
        (None, date(2026, 9, 30)),
        (date(2026, 8, 31), date(2026, 9, 30)),  # ended before the month: says nothing of it
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 9, 29), date(2026, 9, 29)),
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 9, 30)),
    ],
)
def test_hours_of_a_month_are_carried_by_the_last_day_of_work(contract_end, expected):
    """The end of the work contract within the month, both bounds included, else the month's last day."""
    assert declared_day(SEPTEMBER, contract_end, LATER) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 8, 31), date(2026, 9, 30)),  # a month to come keeps its own day
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 9, 15), date(2026, 9, 15)),
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 9, 30)),
    ],
)
def test_hours_of_the_current_month_are_not_in_the_future(today, expected):
    """While the month runs, today carries its hours."""
    assert declared_day(SEPTEMBER, None, today) == expected


def test_a_contract_that_ends_after_today_does_not_carry_hours_to_its_end():
    """Of the end of the contract and today, the earlier."""
    assert declared_day(SEPTEMBER, date(2026, 9, 20), date(2026, 9, 10)) == date(2026, 9, 10)
    assert declared_day(SEPTEMBER, date(2026, 9, 5), date(2026, 9, 10)) == date(2026, 9, 5)


@given(days, days, st.one_of(st.none(), days))
def test_the_day_that_carries_hours_is_in_their_month(day, today, contract_end):
    """Whatever the contract and today."""
    month = first_day(day)
    carried = declared_day(month, contract_end, today)
    assert first_day(carried) == month
    assert carried <= today or today < month


@pytest.mark.parametrize(
    ("month", "number", "due"),
    [
        (date(2026, 1, 1), 31, date(2026, 2, 28)),
        (date(2028, 1, 1), 31, date(2028, 2, 29)),
        (date(2026, 1, 1), 28, date(2026, 2, 28)),
        (date(2026, 3, 1), 31, date(2026, 4, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 9, 30), 10, date(2026, 10, 10)),
    ],
)
def test_the_due_day_is_in_the_month_that_follows(month, number, due):
    """The 31st is the last day of a shorter month; any day of the month owed gives the same."""
    assert due_day(month, number) == due
