"""A Region's objectives by public: what was worked, unless it would tell who somebody is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.objectives import public_figure, secret_hours

JANUARY, FEBRUARY = 1, 2
SHOWN_HOURS = (50.0, False)
WITHHELD = (0, True)


def worked(people, kind="works", hours=10.0, month=JANUARY):
    return {(month, kind, person): hours for person in people}


def women(number):
    return range(0, 2 * number, 2)


def men(number):
    return range(1, 2 * number + 1, 2)


@pytest.mark.parametrize(
    ("of_women", "of_men", "withheld"),
    [
        pytest.param(5, 5, False, id="five and five"),
        pytest.param(4, 9, True, id="four women"),
        pytest.param(9, 4, True, id="four men, whom the total less the women would tell"),
        pytest.param(9, 0, False, id="women alone"),
        pytest.param(1, 0, True, id="one woman alone"),
    ],
)
def test_five_people_on_either_side(of_women, of_men, withheld):
    inside = worked(women(of_women))
    everybody = inside | worked(men(of_men))
    expected = WITHHELD if withheld else (of_women, False)
    assert public_figure("people", inside, everybody) == expected
    expected = WITHHELD if withheld else (of_women * 10.0, False)
    assert public_figure("hours", inside, everybody) == expected


def test_a_region_may_ask_for_larger_groups():
    inside = worked(women(9))
    everybody = inside | worked(men(9))
    assert public_figure("people", inside, everybody, smallest=9) == (9, False)
    assert public_figure("people", inside, everybody, smallest=10) == WITHHELD
    assert public_figure("people", worked(women(3)), worked(women(3)), smallest=3) == (3, False)


def test_nobody_worked():
    assert public_figure("hours", {}, {}) == (0, False)
    assert public_figure("people", {}, worked(men(6))) == (0, False)


def test_one_person_with_two_contracts_and_two_months_is_one():
    inside = worked(women(5)) | worked(women(5), hours=5.0, month=FEBRUARY) | worked(women(5), "services", 1.0)
    assert public_figure("people", inside, inside) == (5, False)
    assert public_figure("hours", inside, inside) == (80.0, False)


def test_figures_of_one_kind_of_contract():
    inside = worked(women(6)) | worked(women(5), "services", hours=7.0)
    everybody = inside | worked(men(6)) | worked(men(6), "services")
    assert public_figure("hours", inside, everybody) == (95.0, False)
    assert public_figure("hours", inside, everybody, "works") == (60.0, False)
    assert public_figure("hours", inside, everybody, "services") == (35.0, False)
    assert public_figure("people", inside, everybody, "services") == (5, False)


def test_one_woman_in_services_hides_those_in_works_too():
    """All women less those in works would be her; all women are still shown."""
    inside = worked(women(6)) | worked([0], "services")
    everybody = inside | worked(men(6)) | worked(men(6), "services")
    assert public_figure("people", inside, everybody) == (6, False)
    assert public_figure("people", inside, everybody, "works") == WITHHELD
    assert public_figure("people", inside, everybody, "services") == WITHHELD


def test_a_sixth_woman_waits_for_others():
    """January had five; the difference between the two months would be her hours."""
    before = worked(women(5)) | worked(men(5))
    inside = worked(women(5)) | worked([100], month=FEBRUARY)
    assert public_figure("hours", worked(women(5)), before) == SHOWN_HOURS
    assert public_figure("hours", inside, before | inside) == WITHHELD


def test_hours_taken_back():
    """Of ten hours, three are taken back in February from each of the five women."""
    inside = worked(women(5)) | worked(women(5), hours=-3.0, month=FEBRUARY)
    assert public_figure("hours", inside, inside) == (35.0, False)
    assert public_figure("people", inside, inside) == (5, False)


def test_whoever_had_all_hours_taken_back_is_not_counted():
    inside = worked(women(6)) | worked(women(5), hours=-10.0, month=FEBRUARY)
    assert public_figure("people", inside, inside, smallest=1) == (1, False)
    assert public_figure("hours", inside, inside, smallest=1) == (10.0, False)


@pytest.mark.parametrize(("left", "people"), [(0.004, 5), (0.005, 5), (0.01, 6)])
def test_less_than_a_hundredth_of_an_hour_is_nobody(left, people):
    """What additions and rounding leave is not somebody at work."""
    inside = worked(women(5)) | worked([100], hours=left)
    assert public_figure("people", inside, inside, smallest=1) == (people, False)


@pytest.mark.parametrize(("outside", "withheld"), [(0.0, False), (0.001, False), (0.01, True), (4.0, True)])
def test_a_part_of_somebodys_hours_outside_the_public(outside, withheld):
    """One of five apprentices worked under another contract as well."""
    inside = worked(women(5))
    everybody = inside | worked([0], hours=10.0 + outside)
    assert public_figure("hours", inside, everybody) == (WITHHELD if withheld else SHOWN_HOURS)


@pytest.mark.parametrize(("hours", "withheld"), [(0.005, False), (-0.005, False), (0.006, True)])
def test_one_man_of_hardly_any_hour(hours, withheld):
    everybody = worked(women(5)) | worked([1], hours=hours)
    assert public_figure("hours", worked(women(5)), everybody) == (WITHHELD if withheld else SHOWN_HOURS)


def test_the_parts_of_five_people_outside_the_public_are_enough():
    inside = worked(women(5), hours=4.0)
    assert public_figure("hours", inside, worked(women(5))) == (20.0, False)


@given(st.integers(0, 8), st.integers(0, 8), st.sampled_from(("hours", "people")))
def test_what_is_shown_is_about_five_people_or_nobody(of_women, of_men, measure):
    inside = worked(women(of_women))
    found, is_withheld = public_figure(measure, inside, inside | worked(men(of_men)))
    assert is_withheld == (0 < of_women < 5 or (of_women > 0 and 0 < of_men < 5))
    assert found == (0 if is_withheld else of_women * (10.0 if measure == "hours" else 1))


# -- publics of which only the relay knows who is in them ----------------------------------------------


@pytest.mark.parametrize(("inside", "outside", "told"), [(5, 5, True), (9, 0, False), (9, 4, False), (4, 9, False)])
def test_a_public_of_all_or_of_all_but_a_few_is_withheld(inside, outside, told):
    everybody = worked(women(inside)) | worked(men(outside))
    expected = (inside, False) if told else WITHHELD
    assert public_figure("people", worked(women(inside)), everybody, is_secret=True) == expected


def test_more_hours_do_not_move_the_number_of_people():
    more = worked(women(1), month=FEBRUARY)
    inside = worked(women(6)) | more
    everybody = inside | worked(men(6))
    assert public_figure("people", inside, everybody) == (6, False)
    assert public_figure("hours", inside, everybody) == WITHHELD


@pytest.mark.parametrize(
    ("inside", "outside", "options", "expected"),
    [
        pytest.param(50, 50, {}, (510, False), id="fifty and fifty"),
        pytest.param(49, 60, {}, WITHHELD, id="one too few"),
        pytest.param(60, 49, {}, WITHHELD, id="one too few others"),
        pytest.param(50, 50, {"many": 51}, WITHHELD, id="a Region may ask for more"),
        pytest.param(50, 50, {"kind": "works"}, WITHHELD, id="a kind of contract is a part"),
        pytest.param(50, 50, {"told": None}, WITHHELD, id="before the year is over"),
    ],
)
def test_hours_of_a_public_are_of_many_people_rounded_and_once_a_year(inside, outside, options, expected):
    own = worked(women(inside), hours=10.25)
    everybody = own | worked(men(outside))
    assert secret_hours(own, everybody, **{"told": JANUARY, **options}) == expected


def test_hours_of_a_public_are_those_of_one_day():
    own = worked(women(50)) | worked(women(50), month=FEBRUARY)
    everybody = own | worked(men(50))
    assert secret_hours(own, everybody, told=JANUARY) == (500, False)
