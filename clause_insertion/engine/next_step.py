"""Who acts next: what waits, for whom and since when, and what comes first on a clause.

Every date here follows from facts (months declared, dates of the contract, hours validated, parameters), never from
today: a date that is kept tells on any later day whether something waits.
"""

import math
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from .months import due_day, first_day, next_month
from .parameters import value_on

# Who acts on each thing that waits. What a relay does, the Region does where there is no relay.
ACTORS = {
    "late": "contractor",
    "validate": "facilitator",
    "correct": "contractor",
    "recruitment": "facilitator",
    "behind": "officer",
    "relay": "officer",
    "amendment": "officer",
    "balance": "officer",
    "certificate": "officer",
    "eligibility": "facilitator",
    "employment": "facilitator",
    "penalty_reply": "contractor",
    "penalty_decide": "officer",
}
# What comes first where several things wait on one clause; what is about a person is no step of a clause.
PRIORITY = (
    ("penalty_reply", "penalty_decide"),
    ("amendment",),
    ("validate",),
    ("correct",),
    ("late",),
    ("balance", "certificate"),
    ("recruitment",),
    ("relay",),
    ("behind",),
)
RANKS = {kind: rank for rank, kinds in enumerate(PRIORITY) for kind in kinds}


class Step(NamedTuple):
    kind: str  # one of ACTORS for what waits; "award", "declare" or "balance" for what is only coming
    actor: str  # "buyer", "officer", "contractor" or "facilitator"
    since: date | None  # the first day on which it was that actor's turn; None while it is not yet
    month: date | None = None  # first day of the month that it is about
    record: int = 0  # of the record that it is about, the older the smaller


def first(waiting: Iterable[Step]) -> Step | None:
    """The step of a clause: of what waits on it, the most urgent kind, then the oldest month, then what waits longest.

    >>> august, september = date(2026, 8, 1), date(2026, 9, 1)
    >>> first([Step("late", "contractor", date(2026, 11, 11), date(2026, 10, 1)),
    ...        Step("validate", "facilitator", date(2026, 10, 5), september, 2),
    ...        Step("validate", "facilitator", date(2026, 10, 9), august, 3)]).record
    3
    >>> first([Step("eligibility", "facilitator", date(2026, 10, 1))]), first([])
    (None, None)
    """
    steps = (step for step in waiting if step.kind in RANKS)
    return min(
        steps, key=lambda step: (RANKS[step.kind], step.month or date.min, step.since, step.record), default=None
    )


def coming(state: str, state_since: date, start: date | None, month: date | None, today: date) -> Step | None:
    """What comes next on a clause on which nothing waits; None where it is over.

    A month may be declared from its first day in the contract on, and is waited for once its due day has passed.

    >>> coming("planned", date(2026, 7, 2), None, None, date(2026, 7, 20))
    Step(kind='award', actor='buyer', since=datetime.date(2026, 7, 2), month=None, record=0)
    >>> running = "running", date(2026, 8, 1), date(2026, 8, 3)
    >>> str(coming(*running, date(2026, 8, 1), date(2026, 8, 20)).since)
    '2026-08-03'
    >>> coming(*running, date(2026, 9, 1), date(2026, 8, 31)).since, coming(*running, None, date(2027, 7, 30)).kind
    (None, 'balance')
    >>> coming("certified", *running[1:], None, date(2027, 7, 30)) is None
    True
    """
    if state in ("draft", "planned"):
        return Step("award", "buyer", state_since)
    if state != "running":
        return None
    if not month:
        return Step("balance", "officer", None)
    begins = max(start, month) if start else month
    return Step("declare", "contractor", begins if begins <= today else None, month)


# -- months ----------------------------------------------------------------------------------------


