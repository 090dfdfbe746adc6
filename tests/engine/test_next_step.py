"""Who acts next on a clause: months owed and due, the balance, what is behind schedule, what comes first."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.next_step import (
    ACTORS,
    PRIORITY,
    Step,
    balance_on,
    behind_on,
    coming,
    due_on,
    first,
    is_owed,
    month_to_declare,
)

DAY = timedelta(days=1)
START, END = date(2026, 9, 14), date(2027, 9, 13)
AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)
SINCE = date(2026, 10, 5)
# From the most urgent to the least.
ORDER = (
    *("penalty_decide", "amendment", "validate", "correct", "late", "certificate", "recruitment", "relay", "behind"),
)


def step(kind, since=SINCE, month=None, record=0):
    return Step(kind, ACTORS[kind], since, month, record)


# -- what comes first ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "kinds"),
    [
        ("contractor", {"late", "correct", "penalty_reply"}),
        ("facilitator", {"validate", "recruitment", "eligibility", "employment"}),
        ("officer", {"behind", "relay", "amendment", "balance", "certificate", "penalty_decide"}),
    ],
)
def test_who_acts_on_what_waits(actor, kinds):
    """Each thing that waits has one actor."""
    assert {kind for kind, acts in ACTORS.items() if acts == actor} == kinds


def test_what_is_about_a_person_is_no_step_of_a_clause():
    """Everything else has one place in the order."""
    ranked = [kind for kinds in PRIORITY for kind in kinds]
    assert sorted(ranked) == sorted(set(ACTORS) - {"eligibility", "employment"})
    assert first([step("eligibility"), step("employment")]) is None
    assert first([]) is None


@pytest.mark.parametrize(("urgent", "other"), zip(ORDER, ORDER[1:], strict=False))
def test_the_more_urgent_kind_comes_first(urgent, other):
    """However old the other one is, and in whatever order they are given."""
    steps = [step(urgent, SINCE, OCTOBER, 9), step(other, SINCE - 90 * DAY, None, 1)]
    assert first(steps).kind == first(reversed(steps)).kind == urgent


@pytest.mark.parametrize(("one", "two"), [("penalty_reply", "penalty_decide"), ("balance", "certificate")])
def test_kinds_of_one_rank_come_by_age(one, two):
    """A penalty is a penalty, the end is the end: what waits longest."""
    assert first([step(one, SINCE), step(two, SINCE - DAY)]).kind == two
    assert first([step(two, SINCE), step(one, SINCE - DAY)]).kind == one


def test_of_one_kind_the_oldest_month_then_the_longest_wait_then_the_oldest_record():
    """Each of them counts only where those before it are equal."""
    month = step("validate", SINCE, AUGUST, 3)
    assert first([step("validate", SINCE - DAY, SEPTEMBER, 1), month]) == month
    wait = step("validate", SINCE - DAY, AUGUST, 3)
    assert first([step("validate", SINCE, AUGUST, 1), wait]) == wait
    record = step("validate", SINCE, AUGUST, 1)
    assert first([month, record]) == record


def test_what_has_no_month_comes_before_what_has_one():
    """A late month and a late step without a month."""
    assert first([step("late", SINCE, AUGUST), step("late", SINCE)]).month is None


# -- what is only coming ---------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "planned"])
def test_before_the_award_the_buyer_acts(state):
    """Since the clause is in that state, month or not."""
    for month in (None, SEPTEMBER):
        assert coming(state, SINCE, START, month, START) == ("award", "buyer", SINCE, None, 0)


@pytest.mark.parametrize("state", ["balanced", "certified", "cancelled", "suspended"])
def test_a_clause_that_no_longer_runs_has_nothing_coming(state):
    """Whatever its months."""
    assert coming(state, SINCE, START, SEPTEMBER, END) is None
    assert coming(state, SINCE, START, None, END) is None


def test_when_no_month_is_to_come_the_balance_is():
    """It waits for nobody yet."""
    assert coming("running", SINCE, START, None, END) == ("balance", "officer", None, None, 0)


@pytest.mark.parametrize(
    ("month", "today", "since"),
    [
        (SEPTEMBER, START - DAY, None),
        (SEPTEMBER, START, START),
        (SEPTEMBER, START + DAY, START),
        (OCTOBER, date(2026, 9, 30), None),
        (OCTOBER, OCTOBER, OCTOBER),
    ],
)
def test_a_month_may_be_declared_from_its_first_day_in_the_contract(month, today, since):
    """The first month from the start of the contract, the others from their first day."""
    assert coming("running", SINCE, START, month, today) == Step("declare", "contractor", since, month)


def test_a_month_of_a_contract_without_a_start_begins_on_its_first_day():
    """Nothing else is known."""
    assert coming("running", SINCE, None, OCTOBER, OCTOBER).since == OCTOBER
    assert coming("running", SINCE, None, OCTOBER, OCTOBER - DAY).since is None


# -- months ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_declared", "owed"),
    [
        (None, SEPTEMBER),
        (date(2026, 6, 1), SEPTEMBER),  # declared before the start was moved
        (AUGUST, SEPTEMBER),
        (SEPTEMBER, OCTOBER),
        (date(2026, 12, 1), date(2027, 1, 1)),
        (date(2027, 8, 1), date(2027, 9, 1)),
        (date(2027, 9, 1), None),
        (date(2027, 12, 1), None),
    ],
)
def test_the_month_owed_next(last_declared, owed):
    """The first month owed is that of the start, the last one that of the end."""
    assert month_to_declare(START, END, last_declared) == owed


@pytest.mark.parametrize(("end", "owed"), [(date(2026, 9, 30), None), (OCTOBER, OCTOBER), (None, OCTOBER)])
def test_a_contract_that_ends_on_the_first_of_a_month_owes_it(end, owed):
    """One day of a month is a month owed; without an end there is always another."""
    assert month_to_declare(START, end, SEPTEMBER) == owed


def test_months_of_a_contract_without_a_start():
    """After what was declared; nothing at all without that."""
    assert month_to_declare(None, END, SEPTEMBER) == OCTOBER
    assert month_to_declare(None, END, None) is None
    assert month_to_declare(None, None, None) is None


@pytest.mark.parametrize(
    ("owed_next", "end", "owed"),
    [
        (SEPTEMBER, None, True),
        (OCTOBER, None, True),
        (date(2026, 11, 1), None, False),
        (None, None, False),
        (None, END, False),
        (SEPTEMBER, date(2026, 9, 30), False),
        (SEPTEMBER, OCTOBER, True),
        (SEPTEMBER, END, True),
    ],
)
def test_whether_october_is_owed(owed_next, end, owed):
    """From the month owed next until the end of the contract, both included."""
    assert is_owed(OCTOBER, owed_next, end) is owed


DUE_DAYS = [(date(2026, 10, 1), 15.0), (date(2000, 1, 1), 10.0), (date(2027, 2, 1), 31.0)]


@pytest.mark.parametrize(
    ("month", "due"),
    [
        (AUGUST, date(2026, 9, 10)),
        (SEPTEMBER, date(2026, 10, 15)),  # over on the day the 15th comes in force
        (date(2026, 12, 1), date(2027, 1, 15)),
        (date(2027, 1, 1), date(2027, 2, 28)),
        (date(2027, 2, 1), date(2027, 3, 31)),
        (date(1999, 12, 1), date(2000, 1, 10)),
        (date(1999, 11, 1), None),
        (None, None),
    ],
)
def test_the_due_day_in_force_when_the_month_is_over(month, due):
    """The 31st of February is its last day; before any parameter no day is due."""
    assert due_on(month, DUE_DAYS) == due


@pytest.mark.parametrize(
    ("validated_on", "waits"),
    [
        (date(2026, 9, 28), date(2026, 10, 1)),
        (date(2026, 9, 30), date(2026, 10, 1)),
        (date(2026, 10, 1), date(2026, 10, 1)),
        (date(2026, 10, 2), date(2026, 10, 2)),
    ],
)
def test_the_balance_waits_once_the_contract_is_over_and_validated(validated_on, waits):
    """The day after the end, or the day of the last validation."""
    assert balance_on(date(2026, 9, 30), validated_on) == waits


# -- behind schedule -------------------------------------------------------------------------------

HUNDRED = date(2026, 8, 1), date(2026, 11, 8)  # 100 days
LONG_AGO = date(2000, 1, 1)


def day_of_hundred(number):
    return date(2026, 7, 31) + timedelta(days=number)


@pytest.mark.parametrize(
    ("progress", "margin", "number"),
    [
        (0, 0, 1),
        (0, 0.2, 21),
        (0.1, 0.2, 31),
        (0.29, 0, 30),  # 0.29 * 100 is a little less than 29
        (0.55, 0.05, 61),
        (0.795, 0.2, 100),
        (0.79, 0.2, 100),
        (0.8, 0.2, None),
        (1.2, 0.2, None),
        (0.209999996, 0, 22),  # within a millionth of a day of 21 days
        (0.20999996, 0, 21),
    ],
)
def test_the_first_day_behind_schedule(progress, margin, number):
    """The share of time on its evening exceeds the share of hours by more than the margin: at the margin it is not."""
    expected = number and day_of_hundred(number)
    assert behind_on(*HUNDRED, progress, [(LONG_AGO, margin)]) == expected


def test_nothing_is_behind_without_dates_or_margin():
    """There is nothing to compare with."""
    margins = [(LONG_AGO, 0.2)]
    assert behind_on(None, HUNDRED[1], 0, margins) is None
    assert behind_on(HUNDRED[0], None, 0, margins) is None
    assert behind_on(*HUNDRED, 0, []) is None


@pytest.mark.parametrize(
    ("in_force", "margin", "number"),
    [
        (41, 0.0, 41),  # stricter from the 41st day on, on which 30 points are done
        (20, 0.0, 31),
        (41, 0.5, 81),  # wider
        (100, 0.0, 51),  # behind already since the 51st day, and still
        (100, 0.7, None),  # behind until the eve of the last day, no longer then
        (101, 0.7, 51),  # after the end: counts for nothing
        (1, 0.2, 51),
        (51, 0.2, 51),
        (52, 0.2, 51),
    ],
)
def test_another_margin_counts_from_its_first_day_on(in_force, margin, number):
    """With 30 points done and 20 points of margin until then."""
    margins = [(day_of_hundred(in_force), margin), (LONG_AGO, 0.2)]
    expected = number and day_of_hundred(number)
    assert behind_on(*HUNDRED, 0.3, margins) == behind_on(*HUNDRED, 0.3, margins[::-1]) == expected


def test_before_the_first_margin_nothing_is_behind():
    """The parameter begins within the contract."""
    assert behind_on(*HUNDRED, 0, [(day_of_hundred(60), 0.2)]) == day_of_hundred(60)
    assert behind_on(*HUNDRED, 0, [(day_of_hundred(100), 0.2)]) == day_of_hundred(100)
    assert behind_on(*HUNDRED, 0, [(day_of_hundred(101), 0.2)]) is None


@given(
    st.integers(1, 150),
    st.integers(0, 130),
    st.dictionaries(st.integers(-20, 170), st.integers(0, 60), max_size=4),
)
def test_from_that_day_on_every_evening_is_behind_until_the_end(days, done, margins):
    """Seen evening after evening, from the last one back."""

    def is_behind(number):
        in_force = [margin for since, margin in sorted(margins.items()) if since <= number]
        return bool(in_force) and Fraction(number, days) > Fraction(done + in_force[-1], 100)

    number = days + 1
    while number > 1 and is_behind(number - 1):
        number -= 1
    expected = day_of_hundred(number) if number <= days else None
    dated = [(day_of_hundred(since), margin / 100) for since, margin in margins.items()]
    assert behind_on(day_of_hundred(1), day_of_hundred(days), done / 100, dated) == expected
