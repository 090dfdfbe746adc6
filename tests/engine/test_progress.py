"""How far a clause has come: shares of hours and of time, full-time equivalents."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.progress import elapsed, full_time_equivalents, ratio

START, END = date(2026, 1, 1), date(2026, 1, 30)


def test_hours_beyond_the_objective_exceed_one():
    """2,874,641 hours for 2,475,000: a share is not cut at 1."""
    assert round(ratio(2_874_641, 2_475_000), 4) == 1.1615
    assert ratio(50, 200) == 0.25
    assert ratio(0, 200) == 0


def test_an_objective_of_no_hours_is_at_zero():
    """Nothing to divide by; a small objective is one."""
    assert ratio(10, 0) == 0
    assert ratio(10, 1) == 10
    assert ratio(1, 0.5) == 2


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2025, 12, 30), 0),
        (date(2025, 12, 31), 0),
        (date(2026, 1, 1), 1 / 30),
        (date(2026, 1, 15), 0.5),
        (date(2026, 1, 29), 29 / 30),
        (date(2026, 1, 30), 1),
        (date(2026, 1, 31), 1),
    ],
)
def test_time_passes_evening_after_evening(day, share):
    """The first day counts on its evening, the last one makes it whole, nothing goes below 0 or above 1."""
    assert elapsed(day, START, END) == pytest.approx(share)


def test_time_of_a_contract_without_both_dates_does_not_pass():
    """Nothing to compare with; nor where the end is before the start."""
    assert elapsed(START, None, END) == elapsed(START, START, None) == elapsed(START, None, None) == 0
    assert elapsed(END, END, START) == 0


def test_a_contract_of_one_day():
    """Over on the evening of that day."""
    assert elapsed(START, START, START) == 1
    assert elapsed(START - timedelta(days=1), START, START) == 0


@given(st.integers(0, 800), st.integers(-30, 900))
def test_each_day_adds_its_share(length, offset):
    """Counted day by day."""
    end = START + timedelta(days=length)
    passed = sum(START + timedelta(days=number) <= START + timedelta(days=offset) for number in range(length + 1))
    assert elapsed(START + timedelta(days=offset), START, end) == pytest.approx(passed / (length + 1))


def test_full_time_equivalents_of_1600_hours():
    """The usual base, or another; a base of 0 gives none."""
    assert full_time_equivalents(1600) == 1
    assert full_time_equivalents(800) == 0.5
    assert full_time_equivalents(1607, 1607) == 1
    assert full_time_equivalents(1607, 0) == 0
