"""When a contractor is reminded of the month to declare: before the due day, and after it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.reminders import Reminder, answer_due, reminder

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def due_on_the(number):
    """The due day of any month: that day of the month after."""
    return lambda month: date(month.year + month.month // 12, month.month % 12 + 1, number)


TENTH = due_on_the(10)
BEFORE = Reminder(SEPTEMBER, "before", date(2026, 10, 7), date(2026, 10, 10))
AFTER = Reminder(SEPTEMBER, "after", date(2026, 10, 15), date(2026, 10, 10))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(1, None), (6, None), (7, BEFORE), (9, BEFORE), (10, BEFORE), (11, None), (14, None), (15, AFTER), (31, AFTER)],
)
def test_september_is_asked_for_in_october(day, expected):
    """Due on the 10th, three days before it until that day, then from five days after it to the end of the month."""
    assert reminder(date(2026, 10, day), TENTH, 3, 5) == expected


def test_on_the_first_of_the_month_another_month_is_asked_for():
    """On 1 November September has been asked for; December's turn comes in January."""
    assert reminder(date(2026, 11, 1), TENTH, 3, 5) is None
    assert reminder(date(2027, 1, 7), TENTH, 3, 5).month == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "month", "stage"),
    [
        (date(2026, 9, 28), date(2026, 8, 1), "after"),
        (date(2026, 9, 29), SEPTEMBER, "before"),
        (date(2026, 9, 30), SEPTEMBER, "before"),
        (date(2026, 10, 1), SEPTEMBER, "before"),
        (date(2026, 10, 2), SEPTEMBER, "before"),
        (date(2026, 10, 3), None, None),
        (date(2026, 10, 6), None, None),
        (date(2026, 10, 7), SEPTEMBER, "after"),
    ],
)
def test_a_month_due_on_the_second_is_asked_for_before_it_ends(day, month, stage):
    """The reminder of the current month comes before that of the month before."""
    found = reminder(day, due_on_the(2), 3, 5)
    assert (found and found.month, found and found.stage) == (month, stage)


def test_no_reminder_before_means_on_the_due_day_alone():
    """0 days before, 0 days after: the day itself is before."""
    assert reminder(date(2026, 10, 9), TENTH, 0, 1) is None
    assert reminder(date(2026, 10, 10), TENTH, 0, 0).stage == "before"
    assert reminder(date(2026, 10, 11), TENTH, 0, 0) == Reminder(SEPTEMBER, "after", *[date(2026, 10, 10)] * 2)
    assert reminder(date(2026, 10, 11), TENTH, 0, 1).stage == "after"


def test_months_without_a_due_day_are_not_asked_for():
    """None of them, or the current one alone, or the month before alone."""
    assert reminder(date(2026, 10, 15), lambda month: None, 3, 5) is None
    assert reminder(date(2026, 10, 15), lambda month: None if month == OCTOBER else TENTH(month), 3, 5) == AFTER
    assert reminder(date(2026, 10, 15), lambda month: None if month == SEPTEMBER else TENTH(month), 3, 5) is None


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(1, 20), st.integers(0, 10), st.integers(1, 8))
def test_a_reminder_is_of_its_stage(today, number, before, after):
    """What is said on a day is true of that day."""
    found = reminder(today, due_on_the(number), before, after)
    if found:
        assert found.due == due_on_the(number)(found.month)
        assert found.since <= today
        distance = (found.since - found.due).days
        assert distance == (-before if found.stage == "before" else after)
        assert (today <= found.due) == (found.stage == "before")


@given(st.integers(2025, 2028), st.integers(1, 12), st.integers(1, 20), st.integers(0, 10), st.integers(1, 8))
def test_every_month_is_asked_for_in_each_stage(year, number, due_number, before, after):
    """Where the second reminder falls well within the month that follows, none is left out."""
    month = date(year, number, 1)
    due = due_on_the(due_number)(month)
    stages = set()
    for offset in range(-before, after + 1):
        found = reminder(due + timedelta(days=offset), due_on_the(due_number), before, after)
        if found and found.month == month:
            stages.add(found.stage)
    assert stages == {"before", "after"}


def test_the_days_to_answer():
    """The day of the question does not count; four weeks for a recruitment, fifteen days for a penalty."""
    assert answer_due(date(2026, 9, 1), 28) == date(2026, 9, 29)
    assert answer_due(date(2026, 12, 20), 15) == date(2027, 1, 4)
    assert answer_due(date(2026, 9, 1), 0) == date(2026, 9, 1)
