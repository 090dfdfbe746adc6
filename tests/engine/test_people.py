"""Figures about people, month after month: who is counted, who is withheld, in a group and in the whole."""

from datetime import date

import pytest

from odoo.addons.clause_insertion_report.engine.people import PeopleFigures, Work

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def work(person, hours=10.0, group="A", month=MARCH, clause=1, contract=1, contractor=1, employment=None) -> Work:
    return Work(group, month, person, clause, contract, contractor, employment or person, hours)


def profile(gender, publics=("rsa",)) -> dict:
    return {"gender": (gender,), "public": publics}


# Women have even numbers, men odd ones.
PROFILES = {person: profile("male" if person % 2 else "female") for person in range(100)}


def women(number, start=0, **facts) -> list[Work]:
    return [work(start + 2 * one, **facts) for one in range(number)]


def men(number, start=1, **facts) -> list[Work]:
    return women(number, start, **facts)


def told(works, dimension="gender", profiles=PROFILES, **options) -> list[tuple]:
    """``(key, people or None, whether withheld for too few)`` of each row."""
    rows = PeopleFigures(works, profiles, **options).breakdown(dimension)
    return [(row.key, row.figures and row.figures.people, row.is_small) for row in rows]


# -- counting ----------------------------------------------------------------------------------------


def test_nobody_worked():
    found = PeopleFigures([], PROFILES)
    assert (found.total.people, found.total.hours_validated, found.breakdown("gender")) == (0, 0, [])


def test_a_person_on_three_contracts_is_one_person():
    works = [work(2, contract=number, clause=10 + number, employment=7) for number in (1, 2, 3)]
    total = PeopleFigures(works, PROFILES).total
    assert (total.people, total.contracts, total.clauses, total.companies, total.employments) == (1, 3, 3, 1, 1)
    assert total.hours_validated == 30.0


def test_each_column_counts_what_it_names():
    works = [Work("A", MARCH, 1, 11, 21, 31, 41, 1.0), Work("A", MARCH, 2, 11, 22, 32, 43, 2.5)]
    works += [Work("A", MARCH, 2, 11, 23, 33, 42, 3.0), Work("A", MARCH, 1, 11, 23, 34, 44, 0.5)]
    works += [Work("A", MARCH, 3, 11, 23, 34, 45, 0.5)]
    total = PeopleFigures(works, PROFILES).total
    counts = (total.people, total.clauses, total.contracts, total.companies, total.employments)
    assert counts == (3, 1, 3, 4, 5)
    assert (total.hours_validated, total.hours_due, total.hours_declared, total.relays) == (7.5, 0, 0, 0)


def test_hours_without_a_work_contract_count_none():
    assert PeopleFigures([Work("A", MARCH, 1, 1, 1, 1, None, 5.0)], PROFILES).total.employments == 0


def test_hours_reversed_in_full_leave_nobody():
    found = PeopleFigures([*women(6), work(0, -10.0, month=APRIL)], PROFILES)
    assert (found.total.people, found.total.employments, found.total.hours_validated) == (5, 5, 50.0)


def test_hours_reversed_in_part_leave_the_person():
    found = PeopleFigures([*women(6), work(0, -9.5, month=APRIL)], PROFILES)
    assert (found.total.people, found.total.hours_validated) == (6, 50.5)


@pytest.mark.parametrize(("hours", "people"), [(0.005, 0), (0.01, 1)])
def test_least_hours_of_a_person(hours, people):
    assert PeopleFigures([work(1, hours)], PROFILES).total.people == people


def test_hours_are_rounded_to_two_decimals():
    assert PeopleFigures([work(1, 0.1), work(2, 0.2)], PROFILES).total.hours_validated == 0.3
    assert PeopleFigures([work(1, 1.25), work(2, 1.126)], PROFILES).total.hours_validated == 2.38


# -- withheld ----------------------------------------------------------------------------------------


def test_five_women_and_five_men_are_shown():
    assert told([*women(5), *men(5)]) == [("female", 5, False), ("male", 5, False)]


def test_four_men_are_withheld_and_the_women_with_them():
    assert told([*women(9), *men(4)]) == [("female", None, False), ("male", None, True)]


@pytest.mark.parametrize(("number", "expected"), [(4, []), (5, [("female", 5, False)])])
def test_of_four_people_in_all_not_even_the_rows_are_named(number, expected):
    assert told(women(number)) == expected


def test_another_least_number():
    works = [*women(6), *men(5)]
    assert told(works, smallest=5) == [("female", 6, False), ("male", 5, False)]
    assert told(works, smallest=6) == [("female", None, False), ("male", None, True)]
    assert told(works, smallest=12) == []


def test_a_key_whose_people_have_all_left_has_no_row():
    works = [*women(9), *men(6), *men(6, hours=-10.0, month=APRIL)]
    assert told(works) == [("female", 9, False)]


