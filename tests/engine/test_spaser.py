"""Whatever was bought, years add up, categories add up, and a contract with several levers counts once in the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion_report.engine.spaser import (
    EMPLOYERS,
    Contracts,
    Figure,
    Spaser,
    has_lever,
    is_from_employer,
    is_from_esus,
    is_social,
    share,
)

YEARS = range(2023, 2027)
LEVERS = ("execution", "criterion", "reserved_inclusion", "reserved_adapted", "services")
CATEGORIES = ("works", "supplies_services", "concession")
contracts = st.builds(
    Contracts,
    st.sampled_from(YEARS),
    st.integers(1, 9),
    st.integers(0, 5_000_000).map(float),
    st.sampled_from(CATEGORIES),
    st.frozensets(st.sampled_from(LEVERS), max_size=3),
    st.sampled_from((None, "satisfied", "exempted", "required", "none")),
    st.none(),
    st.booleans(),
    st.booleans(),
    st.sampled_from((None, *EMPLOYERS)),
)
purchases = st.lists(contracts, max_size=12).map(lambda rows: Spaser(YEARS, tuple(rows), dict.fromkeys(YEARS, 0.30)))
WANTED = (is_social, is_from_esus, is_from_employer, has_lever("execution"), lambda row: row.is_reserved)


def added(figures) -> Figure:
    figures = list(figures)
    return Figure(sum(figure.number for figure in figures), sum(figure.amount for figure in figures))


@given(purchases)
def test_years_add_up(spaser):
    for wanted in WANTED:
        assert added(spaser.figure(year, wanted) for year in YEARS) == spaser.figure(None, wanted)


@given(purchases)
def test_categories_add_up(spaser):
    for year in (*YEARS, None):
        assert added(spaser.of_category(category).figure(year) for category in CATEGORIES) == spaser.figure(year)
    assert spaser.of_category(None) == spaser


@given(purchases)
def test_levers_do_not_add_up_and_never_to_less(spaser):
    by_lever = added(spaser.figure(None, has_lever(lever)) for lever in LEVERS)
    assert by_lever.number >= spaser.figure(None, is_social).number
    assert all(row.is_social for row in spaser.contracts if row.is_reserved)


@given(purchases)
def test_a_share_is_between_nothing_and_all(spaser):
    for year in (*YEARS, None):
        for found in (spaser.social_share(year), *(spaser.share_of_value(year, wanted) for wanted in WANTED)):
            assert found is None or 0 <= found <= 1
        whole = spaser.figure(year)
        assert (spaser.social_share(year) is None) == (whole.number == 0)


@given(purchases)
def test_the_distance_to_the_target_leads_back_to_the_share(spaser):
    for year in YEARS:
        gap = spaser.gap(year)
        assert gap is None or gap + spaser.target(year) == pytest.approx(spaser.social_share(year))
    assert spaser.target(None) == spaser.target(YEARS[-1])


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_no_purchase_is_not_a_share_of_zero(part, whole):
    assert share(part, whole) == (part / whole if whole else None)
