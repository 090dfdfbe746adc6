"""Hours owed: the published sizings, the two official tables of the training clause, orders and shares of hours."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.exact import round_half_up
from odoo.addons.clause_insertion.engine.sizing import (
    Bracket,
    Sizing,
    amended_amount,
    bracket_hours,
    hours_owed,
    hours_per_euro,
    ordered_hours,
    worked_share_hours,
)

EDUCATION = (Bracket(0, 150), Bracket(100_000, 300), Bracket(200_000, 450), Bracket(400_000, 900))
BUYING_GUIDE = (
    Bracket(0, 150),
    Bracket(100_000, 300, inclusive=False),
    Bracket(200_000, 450, inclusive=False),
    Bracket(400_000, 900, inclusive=False),
)
cents = st.integers(0, 10_000_000_00)
percents = st.integers(0, 100)


@pytest.mark.parametrize(
    ("amount", "share", "rate", "cost", "labour", "insertion", "hours"),
    [
        pytest.param(1_000_000, 0.50, 0.05, 30, 500_000, 25_000, 833, id="F1, MEF Sud 77"),
        pytest.param(1_500_000, 0.70, 0.10, 30, 1_050_000, 105_000, 3_500, id="F2, Alès Cévennes"),
        pytest.param(1_000_000, 0.50, 0.05, 25, 500_000, 25_000, 1_000, id="F3, F1 at 25 euros an hour"),
        pytest.param(600_000, 0.20, 0.05, 30, 120_000, 6_000, 200, id="a metal frame, a fifth of labour"),
    ],
)
def test_published_sizings(amount, share, rate, cost, labour, insertion, hours):
    sizing = Sizing(amount, share, rate, cost)
    assert sizing.labour_amount == pytest.approx(labour)
    assert sizing.insertion_amount == pytest.approx(insertion)
    assert sizing.raw_hours == pytest.approx(insertion / cost)
    assert sizing.hours == hours


def test_whole_hours_are_the_default_and_the_raw_value_stays_visible():
    """F1 is 833.33 hours, of which 833 are printed."""
    sizing = Sizing(1_000_000, 0.50, 0.05, 30)
    assert (sizing.hours, round(sizing.raw_hours, 4)) == (833.0, 833.3333)
    assert Sizing(1_000_000, 0.50, 0.05, 30, rounding=0).hours == pytest.approx(2500 / 3)
    assert Sizing(1_000_000, 0.50, 0.05, 30, rounding=0.5).hours == 833.5
    assert Sizing(1_000_000, 0.50, 0.05, 30, rounding=10).hours == 830.0


def test_staff_taken_over_leaves_the_base():
    """Cleaning: of 40 % of staff transferred, the effort bears on the 60 % newly assigned."""
    assert Sizing(1_000_000, 0.50, 0.05, 25, transferred_share=0.4).labour_amount == pytest.approx(300_000)
    assert Sizing(1_000_000, 0.50, 0.05, 25, transferred_share=0.4).hours == 600
    assert Sizing(1_000_000, 0.50, 0.05, 25).labour_amount == 500_000


def test_all_staff_taken_over_owes_nothing():
    assert Sizing(1_000_000, 0.50, 0.05, 25, transferred_share=1).hours == 0


@pytest.mark.parametrize("name", ["labour_share", "insertion_rate", "transferred_share"])
@pytest.mark.parametrize("share", [0, 0.005, 1])
def test_a_share_is_from_nothing_to_the_whole(name, share):
    inputs = {"amount": 1_000, "labour_share": 0.5, "insertion_rate": 0.05, "hourly_cost": 30, name: share}
    assert getattr(Sizing(**inputs), name) == share


@pytest.mark.parametrize("name", ["labour_share", "insertion_rate", "transferred_share"])
@pytest.mark.parametrize("share", [-0.001, 1.001, 5])
def test_a_share_typed_as_a_percentage_is_named(name, share):
    """5 instead of 0.05."""
    inputs = {"amount": 1_000, "labour_share": 0.5, "insertion_rate": 0.05, "hourly_cost": 30, name: share}
    with pytest.raises(ValueError, match=f"^{name}$"):
        Sizing(**inputs)


def test_an_amount_is_not_negative():
    assert Sizing(0, 0.5, 0.05, 30).hours == 0
    with pytest.raises(ValueError, match=r"^amount$"):
        Sizing(-0.01, 0.5, 0.05, 30)


@pytest.mark.parametrize("cost", [0, -0.01, -30])
def test_an_hour_costs_something(cost):
    with pytest.raises(ValueError, match=r"^hourly_cost$"):
        Sizing(1_000, 0.5, 0.05, cost)


def test_an_hour_may_cost_less_than_a_euro():
    """Elsewhere than in France, or in another currency: nothing forbids it."""
    assert Sizing(100, 0.5, 0.5, 0.5).hours == 50


@given(cents, percents, percents, st.integers(1, 100_00))
def test_hours_are_those_of_exact_arithmetic(amount, share, rate, cost):
    raw = Fraction(amount, 100) * share / 100 * rate / 100 / Fraction(cost, 100)
    sizing = Sizing(amount / 100, share / 100, rate / 100, cost / 100)
    assert sizing.raw_hours == pytest.approx(float(raw))
    assert abs(sizing.hours - raw) <= Fraction(1, 2) + Fraction(1, 10**6)
    assert sizing.hours == int(sizing.hours)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(0.0, 0), (0.49, 0), (0.5, 1), (1.5, 2), (2.5, 3), (12.5, 13), (833.33, 833), (833.499999, 833)],
)
def test_halves_of_an_hour_go_up(value, rounded):
    """12.5 and 13.5 become 13 and 14; the banker's rounding of Python would make 12 of the first."""
    assert round_half_up(value) == rounded


