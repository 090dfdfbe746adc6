"""Which figures about people wait: too few behind them, too few who moved, or found by subtraction."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.suppression import (
    FEWEST,
    LEAST_HOURS,
    SMALLEST_GROUP,
    WHOLE,
    Size,
    Step,
    is_small,
    release_day,
    steps,
    widened,
    withheld,
)

JANUARY, FEBRUARY, MARCH = (date(2026, number, 1) for number in (1, 2, 3))


def women(number: int, start: int = 0) -> list[str]:
    return [f"F{start + one}" for one in range(number)]


def men(number: int, start: int = 0) -> list[str]:
    return [f"M{start + one}" for one in range(number)]


def gender(person: str) -> tuple[str, ...]:
    return (person[0],)


def worked(month, people, group="A", hours=10.0) -> dict:
    return {(month, group, person): hours for person in people}


def hidden(*told, group=WHOLE, keys=gender, **options) -> set:
    hours = {moment: number for part in told for moment, number in part.items()}
    return withheld(steps(hours, with_groups=group is not WHOLE), keys, group, **options)


def kept_back(*sizes, lines=None, smallest=5) -> list[int]:
    """The places, in one line, of the cells withheld; a size is the people, or ``(people, moved)``."""
    told = {place: Size(*(size if isinstance(size, tuple) else (size, 0))) for place, size in enumerate(sizes)}
    return sorted(widened(lines or [list(told)], told, smallest))


# -- too few people --------------------------------------------------------------------------------


def test_four_people_are_too_few_and_five_are_not():
    assert [is_small(people) for people in (-1, 0, 1, 4, 5, 6)] == [False, False, True, True, False, False]


def test_another_region_asks_for_eleven():
    assert [is_small(people, 11) for people in (0, 10, 11)] == [False, True, False]


def test_five_is_usual_and_three_the_least():
    assert (SMALLEST_GROUP, FEWEST, WHOLE) == (5, 3, None)


def test_half_a_minute_is_no_hour():
    """Hours have two decimals: what is left of 0.1 + 0.2 - 0.3 is nobody's work."""
    assert 0.1 + 0.2 - 0.3 < LEAST_HOURS < 0.01
    assert LEAST_HOURS == 0.005


# -- the day on which figures come out ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "today", "expected"),
    [
        (date(2026, 3, 30), date(2026, 5, 1), date(2026, 2, 28)),
        (date(2026, 3, 31), date(2026, 5, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 5, 1), date(2026, 3, 31)),
        (date(2028, 2, 28), date(2028, 5, 1), date(2028, 1, 31)),
        (date(2028, 2, 29), date(2028, 5, 1), date(2028, 2, 29)),
        (date(2026, 1, 1), date(2026, 5, 1), date(2025, 12, 31)),
        (date(2025, 12, 31), date(2026, 5, 1), date(2025, 12, 31)),
    ],
)
def test_the_last_end_of_a_month_of_a_past_day(as_of, today, expected):
    assert release_day(as_of, today) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 30), date(2026, 2, 28)),
        (date(2026, 3, 31), date(2026, 2, 28)),
        (date(2026, 4, 1), date(2026, 3, 31)),
        (date(2026, 4, 2), date(2026, 3, 31)),
    ],
)
def test_a_month_that_ends_today_is_not_over(today, expected):
    """Whatever later day is asked for."""
    assert release_day(date(2030, 6, 15), today) == release_day(today, today) == expected


# -- who came in and who left ------------------------------------------------------------------------


def test_somebody_comes_in_goes_on_and_leaves():
    told = worked(JANUARY, ["F1"]) | worked(FEBRUARY, ["F1"], hours=5.0) | worked(MARCH, ["F1"], hours=-15.0)
    found = steps(told, with_groups=False)
    assert found == {month: [Step(WHOLE, "F1", change)] for month, change in ((JANUARY, 1), (FEBRUARY, 0), (MARCH, -1))}


