"""Must this contract carry a social condition? (articles L2112-2-1 and L3114-2-1)

From 22 August 2026, contracts at or above the EU threshold must. The threshold is compared with
the estimated need of all lots together, excluding tax, at the date the consultation is launched.
"""

from datetime import date
from typing import Literal

Obligation = Literal["not_concerned", "required", "satisfied", "exempted"]

NOT_CONCERNED: Obligation = "not_concerned"
REQUIRED: Obligation = "required"
SATISFIED: Obligation = "satisfied"
EXEMPTED: Obligation = "exempted"


def is_required(launched_on: date, need: float, threshold: float | None, in_force_from: date | None) -> bool:
    """Whether the duty applies: ``need`` in euros HT, all lots; the threshold itself is reached.

    ``in_force_from`` is inclusive. Without a known threshold or date there is no duty to state.

    >>> in_force = date(2026, 8, 22)
    >>> is_required(date(2026, 9, 1), 215_999.99, 216_000, in_force)
    False
    >>> is_required(date(2026, 9, 1), 216_000.00, 216_000, in_force)
    True
    >>> is_required(date(2026, 8, 21), 5_000_000, 216_000, in_force)
    False
    >>> is_required(date(2026, 8, 22), 5_000_000, 216_000, in_force)
    True
    >>> is_required(date(2026, 9, 1), 5_000_000, None, in_force)
    False
    """
    return is_formalised(need, threshold) and in_force_from is not None and launched_on >= in_force_from


def is_formalised(need: float, threshold: float | None) -> bool:
    """Whether ``need`` (HT) is "equal or superior" to the EU threshold.

    220,000 euros launched on 31/12/2025 is below 221,000; launched on 01/01/2026 it is not
    below 216,000.

    >>> is_formalised(220_000, 221_000), is_formalised(220_000, 216_000), is_formalised(216_000, 216_000)
    (False, True, True)
    """
    return threshold is not None and need >= threshold


def obligation(required: bool, has_clause: bool, has_exemption: bool) -> Obligation:
    """The state a buyer sees; a clause wins over an exemption.

    >>> obligation(False, True, False), obligation(True, False, False)
    ('not_concerned', 'required')
    >>> obligation(True, True, True), obligation(True, False, True)
    ('satisfied', 'exempted')
    """
    if not required:
        return NOT_CONCERNED
    if has_clause:
        return SATISFIED
    return EXEMPTED if has_exemption else REQUIRED


def threshold_code(category: str, buyer_kind: str) -> str:
    """Code of the dated parameter that holds the EU threshold.

    Works and concessions have one threshold; supplies and services depend on the buyer.

    >>> threshold_code("works", "local"), threshold_code("supplies_services", "local")
    ('threshold_works', 'threshold_supplies_services_local')
    """
    if category == "supplies_services":
        return f"threshold_supplies_services_{buyer_kind}"
    return f"threshold_{category}"
