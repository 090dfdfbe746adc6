"""Days by which somebody answers, and those on which a contractor is reminded of the month to declare."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from .months import first_day, previous_month


class Reminder(NamedTuple):
    month: date  # first day of the month to declare
    stage: str  # "before" or "after" the due day
    since: date  # first day of the stage: who was reminded on it or later has had this reminder
    due: date  # last day to declare, inclusive


def reminder(today: date, due_on: Callable[[date], date | None], before: int, after: int) -> Reminder | None:
    """The reminder to send on ``today``, if any; a day without the job is made up for the day after.

    ``due_on`` tells the last day to declare a month, or None where no day is set. With months due on the 10th, a
    reminder 3 days before and another 5 days after:

    >>> from .months import due_day
    >>> tenth = lambda month: due_day(month, 10)
    >>> [reminder(date(2026, 10, day), tenth, 3, 5) for day in (6, 11, 14)]
    [None, None, None]
    >>> reminder(date(2026, 10, 7), tenth, 3, 5).stage, reminder(date(2026, 10, 10), tenth, 3, 5).stage
    ('before', 'before')
    >>> late = reminder(date(2026, 10, 15), tenth, 3, 5)
    >>> late.stage, str(late.month), str(late.since), str(late.due)
    ('after', '2026-09-01', '2026-10-15', '2026-10-10')
    >>> reminder(date(2026, 10, 31), tenth, 3, 5) == late
    True

    A reminder may fall before the month ends:

    >>> second = lambda month: due_day(month, 2)
    >>> str(reminder(date(2026, 9, 30), second, 3, 5).month), reminder(date(2026, 9, 28), second, 3, 5).stage
    ('2026-09-01', 'after')
    >>> reminder(date(2026, 9, 30), lambda month: None, 3, 5) is None
    True
    """
    this_month, last_month = first_day(today), previous_month(today)
    for month in (this_month, last_month):
        due = due_on(month)
        if due and due - timedelta(days=before) <= today <= due:
            return Reminder(month, "before", due - timedelta(days=before), due)
    if due and today >= due + timedelta(days=after):
        return Reminder(last_month, "after", due + timedelta(days=after), due)
    return None


def answer_due(asked_on: date, days: int) -> date:
    """Last day, inclusive, to answer what was asked on ``asked_on``, that day left out.

    A recruitment request (parameter ``recruitment_delay``), then the notice of a penalty (15 days is usual, each
    contract says its own):

    >>> answer_due(date(2026, 9, 1), 28), answer_due(date(2026, 10, 5), 15)
    (datetime.date(2026, 9, 29), datetime.date(2026, 10, 20))
    """
    return asked_on + timedelta(days=days)