def test_hours_reversed_in_part_leave_the_person_in():
    told = worked(JANUARY, ["F1"]) | worked(FEBRUARY, ["F1"], hours=-9.99)
    assert [step.change for batch in steps(told, with_groups=False).values() for step in batch] == [1, 0]


def test_months_are_read_in_their_order_however_they_come():
    told = worked(MARCH, ["F1"], hours=-15.0) | worked(JANUARY, ["F1"]) | worked(FEBRUARY, ["F1"], hours=5.0)
    found = steps(told, with_groups=False)
    assert list(found) == [JANUARY, FEBRUARY, MARCH]
    assert [batch[0].change for batch in found.values()] == [1, 0, -1]


@pytest.mark.parametrize(("hours", "change"), [(0.0, 0), (0.005, 0), (0.006, 1), (0.01, 1), (-7.0, 0)])
def test_least_hours_that_bring_somebody_in(hours, change):
    assert steps(worked(JANUARY, ["F1"], hours=hours), with_groups=False) == {JANUARY: [Step(WHOLE, "F1", change)]}


def test_somebody_of_two_relays_is_once_in_the_whole():
    told = worked(JANUARY, ["F1"], "A") | worked(JANUARY, ["F1"], "B")
    assert steps(told)[JANUARY] == [
        Step(WHOLE, "F1", 1),
        Step("A", "F1", 1),
        Step(WHOLE, "F1", 0),
        Step("B", "F1", 1),
    ]
    assert steps(told, with_groups=False)[JANUARY] == [Step(WHOLE, "F1", 1), Step(WHOLE, "F1", 0)]


# -- one month -----------------------------------------------------------------------------------------


def test_nobody_nothing_withheld():
    assert hidden() == set()


@pytest.mark.parametrize(("people", "expected"), [(4, {"F"}), (5, set())])
def test_four_women_in_all_wait_and_five_do_not(people, expected):
    assert hidden(worked(JANUARY, women(people))) == expected


def test_a_total_would_give_away_its_withheld_part():
    """Nine women and three men: twelve in all, less nine, tells of three."""
    assert hidden(worked(JANUARY, women(9)), worked(JANUARY, men(3))) == {"F", "M"}


def test_other_keys_stay_where_two_withheld_ones_hide_each_other():
    told = worked(JANUARY, women(3)), worked(JANUARY, men(4)), worked(JANUARY, [f"X{one}" for one in range(9)])
    assert hidden(*told) == {"F", "M"}


def test_a_person_in_two_publics_is_in_both():
    keys = {f"P{one}": ("rsa", "young") if one < 5 else ("rsa",) for one in range(9)}
    assert hidden(worked(JANUARY, keys), keys=keys.get) == set()
    keys["P4"] = ("rsa",)
    assert hidden(worked(JANUARY, keys), keys=keys.get) == {"rsa", "young"}


@pytest.mark.parametrize(("smallest", "expected"), [(7, set()), (8, {"F"})])
def test_the_parameter_of_the_region_decides(smallest, expected):
    assert hidden(worked(JANUARY, women(7)), smallest=smallest) == expected


def test_that_all_have_it_is_told_only_where_everybody_may_know():
    assert hidden(worked(JANUARY, women(9))) == set()
    assert hidden(worked(JANUARY, women(9)), is_secret=True) == {"F"}
    assert hidden(worked(JANUARY, women(9)), worked(JANUARY, men(5)), is_secret=True) == set()


def test_a_public_of_all_but_four_is_that_of_all():
    keys = {f"P{one}": ("rsa", "young") if one < 9 else ("young",) for one in range(13)}
    told = worked(JANUARY, keys)
    assert hidden(told, keys=keys.get) == set()
    assert hidden(told, keys=keys.get, is_secret=True) == {"rsa", "young"}


def test_newcomers_who_all_have_it_wait():
    """Five more women, and no man: the difference of two months would tell each of the five."""
    told = worked(JANUARY, women(9)), worked(JANUARY, men(9)), worked(FEBRUARY, women(5, 9))
    assert hidden(*told) == set()
    assert hidden(*told, is_secret=True) == {"F", "M"}
    assert hidden(*told, worked(MARCH, men(5, 9)), is_secret=True) == set()


