"""What a public has worked in a year, beside the Region's objective for it.

Hours are those validated, by month of validation, kind of contract and person; those taken back are negative.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping

from .suppression import LEAST_HOURS, SMALLEST_GROUP, WHOLE, steps, withheld

INSIDE, OUTSIDE = "inside", "outside"

Hours = Mapping[tuple[Hashable, str, int], float]  # by month, kind of contract and person


def public_figure(
    measure: str, inside: Hours, everybody: Hours, kind: str | None = None, smallest: int = SMALLEST_GROUP
) -> tuple[float, bool]:
    """The hours or the people of a public (``inside``), of one kind of contract or of all; whether it is withheld.

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
    months = steps(_inside_and_outside(inside, everybody))
    if INSIDE in withheld(months, lambda somebody: somebody[:1], kind or WHOLE, smallest):
        return 0, True
    by_person: dict[int, float] = defaultdict(float)
    for (_month, own_kind, person), number in inside.items():
        if not kind or kind == own_kind:
            by_person[person] += number
    if measure == "hours":
        return sum(by_person.values()), False
    return sum(number > LEAST_HOURS for number in by_person.values()), False


def _inside_and_outside(inside: Hours, everybody: Hours) -> dict[tuple, float]:
    """Those of the public and those who are not, who would give each other away."""
    hours = {}
    for (month, kind, person), number in everybody.items():
        own = inside.get((month, kind, person), 0)
        for side, part in ((INSIDE, own), (OUTSIDE, number - own)):
            if abs(part) > LEAST_HOURS:
                hours[month, kind, (side, person)] = part
    return hours