def month_to_declare(start: date | None, end: date | None, last_declared: date | None) -> date | None:
    """The month owed next: the first one after the last declared, within the contract; None when none will come.

    Both bounds are inclusive; a contract without an end goes on.

    >>> year = date(2026, 9, 14), date(2027, 9, 13)
    >>> str(month_to_declare(*year, None)), str(month_to_declare(*year, date(2026, 12, 1)))
    ('2026-09-01', '2027-01-01')
    >>> str(month_to_declare(*year, date(2027, 8, 1))), month_to_declare(*year, date(2027, 9, 1))
    ('2027-09-01', None)

    What was declared before the contract's start, which was moved since, is not of its months:

    >>> str(month_to_declare(*year, date(2026, 6, 1)))
    '2026-09-01'
    """
    months = [next_month(last_declared)] if last_declared else []
    month = max([*months, *([first_day(start)] if start else [])], default=None)
    return None if month and end and month > end else month


def is_owed(month: date, owed_next: date | None, end: date | None) -> bool:
    """Whether a month is among those owed: the one owed next, or a later one, before the contract ends.

    >>> october = date(2026, 10, 1)
    >>> is_owed(october, date(2026, 8, 1), None), is_owed(october, date(2026, 11, 1), None)
    (True, False)
    >>> is_owed(october, date(2026, 8, 1), date(2026, 9, 30)), is_owed(october, None, None)
    (False, False)
    """
    return bool(owed_next) and owed_next <= month and (not end or month <= end)


def due_on(month: date | None, due_days: Iterable[tuple[date, float]]) -> date | None:
    """Last day, inclusive, to declare ``month``, by the due day in force when the month is over; None without one.

    >>> due_days = [(date(2000, 1, 1), 10), (date(2026, 10, 1), 15)]
    >>> str(due_on(date(2026, 8, 1), due_days)), str(due_on(date(2026, 9, 1), due_days))
    ('2026-09-10', '2026-10-15')
    >>> due_on(None, due_days), due_on(date(1999, 1, 1), due_days)
    (None, None)
    """
    number = value_on(next_month(month), due_days) if month else None
    return None if number is None else due_day(month, int(number))


def balance_on(end: date, validated_on: date) -> date:
    """The first day on which the balance waits: the contract has ended, and its last month is validated.

    >>> str(balance_on(date(2026, 9, 30), date(2026, 9, 28))), str(balance_on(date(2026, 9, 30), date(2026, 10, 7)))
    ('2026-10-01', '2026-10-07')
    """
    return max(end + timedelta(days=1), validated_on)


# -- progress --------------------------------------------------------------------------------------


def behind_on(
    start: date | None, end: date | None, progress: float, margins: Iterable[tuple[date, float]]
) -> date | None:
    """The first day from which a contract is behind schedule until it ends; None where it is not at its end.

    On a day it is behind where the share of time elapsed on its evening exceeds the share of hours validated by more
    than the margin in force on that day. Shares are compared to the millionth of a day.

    Of 100 days, with nothing done and a margin of 20 points, the 21st; each tenth of the hours gives ten days:

    >>> contract = date(2026, 8, 1), date(2026, 11, 8)
    >>> margins = [(date(2000, 1, 1), 0.2)]
    >>> [str(behind_on(*contract, progress, margins)) for progress in (0, 0.1, 0.37, 0.79)]
    ['2026-08-21', '2026-08-31', '2026-09-27', '2026-11-08']
    >>> behind_on(*contract, 0.8, margins), behind_on(None, None, 0, margins), behind_on(*contract, 0, [])
    (None, None, None)

    Another margin counts from its first day on:

    >>> stricter, wider = [*margins, (date(2026, 9, 10), 0)], [*margins, (date(2026, 9, 10), 0.5)]
    >>> [str(behind_on(*contract, 0.3, margins)) for margins in (stricter, wider)]
    ['2026-09-10', '2026-10-20']
    >>> str(behind_on(*contract, 0, stricter))
    '2026-08-21'
    """
    if not start or not end:
        return None
    days, since, until = (end - start).days + 1, None, end + timedelta(days=1)
    for in_force, margin in sorted(margins, reverse=True):
        if in_force >= until:
            continue
        day = max(start + timedelta(days=math.floor(round((progress + margin) * days, 6))), in_force)
        if day >= until:
            break
        since = until = day
        if day > in_force:
            break
    return since