def test_a_relay_of_which_all_have_it_hides_another_that_would_give_it():
    told = [
        worked(
            JANUARY,
            women(
                9,
                100,
            )
            + men(9),
        ),
        worked(JANUARY, women(6), "B"),
    ]
    assert [hidden(*told, group=group, is_secret=True) for group in ("A", "B")] == [{"F", "M"}, {"F"}]


def test_what_is_withheld_for_another_reason_takes_others_with_it():
    told = worked(JANUARY, women(9)), worked(JANUARY, men(6)), worked(JANUARY, [f"X{one}" for one in range(9)])
    assert hidden(*told, also=["F"]) == {"F", "M"}


def test_more_hours_move_no_number():
    told = worked(JANUARY, women(9)) | worked(FEBRUARY, women(1))
    assert withheld(steps(told, with_groups=False, of_hours=False), gender) == set()


# -- from one month to the next ------------------------------------------------------------------------


@pytest.mark.parametrize(("moved", "expected"), [(0, set()), (1, {"F"}), (4, {"F"}), (5, set())])
def test_a_month_where_fewer_than_five_have_moved_waits(moved, expected):
    told = worked(JANUARY, women(9)), worked(FEBRUARY, women(moved, 9))
    assert hidden(*told) == expected


def test_more_hours_of_the_same_person_are_a_move():
    """What she worked is the difference of two answers, though the number of people is the same."""
    assert hidden(worked(JANUARY, women(9)), worked(FEBRUARY, women(1))) == {"F"}


def test_those_who_waited_count_in_the_next_month():
    """Two in February, three in March: five have moved since January was shown."""
    two = worked(JANUARY, women(9)), worked(FEBRUARY, women(2, 9))
    assert hidden(*two, worked(MARCH, women(2, 11))) == {"F"}
    assert hidden(*two, worked(MARCH, women(3, 11))) == set()


def test_the_same_person_who_moves_twice_has_moved_once():
    two = worked(JANUARY, women(9)), worked(FEBRUARY, women(3, 9))
    assert hidden(*two, worked(MARCH, women(3, 9))) == {"F"}


def test_once_shown_the_count_of_those_who_moved_starts_again():
    shown = worked(JANUARY, women(9)), worked(FEBRUARY, women(5, 9))
    assert hidden(*shown, worked(MARCH, women(1, 20))) == {"F"}
    assert hidden(*shown, worked(MARCH, women(5, 20))) == set()


def test_hours_reversed_bring_the_group_under_five():
    told = worked(JANUARY, women(6)), worked(FEBRUARY, women(2), hours=-10.0)
    assert hidden(*told) == {"F"}


def test_a_group_that_has_left_altogether_is_no_group():
    told = worked(JANUARY, women(6)), worked(FEBRUARY, women(6), hours=-10.0)
    assert hidden(*told) == set()


def test_men_wait_with_the_women_of_whom_too_few_moved():
    """The total less the men would say what the one woman did; five men who move let them wait together."""
    told = worked(JANUARY, women(9)), worked(JANUARY, men(9)), worked(FEBRUARY, women(1, 9))
    assert hidden(*told) == {"F", "M"}
    assert hidden(*told, worked(FEBRUARY, men(5, 9))) == {"F", "M"}


# -- the whole and its relays ----------------------------------------------------------------------------


def test_a_relay_of_four_hides_another_that_the_regions_total_would_give():
    told = worked(JANUARY, women(9)), worked(JANUARY, women(4, 20), "B")
    assert [hidden(*told, group=group) for group in (WHOLE, "A", "B")] == [set(), {"F"}, {"F"}]


def test_a_third_relay_stays_where_two_are_withheld():
    told = worked(JANUARY, women(9)), worked(JANUARY, women(4, 20), "B"), worked(JANUARY, women(3, 30), "C")
    assert [hidden(*told, group=group) for group in ("A", "B", "C")] == [set(), {"F"}, {"F"}]


