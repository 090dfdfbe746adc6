from collections import defaultdict
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...engine.suppression import LEAST_HOURS, WHOLE, steps, withheld

SMALLEST = 5
PEOPLE, MONTHS, GROUPS, KEYS = 40, 6, ("A", "B", "C"), ("female", "male", "other")


class Entry(NamedTuple):
    person: int
    key: str
    month: int
    group: str
    hours: float


@st.composite
def ledgers(draw):
    """People of one key each, who work in one or two groups and come in over some months."""
    entries = []
    for person in range(draw(st.integers(0, PEOPLE))):
        key = draw(st.sampled_from(KEYS))
        for _time in range(draw(st.integers(1, 3))):
            month, group = draw(st.integers(0, MONTHS - 1)), draw(st.sampled_from(GROUPS))
            entries.append(Entry(person, key, month, group, draw(st.sampled_from((10.0, 25.0)))))
    return entries


class TestSuppression(BaseCase):
    """Somebody who asks for every statement, of every month, of the whole and of each part, finds nobody."""

    def _shown(self, entries, month, group):
        """``{key: people}`` of what the statement of that month shows, and of what there is."""
        until = [entry for entry in entries if entry.month <= month]
        hours, keys = defaultdict(float), {}
        people = defaultdict(lambda: defaultdict(float))
        for entry in until:
            hours[entry.month, entry.group, entry.person] += entry.hours
            keys[entry.person] = (entry.key,)
            if group is WHOLE or entry.group == group:
                people[entry.key][entry.person] += entry.hours
        hidden = withheld(steps(hours, group is not WHOLE), keys.__getitem__, group, SMALLEST)
        standing = {key: {p for p, number in found.items() if number > LEAST_HOURS} for key, found in people.items()}
        return {key: found for key, found in standing.items() if key not in hidden and found}, standing

    @settings(max_examples=150, deadline=None)
    @given(ledgers())
    def test_no_figure_is_about_fewer_than_five(self, entries):
        for group in (WHOLE, *GROUPS):
            shown, _all = self._shown(entries, MONTHS, group)
            for people in shown.values():
                self.assertGreaterEqual(len(people), SMALLEST)

    @settings(max_examples=150, deadline=None)
    @given(ledgers())
    def test_the_total_less_the_parts_gives_nobody(self, entries):
        """By key within a group, and by group within a key: what is left is nobody, or five at least."""
        for group in (WHOLE, *GROUPS):
            shown, standing = self._shown(entries, MONTHS, group)
            left = [people for key, people in standing.items() if key not in shown and people]
            if shown and left:
                self.assertGreaterEqual(sum(map(len, left)), SMALLEST)
                self.assertGreater(len(left), 1)
        whole, _all = self._shown(entries, MONTHS, WHOLE)
        for key in whole:
            shown_of_key, hidden_of_key = [], []
            for group in GROUPS:
                shown, standing = self._shown(entries, MONTHS, group)
                (shown_of_key if key in shown else hidden_of_key).append(standing.get(key, set()))
            hidden_of_key = [people for people in hidden_of_key if people]
            if shown_of_key and hidden_of_key:
                self.assertGreater(len(hidden_of_key), 1)

    @settings(max_examples=150, deadline=None)
    @given(ledgers())
    def test_two_dates_differ_by_nobody_or_by_five(self, entries):
        """Whoever compares two months learns of the hours of at least five people, or of nobody's."""
        for group in (WHOLE, *GROUPS):
            for earlier in range(MONTHS):
                for later in range(earlier + 1, MONTHS):
                    before, _all = self._shown(entries, earlier, group)
                    after, _all = self._shown(entries, later, group)
                    for key in before.keys() & after.keys():
                        moved = {
                            entry.person
                            for entry in entries
                            if entry.key == key
                            and (group is WHOLE or entry.group == group)
                            and earlier < entry.month <= later
                        }
                        self.assertTrue(not moved or len(moved) >= SMALLEST, (group, key, earlier, later))