@pytest.mark.parametrize(
    ("value", "step", "rounded"),
    [(833.33, 0.25, 833.25), (833.375, 0.25, 833.5), (7, 5, 5), (7.5, 5, 10), (1.005, 0.01, 1.01), (2.675, 0.01, 2.68)],
)
def test_halves_of_a_step_go_up(value, step, rounded):
    assert round_half_up(value, step) == rounded


def test_a_step_of_nothing_keeps_the_value():
    assert round_half_up(374.8512, 0) == 374.8512


@given(st.integers(0, 10**9), st.sampled_from((1, 5, 25, 50, 100, 1000)))
def test_rounding_is_that_of_whole_hundredths(hundredths, step):
    expected = (2 * hundredths + step) // (2 * step) * step
    assert round_half_up(hundredths / 100, step / 100) == expected / 100


@pytest.mark.parametrize(
    ("amount", "hours"),
    [
        (0, 150),
        (1, 150),
        (99_000, 150),
        (99_999.99, 150),
        (100_000, 300),
        (199_999.99, 300),
        (200_000, 450),
        (399_999.99, 450),
        (400_000, 900),
        (5_000_000, 900),
    ],
)
def test_the_education_ministrys_table_includes_its_lower_bounds(amount, hours):
    assert bracket_hours(amount, EDUCATION) == hours


@pytest.mark.parametrize(
    ("amount", "hours"),
    [(100_000, 150), (100_000.01, 300), (200_000, 300), (200_000.01, 450), (400_000, 450), (400_000.01, 900)],
)
def test_the_buying_guides_table_excludes_its_lower_bounds(amount, hours):
    """At exactly 100,000 euros: 150 hours, where the Education ministry has 300."""
    assert bracket_hours(amount, BUYING_GUIDE) == hours


@given(cents, st.permutations(EDUCATION))
def test_no_intermediate_value_whatever_the_order_of_the_rows(amount, rows):
    found = bracket_hours(amount / 100, rows)
    assert found in (150, 300, 450, 900)
    assert found == bracket_hours(amount / 100, EDUCATION)


def test_the_highest_bracket_counts_not_the_most_hours():
    """A Region may ask for less of large contracts."""
    assert bracket_hours(300_000, [Bracket(0, 150), Bracket(200_000, 100)]) == 100


