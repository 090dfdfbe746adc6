"""The yearly statement as of a day: a year over or not, what was read put together, what is kept once published."""

from dataclasses import replace
from datetime import date

import pytest

from odoo.addons.clause_insertion.engine.suppression import SMALLEST_GROUP
from odoo.addons.clause_insertion_report.engine.figures import DIMENSIONS, Figures, Row
from odoo.addons.clause_insertion_report.engine.statement import (
    Statement,
    build,
    from_plain,
    numbers_hidden,
    to_plain,
)

MARCH_2015 = date(2015, 3, 1)


def statement(as_of=MARCH_2015, **facts) -> Statement:
    return Statement(2014, as_of, 1600, **facts)


def read(dimension="total", key=None, **values) -> dict:
    return {"dimension": dimension, "key": key, **values}


def made(done=(), due=(), **options) -> Statement:
    return build(2014, MARCH_2015, 1607, done, due, **options)


# -- a year as of a day ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "partial"),
    [
        (date(2014, 4, 30), True),
        (date(2014, 12, 30), True),
        (date(2014, 12, 31), False),
        (date(2015, 1, 1), False),
        (date(2013, 12, 31), True),
    ],
)
def test_early_2014_is_not_a_full_year(as_of, partial):
    assert statement(as_of).is_partial == partial


@pytest.mark.parametrize(
    ("last_day", "early"),
    [
        (date(2014, 4, 30), True),
        (date(2014, 11, 30), True),
        (date(2014, 12, 1), False),
        (date(2014, 12, 31), False),
        (None, False),
    ],
)
def test_a_year_over_without_an_hour_in_december_may_be_incomplete(last_day, early):
    assert statement(last_day=last_day).stops_early == early
    assert not statement(date(2014, 12, 30), last_day=last_day).stops_early


def test_the_same_year_as_of_two_days_gives_two_totals():
    """8.4 million hours in March 2015, 9.16 million in December 2016: both are the statement of 2014."""
    first = made([read(hours_validated=8_400_000.0)])
    later = build(2014, date(2016, 12, 1), 1607, [read(hours_validated=9_160_000.0)], [])
    assert (first.as_of, first.total.hours_validated) == (MARCH_2015, 8_400_000.0)
    assert (later.as_of, later.total.hours_validated) == (date(2016, 12, 1), 9_160_000.0)


# -- part hours --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["hours_due", "hours_declared", "hours_validated"])
def test_a_quarter_of_an_hour_anywhere_asks_for_decimals(name):
    part, whole = Figures(**{name: 7.25}), Figures(**{name: 7.0})
    assert statement(total=part).has_part_hours
    assert statement(breakdowns={"lever": [Row("execution", whole), Row("criterion", part)]}).has_part_hours
    assert not statement(total=whole, breakdowns={"lever": [Row("execution", whole)]}).has_part_hours


def test_numbers_and_withheld_rows_have_no_part_hours():
    assert not statement(breakdowns={"gender": [Row("male", None), Row("female", Figures(people=7))]}).has_part_hours


# -- few people in all -------------------------------------------------------------------------------


@pytest.mark.parametrize(("people", "hides"), [(0, False), (1, True), (4, True), (5, False)])
def test_four_people_in_all_are_not_counted_and_five_are(people, hides):
    assert statement(total=Figures(people=people)).hides_people == hides


def test_the_parameter_decides_and_five_is_usual():
    assert statement(total=Figures(people=10), smallest=11).hides_people
    assert statement().smallest == made().smallest == SMALLEST_GROUP == 5
    assert made(smallest=11).smallest == 11


def test_once_published_it_is_known_that_they_were_few():
    assert statement(has_few_people=True).hides_people


# -- what was read -----------------------------------------------------------------------------------


def test_hours_done_and_due_of_one_key_are_one_row():
    done = [read("lever", "execution", hours_validated=130.0, people=8, last_day=None)]
    due = [read("lever", "execution", hours_due=900.0), read("lever", "criterion", hours_due=50.0)]
    assert made(done, due).breakdowns["lever"] == [
        Row("execution", Figures(hours_due=900.0, hours_validated=130.0, people=8)),
        Row("criterion", Figures(hours_due=50.0)),
    ]


def test_total_base_and_last_day():
    found = made([read(hours_validated=130.0, people=None, last_day=date(2014, 12, 3))], [read(hours_due=900.0)])
    assert found.total == Figures(hours_due=900.0, hours_validated=130.0)
    assert (found.year, found.as_of, found.fte_base, found.last_day) == (2014, MARCH_2015, 1607, date(2014, 12, 3))


def test_a_year_without_anything():
    found = made()
    assert (found.total, found.last_day, found.people_day, found.people_total) == (Figures(), None, None, Figures())
    assert found.breakdowns == {dimension.code: [] for dimension in DIMENSIONS}
    assert not found.has_few_people


def test_a_row_of_nothing_is_left_out_and_an_unknown_key_stays():
    done = [read("trade", "paint", hours_validated=0), read("trade", None, hours_validated=1.0)]
    assert [row.key for row in made(done).breakdowns["trade"]] == [None]


