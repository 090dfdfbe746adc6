"""The duty of 22 August 2026 and the thresholds of each period, at the cent and at the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.obligation import (
    EXEMPTED,
    NOT_CONCERNED,
    REQUIRED,
    SATISFIED,
    is_formalised,
    is_required,
    obligation,
    threshold_code,
)
from odoo.addons.clause_insertion.engine.parameters import value_on

IN_FORCE = date(2026, 8, 22)
LOCAL = ((date(2022, 1, 1), 215_000.0), (date(2024, 1, 1), 221_000.0), (date(2026, 1, 1), 216_000.0))
WORKS = ((date(2022, 1, 1), 5_382_000.0), (date(2024, 1, 1), 5_538_000.0), (date(2026, 1, 1), 5_404_000.0))


@pytest.mark.parametrize(
    ("need", "launched_on", "concerned"),
    [
        pytest.param(215_999.99, date(2026, 9, 1), False, id="a cent below"),
        pytest.param(216_000.00, date(2026, 9, 1), True, id="equal"),
        pytest.param(216_000.01, date(2026, 9, 1), True, id="a cent above"),
        pytest.param(5_000_000, date(2026, 8, 21), False, id="the eve"),
        pytest.param(5_000_000, date(2026, 8, 22), True, id="the day"),
        pytest.param(5_000_000, date(2026, 8, 23), True, id="the day after"),
        pytest.param(215_999.99, date(2026, 8, 21), False, id="neither"),
        pytest.param(216_000.00, date(2026, 8, 22), True, id="both at the bound"),
    ],
)
def test_supplies_of_a_region(need, launched_on, concerned):
    assert is_required(launched_on, need, 216_000, IN_FORCE) is concerned


@pytest.mark.parametrize(("need", "concerned"), [(5_403_999.99, False), (5_404_000, True)])
def test_works_and_concessions(need, concerned):
    assert is_required(date(2026, 10, 1), need, 5_404_000, IN_FORCE) is concerned


def test_no_duty_is_stated_without_a_threshold_or_a_date():
    assert is_required(date(2026, 9, 1), 5_000_000, None, IN_FORCE) is False
    assert is_required(date(2026, 9, 1), 5_000_000, 216_000, None) is False


def test_a_threshold_of_nothing_is_a_threshold():
    assert is_required(date(2026, 9, 1), 0, 0, IN_FORCE) is True


@pytest.mark.parametrize(
    ("launched_on", "formalised"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 1, 2), True)]
)
def test_220_000_euros_at_the_turn_of_2026(launched_on, formalised):
    """Below 221,000 in 2025, above 216,000 in 2026."""
    assert is_formalised(220_000, value_on(launched_on, LOCAL)) is formalised


@pytest.mark.parametrize(
    ("need", "threshold", "formalised"),
    [(221_000, 221_000, True), (220_999.99, 221_000, False), (216_000, 216_000, True), (216_000, None, False)],
)
def test_equal_or_superior(need, threshold, formalised):
    assert is_formalised(need, threshold) is formalised


@pytest.mark.parametrize(
    ("day", "local", "works"),
    [
        (date(2021, 12, 31), None, None),
        (date(2022, 1, 1), 215_000, 5_382_000),
        (date(2023, 12, 31), 215_000, 5_382_000),
        (date(2024, 1, 1), 221_000, 5_538_000),
        (date(2025, 12, 31), 221_000, 5_538_000),
        (date(2026, 1, 1), 216_000, 5_404_000),
        (date(2030, 1, 1), 216_000, 5_404_000),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_the_threshold_of_each_period(day, local, works, order):
    assert value_on(day, LOCAL[::order]) == local
    assert value_on(day, WORKS[::order]) == works


def test_a_parameter_without_any_value():
    assert value_on(date(2026, 1, 1), []) is None


def test_a_value_of_nothing_is_a_value():
    assert value_on(date(2026, 1, 1), [(date(2025, 1, 1), 12.0), (date(2026, 1, 1), 0.0)]) == 0


@given(st.lists(st.integers(0, 2000), unique=True), st.integers(0, 2000))
def test_the_value_in_force_is_the_last_that_started(starts, day):
    first = date(2022, 1, 1)
    expected = None
    for start in sorted(starts):
        if start <= day:
            expected = start
    dated = [(first + timedelta(days=start), start) for start in starts]
    assert value_on(first + timedelta(days=day), dated) == expected


@pytest.mark.parametrize(
    ("required", "has_clause", "has_exemption", "state"),
    [
        (False, False, False, "not_concerned"),
        (False, True, False, "not_concerned"),
        (False, False, True, "not_concerned"),
        (False, True, True, "not_concerned"),
        (True, False, False, "required"),
        (True, True, False, "satisfied"),
        (True, False, True, "exempted"),
        (True, True, True, "satisfied"),
    ],
)
def test_the_state_of_the_duty(required, has_clause, has_exemption, state):
    """A clause wins over a reason not to have one; below the threshold, nothing is said."""
    assert obligation(required, has_clause, has_exemption) == state


def test_the_words_of_the_states_are_those_that_records_keep():
    assert (NOT_CONCERNED, REQUIRED) == ("not_concerned", "required")
    assert (SATISFIED, EXEMPTED) == ("satisfied", "exempted")


@pytest.mark.parametrize(
    ("category", "buyer_kind", "code"),
    [
        ("supplies_services", "local", "threshold_supplies_services_local"),
        ("supplies_services", "state", "threshold_supplies_services_state"),
        ("supplies_services", "entity", "threshold_supplies_services_entity"),
        ("works", "local", "threshold_works"),
        ("works", "state", "threshold_works"),
        ("concession", "local", "threshold_concession"),
    ],
)
def test_only_supplies_and_services_depend_on_the_buyer(category, buyer_kind, code):
    assert threshold_code(category, buyer_kind) == code
