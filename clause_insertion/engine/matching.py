"""Is this the same person? A normalised name and a birth date say so; the relay confirms."""

from datetime import date

from .hour_cells import folded


def match_key(firstname: str, lastname: str, birthdate: date | None) -> str | None:
    """What two records of one person have in common; None without a birth date, which would guess.

    Accents, case, hyphens, spaces and the order of first and last name do not count.

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
