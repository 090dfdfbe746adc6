"""Months, and the day at which a month's hours stand."""

from calendar import monthrange
from datetime import date

from dateutil.relativedelta import relativedelta


def first_day(day: date) -> date:
    """
    >>> first_day(date(2026, 9, 14))
    datetime.date(2026, 9, 1)
    """
    return day.replace(day=1)


def last_day(day: date) -> date:
    """
    >>> last_day(date(2028, 2, 10))
    datetime.date(2028, 2, 29)
    """
    return day.replace(day=monthrange(day.year, day.month)[1])


def previous_month(day: date) -> date:
    """First day of the month before.

    >>> previous_month(date(2026, 1, 31))
    datetime.date(2025, 12, 1)
    """
    return first_day(day) - relativedelta(months=1)


def declared_day(month: date, contract_end: date | None, today: date) -> date:
    """The day that carries hours declared for a whole month.

    It is the month's last day, or the last day of the work contract within that month, and never
    in the future. Both bounds are inclusive.

    >>> declared_day(date(2026, 9, 1), None, date(2026, 11, 22))
    datetime.date(2026, 9, 30)
    >>> declared_day(date(2026, 9, 1), date(2026, 9, 11), date(2026, 11, 22))
    datetime.date(2026, 9, 11)
    >>> declared_day(date(2026, 11, 1), None, date(2026, 11, 22))
    datetime.date(2026, 11, 22)
    >>> declared_day(date(2026, 9, 1), date(2026, 8, 31), date(2026, 11, 22))
    datetime.date(2026, 9, 30)
    """
    day = last_day(month)
    if contract_end and month <= contract_end < day:
        day = contract_end
    return min(day, today) if today >= month else day


def due_day(month: date, day_number: int) -> date:
    """Last day, inclusive, to declare ``month``: the given day of the month that follows.

    >>> due_day(date(2026, 1, 1), 10)
    datetime.date(2026, 2, 10)
    >>> due_day(date(2026, 1, 1), 31)
    datetime.date(2026, 2, 28)
    """
    return first_day(month) + relativedelta(months=1, day=day_number)


def next_month(day: date) -> date:
    """First day of the month after.

    >>> next_month(date(2026, 12, 31))
    datetime.date(2027, 1, 1)
    """
    return first_day(day) + relativedelta(months=1)
