"""Which figures about people are withheld, so that nobody is found in them (design decision 6).

Three ways of finding somebody are closed: a figure about too few people, a figure that is the
total less the others, and the difference between two dates, or between a whole and its groups.

Figures about people come out at the end of each month. A cell (a group and a key: "women of this
relay") shows its figures when at least ``smallest`` people are behind it, and when at least as
many have moved since it was last shown, or nobody; otherwise it waits for the next month. So two
answers never differ by fewer people, whatever the dates asked for.

Where readers may not know the trait of anybody (``is_secret``), a figure about all people, or about all but a few,
is withheld as well: it would tell of each that she has it. The same holds of all those who have moved.

What this does not see: groups that cut across each other (a contractor's clauses in a department); what is corrected
afterwards about a person, or the relay that a clause is handed over to, which changes past months too; and what
follows from a figure's being withheld: eight people today, too few last month and six newcomers are nearly six names.
Hours by trait have a stricter rule: ``hours_by_trait``.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

SMALLEST_GROUP = 5  # people; a figure about fewer of them is withheld. The usual value of a parameter.
FEWEST = 3  # the least that the parameter may be
WHOLE = None  # the group of everybody
LEAST_HOURS = 0.005

Keys = Callable[[int], Iterable[Hashable]]  # of a person, in one dimension


class Step(NamedTuple):
    """Somebody whose hours in a group changed: ``change`` is 1 if they came in, -1 if they left, else 0."""

    group: Hashable
    person: int
    change: int


class Size(NamedTuple):
    """People behind a cell, and how many of them moved since it was last shown."""

    people: int
    moved: int


def is_small(people: int, smallest: int = SMALLEST_GROUP) -> bool:
    """Whether a figure about that many people would tell who they are; nobody is no group.

    >>> is_small(0), is_small(1), is_small(4), is_small(5)
    (False, True, True, False)
    >>> is_small(5, smallest=11)
    True
    """
    return 0 < people < smallest


def release_day(as_of: date, today: date) -> date:
    """The last end of a month that is over and not after ``as_of``: figures about people come out on that day.

    >>> release_day(date(2026, 3, 31), date(2026, 4, 1)), release_day(date(2026, 3, 30), date(2026, 4, 1))
    (datetime.date(2026, 3, 31), datetime.date(2026, 2, 28))

    A month that ends today is not over:

    >>> release_day(date(2026, 3, 31), date(2026, 3, 31))
    datetime.date(2026, 2, 28)
    """
    last = min(as_of, today - timedelta(days=1))
    return last if (last + timedelta(days=1)).day == 1 else last + relativedelta(day=1, days=-1)


def steps(hours: dict[tuple, float], with_groups: bool = True, of_hours: bool = True) -> dict[Hashable, list[Step]]:
    """By month, in order, from ``{(month, group, person): hours}``; hours taken back are negative.

    Not ``of_hours``: where people are only counted, more hours of somebody who is in already tell nothing.

    >>> for month, found in steps({(1, "A", 7): 10.0, (3, "A", 7): -15.0, (2, "A", 7): 5.0}, with_groups=False).items():
    ...     print(month, found)
    1 [Step(group=None, person=7, change=1)]
    2 [Step(group=None, person=7, change=0)]
    3 [Step(group=None, person=7, change=-1)]
    """
    months: dict = defaultdict(list)
    standing: dict = defaultdict(float)
    for (month, group, person), number in sorted(hours.items(), key=lambda item: item[0][0]):
        for one in (WHOLE, group) if with_groups else (WHOLE,):
            before = standing[one, person]
            standing[one, person] = after = before + number
            change = (after > LEAST_HOURS) - (before > LEAST_HOURS)
            if change or of_hours:
                months[month].append(Step(one, person, change))
    return months


def withheld(
    months: dict[Hashable, list[Step]],
    keys: Keys,
    group: Hashable = WHOLE,
    smallest: int = SMALLEST_GROUP,
    is_secret: bool = False,
    also: Collection[Hashable] = (),
) -> set:
    """The keys of ``group`` whose figures are withheld after the last month of the steps.

    ``is_secret``: that all people have it is withheld too. ``also``: what the caller withholds, with what follows.

    >>> def worked(month, *people, group="A"):
    ...     return {(month, group, person): 10.0 for person in people}
    >>> def keys(person):  # women are those of even numbers
    ...     return ("M",) if person % 2 else ("F",)
    >>> nine_women, six_men = worked(1, *range(0, 18, 2)), worked(1, *range(1, 13, 2))
    >>> def found(*told, group=WHOLE):
    ...     hours = {moment: number for part in told for moment, number in part.items()}
    ...     return sorted(withheld(steps(hours, group is not WHOLE), keys, group))
    >>> found(nine_women, six_men)
    []

    Three men are too few, and the women would give them away:

    >>> found(nine_women, worked(1, 1, 3, 5))
    ['F', 'M']

    A tenth woman comes in the next month: women wait until five have moved, and so do men.

    >>> found(nine_women, six_men, worked(2, 18))
    ['F', 'M']
    >>> found(nine_women, six_men, worked(2, 18), worked(3, 20, 22, 24, 26), worked(3, *range(31, 41, 2)))
    []

    Women of relay B are four: they are withheld, and so are those of relay A, whom the Region's total less theirs
    would give.

    >>> women = (nine_women, worked(1, 40, 42, 44, 46, group="B"))
    >>> found(*women), found(*women, group="A"), found(*women, group="B")
    ([], ['F'], ['F'])
    """
    people, everybody = Counter[tuple](), _Everybody()
    moved: dict = defaultdict(set)
    sizes: dict = {}
    hidden: set = set()
    for batch in months.values():
        everybody.follow(batch)
        for one, person, change in batch:
            for key in keys(person):
                people[one, key] += change
                moved[one, key].add(person)
        sizes = {cell: Size(people[cell], len(those)) for cell, those in moved.items()}
        hidden = _hidden(sizes, smallest, everybody.telling(sizes, smallest) if is_secret else ())
        for cell in sizes.keys() - hidden:
            everybody.shown[cell] = everybody.month
            moved[cell].clear()
    of_group = [cell for cell in sizes if cell[0] == group]
    hidden = widened([of_group], sizes, smallest, hidden | {(group, key) for key in also}) if also else hidden
    return {key for cell_group, key in hidden if cell_group == group}


class _Everybody:
    """How many people are in a group, and how many of them have moved since a cell of theirs was shown."""

    def __init__(self):
        self.month = 0
        self.people: Counter = Counter()
        self.last_moves: dict = {}  # the month of each person's last move in a group
        self.moves: Counter = Counter()  # how many people's it is
        self.shown: dict = {}  # the month in which each cell last was

    def follow(self, batch: list[Step]) -> None:
        self.month += 1
        for group, person, change in batch:
            self.people[group] += change
            self.moves[group, self.last_moves.get((group, person))] -= 1
            self.moves[group, self.month] += 1
            self.last_moves[group, person] = self.month

    def telling(self, sizes: Mapping, smallest: int) -> set:
        """The cells of all people of their group, or of all who have moved, but a few."""
        return {
            cell
            for cell, size in sizes.items()
            if _is_nearly_all(size.people, self.people[cell[0]] - size.people, smallest)
            or _is_nearly_all(size.moved, self._moved(cell) - size.moved, smallest)
        }

    def _moved(self, cell) -> int:
        return sum(self.moves[cell[0], month] for month in range(self.shown.get(cell, 0) + 1, self.month + 1))


def _is_nearly_all(having: int, others: int, smallest: int) -> bool:
    return is_small(others, smallest) or bool(having and not others)


def _hidden(sizes: dict, smallest: int, also: Collection = ()) -> set:
    """The cells that wait: the whole is decided first, then its groups, which must not give each other away."""
    whole = widened([[cell for cell in sizes if cell[0] is WHOLE]], sizes, smallest, also)
    parts = [cell for cell in sizes if cell[0] is not WHOLE]
    by_group, by_key = defaultdict(list), defaultdict(list)
    for cell in parts:
        by_group[cell[0]].append(cell)
        by_key[cell[1]].append(cell)
    return whole | widened([*by_group.values(), *by_key.values()], sizes, smallest, also)


def widened(lines: list[list], sizes: dict, smallest: int, hidden: Collection = ()) -> set:
    """The small cells of the lines, and others of the same line until those withheld cannot be told apart.

    ``hidden``: those withheld already, or for another reason.
    """
    hidden = set(hidden) | {
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
