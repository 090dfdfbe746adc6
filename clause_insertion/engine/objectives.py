"""What a public has worked in a year, beside the Region's objective for it.

Hours are those validated, by month of validation, kind of contract and person; those taken back are negative.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping

from .exact import total
from .hours_by_trait import MANY, rounded, told_keys
from .suppression import LEAST_HOURS, SMALLEST_GROUP, WHOLE, steps, withheld

INSIDE, OUTSIDE = "inside", "outside"

Hours = Mapping[tuple[Hashable, str, int], float]  # by month, kind of contract and person


def public_figure(
    measure: str,
    inside: Hours,
    everybody: Hours,
    kind: str | None = None,
    smallest: int = SMALLEST_GROUP,
    is_secret: bool = False,
) -> tuple[float, bool]:
    """The hours or the people of a public (``inside``), of one kind of contract or of all; whether it is withheld.

    ``is_secret``: who is of the public is its relay's to know; hours are then those of ``secret_hours``.

    >>> def worked(people, kind="works", hours=10.0):
    ...     return {(1, kind, person): hours for person in people}
    >>> women, men = range(0, 12, 2), range(1, 13, 2)
    >>> everybody = worked(women) | worked(men)
    >>> public_figure("hours", worked(women), everybody), public_figure("people", worked(women), everybody)
    ((60.0, False), (6, False))

    One man would be the difference between everybody and the women. One woman in services would be the difference
    between all women and those in works:

    >>> public_figure("hours", worked(women), worked([*women, 1]))
    (0, True)
    >>> inside = worked(women) | worked([0], "services")
    >>> everybody = inside | worked(men) | worked(men, "services")
    >>> [public_figure("people", inside, everybody, kind) for kind in (None, "works", "services")]
    [(6, False), (0, True), (0, True)]

    A part of a person's hours may be under the public, such as an apprenticeship that follows another contract. Who
    has had all hours taken back is no longer counted.

    >>> apprentices = worked(women, hours=4.0)
    >>> public_figure("hours", apprentices, worked(women))
    (24.0, False)
    >>> taken_back = {(2, "works", 0): -10.0}
    >>> public_figure("people", worked(women) | taken_back, worked(women) | taken_back, smallest=1)
    (5, False)
    """
    months = steps(_inside_and_outside(inside, everybody), of_hours=measure == "hours")
    if INSIDE in withheld(months, lambda somebody: somebody[:1], kind or WHOLE, smallest, is_secret):
        return 0, True
    by_person = _by_person({key: number for key, number in inside.items() if not kind or key[1] == kind})
    if measure == "hours":
        return total(by_person.values()), False
    return sum(number > LEAST_HOURS for number in by_person.values()), False


def secret_hours(
    inside: Hours, everybody: Hours, kind: str | None = None, told: Hashable = None, many: int = MANY
) -> tuple[float, bool]:
    """The hours of a public that its relays alone may know of anybody; whether they are withheld.

    Like those of a yearly statement (see ``hours_by_trait``): of all kinds of contract together, as of the month
    ``told``, which is None before the year is told of.

    >>> inside = {(1, "works", person): 10.2 for person in range(60)}
    >>> everybody = inside | {(1, "works", person): 10.0 for person in range(60, 120)}
    >>> secret_hours(inside, everybody, told=1), secret_hours(inside, everybody), secret_hours(inside, inside, told=1)
    ((610.0, False), (0, True), (0, True))
    >>> secret_hours(inside, everybody, "works", told=1), secret_hours({}, everybody, told=1)
    ((0, True), (0.0, False))
    """
    if kind or told is None:
        return 0, True
    own, all_hours = (
        _by_person({key: number for key, number in hours.items() if key[0] <= told}) for hours in (inside, everybody)
    )
    standing, all_standing = (sum(number > LEAST_HOURS for number in hours.values()) for hours in (own, all_hours))
    if not told_keys({INSIDE: standing}, all_standing, many):
        return 0, True
    return rounded(total(own.values())), False


def _by_person(hours: Hours) -> dict[int, float]:
    by_person: dict[int, float] = defaultdict(float)
    for (_month, _kind, person), number in hours.items():
        by_person[person] += number
    return by_person


def _inside_and_outside(inside: Hours, everybody: Hours) -> dict[tuple, float]:
    """Those of the public and those who are not, who would give each other away."""
    hours = {}
    for (month, kind, person), number in everybody.items():
        own = inside.get((month, kind, person), 0)
        for side, part in ((INSIDE, own), (OUTSIDE, number - own)):
            if abs(part) > LEAST_HOURS:
                hours[month, kind, (side, person)] = part
    return hours
