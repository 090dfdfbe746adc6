"""The code printed on a certificate: anyone can type it, nobody can guess it."""

import re
import secrets

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # without I, L, O, U, 0 and 1, which are misread
LENGTH = 16  # 30 letters to choose from: 78 bits
GROUP = 4


def new_code() -> str:
    """A random code in groups of four.

    >>> code = new_code()
    >>> len(code), code == typed_code(code), code != new_code()
    (19, True, True)
    """
    return _grouped("".join(secrets.choice(ALPHABET) for _letter in range(LENGTH)))


def typed_code(text: str) -> str | None:
    """The code that somebody typed, whatever the case and the separators; None where it cannot be one.

    >>> typed_code(" abcd efgh-jkmn.pqrs ")
    'ABCD-EFGH-JKMN-PQRS'
    >>> typed_code("ABCD-EFGH-JKMN-PQR0") is None, typed_code("ABCD") is None, typed_code("") is None
    (True, True, True)
    >>> typed_code("A" * 100_000) is None
    True
    """
    code = re.sub(r"[\s.-]", "", text[: 4 * LENGTH]).upper()
    return _grouped(code) if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def _grouped(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))
