"""French documents made of a text and of placeholders between braces, such as {relais}."""

import html
import re
from collections.abc import Collection, Mapping
from datetime import date

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
NBSP = "\u00a0"
PLACEHOLDER = re.compile(r"\{\s*(\w+)\s*\}")


def unknown_placeholders(text: str, known: Collection[str]) -> list[str]:
    """The placeholders that nothing would fill, in the order of the text.

    >>> unknown_placeholders("<p>{relais}, {Relay}, { relais } et {durée}</p>", {"relais"})
    ['Relay', 'durée']
    """
    return [name for name in dict.fromkeys(PLACEHOLDER.findall(text)) if name not in known]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The HTML ``text`` with its placeholders filled; values are plain text, of one or several lines.

    >>> fill("<p>Entre {region} et {relais}.</p>", {"region": "la Région", "relais": "A & B"})
    '<p>Entre la Région et A &amp; B.</p>'
    >>> fill("{missions}", {"missions": "Promotion\\nConseil"})
    'Promotion<br/>Conseil'
    >>> fill("{autre}", {})
    '{autre}'
    """

    def value(match: re.Match) -> str:
        return "<br/>".join(html.escape(values.get(match[1], match[0])).splitlines())

    return PLACEHOLDER.sub(value, text)


def french_day(day: date | None) -> str:
    """
    >>> french_day(date(2013, 4, 1)), french_day(date(2012, 12, 31)), french_day(None)
    ('1er avril 2013', '31 décembre 2012', '…')
    """
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}" if day else "…"


def french_number(number: float) -> str:
    """With a no-break space between thousands, as French keeps them together.

    >>> french_number(150000), french_number(1254.5), french_number(0)
    ('150\\xa0000', '1\\xa0254,5', '0')
    """
    whole, decimals = f"{number:,.2f}".split(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", "\u00a0") + (f",{decimals}" if decimals else "")


def percent(share: float) -> str:
    """
    >>> percent(0.05), percent(0.125)
    ('5\\xa0%', '12,5\\xa0%')
    """
    return f"{french_number(share * 100)}{NBSP}%"


def euros(amount: float) -> str:
    """Excluding tax, which contracts write "HT".

    >>> euros(50_000)
    '50\\xa0000\\xa0€ HT'
    """
    return f"{french_number(amount)}{NBSP}€ HT"
