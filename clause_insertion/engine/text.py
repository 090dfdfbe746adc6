"""What texts and numbers that people type have in common, however they write them."""

import re
import unicodedata
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """Letters and digits alone, without accents or case.

    >>> folded("  Validé LE "), folded("SIRET n°"), folded("Œuvre d'Ælis")
    ('valide le', 'siret n', 'oeuvre d aelis')
    """
    text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    plain = (char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isascii() and char.isalnum() else " " for char in plain).split())


def digits(text: str) -> str:
    """The digits of a SIRET or SIREN, whatever separates them; empty when the text is something else.

    >>> digits("356 000 000 00048"), digits("Bâtisseurs 2000")
    ('35600000000048', '')
    """
    bare = re.sub(r"[\s.\u00a0\u202f-]", "", text)
    return bare if bare.isascii() and bare.isdigit() else ""


def match_key(firstname: str, lastname: str, birthdate: date | None) -> str | None:
    """Is this the same person? What two records of one have in common; None without a birth date, which would guess.

    The relay confirms. Accents, case, hyphens, spaces and the order of first and last name do not count.

    >>> match_key("Anne-Marie", "Lefèvre", date(1990, 1, 31))
    'anne lefevre marie 1990-01-31'
    >>> match_key("LEFEVRE", "Anne Marie", date(1990, 1, 31)) == match_key("Anne-Marie", "Lefèvre", date(1990, 1, 31))
    True
    >>> match_key("Anne", "Lefèvre", None) is None
    True
    """
    if not birthdate:
        return None
    return " ".join([*sorted(folded(f"{firstname} {lastname}").split()), birthdate.isoformat()])