def test_a_month_where_four_women_have_moved_waits():
    works = [*women(9), *men(9)]
    assert told([*works, *women(4, 20, month=APRIL)]) == [("female", None, False), ("male", None, False)]
    assert told([*works, *women(5, 20, month=APRIL)]) == [("female", 14, False), ("male", 9, False)]


def test_a_person_of_two_publics_is_in_both_rows():
    publics = {range(8): ("rsa",), range(8, 14): ("rsa", "young"), range(14, 20): ("young",)}
    profiles = {person: profile("female", keys) for people, keys in publics.items() for person in people}
    works = [work(person) for person in range(20)]
    assert told(works, "public", profiles) == [("rsa", 14, False), ("young", 12, False)]


@pytest.mark.parametrize(("number", "expected"), [(10, None), (9, None), (6, None), (5, 5)])
def test_a_public_of_nearly_all_is_withheld_without_saying_why(number, expected):
    """All of ten people, or all but four: each of them would be known to be of it."""
    profiles = {
        2 * one: profile("female", ("young" if one < 5 else "refugee", *["rsa"] * (one < number))) for one in range(10)
    }
    found = told(women(10), "public", profiles)
    assert {key: people for key, people, _is_small in found}["rsa"] == expected
    assert not any(is_small for _key, _people, is_small in found)


def test_a_public_of_all_who_came_in_waits():
    """Ten people were told of; the next five are all of it, and nobody else came."""
    profiles = {person: profile("female", ("young" if 10 <= person < 20 else "rsa",)) for person in range(60)}
    works = women(10)
    assert told(works, "public", profiles) == [("rsa", 5, False), ("young", 5, False)]
    works += women(5, 20, month=APRIL)
    assert told(works, "public", profiles) == []
    works += [work(person, month=APRIL) for person in range(11, 20, 2)]
    assert told(works, "public", profiles) == [("rsa", 10, False), ("young", 10, False)]


def test_more_hours_of_the_same_people_do_not_move_their_number():
    works = [*women(9), *men(9)]
    assert told([*works, *women(1, month=APRIL)]) == [("female", 9, False), ("male", 9, False)]


def test_of_a_whole_of_two_companies_no_row_is_withheld_alone():
    """One company withholds women and men, the other tells of both and of others: nobody is all less those shown."""
    genders = {person: {"gender": ("FMX"[person % 3],)} for person in range(100)}
    first, second = [work(person) for person in range(30)], [work(person, group="B") for person in range(30, 60)]
    assert told([*first, *second], profiles=genders) == [("F", 20, False), ("M", 20, False), ("X", 20, False)]
    alone = [work(person, group="C") for person in range(60, 69, 3)]  # three women, and nobody else
    assert told(alone, profiles=genders) == []
    found = told([*first, *alone], profiles=genders)
    assert found == [("F", None, False), ("M", None, False), ("X", 10, False)]


# -- a group and the whole -----------------------------------------------------------------------------


def test_a_relay_sees_its_own_people():
    works = [*women(6), *men(6), *women(7, 40, group="B"), *men(8, 41, group="B")]
    assert told(works, group="A") == [("female", 6, False), ("male", 6, False)]
    assert told(works, group="B") == [("female", 7, False), ("male", 8, False)]
    assert told(works) == [("female", 13, False), ("male", 14, False)]
    assert PeopleFigures(works, PROFILES, "B").total.people == 15


def test_somebody_of_two_relays_is_one_person_of_the_whole():
    works = [*women(6), *women(6, group="B")]
    assert [PeopleFigures(works, PROFILES, *group).total.people for group in ((), ("A",), ("B",))] == [6, 6, 6]


def test_a_relay_waits_where_another_would_be_found_by_subtraction():
    works = [*women(9), *women(4, 40, group="B"), *men(3, 41, group="B")]
    assert told(works, group="A") == [("female", None, False)]
    assert told(works, group="B") == [("female", None, True), ("male", None, True)]


def test_a_whole_of_two_companies_withholds_what_one_of_them_does():
    """Each company could take its own figures off those of the two."""
    works = [*women(9), *men(9), *women(9, 40, group="B"), *men(2, 41, group="B")]
    assert told(works) == [("female", None, False), ("male", None, False)]
    assert told([*works, *men(3, 61, group="B")]) == [("female", 18, False), ("male", 14, False)]


def test_a_whole_of_two_companies_of_few_people_each():
    """Five women in all, but three of one company and two of the other."""
    assert told([*women(3), *women(2, 40, group="B")]) == [("female", None, False)]


def test_a_third_relay_is_shown_what_two_others_hide_together():
    """Only of the whole is withheld all that one of its parts withholds."""
    works = [*men(10), *men(4, 41, group="B"), *men(9, 61, group="C")]
    assert told(works, group="A") == [("male", 10, False)]
    assert told(works, group="C") == [("male", None, False)]


def test_a_relay_without_anybody():
    assert told(women(9), group="Z") == []
