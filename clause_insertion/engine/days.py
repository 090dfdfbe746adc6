"""The day of an instant: that of the Region's clock, never that of its reader's nor of the server's.

Instants are naive and in UTC, as Odoo keeps them; a zone is a name such as "Europe/Paris".
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def time_in(zone: str, instant: datetime) -> datetime:
    """What the clock on the wall shows at that instant.

    >>> time_in("Europe/Paris", datetime(2026, 8, 21, 22, 30))
    datetime.datetime(2026, 8, 22, 0, 30)
    """
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def day_in(zone: str, instant: datetime) -> date:
    """Noon in Greenwich is the next day in Wallis, half past midnight in Paris still the day before in Guadeloupe.

    >>> day_in("Pacific/Wallis", datetime(2026, 12, 31, 12))
    datetime.date(2027, 1, 1)
    >>> day_in("America/Guadeloupe", datetime(2026, 8, 21, 22, 30))
    datetime.date(2026, 8, 21)
    """
    return time_in(zone, instant).date()


def instant_in(zone: str, day: date, hour: int = 0) -> datetime:
    """The instant at which the clock on the wall shows that hour; at midnight, the day begins.

    >>> instant_in("Europe/Paris", date(2026, 8, 22)), instant_in("Pacific/Wallis", date(2026, 8, 22), 12)
    (datetime.datetime(2026, 8, 21, 22, 0), datetime.datetime(2026, 8, 22, 0, 0))
    """
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)
