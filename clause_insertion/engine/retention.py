"""How long a person's data are kept, and what nobody can trace back afterwards."""

import re
import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # those that are not read for one another
LENGTH = 10  # 32^10 pseudonyms: two people do not draw the same one
BETWEEN = r"[\s.()-]*"  # the digits of a telephone number
PREFIX = rf"(?:(?:\+|00)?33{BETWEEN}(?:0{BETWEEN})?|0{BETWEEN})?"
LEAST_DIGITS = 8  # of a number that may be somebody's telephone


def erasure_day(last_activity: date, months: int = 24) -> date:
    """The first day on which a person's data are no longer kept.

    24 months without activity, a parameter, is what the State's platform Les emplois applies (domain.md 1.7).

    >>> erasure_day(date(2024, 9, 30)), erasure_day(date(2024, 2, 29), 12)
    (datetime.date(2026, 9, 30), datetime.date(2025, 2, 28))
    """
    return last_activity + relativedelta(months=months)


def announced_for(today: date, last_activity: date | None, months: int = 24, notice: int = 30) -> date | None:
    """The day of erasure to announce today to the relay, or None as long as it is too early.

    The notice ends on the day of erasure, so that nobody is kept longer for it; a job that comes late, or a relay
    that takes over old files, still gives the whole notice.

    >>> str(announced_for(date(2026, 8, 31), date(2024, 9, 30)))
    '2026-09-30'
    >>> announced_for(date(2026, 8, 30), date(2024, 9, 30)) is None
    True
    >>> str(announced_for(date(2026, 10, 5), date(2020, 1, 1)))
    '2026-11-04'

    None as last activity is somebody employed today: the clock stands still.

    >>> announced_for(date(2026, 10, 5), None) is None
    True
    """
    if last_activity is None:
        return None
    soonest = today + timedelta(days=notice)
    return soonest if erasure_day(last_activity, months) <= soonest else None


def is_due(today: date, last_activity: date | None, announced: date, months: int = 24) -> bool:
    """Whether the data of somebody are erased today, ``announced`` being the day that the relay was told.

    >>> is_due(date(2026, 9, 30), date(2024, 9, 30), date(2026, 9, 30))
    True
    >>> is_due(date(2026, 9, 30), date(2024, 10, 1), date(2026, 9, 30))  # active again, by a day
    False
    >>> is_due(date(2026, 9, 29), date(2024, 9, 1), date(2026, 9, 30)), is_due(date.max, None, date(2026, 9, 30))
    (False, False)
    """
    return bool(last_activity) and announced <= today and erasure_day(last_activity, months) <= today


def unlinked_pseudonym() -> str:
    """Drawn, not derived: neither the person, nor the former pseudonym, nor an order can be found from it.

    >>> bool(re.fullmatch("A-[A-Z2-9]{10}", unlinked_pseudonym()))
    True
    """
    return "A-" + "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def telling_pattern(texts: Iterable[str], phones: Iterable[str] = ()) -> str:
    """A regular expression, the same for Python and PostgreSQL, of what would tell who a person was; "" for nothing.

    ``texts`` are found whole, however they are spaced; ``phones`` by their digits, however they are written, with 0
    or +33. Case is for whoever searches to ignore.

    >>> found = re.compile(telling_pattern(["Lou Exemple", "P-000123", ""], ["06 39 98 12 34"]), re.IGNORECASE)
    >>> [bool(found.search(text)) for text in ("avec LOU  exemple.", "P-000123 –", "06.39.98.12.34", "+33639981234")]
    [True, True, True, True]
    >>> [bool(found.search(text)) for text in ("Loulou Exemple", "P-0001234", "16399812345", "Lou")]
    [False, False, False, False]
    >>> telling_pattern([], ["12"])
    ''
    """
    parts = [r"\s+".join(map(re.escape, text.split())) for text in texts if text and text.strip()]
    for phone in filter(None, phones):
        digits = re.sub(r"\D", "", phone)
        if len(digits) >= LEAST_DIGITS:
            number = re.sub(r"^(?:(?:00)?33)?0?", "", digits)
            parts.append(PREFIX + BETWEEN.join(number))
    return rf"(?<!\w)(?:{'|'.join(dict.fromkeys(parts))})(?!\w)" if parts else ""
