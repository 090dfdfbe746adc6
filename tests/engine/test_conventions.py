"""Conventions between a Region and its relays: annual ones, one of three years, and the days at their edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.conventions import (
    last_day,
    next_period,
    notice_day,
    overlap,
    period_end,
    state_on,
    whole_months,
)

ONE_DAY = timedelta(days=1)
FIRST = (date(2009, 4, 1), date(2010, 3, 31))  # Poitou-Charentes
YEAR = (date(2012, 4, 1), date(2013, 3, 31))
days = st.dates(date(2009, 1, 1), date(2030, 12, 31))
periods = st.tuples(days, st.integers(0, 800)).map(lambda drawn: (drawn[0], drawn[0] + timedelta(days=drawn[1])))


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2009-04-01", 12, "2010-03-31"),
        ("2013-04-01", 36, "2016-03-31"),
        ("2023-03-01", 12, "2024-02-29"),  # the last day of February, whichever it is
        ("2024-03-01", 12, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-27"),  # there is no 29 February 2025: the eve of the 28th
        ("2026-01-01", 1, "2026-01-31"),
        ("2026-01-15", 6, "2026-07-14"),
    ],
)
def test_the_last_day_is_the_eve_of_the_anniversary(start, months, end):
    assert period_end(on(start), months) == on(end)
    assert whole_months(on(start), on(end)) == months


@given(days, st.integers(1, 72))
def test_the_length_of_what_was_made_of_months_is_known_again(start, months):
    assert whole_months(start, period_end(start, months)) == months


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("2026-01-10", "2026-01-19", id="ten days"),
        pytest.param("2009-04-01", "2010-03-30", id="a day less than a year"),
        pytest.param("2009-04-01", "2010-04-01", id="a day more than a year"),
    ],
)
def test_no_whole_number_of_months(start, end):
    assert whole_months(on(start), on(end)) == 0


def test_a_length_is_not_known_without_both_dates():
    assert whole_months(None, None) == 0
    assert whole_months(FIRST[0], None) == 0
    assert whole_months(None, FIRST[1]) == 0


def test_an_annual_convention_is_renewed_three_times_then_for_three_years():
    """2009, renewed each year; in 2013 for three years."""
    period, starts = FIRST, []
    for _year in range(3):
        period = next_period(*period)
        starts.append(period[0].year)
    assert starts == [2010, 2011, 2012]
    assert period == YEAR
    assert next_period(*period, months=36) == (date(2013, 4, 1), date(2016, 3, 31))


def test_an_annual_convention_that_ends_on_29_february():
    assert next_period(date(2023, 3, 1), date(2024, 2, 29)) == (date(2024, 3, 1), date(2025, 2, 28))


def test_ten_days_are_followed_by_ten_days():
    assert next_period(on("2026-01-10"), on("2026-01-19")) == (on("2026-01-20"), on("2026-01-29"))


def test_ten_days_may_be_followed_by_one_month():
    assert next_period(on("2026-01-10"), on("2026-01-19"), months=1) == (on("2026-01-20"), on("2026-02-19"))


@given(periods, st.integers(0, 48))
def test_no_gap_and_no_day_twice(period, months):
    following = next_period(*period, months)
    assert following[0] == period[1] + ONE_DAY
    assert following[1] >= following[0]
    assert not overlap(period, following)


@pytest.mark.parametrize(
    ("end", "months", "last"),
    [
        ("2013-03-31", 3, "2012-12-31"),
        ("2013-03-31", 1, "2013-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2024-02-29", 6, "2023-08-31"),
        ("2026-06-14", 2, "2026-04-14"),
        ("2026-12-31", 12, "2025-12-31"),
    ],
)
def test_the_last_day_to_give_notice(end, months, last):
    """Whole months are left between that day and the end, which is the last day of the last of them."""
    assert notice_day(on(end), months) == on(last)


def test_no_notice():
    assert notice_day(date(2013, 3, 31), 0) is None
    assert notice_day(None, 3) is None
    assert notice_day(None, 0) is None


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2012-03-31", "draft"),
        ("2012-04-01", "running"),
        ("2012-10-01", "running"),
        ("2013-03-31", "running"),
        ("2013-04-01", "expired"),
        ("2020-01-01", "expired"),
    ],
)
def test_a_signed_convention_on_a_day(day, state):
    assert state_on(on(day), *YEAR, is_signed=True) == state


@pytest.mark.parametrize("day", ["2012-03-31", "2012-10-01", "2013-04-01"])
@pytest.mark.parametrize(
    ("start", "end", "is_signed"),
    [(*YEAR, False), (None, YEAR[1], True), (YEAR[0], None, True), (None, None, True), (None, None, False)],
)
def test_nothing_runs_without_a_signature_and_both_dates(day, start, end, is_signed):
    assert state_on(on(day), start, end, is_signed) == "draft"
    assert state_on(on(day), start, end, is_signed, renewed_from=on("2012-03-01")) == "draft"


@pytest.mark.parametrize(
    ("day", "renewed_from", "state"),
    [
        pytest.param("2013-03-31", "2013-04-01", "running", id="the last day before its renewal"),
        pytest.param("2013-04-01", "2013-04-01", "renewed", id="the first day of its renewal"),
        pytest.param("2013-08-31", "2013-09-01", "expired", id="the gap before a later renewal"),
        pytest.param("2013-09-01", "2013-09-01", "renewed", id="after the gap"),
        pytest.param("2012-12-31", "2013-01-01", "running", id="the eve of an early renewal"),
        pytest.param("2013-01-01", "2013-01-01", "renewed", id="replaced before its end"),
        pytest.param("2012-03-31", "2012-03-01", "draft", id="not started yet"),
        pytest.param("2012-04-01", "2012-04-01", "renewed", id="replaced on its first day"),
    ],
)
def test_a_convention_that_another_takes_the_place_of(day, renewed_from, state):
    assert state_on(on(day), *YEAR, True, on(renewed_from)) == state


@pytest.mark.parametrize(
    ("renewed_from", "last"),
    [
        (None, "2013-03-31"),
        ("2013-04-02", "2013-03-31"),
        ("2013-04-01", "2013-03-31"),
        ("2013-03-31", "2013-03-30"),
        ("2013-01-01", "2012-12-31"),
    ],
)
def test_the_last_day_in_force(renewed_from, last):
    assert last_day(YEAR[1], renewed_from and on(renewed_from)) == on(last)


@given(periods, st.one_of(st.none(), days), days)
def test_a_convention_runs_from_its_start_to_its_last_day_in_force(period, renewed_from, day):
    is_running = state_on(day, *period, True, renewed_from) == "running"
    assert is_running == (period[0] <= day <= last_day(period[1], renewed_from))


@pytest.mark.parametrize(
    ("start", "end", "common"),
    [
        pytest.param("2010-03-31", "2011-03-30", True, id="the last day is the first of the other"),
        pytest.param("2010-04-01", "2011-03-31", False, id="the other follows"),
        pytest.param("2008-04-01", "2009-03-31", False, id="the other comes before"),
        pytest.param("2008-04-01", "2009-04-01", True, id="the first day is the last of the other"),
        pytest.param("2009-06-01", "2009-06-30", True, id="within"),
        pytest.param("2008-01-01", "2012-01-01", True, id="around"),
        pytest.param("2009-04-01", "2010-03-31", True, id="the same"),
    ],
)
def test_periods_with_a_day_in_common(start, end, common):
    assert overlap(FIRST, (on(start), on(end))) is common
    assert overlap((on(start), on(end)), FIRST) is common


@given(st.tuples(st.integers(0, 20), st.integers(0, 5)), st.tuples(st.integers(0, 20), st.integers(0, 5)))
def test_periods_overlap_where_a_day_is_in_both(one, other):
    def period(drawn):
        return tuple(FIRST[0] + timedelta(days=rank) for rank in (drawn[0], drawn[0] + drawn[1]))

    def ranks(drawn):
        return set(range(drawn[0], drawn[0] + drawn[1] + 1))

    assert overlap(period(one), period(other)) == bool(ranks(one) & ranks(other))
