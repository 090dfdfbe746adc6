"""What is sealed of a certificate: one text for the same facts, and another for any others."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.certificate_seal import canonical

FACTS = {
    "code": "ABCD-EFGH-JKMN-PQRS",
    "contractor_name": "Bâtisseurs du Seuil",
    "delivered_on": date(2026, 10, 15),
    "hours_due": 833.0,
    "hours_validated": 100.0,
    "lot": "Lot 4",
    "relay_name": "",
}
texts = st.dictionaries(st.sampled_from("abc"), st.text('ab",[]\\ \n', max_size=4))


def test_order_says_nothing():
    assert canonical(dict(reversed(FACTS.items()))) == canonical(FACTS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code", "ABCD-EFGH-JKMN-PQRT"),
        ("contractor_name", "Batisseurs du Seuil"),
        ("delivered_on", date(2026, 10, 16)),
        ("hours_due", 833.01),
        ("hours_validated", 0),
        ("lot", ""),
        ("lot", False),
        ("lot", "lot 4"),
        ("relay_name", "Relais"),
    ],
)
def test_any_other_fact_is_another_text(name, value):
    assert canonical({**FACTS, name: value}) != canonical(FACTS)


@pytest.mark.parametrize("empty", [None, False, ""])
def test_what_is_empty_is_as_if_it_were_not_there(empty):
    """A fact that a later version adds is empty on older certificates: their seals hold."""
    assert canonical({**FACTS, "later": empty}) == canonical(FACTS)


def test_hours_are_counted_to_the_hundredth():
    assert canonical({"hours": 0.1 + 0.2}) == canonical({"hours": 0.3}) != canonical({"hours": 0.31})
    assert canonical({"hours": -0.0}) == canonical({"hours": 0})


@given(texts, texts)
def test_no_two_sets_of_facts_share_a_text(one, two):
    """Whatever the facts are made of: quotes, brackets and separators do not move from one into the other."""
    same = {name: text for name, text in one.items() if text} == {name: text for name, text in two.items() if text}
    assert (canonical(one) == canonical(two)) == same
