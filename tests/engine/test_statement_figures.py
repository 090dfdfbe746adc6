"""Whatever the people and their hours, a statement tells what was counted, and nothing that tells of few people."""

import json
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.suppression import is_small
from odoo.addons.clause_insertion_report.engine.figures import ABOUT_PEOPLE, DIMENSIONS, Figures, Row
from odoo.addons.clause_insertion_report.engine.people import PeopleFigures, Work
from odoo.addons.clause_insertion_report.engine.statement import (
    Statement,
    build,
    from_plain,
    numbers_hidden,
    to_plain,
)
from odoo.addons.clause_insertion_report.engine.table import NOT_SHOWN, Cell, Line, Table

DAY = date(2026, 3, 31)
MONTHS = [date(2025, number, 1) for number in (1, 2, 3)]
sizes = st.lists(st.integers(0, 20), max_size=8)
hours = st.integers(0, 2000).map(lambda quarters: quarters / 4)
figures = st.builds(Figures, hours, hours, hours, *[st.integers(0, 9)] * 3, st.integers(0, 30), st.integers(0, 40))


def rows_of(numbers: list[int]) -> list[Row]:
    return [Row(str(key), Figures(hours_validated=10, people=number)) for key, number in enumerate(numbers)]


# -- numbers of people in rows ---------------------------------------------------------------------


@given(sizes)
def test_no_small_number_of_people_is_shown(numbers):
    shown = [row.figures.people for row in numbers_hidden(rows_of(numbers)) if not row.hides_people]
    assert not [number for number in shown if is_small(number)]


@given(sizes)
def test_the_total_less_what_is_shown_tells_of_nobody(numbers):
    """What is hidden is nothing, or several rows of five people in all; unless all that there is is hidden."""
    rows = numbers_hidden(rows_of(numbers))
    hidden = [row.figures.people for row in rows if row.hides_people]
    shown = [row.figures.people for row in rows if row.figures.people and not row.hides_people]
    assert not hidden or not shown or (len(hidden) > 1 and sum(hidden) >= 5)


@given(sizes)
def test_hours_stay_and_no_row_is_lost(numbers):
    rows = rows_of(numbers)
    assert [(row.key, row.figures) for row in numbers_hidden(rows)] == [(row.key, row.figures) for row in rows]


@given(sizes, st.integers(3, 12))
def test_a_stricter_rule_hides_no_less(numbers, smallest):
    def hidden(least):
        return {row.key for row in numbers_hidden(rows_of(numbers), least) if row.hides_people}

    assert {row.key for row in rows_of(numbers) if is_small(row.figures.people, smallest)} <= hidden(smallest + 1)


# -- what the people are like ----------------------------------------------------------------------


@st.composite
def everybody(draw):
    """``(works, profiles)``: up to 24 people of three relays, some of whom are taken back."""
    people = draw(st.integers(0, 24))
    genders = draw(st.lists(st.sampled_from("FMO"), min_size=people, max_size=people))
    groups = draw(st.lists(st.sampled_from("ABC"), min_size=people, max_size=people))
    months = draw(st.lists(st.sampled_from(MONTHS), min_size=people, max_size=people))
    reversed_ = draw(st.sets(st.integers(0, max(people - 1, 0)), max_size=4))
    works = [Work(groups[one], months[one], one, 1, 1, 1, one, 10.0) for one in range(people)]
    works += [Work(groups[one], MONTHS[-1], one, 1, 1, 1, one, -10.0) for one in reversed_ if one < people]
    return works, {one: {"gender": (genders[one],)} for one in range(people)}


@given(everybody())
def test_what_is_shown_of_people_is_what_plain_python_counts(told):
    works, profiles = told
    found = PeopleFigures(works, profiles)
    standing = defaultdict(float)
    for work in works:
        standing[work.person] += work.hours
    counted = defaultdict(set)
    for person, number in standing.items():
        if number > 0:
            counted[profiles[person]["gender"][0]].add(person)
    assert found.total.people == sum(map(len, counted.values()))
    for row in found.breakdown("gender"):
        if row.figures:
            assert row.figures.people == len(counted[row.key]) >= 5
            assert row.only == ("people",) and row.figures == Figures(people=row.figures.people)


