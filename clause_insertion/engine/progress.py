"""How far a clause has come."""

from datetime import date


def ratio(numerator: float, denominator: float) -> float:
    """A ratio of two sums as a fraction, which may exceed 1; 0 where there is nothing to divide by.

    SOLIDEO's target of 2,475,000 hours was passed with 2,874,641:

    >>> round(ratio(2_874_641, 2_475_000) * 100, 2)
    116.15
    >>> round(ratio(75_194, 57_231), 2), round(ratio(25_124_684, 57_231), 1), round(ratio(40_549, 189), 1)
    (1.31, 439.0, 214.5)
    >>> ratio(10, 0)
    0.0
    """
    return numerator / denominator if denominator else 0.0


def elapsed(day: date, start: date | None, end: date | None) -> float:
    """Share of the contract's time that has passed on the evening of ``day``, from 0 to 1.

    Start and end are both inclusive; without both there is nothing to compare with.

    >>> elapsed(date(2026, 1, 15), date(2026, 1, 1), date(2026, 1, 30))
    0.5
    >>> january = date(2026, 1, 1), date(2026, 1, 30)
    >>> elapsed(date(2025, 12, 31), *january), elapsed(date(2027, 1, 1), *january)
    (0.0, 1.0)
    >>> elapsed(date(2026, 1, 1), None, date(2026, 1, 30))
    0.0
    """
    if not start or not end or end < start:
        return 0.0
    days = (end - start).days + 1
    return min(max((day - start).days + 1, 0), days) / days


def full_time_equivalents(hours: float, base: float = 1600) -> float:
    """Full-time equivalents; the base is not standard, 1,600 hours matches the national network.

    >>> round(full_time_equivalents(25_124_684), 2)
    15702.93
    >>> round(260_000 / 157)
    1656
    """
    return ratio(hours, base)