def test_two_relays_of_five_are_shown():
    told = worked(JANUARY, women(5)), worked(JANUARY, women(5, 20), "B")
    assert [hidden(*told, group=group) for group in (WHOLE, "A", "B")] == [set()] * 3


def test_the_men_of_a_relay_hide_its_women_and_those_of_the_other_relay():
    """Three men in relay B: its women wait, then the men and the women of relay A, by subtraction."""
    told = [worked(JANUARY, women(9)), worked(JANUARY, men(8))]
    told += [worked(JANUARY, women(7, 20), "B"), worked(JANUARY, men(3, 20), "B")]
    assert [hidden(*told, group=group) for group in (WHOLE, "A", "B")] == [set(), {"F", "M"}, {"F", "M"}]


def test_without_its_groups_only_the_whole_is_decided():
    hours = worked(JANUARY, women(9)) | worked(JANUARY, women(4, 20), "B")
    assert withheld(steps(hours, with_groups=False), gender, "B") == set()


def test_the_whole_does_not_wait_for_its_relays():
    """Nor do relays wait for the whole: five in A, where the whole has five."""
    told = worked(JANUARY, women(3)), worked(JANUARY, women(2, 20), "B")
    assert [hidden(*told, group=group) for group in (WHOLE, "A", "B")] == [set(), {"F"}, {"F"}]


# -- cells of one line -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((), []),
        ((9, 0, 8), []),
        ((9, 3, 8), [1, 2]),  # the smallest of the others goes with it
        ((3, 2, 8), [0, 1]),  # five people in two cells cannot be told apart
        ((3, 1, 8, 9), [0, 1, 2]),  # four can
        ((3, 0, 0), [0]),  # cells of nobody hide nobody
        ((4,), [0]),
        ((1, 1, 1), [0, 1, 2]),
        ((5, 5), []),
    ],
)
def test_a_small_cell_takes_others_with_it(sizes, expected):
    assert kept_back(*sizes) == expected


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        (((9, 4), (8, 0)), [0, 1]),
        (((9, 5), (8, 0)), []),
        (((0, 4), (8, 0)), []),  # all have left: nothing is left to tell
        (((9, 4), (8, 1), (7, 0)), [0, 1]),  # five have moved in the two
        (((9, 4), (8, 0), (10, 1)), [0, 2]),
        (((9, 2), (8, 0), (10, 2)), [0, 1, 2]),  # four in two cells: all wait
        (((3, 0), (8, 4), (9, 5)), [0, 1, 2]),
    ],
)
def test_cells_where_few_moved_wait_together(sizes, expected):
    assert kept_back(*sizes) == expected


def test_what_is_withheld_in_a_row_widens_the_column():
    """Cells 0 1 / 2 3: cell 0 takes 1 in its row and 2 in its column, and those take 3."""
    square = [[0, 1], [2, 3], [0, 2], [1, 3]]
    assert kept_back(3, 9, 9, 9, lines=square) == [0, 1, 2, 3]
    assert kept_back(9, 9, 9, 9, lines=square) == []


def test_the_last_line_may_widen_the_first():
    assert kept_back(9, 8, 7, 3, lines=[[0, 1], [1, 2], [2, 3]]) == [0, 1, 2, 3]


@settings(max_examples=50)
@given(st.lists(st.integers(0, 12), max_size=7), st.integers(3, 8))
def test_what_is_withheld_in_a_line_is_several_cells_and_enough_people(people, smallest):
    back = kept_back(*people, smallest=smallest)
    shown = [number for place, number in enumerate(people) if number and place not in back]
    assert all(number >= smallest for number in shown)
    assert not back or not shown or (len(back) > 1 and sum(people[place] for place in back) >= smallest)
    assert bool(back) == any(0 < number < smallest for number in people)


@settings(max_examples=40)
@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_figures_come_out_on_a_last_day_of_a_month_that_is_over(as_of, today):
    day = release_day(as_of, today)
    assert (day + timedelta(days=1)).day == 1
    assert day <= as_of and day < today
    assert min(as_of, today) - day <= timedelta(days=31)
