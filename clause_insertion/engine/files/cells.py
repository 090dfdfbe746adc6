"""What people type in the cells of a file or of a page, read strictly: anything else is said, never guessed."""

import re
from datetime import date, datetime, time, timedelta

from ..exact import hundredths

FORMULA_STARTS = ("=", "@", "+", "-", "\t", "\r")
MOST_HOURS = {"day": 24, "month": 744}

_NUMBER = re.compile(r"(-?)(\d{1,7})(?:[.,](\d{1,17}))?", re.ASCII)
_CLOCK = re.compile(r"(-?)(\d{1,4}) ?[hH:] ?(\d{2})?", re.ASCII)
_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00:00)?", re.ASCII)
_FRENCH_MONTH = re.compile(r"(\d{1,2})/(\d{4})", re.ASCII)
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class CellError(ValueError):
    """A cell that cannot be read; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_formula(text: str) -> bool:
    """Would a spreadsheet run this text? A plain negative number is not a formula.

    >>> [is_formula(text) for text in ("=1+1", "@SUM(A1)", "+33", "-A1", "-7,5", "7", "A=1")]
    [True, True, True, True, False, False, False]
    """
    return text.startswith(FORMULA_STARTS) and not (_NUMBER.fullmatch(text) or _CLOCK.fullmatch(text))


def harmless(text: str) -> str:
    """The text for a cell of a file that a spreadsheet will open: never run as a formula.

    >>> harmless("=HYPERLINK(A1)"), harmless("-7"), harmless("P-000123")
    ("'=HYPERLINK(A1)", "'-7", 'P-000123')
    """
    return f"'{text}" if text.startswith((*FORMULA_STARTS, "\n")) else text


def column_letter(index: int) -> str:
    """The name that a spreadsheet gives a column, counted from 0.

    >>> [column_letter(index) for index in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    while index >= 0:
        index, letter = divmod(index, 26)
        letters, index = chr(ord("A") + letter) + letters, index - 1
    return letters


def parse_hours(text: str) -> float:
    """To the hundredth, as hours are kept.

    >>> [parse_hours(text) for text in ("7", "7,5", "7.50", "7h30", "7 h", "0:45", "1 024,5", "7h20")]
    [7.0, 7.5, 7.5, 7.5, 7.0, 0.75, 1024.5, 7.33]
    >>> parse_hours("7h75")
    Traceback (most recent call last):
    odoo.addons.clause_insertion.engine.files.cells.CellError: not_hours
    """
    if found := _CLOCK.fullmatch(text):
        sign, whole, minutes = found[1], int(found[2]), int(found[3] or 0)
        if minutes >= 60:
            raise CellError("not_hours")
        hours = whole + minutes / 60
    elif found := _NUMBER.fullmatch(re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "", text)):
        sign, hours = found[1], float(f"{found[2]}.{found[3] or 0}")
    else:
        raise CellError("not_hours")
    return hundredths(-hours if sign else hours)


def typed_hours(hours: float) -> str:
    """Hours as a person types them; nothing for none.

    >>> typed_hours(120), typed_hours(86.5), typed_hours(7 + 20 / 60), typed_hours(0)
    ('120', '86,5', '7,33', '')
    """
    return f"{hours:.2f}".rstrip("0").rstrip(".").replace(".", ",") if hours else ""


def checked_hours(text: str, period: str) -> float:
    """Hours that a person can have worked in a ``day`` or a ``month``.

    >>> checked_hours("151,67", "month")
    151.67
    >>> checked_hours("25", "day")
    Traceback (most recent call last):
    odoo.addons.clause_insertion.engine.files.cells.CellError: absurd_day
    >>> checked_hours("-7", "day")
    Traceback (most recent call last):
    odoo.addons.clause_insertion.engine.files.cells.CellError: not_positive
    """
    hours = parse_hours(text)
    if hours <= 0:
        raise CellError("not_positive")
    if hours > MOST_HOURS[period]:
        raise CellError(f"absurd_{period}")
    return hours


def parse_day(text: str) -> date:
    """
    >>> parse_day("31/01/2026"), parse_day("2026-01-31")
    (datetime.date(2026, 1, 31), datetime.date(2026, 1, 31))
    >>> parse_day("31/02/2026")
    Traceback (most recent call last):
    odoo.addons.clause_insertion.engine.files.cells.CellError: impossible_date
    >>> parse_day("01/31/26")
    Traceback (most recent call last):
    odoo.addons.clause_insertion.engine.files.cells.CellError: not_a_day
    """
    if found := _FRENCH_DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _ISO_DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        raise CellError("not_a_day")
    return _date(year, month, day)


def parse_month(text: str) -> date:
    """First day of the month; a spreadsheet may give that day itself.

    >>> {parse_month(text) for text in ("01/2026", "1/2026", "2026-01", "01/01/2026", "2026-01-01")}
    {datetime.date(2026, 1, 1)}
    >>> parse_month("13/2026")
    Traceback (most recent call last):
    odoo.addons.clause_insertion.engine.files.cells.CellError: impossible_date
    >>> parse_month("15/01/2026")
    Traceback (most recent call last):
    odoo.addons.clause_insertion.engine.files.cells.CellError: not_a_month
    """
    if found := _FRENCH_MONTH.fullmatch(text):
        return _date(int(found[2]), int(found[1]), 1)
    if found := _ISO_MONTH.fullmatch(text):
        return _date(int(found[1]), int(found[2]), 1)
    try:
        day = parse_day(text)
    except CellError:
        raise CellError("not_a_month") from None
    if day.day != 1:
        raise CellError("not_a_month")
    return day


def _date(year: int, month: int, day: int) -> date:
    if year < 1900:
        raise CellError("impossible_date")
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError("impossible_date") from None


def as_text(value: object) -> str:
    """A spreadsheet's cell as somebody would have typed it.

    >>> [as_text(value) for value in (None, 7, 7.5, 35600000000048.0, datetime(2026, 1, 31), " a ")]
    ['', '7', '7.5', '35600000000048', '2026-01-31', 'a']
    >>> [as_text(value) for value in (time(7, 30), timedelta(hours=31, minutes=30))]
    ['07:30', '31.5']
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == datetime.min.time() else str(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return str(value / timedelta(hours=1))
    return str(value).strip()
