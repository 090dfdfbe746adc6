"""Conventions between a Region and a relay: periods, notice, renewals, state at a date. Ends are inclusive."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

Period = tuple[date, date]


def period_end(start: date, months: int) -> date:
    """Last day of a convention of ``months`` months.

    Poitou-Charentes: an annual convention of April 2009, renewed in 2013 for three years.

    >>> str(period_end(date(2009, 4, 1), 12)), str(period_end(date(2013, 4, 1), 36))
    ('2010-03-31', '2016-03-31')
    >>> str(period_end(date(2023, 3, 1), 12))
    '2024-02-29'
    """
    return start + relativedelta(months=months, days=-1)


def whole_months(start: date | None, end: date | None) -> int:
    """Length in months, 0 when it is no whole number of them, or not known yet.

    >>> whole_months(date(2009, 4, 1), date(2010, 3, 31)), whole_months(date(2013, 4, 1), date(2016, 3, 31))
    (12, 36)
    >>> whole_months(date(2026, 1, 10), date(2026, 1, 19)), whole_months(date(2026, 1, 10), None)
    (0, 0)
    """
    if not (start and end):
        return 0
    length = relativedelta(end + timedelta(days=1), start)
    return 0 if length.days else 12 * length.years + length.months


def next_period(start: date, end: date, months: int = 0) -> Period:
    """The period that follows without a gap: of ``months`` months, else as long as the one that ends.

    >>> period = date(2009, 4, 1), date(2010, 3, 31)
    >>> for _year in (2010, 2011, 2012):
    ...     period = next_period(*period)
    >>> [str(day) for day in period]
    ['2012-04-01', '2013-03-31']
    >>> [str(day) for day in next_period(*period, months=36)]
    ['2013-04-01', '2016-03-31']

    A period that is no whole number of months is repeated in days:

    >>> [str(day) for day in next_period(date(2026, 1, 10), date(2026, 1, 19))]
    ['2026-01-20', '2026-01-29']
    """
    first = end + timedelta(days=1)
    months = months or whole_months(start, end)
    return first, period_end(first, months) if months else first + (end - start)


def notice_day(end: date | None, months: int) -> date | None:
    """Last day on which notice can be given, ``months`` whole months before the end; none without notice.

    >>> str(notice_day(date(2013, 3, 31), 3)), str(notice_day(date(2024, 2, 29), 6))
    ('2012-12-31', '2023-08-31')
    >>> notice_day(date(2013, 3, 31), 0), notice_day(None, 3)
    (None, None)
    """
    if not (end and months):
        return None
    return end + timedelta(days=1) - relativedelta(months=months) - timedelta(days=1)


def state_on(day: date, start: date | None, end: date | None, is_signed: bool, renewed_from: date | None = None) -> str:
    """Where a convention stands on ``day``: ``draft``, ``running``, ``expired`` or ``renewed``.

    ``renewed_from`` is the first day of the signed convention that takes its place.

    >>> year = date(2012, 4, 1), date(2013, 3, 31)
    >>> def state(day, renewed_from=None):
    ...     return state_on(date.fromisoformat(day), *year, True, renewed_from)
    >>> [state(day) for day in ("2012-03-31", "2012-04-01", "2013-03-31", "2013-04-01")]
    ['draft', 'running', 'running', 'expired']
    >>> [state(day, renewed_from=date(2013, 4, 1)) for day in ("2013-03-31", "2013-04-01")]
    ['running', 'renewed']

    Nothing runs without a signature and both dates; a renewal that starts later leaves a gap:

    >>> state_on(date(2012, 5, 1), *year, is_signed=False), state_on(date(2012, 5, 1), *year[:1], None, is_signed=True)
    ('draft', 'draft')
    >>> [state(day, renewed_from=date(2013, 9, 1)) for day in ("2013-08-31", "2013-09-01")]
    ['expired', 'renewed']
    """
    if not (is_signed and start and end) or day < start:
        return "draft"
    if renewed_from and renewed_from <= day:
        return "renewed"
    return "running" if day <= end else "expired"


def last_day(end: date, renewed_from: date | None) -> date:
    """Last day in force: the end, or the eve of the convention that takes its place earlier.

    >>> str(last_day(date(2013, 3, 31), None)), str(last_day(date(2013, 3, 31), date(2013, 1, 1)))
    ('2013-03-31', '2012-12-31')
    """
    return min(end, renewed_from - timedelta(days=1)) if renewed_from else end


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods have a day in common.

    >>> overlap((date(2009, 4, 1), date(2010, 3, 31)), (date(2010, 3, 31), date(2011, 3, 30)))
    True
    >>> overlap((date(2009, 4, 1), date(2010, 3, 31)), (date(2010, 4, 1), date(2011, 3, 31)))
    False
    """
    return one[0] <= other[1] and other[0] <= one[1]
