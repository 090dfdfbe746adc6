"""Nobody is kept longer than said, nor erased sooner; what would tell who a person was is found as it is written."""

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.files.quoted import quoted
from odoo.addons.clause_insertion.engine.retention import (
    announced_for,
    erasure_day,
    is_due,
    telling_pattern,
    unlinked_pseudonym,
)

DAYS = st.dates(date(2010, 1, 1), date(2040, 1, 1))
MONTHS, NOTICES = st.integers(1, 120), st.integers(0, 90)


@given(DAYS, MONTHS, NOTICES, st.integers(0, 400))
def test_a_job_that_runs_every_day_erases_on_the_day(last, months, notice, late):
    """Announced on the first day possible, erased when the months are over; a late first run gives the notice."""
    first = erasure_day(last, months) - timedelta(days=notice)
    assert announced_for(first - timedelta(days=1), last, months, notice) is None
    day = announced_for(first + timedelta(days=late), last, months, notice)
    assert day == erasure_day(last, months) + timedelta(days=late)
    assert is_due(day, last, day, months)
    assert not is_due(day - timedelta(days=1), last, day, months)


@given(DAYS, DAYS, MONTHS)
def test_nobody_is_erased_before_the_months_are_over(today, last, months):
    if is_due(today, last, today, months):
        assert today >= erasure_day(last, months)


def test_pseudonyms_do_not_follow_each_other():
    drawn = {unlinked_pseudonym() for _time in range(1000)}
    assert len(drawn) == 1000
    assert sorted(drawn) != list(drawn)


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(("", " ", "\n")))
def test_any_text_is_found_as_it_was_written(text, around):
    assert re.search(telling_pattern([text]), f"{around}{text.strip()}{around}")


def test_telephone_numbers():
    found = re.compile(telling_pattern([], ["+33 (0)6 39 98 12 34"]))
    for written in ("0639981234", "06 39 98 12 34", "+33 6 39.98.12.34", "0033639981234", "tél.06-39-98-12-34"):
        assert found.search(written), written
    for other in ("0639981235", "10639981234", "06399812345"):
        assert not found.search(other), other


@given(st.binary(max_size=200))
def test_any_file_can_be_asked(content):
    assert quoted(content) is None or isinstance(quoted(content), str)
