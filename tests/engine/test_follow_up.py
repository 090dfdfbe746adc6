"""The follow-up sheet of one clause: each of its months, and the drawing of their hours."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.clause_insertion_report.engine.follow_up import LABEL_WIDTH, Bar, Chart, Month, chart_of, months_of

JANUARY, FEBRUARY, MARCH = (date(2026, number, 1) for number in (1, 2, 3))


def told(start, until, hours) -> list[tuple]:
    rows = months_of(start, until, hours)
    return [(row.month.month, row.declared, row.validated, row.refused, row.total) for row in rows]


def of_months(number: int, declared=10.0, validated=10.0) -> list[Month]:
    return [Month(date(2026 + place // 12, place % 12 + 1, 1), declared, validated) for place in range(number)]


# -- months --------------------------------------------------------------------------------------------


def test_declared_are_submitted_validated_and_refused_together():
    assert told(JANUARY, JANUARY, {JANUARY: {"submitted": 20, "validated": 10, "refused": 5}}) == [(1, 35, 10, 5, 10)]


def test_a_month_without_hours_keeps_the_total_of_those_before():
    hours = {JANUARY: {"validated": 30}, MARCH: {"validated": 12.5, "refused": 1}}
    assert told(JANUARY, MARCH, hours) == [(1, 30, 30, 0, 30), (2, 0, 0, 0, 30), (3, 13.5, 12.5, 1, 42.5)]


def test_hours_taken_back_lower_the_total():
    hours = {JANUARY: {"validated": 30}, FEBRUARY: {"validated": -10}}
    assert told(JANUARY, FEBRUARY, hours) == [(1, 30, 30, 0, 30), (2, -10, -10, 0, 20)]


@pytest.mark.parametrize(
    ("start", "until", "expected"),
    [
        (date(2026, 1, 31), date(2026, 2, 1), [1, 2]),
        (date(2026, 1, 31), date(2026, 1, 31), [1]),
        (date(2025, 12, 31), date(2026, 2, 28), [12, 1, 2]),
        (date(2026, 3, 1), date(2026, 2, 28), []),
    ],
)
def test_from_the_month_of_the_start_to_that_of_the_day(start, until, expected):
    assert [row[0] for row in told(start, until, {})] == expected


def test_months_before_the_start_and_after_the_day_are_there_if_they_have_hours():
    hours = {JANUARY: {"validated": 1}, date(2026, 5, 1): {"submitted": 2}}
    assert [row[0] for row in told(date(2026, 2, 10), date(2026, 3, 10), hours)] == [1, 2, 3, 4, 5]


def test_a_contract_without_a_start_begins_with_its_hours():
    assert [row[0] for row in told(None, date(2026, 3, 10), {FEBRUARY: {"refused": 1}})] == [2, 3]
    assert told(None, date(2026, 3, 10), {}) == []


def test_a_month_of_nothing():
    assert Month(JANUARY) == Month(JANUARY, declared=0, validated=0, refused=0, total=0)


# -- chart ---------------------------------------------------------------------------------------------


def test_a_chart_of_two_months():
    """Each bar takes three fifths of its place, a fifth of which is on its left."""
    chart = chart_of([Month(JANUARY, 80, 40), Month(FEBRUARY, 20, 5)], width=200, height=50)
    assert chart == Chart(200, 50, 80, [Bar(20.0, 60.0, 50.0, 25.0, JANUARY), Bar(120.0, 60.0, 12.5, 3.12, FEBRUARY)])


def test_the_usual_drawing_is_640_by_130():
    chart = chart_of(of_months(1, 8, 4))
    assert chart == Chart(640, 130, 8, [Bar(128.0, 384.0, 130.0, 65.0, JANUARY)])


def test_positions_have_two_decimals():
    bars = chart_of([*of_months(2, 3, 1), Month(MARCH, 1, 0)], width=100, height=100).bars
    assert [bar.x for bar in bars] == [6.67, 40.0, 73.33]
    assert (bars[0].width, bars[0].validated, bars[2].declared) == (20.0, 33.33, 33.33)


@pytest.mark.parametrize("declared", [0, -3])
def test_nothing_to_draw_without_hours(declared):
    assert chart_of([Month(JANUARY, declared, declared)]) is None
    assert chart_of([]) is None


def test_half_an_hour_is_drawn():
    assert chart_of([Month(JANUARY, 0.5, 0)]).top == 0.5


def test_a_month_of_hours_taken_back_has_no_bar():
    bars = chart_of([Month(JANUARY, 10, 10), Month(FEBRUARY, -5, -5), Month(MARCH, 1, 1)]).bars
    assert [(bar.declared, bar.validated) for bar in bars] == [(130.0, 130.0), (0.0, 0.0), (13.0, 13.0)]


@pytest.mark.parametrize(("months", "every"), [(1, 1), (13, 1), (14, 1), (15, 2), (28, 2), (29, 3), (42, 3), (43, 4)])
def test_labels_of_one_month_in_two_or_three(months, every):
    """In a wide drawing fourteen labels are the most."""
    bars = chart_of(of_months(months), width=10_000).bars
    assert [place for place, bar in enumerate(bars) if bar.label] == list(range(0, months, every))
    assert all(bar.label in (None, row.month) for bar, row in zip(bars, of_months(months), strict=True))


@pytest.mark.parametrize(("width", "labels"), [(95, 1), (96, 2), (97, 2)])
def test_a_label_is_written_where_it_has_room(width, labels):
    """The second of two bars begins in the middle: 48 are needed after it."""
    assert sum(1 for bar in chart_of(of_months(2), width=width).bars if bar.label) == labels
    assert LABEL_WIDTH == 48


def test_fewer_labels_on_request():
    assert [bool(bar.label) for bar in chart_of(of_months(4), most_labels=2).bars] == [True, False, True, False]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=30))
def test_bars_stay_in_the_drawing_and_do_not_touch(hours):
    rows = [Month(date(2026 + n // 12, n % 12 + 1, 1), a + b, b) for n, (a, b) in enumerate(hours)]
    chart = chart_of(rows)
    if chart is None:
        assert not any(row.declared for row in rows)
        return
    ends = [bar.x + bar.width for bar in chart.bars]
    assert all(end < bar.x for end, bar in zip(ends, chart.bars[1:], strict=False)) and ends[-1] < chart.width
    assert max(bar.declared for bar in chart.bars) == chart.height
    assert all(0 <= bar.validated <= bar.declared for bar in chart.bars)
