"""What is sealed of a certificate, as one text: the same facts always give the same one."""

import json
from collections.abc import Mapping
from datetime import date

Fact = str | float | date | None


def canonical(facts: Mapping[str, Fact]) -> str:
    """One text for the same facts, in whatever order they come; hours are counted to the hundredth.

    No two sets of facts share a text. What is empty is left out: a fact that a later version adds, and that an
    older certificate has not, leaves the seal of that certificate as it is.

    >>> canonical({"lot": "Lot 4", "hours_due": 833, "delivered_on": date(2026, 10, 15), "relay_name": False})
    '[["delivered_on", "2026-10-15"], ["hours_due", "833.00"], ["lot", "Lot 4"]]'
    >>> canonical({"hours_due": 0, "lot": ""}), canonical({"hours_due": -0.001}), canonical({"hours_due": 99.999})
    ('[["hours_due", "0.00"]]', '[["hours_due", "0.00"]]', '[["hours_due", "100.00"]]')
    """
    texts = ((name, _text(fact)) for name, fact in facts.items())
    return json.dumps(sorted((name, text) for name, text in texts if text))


def _text(fact: Fact) -> str:
    if fact is None or isinstance(fact, bool):  # Odoo's False is an empty field
        return ""
    if isinstance(fact, int | float):
        return f"{round(fact, 2) + 0:.2f}"  # + 0: no "-0.00"
    return fact.isoformat() if isinstance(fact, date) else fact
