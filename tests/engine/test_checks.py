"""What a validator is warned of: each warning, and the hour just beside it that raises none."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.checks import (
    ABOVE_DAILY_CAP,
    ABOVE_MONTHLY_CAP,
    DUPLICATE,
    ELSEWHERE_SAME_DAY,
    ELSEWHERE_SAME_MONTH,
    NO_PROOF,
    NOT_ELIGIBLE,
    OUTSIDE_CONTRACT,
    Caps,
    Line,
    Period,
    warnings,
)

CAPS = Caps(daily=10, monthly=180)
HIRED, LAST = date(2026, 9, 1), date(2026, 11, 30)
ELIGIBLE = {"P-1": Period(date(2025, 3, 15), date(2027, 3, 14)), "P-2": Period(date(2025, 3, 15), None)}
CONTRACTS = {(person, lot): [Period(HIRED, LAST)] for person in ELIGIBLE for lot in ("lot 1", "lot 2")}
DAY = date(2026, 9, 14)


def line(key=1, hours=7.0, day=DAY, clause="lot 1", person="P-1", **others) -> Line:
    return Line(key, clause, person, day, hours, **others)


def check(*lines, others=(), eligibility=ELIGIBLE, contracts=CONTRACTS, caps=CAPS, proven=frozenset(ELIGIBLE)):
    """The warnings of each line, in their order."""
    return list(warnings(lines, others, eligibility, contracts, caps, proven).values())


def test_a_day_of_work_in_order_raises_nothing():
    assert check(line()) == [[]]


def test_no_line_no_warning():
    assert warnings([], [line()], ELIGIBLE, CONTRACTS, CAPS, set()) == {}


def test_the_codes_that_other_modules_and_translations_know():
    assert [NOT_ELIGIBLE, NO_PROOF, OUTSIDE_CONTRACT] == ["not_eligible", "no_proof", "outside_contract"]
    assert [ABOVE_DAILY_CAP, ABOVE_MONTHLY_CAP] == ["above_daily_cap", "above_monthly_cap"]
    assert [ELSEWHERE_SAME_DAY, ELSEWHERE_SAME_MONTH] == ["elsewhere_same_day", "elsewhere_same_month"]
    assert DUPLICATE == "duplicate"


def test_warnings_are_found_by_the_key_of_their_line():
    """The lines that stand elsewhere are compared, and not warned of themselves."""
    found = warnings([line("a"), line("b", day=DAY + timedelta(1))], [line("c", 4)], ELIGIBLE, CONTRACTS, CAPS, set())
    assert found == {"a": [NO_PROOF, ABOVE_DAILY_CAP, DUPLICATE], "b": [NO_PROOF]}


def test_lines_may_be_read_only_once():
    found = warnings(iter([line()]), iter([line(2, 4)]), ELIGIBLE, CONTRACTS, CAPS, {"P-1"})
    assert found == {1: [ABOVE_DAILY_CAP, DUPLICATE]}


# -- eligibility and proof -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 3, 14), [NOT_ELIGIBLE]),
        (date(2025, 3, 15), []),
        (date(2027, 3, 14), []),
        (date(2027, 3, 15), [NOT_ELIGIBLE]),
    ],
)
def test_the_24_months_include_their_first_and_last_day(day, expected):
    contracts = {("P-1", "lot 1"): [Period(date(2025, 1, 1), None)]}
    assert check(line(day=day), contracts=contracts) == [expected]


def test_eligible_without_an_end():
    contracts = {("P-2", "lot 1"): [Period(HIRED, None)]}
    assert check(line(person="P-2", day=date(2040, 1, 1)), contracts=contracts) == [[]]


def test_nobody_is_eligible_before_a_first_hire_is_known():
    assert check(line(), eligibility={"P-1": Period(None, None)}) == [[NOT_ELIGIBLE]]
    assert check(line(), eligibility={"P-1": Period(None, date(2030, 1, 1))}) == [[NOT_ELIGIBLE]]
    assert check(line(), eligibility={}) == [[NOT_ELIGIBLE]]


def test_the_proof_seen_of_somebody_else_is_no_proof():
    assert check(line(), proven={"P-2"}) == [[NO_PROOF]]


# -- within the work contract ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (HIRED - timedelta(days=1), [OUTSIDE_CONTRACT]),
        (HIRED, []),
        (LAST, []),
        (LAST + timedelta(days=1), [OUTSIDE_CONTRACT]),
    ],
)
def test_an_hour_the_day_before_hire_and_the_day_after_the_last_day(day, expected):
    assert check(line(day=day)) == [expected]


def test_between_two_work_contracts_nobody_works():
    contracts = {("P-1", "lot 1"): [Period(HIRED, date(2026, 9, 10)), Period(date(2026, 9, 20), None)]}
    days = [date(2026, 9, number) for number in (10, 11, 19, 20)]
    lines = [line(number, 7, day) for number, day in enumerate(days)]
    assert check(*lines, contracts=contracts) == [[], [OUTSIDE_CONTRACT], [OUTSIDE_CONTRACT], []]


def test_a_work_contract_under_another_clause_does_not_cover():
    assert check(line(clause="lot 3")) == [[OUTSIDE_CONTRACT]]


def test_the_work_contract_of_somebody_else_does_not_cover():
    assert check(line(), contracts={("P-2", "lot 1"): [Period(HIRED, LAST)]}) == [[OUTSIDE_CONTRACT]]


# -- the daily cap ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "expected"), [(9.75, []), (10, []), (10.25, [ABOVE_DAILY_CAP])])
def test_ten_hours_a_day_are_allowed_and_a_quarter_more_is_not(hours, expected):
    assert check(line(hours=hours)) == [expected]


@pytest.mark.parametrize(("hours", "daily"), [(4, []), (4.5, [ABOVE_DAILY_CAP])])
def test_the_daily_cap_is_over_two_clauses(hours, daily):
    """Six hours under lot 2, already counted, and those of lot 1."""
    assert check(line(hours=hours), others=[line(9, 6, clause="lot 2")]) == [[*daily, ELSEWHERE_SAME_DAY]]


def test_the_daily_cap_is_a_persons_and_a_days():
    others = [line(8, 8, person="P-2"), line(9, 8, day=DAY + timedelta(days=1))]
    assert check(line(hours=8), others=others) == [[]]


def test_a_month_declared_at_once_has_no_daily_cap():
    """140 hours on the last day of September stand for the month."""
    assert check(line(hours=140, day=date(2026, 9, 30), is_monthly=True)) == [[]]


def test_the_hours_of_a_monthly_line_do_not_weigh_on_its_day():
    others = [line(9, 140, day=date(2026, 9, 30), is_monthly=True)]
    assert check(line(hours=8, day=date(2026, 9, 30), kind="training"), others=others) == [[]]


def test_a_monthly_line_is_not_above_the_cap_of_its_day_where_another_line_is():
    day = date(2026, 9, 30)
    monthly, daily = check(line(1, 20, day, is_monthly=True), line(2, 11, day, kind="training"))
    assert (monthly, daily) == ([], [ABOVE_DAILY_CAP])


# -- the monthly cap -------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "expected"), [(179.5, []), (180, []), (180.5, [ABOVE_MONTHLY_CAP])])
def test_180_hours_a_month_are_allowed_and_half_an_hour_more_is_not(hours, expected):
    assert check(line(hours=hours, is_monthly=True)) == [expected]


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 9, 1), [ABOVE_MONTHLY_CAP]), (date(2026, 10, 1), [])])
def test_the_monthly_cap_is_over_the_days_of_one_month(day, expected):
    others = [line(9, 175, day=date(2026, 9, 30), is_monthly=True)]
    assert check(line(hours=6, day=day), others=others) == [expected]


def test_the_same_month_of_another_year_is_another_month():
    others = [line(9, 175, day=date(2025, 9, 30), is_monthly=True)]
    assert check(line(hours=6), others=others) == [[]]


def test_the_monthly_cap_is_a_persons():
    assert check(line(hours=9), others=[line(9, 175, person="P-2", is_monthly=True)]) == [[]]


def test_hours_taken_back_leave_room_in_the_day_and_in_the_month():
    """Twelve hours typed by mistake, of which four are reversed on the same day."""
    others = [line(8, -4, kind="reversal"), line(9, 172, day=date(2026, 9, 30), is_monthly=True)]
    assert check(line(hours=12), others=others) == [[]]
    assert check(line(hours=12), others=others[1:]) == [[ABOVE_DAILY_CAP, ABOVE_MONTHLY_CAP]]


# -- under two clauses -----------------------------------------------------------------------------


def test_the_same_day_under_two_clauses_is_said_of_both():
    assert check(line(1, 3), line(2, 3, clause="lot 2")) == [[ELSEWHERE_SAME_DAY], [ELSEWHERE_SAME_DAY]]


def test_two_days_of_one_month_under_two_clauses_are_in_the_month():
    assert check(line(), others=[line(9, clause="lot 2", day=DAY + timedelta(days=1))]) == [[ELSEWHERE_SAME_MONTH]]


def test_the_month_is_said_where_the_day_alone_cannot_tell():
    """A monthly line says nothing of the days: the other clause is seen in the month."""
    monthly = line(1, 50, date(2026, 9, 14), is_monthly=True)
    assert check(monthly, line(2, clause="lot 2")) == [[ELSEWHERE_SAME_MONTH], [ELSEWHERE_SAME_MONTH]]


def test_two_monthly_lines_of_one_day_are_in_the_month():
    assert check(line(1, 50, is_monthly=True), others=[line(9, 50, clause="lot 2", is_monthly=True)]) == [
        [ELSEWHERE_SAME_MONTH]
    ]


def test_a_day_elsewhere_is_not_told_a_second_time_as_a_month_elsewhere():
    others = [line(8, 2, clause="lot 2"), line(9, 50, clause="lot 3", is_monthly=True)]
    assert check(line(), others=others) == [[ELSEWHERE_SAME_DAY]]


def test_two_months_under_two_clauses_raise_nothing():
    assert check(line(), others=[line(9, clause="lot 2", day=date(2026, 10, 1))]) == [[]]


def test_two_people_under_two_clauses_raise_nothing():
    assert check(line(), others=[line(9, clause="lot 2", person="P-2")]) == [[]]


# -- the same line twice ---------------------------------------------------------------------------


def test_the_same_line_twice_is_a_duplicate_whatever_its_hours():
    assert check(line(1, 3), line(2, 4)) == [[DUPLICATE], [DUPLICATE]]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, [DUPLICATE]),
        ({"kind": "training"}, []),
        ({"day": DAY + timedelta(days=1)}, []),
        ({"person": "P-2"}, []),
        ({"clause": "lot 2"}, [ELSEWHERE_SAME_DAY]),
    ],
)
def test_a_duplicate_has_the_same_clause_person_day_and_kind(other, expected):
    assert check(line(hours=3), others=[line(9, 3, **other)]) == [expected]


def test_work_is_the_usual_kind_and_a_day_the_usual_length():
    assert (line().kind, line().is_monthly) == ("work", False)


def test_a_monthly_line_is_the_duplicate_of_a_daily_one_on_its_day():
    assert check(line(hours=50, is_monthly=True), others=[line(9, 3)]) == [[DUPLICATE]]


# -- several at once -------------------------------------------------------------------------------


def test_everything_at_once_comes_in_one_order():
    others = [line(8, 180, clause="lot 2", person="P-3"), line(9, 1, person="P-3")]
    assert check(line(person="P-3"), others=others, proven=frozenset()) == [
        [
            NOT_ELIGIBLE,
            NO_PROOF,
            OUTSIDE_CONTRACT,
            ABOVE_DAILY_CAP,
            ABOVE_MONTHLY_CAP,
            ELSEWHERE_SAME_DAY,
            DUPLICATE,
        ]
    ]


DECLARED = st.lists(
    st.tuples(
        st.sampled_from(("P-1", "P-2")), st.sampled_from(("lot 1", "lot 2")), st.integers(1, 4), st.integers(1, 8)
    )
)


@settings(max_examples=40)
@given(DECLARED, st.integers(0, 20))
def test_whoever_stands_first_the_caps_are_those_of_the_person(declared, cap):
    """Lines to validate and lines already counted weigh the same, in any order."""
    lines = [
        line(key, hours, date(2026, 9, number), clause, person)
        for key, (person, clause, number, hours) in enumerate(declared)
    ]
    found = warnings(lines, [], ELIGIBLE, CONTRACTS, Caps(cap, 4 * cap), set(ELIGIBLE))
    for one in lines:
        of_month = sum(told[3] for told in declared if told[0] == one.person)
        of_day = sum(told[3] for told in declared if told[0] == one.person and told[2] == one.day.day)
        assert (ABOVE_DAILY_CAP in found[one.key]) == (of_day > cap)
        assert (ABOVE_MONTHLY_CAP in found[one.key]) == (of_month > 4 * cap)
        rest = [other for other in lines if other is not one]
        assert warnings([one], rest, ELIGIBLE, CONTRACTS, Caps(cap, 4 * cap), set(ELIGIBLE)) == {
            one.key: found[one.key]
        }
