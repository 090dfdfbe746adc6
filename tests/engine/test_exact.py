"""Sums of hours are the same whoever adds them up; a half is never rounded down."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.checks import ABOVE_DAILY_CAP, Caps, Line, Period, warnings
from odoo.addons.clause_insertion.engine.exact import exact, hundredths, round_half_up, total
from odoo.addons.clause_insertion.engine.penalties import missing_hours, penalty
from odoo.addons.clause_insertion.engine.sizing import Sizing, amended_amount, ordered_hours, worked_share_hours
from odoo.addons.clause_insertion_report.engine.follow_up import months_of

many_hundredths = st.lists(st.integers(-744_00, 744_00), max_size=200)


@given(many_hundredths, st.randoms(use_true_random=False))
def test_a_sum_is_the_same_in_any_order_and_groups(numbers, random):
    hours = [number / 100 for number in numbers]
    groups = [[] for _ in range(7)]
    for number in hours:
        random.choice(groups).append(number)
    shuffled = random.sample(hours, len(hours))
    assert total(hours) == total(shuffled) == total(map(total, groups)) == sum(numbers) / 100
    assert total(hours) - 0.0 == 0 or str(total(hours)) != "-0.0"


@given(many_hundredths, many_hundredths)
def test_the_steps_from_one_figure_to_another_leave_no_hundredth(before, moved):
    then, now = total(n / 100 for n in before), total(n / 100 for n in (*before, *moved))
    assert total((now, -then, *(-n / 100 for n in moved))) == 0


@given(st.integers(0, 10**9), st.sampled_from([1, 5, 25, 50, 100, 1000]))
def test_an_exact_half_is_rounded_up(steps, hundredths_of_step):
    step = Fraction(hundredths_of_step, 100)
    half = (steps + Fraction(1, 2)) * step
    assert exact(round_half_up(half, float(step))) == (steps + 1) * step
    assert round_half_up(-half, float(step)) == -round_half_up(half, float(step))


@given(st.decimals(0, 10**6, places=4))
def test_hours_are_kept_to_the_hundredth_as_on_paper(typed):
    assert hundredths(float(typed)) == float(typed.quantize(Decimal("0.01"), ROUND_HALF_UP))


@given(st.integers(0, 10**9), st.integers(0, 100), st.integers(0, 100), st.integers(1, 99_99), st.integers(0, 100))
def test_sizing_is_the_fraction_that_it_says(cents, share, rate, cost, transferred):
    sizing = Sizing(cents / 100, share / 100, rate / 100, cost / 100, transferred_share=transferred / 100)
    hours = Fraction(cents, 100) * share * rate * (100 - transferred) / 100**3 / Fraction(cost, 100)
    assert sizing.hours == int(hours + Fraction(1, 2))
    assert sizing.raw_hours == float(hours)


@pytest.mark.parametrize(
    ("amount", "share", "rate", "cost", "hours"),
    [(119_312.5, 0.92, 0.08, 33.2, 265), (1_000, 0.07, 0.5, 10, 4), (30_000, 0.29, 0.05, 30, 15)],
)
def test_halves_of_an_hour(amount, share, rate, cost, hours):
    """264.5, 3.5 and 14.5 hours, of which floats make a little less."""
    assert Sizing(amount, share, rate, cost).hours == hours


def test_other_products_are_exact_too():
    assert worked_share_hours(0.07, 50) == 4
    assert ordered_hours(0.0007, 150) == 0.11  # 0.105
    assert penalty(0.35, 0.3) == 0.11  # 0.105
    assert amended_amount(0.3, 0.1, 0.2) == 0.6
    assert missing_hours(1.1, 0.3, 0.5) == 0.3


@given(st.lists(st.integers(1, 500), min_size=1, max_size=12))
def test_hours_up_to_the_cap_raise_nothing(numbers):
    """The cap is exactly what the person worked, in however many parts; one hundredth less is exceeded."""
    day = date(2026, 9, 14)
    lines = [Line(rank, rank, "P-1", day, number / 100) for rank, number in enumerate(numbers)]

    def found(daily):
        always = {"P-1": Period(None, None)}
        return warnings(lines, (), always, {}, Caps(daily, 1_000), {"P-1"})[0]

    assert ABOVE_DAILY_CAP not in found(sum(numbers) / 100)
    assert ABOVE_DAILY_CAP in found((sum(numbers) - 1) / 100)


def test_months_add_up_on_the_follow_up_sheet():
    hours = {date(2026, month, 1): {"validated": 0.1, "refused": 0.2} for month in range(1, 11)}
    rows = months_of(None, date(2026, 10, 31), hours)
    assert [row.total for row in rows] == [month / 10 for month in range(1, 11)]
    assert {row.declared for row in rows} == {0.3}
