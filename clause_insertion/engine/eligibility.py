"""Who may be hired under a clause, and for how long a person's hours count."""

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

AGE_BANDS = ((26, "under_26"), (50, "26_49"))
YOUNGEST, OLDEST = 14, 100  # years of age of somebody who may work


def eligibility_end(start: date, months: int = 24) -> date:
    """Last eligible day, inclusive, of a period that starts with the first hire under a clause.

    The end is inclusive by analogy with the PASS IAE; 24 months is usual and a parameter.

    >>> eligibility_end(date(2025, 3, 15))
    datetime.date(2027, 3, 14)

    A start on 29 February ends on the eve of the month's last day where that day does not exist,
    and 31 August on the eve of the 31st:

    >>> eligibility_end(date(2024, 2, 29))
    datetime.date(2026, 2, 27)
    >>> eligibility_end(date(2024, 8, 31))
    datetime.date(2026, 8, 30)
    >>> eligibility_end(date(2024, 8, 31), months=6)
    datetime.date(2025, 2, 27)
    >>> eligibility_end(date(2026, 3, 1))
    datetime.date(2028, 2, 29)
    """
    return start + relativedelta(months=months, days=-1)


def is_eligible(day: date, start: date | None, end: date | None) -> bool:
    """Whether an hour worked on ``day`` counts; both bounds inclusive, no start means never.

    >>> is_eligible(date(2027, 3, 14), date(2025, 3, 15), eligibility_end(date(2025, 3, 15)))
    True
    >>> is_eligible(date(2027, 3, 15), date(2025, 3, 15), eligibility_end(date(2025, 3, 15)))
    False
    >>> is_eligible(date(2025, 3, 14), date(2025, 3, 15), None), is_eligible(date(2025, 3, 14), None, None)
    (False, False)
    """
    return bool(start) and start <= day and (not end or day <= end)


def fresh_until(issued_on: date | None, freshness_months: int) -> date | None:
    """Last day, inclusive, of hire for which a proof may be used; None without an end.

    "Less than 3 months" excludes the day three months later; 0 months means no limit.

    >>> fresh_until(date(2026, 1, 15), 3)
    datetime.date(2026, 4, 14)
    >>> fresh_until(date(2001, 1, 1), 0), fresh_until(None, 3)
    (None, None)
    """
    if not issued_on or not freshness_months:
        return None
    return issued_on + relativedelta(months=freshness_months, days=-1)


def age_band(birth_year: int, year: int) -> str:
    """Band of the age reached in ``year``: ``under_26``, ``26_49`` or ``50_plus``.

    Only the birth year is known outside the relay, hence "reached in the year".

    >>> age_band(2000, 2025), age_band(2000, 2026), age_band(1977, 2026), age_band(1976, 2026)
    ('under_26', '26_49', '26_49', '50_plus')
    >>> age_band(0, 2026)
    'unknown'
    """
    if not birth_year:
        return "unknown"
    age = year - birth_year
    return next((band for limit, band in AGE_BANDS if age < limit), "50_plus")


def is_working_age(birth_year: int, year: int) -> bool:
    """Whether somebody born in ``birth_year`` may be at work in ``year``: what is not so was typed wrong.

    >>> [is_working_age(born, 2026) for born in (1925, 1926, 2012, 2013)]
    [False, True, True, False]
    """
    return YOUNGEST <= year - birth_year <= OLDEST


def has_fresh_proof(ends: Iterable[date | None], hired_on: date) -> bool:
    """Whether a proof may be used on ``hired_on``; of each, ``ends`` has the last day, inclusive, or None.

    >>> has_fresh_proof([date(2026, 4, 13), date(2026, 4, 14)], date(2026, 4, 14))
    True
    >>> has_fresh_proof([date(2026, 4, 13)], date(2026, 4, 14)), has_fresh_proof([], date(2026, 4, 14))
    (False, False)
    >>> has_fresh_proof([None], date(2026, 4, 14))
    True
    """
    return any(not end or end >= hired_on for end in ends)


def situation(today: date, is_proven: bool, end: date | None, warning_day: date) -> str:
    """Where a person stands: ``to_verify``, ``ended``, ``ending`` (on ``warning_day`` at the latest) or ``eligible``.

    All days are inclusive; without a proof seen, nothing else is said.

    >>> today, warning_day = date(2026, 10, 5), date(2026, 12, 4)
    >>> [situation(today, True, end, warning_day) for end in (date(2026, 10, 4), today, warning_day)]
    ['ended', 'ending', 'ending']
    >>> [situation(today, True, end, warning_day) for end in (date(2026, 12, 5), None)]
    ['eligible', 'eligible']
    >>> situation(today, False, None, warning_day)
    'to_verify'
    """
    if not is_proven:
        return "to_verify"
    if end and end < today:
        return "ended"
    return "ending" if end and end <= warning_day else "eligible"
