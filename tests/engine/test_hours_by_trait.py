"""The attack: whoever knows each person's hours looks for those whose hours add up to what is shown of a public."""

from collections import defaultdict
from datetime import date
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.hours_by_trait import MANY, ROUNDED_TO, rounded, told_as_of, told_keys
from odoo.addons.clause_insertion_report.engine.figures import Figures
from odoo.addons.clause_insertion_report.engine.people import PeopleFigures, Work

MONTHS = [date(2025, month, 1) for month in range(1, 13)]
TOLD = date(2026, 2, 28)
WHOLE = None


def work(person, hours=10.0, group="A", month=MONTHS[0]) -> Work:
    return Work(group, month, person, 1, 1, 1, person, hours)


def profiles(everybody, having) -> dict:
    return {person: {"public": ("rsa",) if person in having else (None,)} for person in everybody}


def rows(works, having, group=WHOLE, **options) -> list[tuple]:
    """``(key, people, hours)`` that a statement tells; None is not told."""
    everybody = {one.person for one in works}
    found = PeopleFigures(works, profiles(everybody, having), group, **options).breakdown("public")
    return sorted(
        (
            row.key or "",
            row.figures.people if row.tells("people") else None,
            row.figures.hours_validated if row.tells("hours_validated") else None,
        )
        for row in found
    )


# -- why -------------------------------------------------------------------------------------------


def chosen(hours: list[float], number: int, total: float) -> list[tuple]:
    """Every choice of that many people whose hours add up: what the reader of an exact figure finds."""
    return [some for some in combinations(range(len(hours)), number) if sum(hours[one] for one in some) == total]


@pytest.mark.parametrize("seed", range(5))
def test_one_exact_figure_of_15_people_names_them(seed):
    """In hundredths, as they are kept; so hours are not told, whatever the number of people of the public."""
    draw = Random(seed)
    hours = [draw.randint(1, 160_000) for _one in range(15)]
    having = draw.sample(range(15), 6)
    assert chosen(hours, 6, sum(hours[one] for one in having)) == [tuple(sorted(having))]


def test_rounded_hours_of_20_months_name_them_too():
    """Each month is an equation more about the same people: of 15, rounding to ten hours leaves one choice."""
    draw = Random(1)
    months = [[draw.randint(0, 150) for _one in range(15)] for _month in range(20)]
    left = list(combinations(range(15), 6))
    having = draw.choice(left)
    for hours in months:
        shown = rounded(sum(hours[one] for one in having))
        left = [some for some in left if rounded(sum(hours[one] for one in some)) == shown]
    assert left == [having]


# -- small scopes, any month, any part ----------------------------------------------------------------


@st.composite
def ledgers(draw, groups="A"):
    """``(works, those who have the trait)``: up to twelve people who come in over three months, some of whom leave."""
    number = draw(st.integers(6, 12))
    works = []
    for person in range(number):
        group, months = draw(st.sampled_from(groups)), draw(st.lists(st.sampled_from(MONTHS[:3]), min_size=1))
        works += [work(person, draw(st.integers(1, 400)) / 4, group, month) for month in months]
        if draw(st.integers(0, 9)) == 0:
            works.append(work(person, -sum(one.hours for one in works if one.person == person), group, MONTHS[2]))
    return works, draw(st.frozensets(st.integers(0, number - 1), min_size=min(3, number)))


def equations(works, having, groups) -> list[tuple]:
    """All that statements say, at each end of a month, of the whole and of parts: ``(people, how many have it)``."""
    found = []
    for group, month in product(groups, MONTHS[:3]):
        until = [one for one in works if one.month <= month]
        hours = defaultdict(float)
        for one in until:
            if group in (WHOLE, one.group):
                hours[one.person] += one.hours
        people = {person for person, number in hours.items() if number > 0}
        for key, number, told in rows(until, having, group, smallest=3, told=TOLD):
            assert told is None
            if number is not None:
                found.append((people, number if key else len(people) - number))
    return found


def agreeing(works, having, groups) -> list[frozenset]:
    """Every choice of people that agrees with what is said: the truth, and those that keep it from being known."""
    everybody, said = sorted({one.person for one in works}), equations(works, having, groups)
    choices = (
        frozenset(person for person, has in zip(everybody, choice, strict=True) if has)
        for choice in product((False, True), repeat=len(everybody))
    )
    return [choice for choice in choices if all(len(people & choice) == number for people, number in said)]


@settings(max_examples=40)
@given(ledgers())
def test_nobody_is_known_to_have_it_from_all_months_of_a_scope(told):
    """All that is shown agrees with anybody's not having it; and no hours are."""
    works, having = told
    found = agreeing(works, having, "A")
    assert having in found
    assert not frozenset.intersection(*found)


