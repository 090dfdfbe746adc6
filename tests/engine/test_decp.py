"""Whatever was typed of a contract, its problems are said, and an object is built that JSON keeps."""

import json
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion_report.engine.decp import (
    ALONE,
    EXAMPLE,
    PLACE_CODES,
    Modification,
    build,
    build_modification,
    differences,
    modification_problems,
    problems,
)

DAY = date(2026, 10, 1)
texts = st.text(max_size=20)
days = st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
holders = st.lists(
    st.one_of(st.none(), st.tuples(st.sampled_from(("SIRET", "TVA", "HORS-UE")), texts)), max_size=3
).map(tuple)
lists = st.lists(st.one_of(texts, st.sampled_from(sorted(ALONE))), max_size=3).map(tuple)
numbers = st.integers(-3, 10_000_000)
TYPED = {
    "number": st.text(max_size=30),
    "buyer": texts,
    "title": st.text(max_size=1100),
    "months": st.integers(-3, 600),
    "amount": numbers,
    "holders": holders,
    "social": lists,
    "environment": lists,
    "nature": st.one_of(st.none(), texts),
    "cpv": texts,
    "techniques": lists,
    "offers": st.integers(-2, 500),
    "advance": st.booleans(),
    "advance_rate": st.floats(-1, 2),
    "grouping": st.one_of(st.none(), texts),
    "is_subsequent": st.booleans(),
    "place_kind": st.one_of(st.none(), texts, st.sampled_from(sorted(PLACE_CODES))),
    "place_code": texts,
    "origins": st.one_of(st.none(), st.tuples(st.floats(-1, 2), st.floats(-1, 2))),
    "notified_on": days,
    "is_concession": st.booleans(),
    "signed_on": days,
    "starts_on": days,
    "subsidy": numbers,
}
contracts = st.fixed_dictionaries({}, optional=TYPED).map(lambda values: replace(EXAMPLE, **values))
modifications = st.lists(
    st.builds(Modification, st.integers(0, 5), days, numbers, st.integers(0, 60), holders), max_size=4
)


@given(contracts, days)
def test_every_problem_is_of_a_fact_that_the_contract_has(contract, day):
    names = {field.name for field in fields(contract)}
    assert {problem.field for problem in problems(contract, day or DAY)} <= names


@given(contracts)
def test_any_contract_makes_an_object_that_json_keeps(contract):
    made = build(contract, DAY)
    assert json.loads(json.dumps(made, ensure_ascii=False)) == json.loads(json.dumps(made))
    assert made["id"] == contract.number
    assert ("montant" in made) != ("valeurGlobale" in made)


@given(contracts)
def test_nothing_changed_since_it_was_published(contract):
    assert differences(build(contract, DAY), build(contract, DAY + timedelta(days=400))) == []


@given(st.integers(1, 600), st.integers(1, 10_000_000), st.integers(1, 500), st.dates(date(2024, 1, 1), DAY))
def test_what_is_right_stays_right_another_day(months, amount, offers, notified_on):
    """The day of publication is compared with the notification alone."""
    contract = replace(EXAMPLE, months=months, amount=amount, offers=offers, notified_on=notified_on)
    assert problems(contract, DAY) == problems(contract, DAY + timedelta(days=400)) == []
    assert [problem.field for problem in problems(contract, notified_on - timedelta(days=1))] == ["notified_on"]


@given(modifications, days)
def test_modifications_are_numbered_in_the_order_of_their_notification(changes, contracted_on):
    found = modification_problems(changes, contracted_on, DAY)
    assert {problem.field for problem in found} <= {"modifications", "holders"}
    if not [problem for problem in found if problem.rule == "order"]:
        told = [change.number for change in changes]
        assert told == sorted(set(told))
        notified = [change.notified_on for change in changes if change.notified_on]
        assert len(notified) < len(changes) or notified == sorted(notified)


@given(st.builds(Modification, st.integers(1, 9), days, numbers, st.integers(0, 60)), st.booleans())
def test_a_modification_tells_only_what_changes(change, is_concession):
    told = build_modification(change, DAY, is_concession)["modification"]
    assert told["id"] == change.number
    assert ("dureeMois" in told) == bool(change.months)
    assert ("titulaires" in told) == bool(change.holders and not is_concession)
    assert ("valeurGlobale" in told or "montant" in told) == bool(change.amount)


@given(st.integers(1, 10_000_000), st.integers(1, 10_000_000))
def test_a_new_amount_is_due_until_a_modification_tells_it(before, after):
    published = build(replace(EXAMPLE, amount=before), DAY)
    now = build(replace(EXAMPLE, amount=after), DAY)
    assert differences(published, now) == ([] if before == after else ["amount"])
    told = build_modification(Modification(1, DAY, amount=after), DAY, False)
    assert differences(published | {"modifications": [told]}, now) == []


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("Code postal", "86000", "8600"),
        ("Code commune", "2A004", "2C004"),
        ("Code département", "974", "20"),
        ("Code région", "75", "7"),
        ("Code pays", "FR", "fr"),
        ("Code arrondissement", "861", "8"),
        ("Code canton", "8601", "86"),
    ],
)
def test_codes_of_places(kind, right, wrong):
    def found(code):
        return [problem.rule for problem in problems(replace(EXAMPLE, place_kind=kind, place_code=code), DAY)]

    assert (found(right), found(wrong)) == ([], ["place"])
