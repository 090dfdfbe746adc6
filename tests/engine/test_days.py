"""The day of an instant where the Region is: at midnight, on New Year's Eve, when clocks change, on a leap day."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.days import day_in, instant_in, time_in

# Hours from Greenwich in winter and in summer.
ZONES = {"Pacific/Wallis": (12, 12), "Europe/Paris": (1, 2), "UTC": (0, 0), "America/Guadeloupe": (-4, -4)}
WINTER = [date(2025, 12, 31), date(2026, 1, 1), date(2028, 2, 29), date(2027, 2, 28), date(2026, 3, 28)]
SUMMER = [date(2026, 8, 21), date(2026, 8, 22), date(2026, 3, 30), date(2026, 10, 24)]
days = [*((day, 0) for day in WINTER), *((day, 1) for day in SUMMER)]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("day", "season"), days)
@pytest.mark.parametrize("clock", [time(0, 30), time(23, 30)])
def test_half_an_hour_around_midnight(zone, day, season, clock):
    shown = datetime.combine(day, clock)
    instant = shown - timedelta(hours=ZONES[zone][season])
    assert day_in(zone, instant) == day
    assert time_in(zone, instant) == shown


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_nights_when_clocks_change_in_paris(day):
    """Twenty-three or twenty-five hours, all of the one day."""
    start, end = (instant_in("Europe/Paris", day + timedelta(days=number)) for number in (0, 1))
    hours = (end - start) / timedelta(hours=1)
    assert hours == (23 if day.month == 3 else 25)
    assert {day_in("Europe/Paris", start + timedelta(minutes=30 * rank)) for rank in range(int(hours * 2))} == {day}


def test_the_duty_begins_at_midnight_in_paris():
    assert day_in("Europe/Paris", datetime(2026, 8, 21, 22, 30)) == date(2026, 8, 22)
    assert day_in("Europe/Paris", datetime(2026, 8, 21, 21, 30)) == date(2026, 8, 21)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.sampled_from(list(ZONES)))
def test_an_instant_is_within_its_day(instant, zone):
    day = day_in(zone, instant)
    assert instant_in(zone, day) <= instant < instant_in(zone, day + timedelta(days=1))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(list(ZONES)))
def test_midday_is_of_its_day(day, zone):
    """Also the day before and after it is not."""
    assert day_in(zone, instant_in(zone, day, 12)) == day_in(zone, instant_in(zone, day)) == day
    assert day_in(zone, instant_in(zone, day) - timedelta(seconds=1)) == day - timedelta(days=1)