@given(everybody())
def test_one_row_is_never_withheld_alone(told):
    rows = PeopleFigures(*told).breakdown("gender")
    assert len([row for row in rows if not row.figures]) != 1 or not [row for row in rows if row.figures]


@given(everybody(), st.sampled_from("ABC"))
def test_a_whole_less_its_other_parts_tells_of_nobody(told, group):
    """The women of all relays, less those of the relays that are shown, are none or at least five."""
    works, profiles = told
    whole = {row.key: row.figures for row in PeopleFigures(works, profiles).breakdown("gender")}
    parts = {
        part: {row.key: row.figures for row in PeopleFigures(works, profiles, part).breakdown("gender")}
        for part in "ABC"
    }
    for key, shown in parts[group].items():
        others = [rows[key] for part, rows in parts.items() if part != group and rows.get(key)]
        if shown and whole.get(key) and len(others) == 1:
            rest = whole[key].people - shown.people - others[0].people
            assert not is_small(rest)


# -- the statement ---------------------------------------------------------------------------------


def statement_of(total: Figures, rows: list[Figures]) -> Statement:
    """A statement whose breakdowns have the same rows."""
    read = [{"dimension": "total", "key": None, "last_day": DAY, **vars(total)}]
    read += [
        {"dimension": dimension.code, "key": str(key), **vars(row)}
        for dimension in DIMENSIONS
        if not dimension.about_people
        for key, row in enumerate(rows)
    ]
    return build(2025, DAY, 1600, read, []).with_people({code: [] for code in ABOUT_PEOPLE}, total, DAY)


@given(figures, st.lists(figures, max_size=5))
def test_what_is_published_reads_back_from_json(total, rows):
    kept = to_plain(statement_of(total, rows))
    read = from_plain(json.loads(json.dumps(kept)))
    assert to_plain(read) == kept
    assert read.hides_people == is_small(total.people)


@given(figures, st.lists(figures, max_size=5))
def test_what_is_published_keeps_no_small_number_of_people(total, rows):
    kept = to_plain(statement_of(total, rows))
    numbers = [kept["total"]["people"], kept["people_total"]["people"]]
    numbers += [row["figures"]["people"] for rows in kept["breakdowns"].values() for row in rows if row["figures"]]
    assert not [number for number in numbers if is_small(number)]


@given(figures, st.lists(figures, max_size=5))
def test_empty_rows_are_left_out_and_others_stay(total, rows):
    found = statement_of(total, rows).breakdowns["lever"]
    assert [row.figures for row in found] == [row for row in rows if not row.is_empty()]


@given(figures, st.integers(1000, 2000))
def test_ratios_are_sums_over_sums(total, base):
    assert total.hours_per_person * total.people == pytest.approx(total.hours_validated if total.people else 0)
    assert total.hours_per_contract * total.contracts == pytest.approx(total.hours_validated if total.contracts else 0)
    assert total.full_time_equivalents(base) * base == pytest.approx(total.hours_validated)


# -- tables ----------------------------------------------------------------------------------------

values = st.one_of(hours, st.none(), st.just(NOT_SHOWN), st.just("May 2026"))


@given(st.lists(values, max_size=8))
def test_only_figures_are_drawn_each_as_its_share_of_the_largest(numbers):
    lines = tuple(Line(str(key), (Cell(value, "hours"),)) for key, value in enumerate(numbers))
    bars = Table("Lever", ("Lever", "Hours"), lines, drawn=0).bars
    assert all(cell.is_figure and 0 < share <= 1 for _label, cell, share in bars)
    assert not bars or max(share for _label, _cell, share in bars) == 1
    drawable = [value for value in numbers if isinstance(value, float) and value > 0]
    assert len(bars) == (len(drawable) if len(drawable) > 1 else 0)