def test_a_key_is_read_in_its_own_dimension():
    done = [read("trade", "paint", hours_validated=5.0), read("lever", "paint", hours_validated=6.0)]
    found = made(done).breakdowns
    assert [found[code][0].figures.hours_validated for code in ("trade", "lever")] == [5.0, 6.0]


def test_what_was_read_is_left_as_it_was():
    record = read("trade", "paint", hours_validated=5.0)
    made([record])
    assert record == {"dimension": "trade", "key": "paint", "hours_validated": 5.0}


def test_rows_of_few_people_keep_their_hours_and_lose_their_people():
    done = [read("lever", key, hours_validated=9.0, people=people) for key, people in (("a", 9), ("b", 3), ("c", 6))]
    rows = made(done).breakdowns["lever"]
    assert [(row.key, row.hides_people, row.is_small) for row in rows] == [
        ("a", False, False),
        ("b", True, True),
        ("c", True, False),
    ]
    assert [row.figures.hours_validated for row in rows] == [9.0] * 3
    assert [row.hides_people for row in made(done, smallest=3).breakdowns["lever"]] == [False] * 3
    assert [row.hides_people for row in made(done, smallest=7).breakdowns["lever"]] == [False, True, True]


@pytest.mark.parametrize(
    ("people", "back"),
    [((10, 3, 8), "bc"), ((10, 3, 2), "bc"), ((10, 2, 2), "abc"), ((10, 5), ""), ((4,), "a"), ((0, 0), ""), ((), "")],
)
def test_numbers_that_would_give_a_small_one_go_with_it(people, back):
    rows = [Row("abc"[place], Figures(people=number)) for place, number in enumerate(people)]
    assert "".join(row.key for row in numbers_hidden(rows) if row.hides_people) == back


# -- people ------------------------------------------------------------------------------------------


def test_what_is_known_of_the_people_is_of_its_own_day():
    before = made([read("lever", "execution", hours_validated=9.0, people=9)])
    rows = {"gender": [Row("female", Figures(people=9))]}
    after = before.with_people(rows, Figures(people=9), date(2015, 2, 28))
    assert after.breakdowns["gender"] == rows["gender"] and after.breakdowns["lever"] == before.breakdowns["lever"]
    assert (after.people_total.people, after.people_day, after.as_of) == (9, date(2015, 2, 28), MARCH_2015)
    assert before.breakdowns["gender"] == [] and before.people_day is None


# -- what is kept of a published statement ---------------------------------------------------------


def kept(**facts) -> dict:
    return to_plain(statement(**facts))


def test_days_are_kept_as_text_and_read_back():
    plain = kept(last_day=date(2014, 12, 3), people_day=date(2015, 2, 28))
    assert [plain[name] for name in ("as_of", "last_day", "people_day")] == ["2015-03-01", "2014-12-03", "2015-02-28"]
    back = from_plain(plain)
    assert (back.as_of, back.last_day, back.people_day) == (MARCH_2015, date(2014, 12, 3), date(2015, 2, 28))
    assert from_plain(kept()).last_day is None and from_plain(kept()).people_day is None


@pytest.mark.parametrize(("people", "left"), [(4, (0, 0)), (5, (5, 8))])
def test_the_total_keeps_its_people_from_five(people, left):
    plain = kept(total=Figures(hours_validated=70.5, people=people, employments=8, contracts=2))
    assert (plain["total"]["people"], plain["total"]["employments"]) == left
    assert (plain["total"]["hours_validated"], plain["total"]["contracts"]) == (70.5, 2)
    assert plain["has_few_people"] == from_plain(plain).hides_people == (people == 4)


@pytest.mark.parametrize(("people", "left"), [(4, (0, 0)), (5, (5, 8))])
def test_people_at_the_end_of_a_month_are_kept_from_five(people, left):
    """The year has ten people in all; fewer stood at the end of the month."""
    plain = kept(total=Figures(people=10), people_total=Figures(people=people, employments=8, hours_validated=9.5))
    assert (plain["people_total"]["people"], plain["people_total"]["employments"]) == left
    assert (plain["people_total"]["hours_validated"], plain["total"]["people"]) == (9.5, 10)


def test_the_end_of_a_month_follows_the_parameter_too():
    assert kept(smallest=11, people_total=Figures(people=10))["people_total"]["people"] == 0


def test_rows_that_hide_people_keep_their_hours_alone():
    figures = Figures(hours_validated=9.5, people=3, employments=4)
    rows = [Row("a", figures, is_small=True, hides_people=True), Row("b", replace(figures, people=6)), Row("c", None)]
    back = from_plain(kept(breakdowns={"lever": rows})).breakdowns["lever"]
    assert back == [Row("a", Figures(hours_validated=9.5), is_small=True, hides_people=True), *rows[1:]]


def test_a_published_statement_reads_back_equal():
    whole = statement(
        total=Figures(8.4, 7.2, 6.1, 5, 4, 3, 20, 21, 2),
        last_day=date(2014, 12, 31),
        breakdowns={"gender": [Row("female", Figures(people=6)), Row("male", None, is_small=True)], "lever": []},
        people_total=Figures(people=20),
        people_day=date(2015, 2, 28),
        smallest=6,
    )
    assert from_plain(to_plain(whole)) == whole
