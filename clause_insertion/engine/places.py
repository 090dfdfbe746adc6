"""French places: postcodes, communes and departments. Their codes are text: 01, 2A, 971."""

import re

POSTCODE = re.compile(r"\d{5}", re.ASCII)
PREFIX = re.compile(r"\d{2,5}", re.ASCII)
COMMUNE = re.compile(r"(?:\d{2}|2[AB])\d{3}", re.ASCII)


def clean_postcode(value: str) -> str:
    """The five digits of a postcode; a spreadsheet's lost leading zero is given back.

    Raises ``ValueError`` for anything else.

    >>> clean_postcode("86000"), clean_postcode(" 17 000 "), clean_postcode("1000")
    ('86000', '17000', '01000')
    >>> clean_postcode("860000")
    Traceback (most recent call last):
    ValueError: 860000
    """
    digits = value.replace(" ", "").replace("\u00a0", "")
    postcode = digits.zfill(5) if len(digits) == 4 else digits
    if not POSTCODE.fullmatch(postcode):
        raise ValueError(value)
    return postcode


def known_postcode(value: str) -> str | None:
    """The same, where a text that is no postcode has no place rather than an error.

    >>> known_postcode("1000"), known_postcode("B-1000"), known_postcode("")
    ('01000', None, None)
    """
    try:
        return clean_postcode(value)
    except ValueError:
        return None


def department(postcode: str) -> str:
    """Department of a postcode; Corsica is split at 20200, overseas codes have three digits.

    >>> [department(postcode) for postcode in ("86000", "01000", "20000", "20200", "97400", "75011")]
    ['86', '01', '2A', '2B', '974', '75']
    """
    postcode = clean_postcode(postcode)
    if postcode.startswith("20"):
        return "2A" if postcode < "20200" else "2B"
    return postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2]


def clean_commune(value: str) -> str:
    """The INSEE code of a commune; it is not its postcode. A lost leading zero is given back.

    >>> clean_commune("86194"), clean_commune("1004"), clean_commune("2a004"), clean_commune("97105")
    ('86194', '01004', '2A004', '97105')
    >>> clean_commune("2C004")
    Traceback (most recent call last):
    ValueError: 2C004
    """
    code = value.replace(" ", "").replace("\u00a0", "").upper()
    code = code.zfill(5) if len(code) == 4 and code.isdigit() else code
    if not COMMUNE.fullmatch(code):
        raise ValueError(value)
    return code


def department_of_commune(code: str) -> str:
    """
    >>> [department_of_commune(code) for code in ("86194", "01004", "2A004", "97105")]
    ['86', '01', '2A', '971']
    """
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def clean_department(value: str) -> str:
    """
    >>> [clean_department(value) for value in ("1", "86", "2a", "971")]
    ['01', '86', '2A', '971']
    """
    return value.strip().upper().zfill(2)


def split_prefixes(text: str) -> list[str]:
    """What a territory names of its postcodes: whole ones, or their first digits.

    >>> split_prefixes("861, 86200,"), split_prefixes("")
    (['861', '86200'], [])
    """
    return [prefix.strip() for prefix in text.split(",") if prefix.strip()]


def is_prefix(text: str) -> bool:
    """Whether a postcode may begin so; one digit would name a tenth of France.

    >>> is_prefix("86"), is_prefix("86200"), is_prefix("8"), is_prefix("abc")
    (True, True, False, False)
    """
    return bool(PREFIX.fullmatch(text))


def longest_prefix(postcode: str, prefixes: dict[str, int]) -> int | None:
    """The value of the longest prefix of ``postcode``: the smallest territory that names it.

    >>> longest_prefix("86170", {"86": 1, "861": 2, "17": 3})
    2
    >>> longest_prefix("33000", {"86": 1}) is None
    True
    """
    for length in range(len(postcode), 0, -1):
        if postcode[:length] in prefixes:
            return prefixes[postcode[:length]]
    return None