def test_nothing_below_the_first_bracket_or_without_any():
    assert bracket_hours(89_999.99, [Bracket(90_000, 150)]) == 0
    assert bracket_hours(90_000, [Bracket(90_000, 150)]) == 150
    assert bracket_hours(1_000_000, []) == 0


def test_a_frameworks_rate_is_its_estimated_hours_over_its_estimated_amount():
    assert hours_per_euro(833, 1_000_000) == pytest.approx(0.000833)
    assert hours_per_euro(150, 1) == 150
    assert hours_per_euro(833, 0) == 0


def test_orders_owe_hours_in_proportion():
    """833 hours for 1,000,000 euros; orders of 300,000 and 150,000: 374.85 hours."""
    assert ordered_hours(0.000833, 450_000) == 374.85
    assert ordered_hours(0.000833, 0) == 0


def test_orders_owe_to_the_hundredth_of_an_hour():
    assert ordered_hours(0.000833, 12_345) == 10.28
    assert ordered_hours(0.001, 5) == 0.01
    assert ordered_hours(0.001, 4.99) == 0


def test_without_a_threshold_the_first_cents_ordered_owe():
    assert ordered_hours(0.5, 0.50) == 0.25


@pytest.mark.parametrize(("ordered", "hours"), [(399_999.99, 0), (400_000, 333.2), (400_001, 333.2)])
def test_orders_below_the_threshold_owe_nothing(ordered, hours):
    assert ordered_hours(0.000833, ordered, floor=400_000) == hours


def test_a_share_of_the_hours_worked():
    """SOLIDEO: 10 % of 24,750,000 hours worked."""
    assert worked_share_hours(0.10, 24_750_000) == 2_475_000
    assert worked_share_hours(0.05, 1_234) == 62
    assert worked_share_hours(0.05, 1_228) == 61
    assert worked_share_hours(0.05, 1_234, rounding=0) == pytest.approx(61.7)


OWED = {"computed": 833, "set_by_hand": 0, "rate": 0.000833, "ordered": 450_000, "floor": 400_000}
OWED |= {"worked": 24_750, "insertion_rate": 0.10, "rounding": 1}


@pytest.mark.parametrize(
    ("mode", "changed", "hours"),
    [
        pytest.param("fixed", {}, 833, id="what was computed"),
        pytest.param("fixed", {"set_by_hand": 900}, 900, id="what was set by hand"),
        pytest.param("percentage", {}, 2_475, id="a share of the hours worked"),
        pytest.param("percentage", {"set_by_hand": 900}, 2_475, id="hours worked are known, no estimate is needed"),
        pytest.param("percentage", {"worked": 0}, 833, id="an estimate until they are known"),
        pytest.param("percentage", {"worked": 0, "set_by_hand": 900}, 900, id="an estimate set by hand"),
        pytest.param("percentage", {"worked": 1_234, "rounding": 10}, 120, id="to the nearest ten"),
        pytest.param("ordered", {}, 374.85, id="by the orders"),
        pytest.param("ordered", {"set_by_hand": 900}, 374.85, id="by the orders, whatever was typed"),
        pytest.param("ordered", {"ordered": 399_999.99}, 0, id="orders below the threshold"),
    ],
)
def test_each_way_of_owing_hours(mode, changed, hours):
    assert hours_owed(mode, **(OWED | changed)) == hours


def test_an_amendment_of_the_whole_contract():
    assert amended_amount(1_000_000, 1_000_000, 1_200_000) == 1_200_000


def test_a_clause_on_half_of_the_contract_follows_in_proportion():
    """A clause of 500,000 euros, on a contract that falls by a tenth."""
    assert amended_amount(500_000, 1_000_000, 900_000) == 450_000


def test_a_contract_whose_total_was_not_known():
    assert amended_amount(0, 0, 80_000) == 80_000
    assert amended_amount(30_000, 0, 80_000) == 30_000
