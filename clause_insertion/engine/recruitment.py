"""Days that a recruitment request goes by."""

from datetime import date, timedelta


def answer_due(asked_on: date, days: int) -> date:
    """Last day, inclusive, for the relay to answer.

    >>> answer_due(date(2026, 9, 1), 28)
    datetime.date(2026, 9, 29)
    """
    return asked_on + timedelta(days=days)
