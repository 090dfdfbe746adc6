"""Penalties that a contract attaches to its insertion clause.

Law sets none: each contract's particular documents do, and the CCAG attaches them to a contradictory procedure.
Amounts are in euros excluding tax, hours in hours, shares are fractions (0.05 is 5 %).
"""

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import holidays

from .exact import exact, hundredths, round_half_up

CENT = 0.01
# Departments with public holidays of their own, as the library names them.
LOCAL_HOLIDAYS = {"67": "6AE", "68": "6AE", "57": "57", "975": "PM"} | {
    code: code for code in ("971", "972", "973", "974", "976")
}


def missing_hours(due: float, validated: float, counted: float = 0) -> float:
    """Hours still owed, never below zero; ``counted`` are those that another penalty has already charged.

    >>> missing_hours(833, 753), missing_hours(833, 900), missing_hours(833, 753, counted=30)
    (80.0, 0.0, 50.0)
    >>> missing_hours(0.3, 0.1), 0.3 - 0.1
    (0.2, 0.19999999999999998)
    """
    return hundredths(max(exact(due) - exact(validated) - exact(counted), 0))


@cache
def _public_holidays(department: str) -> holidays.HolidayBase:
    return holidays.country_holidays("FR", subdiv=LOCAL_HOLIDAYS.get(department))


def is_working_day(day: date, department: str = "") -> bool:
    """Neither a Saturday, a Sunday nor a public holiday; ``department`` adds those of Alsace, Moselle, overseas.

    Ascension Thursday 2026, the Friday after it, and the second day of Christmas:

    >>> is_working_day(date(2026, 5, 14)), is_working_day(date(2026, 5, 15))
    (False, True)
    >>> is_working_day(date(2025, 12, 26), "86"), is_working_day(date(2025, 12, 26), "67")
    (True, False)
    """
    return day.weekday() < 5 and day not in _public_holidays(department)


def days_late(due: date, end: date, working: bool = False, department: str = "") -> int:
    """Days from the day after ``due`` to ``end``, both counted.

    ``end`` is the day on which it was done, or that on which the contract's termination takes effect. Calendar
    days leave nothing out (CCAG-Travaux 19.1.1); working days leave out Saturdays, Sundays and public holidays.
    Due on Thursday 30 April 2026, done on Tuesday 19 May, with 1 May, 8 May and Ascension in between:

    >>> days_late(date(2026, 4, 30), date(2026, 5, 19)), days_late(date(2026, 4, 30), date(2026, 5, 19), working=True)
    (19, 10)
    >>> days_late(date(2026, 9, 30), date(2026, 9, 30)), days_late(date(2026, 9, 30), date(2026, 9, 1))
    (0, 0)
    >>> days_late(date(2026, 9, 30), date(2026, 10, 1))
    1
    """
    days = max((end - due).days, 0)
    if not working:
        return days
    return sum(is_working_day(due + timedelta(days=rank), department) for rank in range(1, days + 1))


def penalty(quantity: float, unit_amount: float, coefficient: float = 1) -> float:
    """Quantity (hours, days, events) × coefficient × euros for one, to the cent.

    80 hours missing at 4 times the hourly ceiling of 2025, then of 2026; 12 days at 50 €; 100 hours at twice the
    minimum wage (education ministry's model contract of 2018, and a usual shape):

    >>> penalty(80, 29, 4), penalty(80, 30, 4), penalty(12, 50), penalty(100, 12.02, 2)
    (9280.0, 9600.0, 600.0, 2404.0)
    >>> penalty(1.005, 1)
    1.01
    """
    return round_half_up(exact(quantity) * exact(coefficient) * exact(unit_amount), CENT)


def limited(amount: float, cap: float = 0, floor: float = 0, charged: float = 0) -> float:
    """What is owed of ``amount`` under the contract's limits; 0 is no limit.

    ``cap`` bounds the total of this kind on the contract, ``charged`` being what was already decided. An amount
    that does not exceed ``floor`` is not asked for.

    >>> limited(9_600), limited(9_600, cap=5_000), limited(9_600, cap=5_000, charged=4_200)
    (9600, 5000.0, 800.0)
    >>> limited(9_600, cap=5_000, charged=6_000)
    0.0
    >>> limited(1_000, floor=1_000), limited(1_000.01, floor=1_000)
    (0, 1000.01)
    """
    if amount <= floor:
        return 0
    return round_half_up(min(exact(amount), max(exact(cap) - exact(charged), 0)), CENT) if cap else amount


class Amounts(NamedTuple):
    """What a penalty comes to, and what it was computed with, in euros; no cap and no floor are 0."""

    unit_amount: float  # for one hour, day or event
    coefficient: float
    cap: float
    floor: float
    amount_before_limits: float
    amount: float


def amounts(
    quantity: float, unit_amount: float, coefficient: float = 1, cap: float = 0, floor: float = 0, charged: float = 0
) -> Amounts:
    """The penalty and the steps to it.

    120 hours at 100 € under a cap of 10,000 €, of which 8,000 € were already decided:

    >>> amounts(120, 100, cap=10_000, charged=8_000)[2:]
    (10000, 0, 12000.0, 2000.0)
    """
    found = penalty(quantity, unit_amount, coefficient)
    return Amounts(unit_amount, coefficient, cap, floor, found, limited(found, cap, floor, charged))