@settings(max_examples=40)
@given(ledgers("AB"))
def test_nobody_is_known_to_have_it_from_the_whole_and_its_parts(told):
    works, having = told
    found = agreeing(works, having, (WHOLE, "A", "B"))
    assert having in found
    assert not frozenset.intersection(*found)


# -- a whole Region, once a year ------------------------------------------------------------------------


def yearly(hours: dict) -> list[Work]:
    return [work(person, number) for person, number in hours.items()]


def crowd(having=MANY, others=MANY, hours=10.0) -> tuple[list[Work], frozenset]:
    return yearly(dict.fromkeys(range(having + others), hours)), frozenset(range(having))


def told_hours(works, having, **options) -> float | None:
    found = {key: hours for key, _people, hours in rows(works, having, **{"told": TOLD, **options})}
    return found.get("rsa")


@pytest.mark.parametrize(
    ("having", "others", "expected"), [(MANY, MANY, 500), (MANY - 1, MANY, None), (MANY, MANY - 1, None)]
)
def test_50_people_who_have_it_and_50_who_have_not(having, others, expected):
    assert told_hours(*crowd(having, others)) == expected


def test_a_region_may_ask_for_more_people():
    assert told_hours(*crowd(), many=MANY + 1) is None


def test_nothing_before_the_year_is_over():
    assert told_hours(*crowd(), told=None) is None
    assert told_as_of(2025, date(2026, 2, 27)) is None
    assert told_as_of(2025, TOLD) == told_as_of(2025, date(2030, 12, 31)) == TOLD


def test_what_is_validated_later_changes_nothing():
    works, having = crowd()
    late = [work(person, 100.0, month=date(2026, 3, 1)) for person in range(30)]
    assert told_hours([*works, *late], having) == told_hours(works, having) == 500


def test_no_part_tells_however_large():
    works, having = crowd(200, 200)
    assert told_hours(works, having, group="A") is None


def test_no_count_but_that_of_people():
    """Contracts, companies and work contracts are sums over people, as hours are."""
    works, having = crowd()
    found = PeopleFigures(works, profiles(range(2 * MANY), having), told=TOLD).breakdown("public")
    assert [row.figures for row in found] == [Figures(people=MANY, hours_validated=500)] * 2
    assert all(row.only == ("people", "hours_validated") for row in found)


def test_several_companies_tell_what_each_of_them_tells():
    (works, having), small = crowd(hours=10.4), [work(person, 9.0, "B") for person in range(1000, 1300)]
    all_having = having | set(range(1000, 1100))
    assert told_hours([*works, *small], all_having) == 520 + 900
    assert told_hours([*works, *small], having | set(range(1000, 1049))) is None


def test_hours_are_rounded_and_halves_are_even():
    assert [rounded(hours) for hours in (0, 4.99, 5.01, 14, 16, 12_344.9)] == [0, 0, 10, 10, 20, 12_340]


@given(st.dictionaries(st.integers(0, 5), st.integers(1, 200), max_size=6), st.integers(MANY, 80))
def test_all_less_what_is_told_is_of_many_people(people, many):
    everybody = sum(people.values())
    told = told_keys(people, everybody, many)
    assert all(people[key] >= many and everybody - people[key] >= many for key in told)
    left = [number for key, number in people.items() if key not in told]
    assert not left or sum(left) >= many or not told


def another_choice(years: list[dict], having: set, others: set) -> set | None:
    """Two people who have it for two who have not, such that every year's figure stays what it is."""
    swaps = defaultdict(list)
    for one, other in product(having, others):
        change = [hours[other] - hours[one] for hours in years]
        swaps[tuple(round(number / ROUNDED_TO) for number in change)].append((one, other, change))
    for place, found in swaps.items():
        for near in product(*((-number - 1, -number, -number + 1) for number in place)):
            for (one, other, change), (second, fourth, back) in product(found, swaps.get(near, ())):
                total = [sum(hours[person] for person in having) for hours in years]
                moved = [sum(numbers) for numbers in zip(total, change, back, strict=True)]
                if one != second and other != fourth and list(map(rounded, total)) == list(map(rounded, moved)):
                    return having - {one, second} | {other, fourth}
    return None


@pytest.mark.parametrize("seed", range(5))
def test_the_fewest_people_who_are_told_of_could_be_others(seed):
    """In hundredths of hours, over two years; a change of two people is the least of many, and enough for a doubt."""
    draw = Random(seed)
    people = range(2 * MANY)
    years = [{person: draw.randint(1, 160_000) / 100 for person in people} for _year in (2024, 2025)]
    having = set(draw.sample(people, MANY))
    found = another_choice(years, having, set(people) - having)
    assert found and len(found) == MANY and found != having
    for hours in years:
        shown = rows(yearly(hours), having, told=TOLD)
        assert rows(yearly(hours), found, told=TOLD)[1] == shown[1]
        assert shown[1] == ("rsa", MANY, rounded(sum(hours[person] for person in having)))
