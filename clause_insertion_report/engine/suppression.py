"""Which figures about people are withheld, so that nobody is found in them (design decision 6).

Three ways of finding somebody are closed: a figure about too few people, a figure that is the
total less the others, and the difference between two dates, or between a whole and its groups.

Figures about people come out at the end of each month. A cell (a group and a key: "women of this
relay") shows its figures when at least ``smallest`` people are behind it, and when at least as
many have moved since it was last shown, or nobody; otherwise it waits for the next month. So two
answers never differ by fewer people, whatever the dates asked for.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from itertools import groupby
from typing import NamedTuple

from odoo.addons.clause_insertion.engine.small_groups import SMALLEST_GROUP, is_small

WHOLE = None  # the group of everybody
LEAST_HOURS = 0.005


class Entry(NamedTuple):
    """Hours of a person that count in a cell from the month ``moment`` on; negative when taken back."""

    group: Hashable
    key: Hashable
    person: int
    moment: Hashable
    hours: float


class Size(NamedTuple):
    """People behind a cell, and how many of them moved since it was last shown."""

    people: int
    moved: int


def withheld(entries: Iterable[Entry], group: Hashable = WHOLE, smallest: int = SMALLEST_GROUP) -> set:
    """The keys of ``group`` whose figures are withheld after the last month in ``entries``.

    >>> def worked(month, *people, key="F", group="A"):
    ...     return [Entry(group, key, person, month, 10.0) for person in people]
    >>> nine_women, six_men = worked(1, *range(9)), worked(1, *range(20, 26), key="M")
    >>> withheld(nine_women + six_men)
    set()

    Three men are too few, and the women would give them away:

    >>> sorted(withheld(nine_women + worked(1, 20, 21, 22, key="M")))
    ['F', 'M']

    A tenth woman comes in the next month: women wait until five have moved, and so do men.

    >>> sorted(withheld(nine_women + six_men + worked(2, 9)))
    ['F', 'M']
    >>> withheld(nine_women + six_men + worked(2, 9) + worked(3, 10, 11, 12, 13) + worked(3, *range(30, 35), key="M"))
    set()

    Women of relay B are four: they are withheld, and so are those of relay A, whom the Region's total less theirs
    would give.

    >>> women = nine_women + worked(1, 40, 41, 42, 43, group="B")
    >>> withheld(women), withheld(women, "A"), withheld(women, "B")
    (set(), {'F'}, {'F'})
    """
    standing: dict = defaultdict(lambda: defaultdict(float))
    moved: dict = defaultdict(set)
    hidden: set = set()
    with_groups = group is not WHOLE
    for _moment, batch in groupby(sorted(entries, key=lambda entry: entry.moment), key=lambda entry: entry.moment):
        for entry in batch:
            for cell in [(WHOLE, entry.key), (entry.group, entry.key)] if with_groups else [(WHOLE, entry.key)]:
                standing[cell][entry.person] += entry.hours
                moved[cell].add(entry.person)
        sizes = {
            cell: Size(sum(hours > LEAST_HOURS for hours in people.values()), len(moved[cell]))
            for cell, people in standing.items()
        }
        hidden = _hidden(sizes, smallest)
        for cell in sizes.keys() - hidden:
            moved[cell].clear()
    return {key for cell_group, key in hidden if cell_group == group}


def _hidden(sizes: dict, smallest: int) -> set:
    """The cells that wait: the whole is decided first, then its groups, which must not give each other away."""
    whole = widened([[cell for cell in sizes if cell[0] is WHOLE]], sizes, smallest)
    parts = [cell for cell in sizes if cell[0] is not WHOLE]
    by_group, by_key = defaultdict(list), defaultdict(list)
    for cell in parts:
        by_group[cell[0]].append(cell)
        by_key[cell[1]].append(cell)
    return whole | widened([*by_group.values(), *by_key.values()], sizes, smallest)


def widened(lines: list[list], sizes: dict, smallest: int) -> set:
    """The small cells of the lines, and others of the same line until those withheld cannot be told apart."""
    hidden = {
        cell
        for line in lines
        for cell in line
        if is_small(sizes[cell].people, smallest) or (sizes[cell].people and is_small(sizes[cell].moved, smallest))
    }
    changed = bool(hidden)
    while changed:
        changed = False
        for line in lines:
            added = _companions(line, hidden, sizes, smallest)
            changed = changed or bool(added)
            hidden |= added
    return hidden


def _companions(line: list, hidden: set, sizes: dict, smallest: int) -> set:
    """The smallest of the cells still shown in the line that must be withheld with those already so."""
    together = [cell for cell in line if cell in hidden]
    shown = sorted(
        (cell for cell in line if cell not in hidden and sizes[cell].people), key=lambda cell: sizes[cell].people
    )
    added: set = set()
    while together and shown and not _is_safe(together, sizes, smallest):
        added.add(shown[0])
        together.append(shown.pop(0))
    return added


def _is_safe(cells: list, sizes: dict, smallest: int) -> bool:
    people = sum(sizes[cell].people for cell in cells)
    moved = sum(sizes[cell].moved for cell in cells)
    return len(cells) > 1 and people >= smallest and not is_small(moved, smallest)
