"""Which territory a place of performance belongs to, and which relay answers there.

Territories and relays are known by their numbers. A territory that has a relay *of its own* is a key of
``relays``; the others are answered for by the nearest one around them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SMALLEST_FIRST = ("qpv", "epci", "employment_zone", "department", "region")
LARGEST_CHOSEN = SMALLEST_FIRST.index("department")


@dataclass(frozen=True, slots=True)
class Area:
    """A territory that holds a place; ``depth`` is the number of territories around it."""

    id: int
    kind: str
    depth: int = 0

    @property
    def size(self) -> int:
        return SMALLEST_FIRST.index(self.kind)


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a place; ``between`` names the territories among which its commune would decide."""

    territory: int | None = None
    relay: int | None = None
    between: tuple[int, ...] = ()


def relay_of(areas: Iterable[Area], relays: Mapping[int, int]) -> int | None:
    """The relay of the smallest area that has one.

    >>> relay_of([Area(1, "region"), Area(2, "department"), Area(3, "epci")], {1: 10, 2: 20})
    20
    """
    return next((relays[area.id] for area in _sorted(areas) if area.id in relays), None)


def territory_of(areas: Iterable[Area], relays: Mapping[int, int]) -> int | None:
    """The smallest area with a relay of its own; else the department, by which figures are read.

    >>> areas = [Area(1, "region"), Area(2, "department"), Area(3, "employment_zone"), Area(4, "epci")]
    >>> [territory_of(areas, relays) for relays in ({4: 9, 3: 8}, {3: 8}, {1: 7}, {})]
    [4, 3, 2, 2]
    >>> territory_of([Area(1, "region")], {}), territory_of([], {})
    (1, None)
    """
    ordered = _sorted(areas)
    chosen = [area for area in ordered if area.size <= LARGEST_CHOSEN and area.id in relays]
    chosen += [area for area in ordered if area.size >= LARGEST_CHOSEN] or ordered
    return chosen[0].id if chosen else None


def place_of(communes: Sequence[Sequence[Area]], relays: Mapping[int, int]) -> Place:
    """The place of a postcode, from the areas that hold each of its communes.

    >>> region, vienne, charente = Area(1, "region"), Area(86, "department"), Area(16, "department")
    >>> north, south = Area(3, "epci"), Area(4, "epci")
    >>> both = [(north, vienne, region), (south, vienne, region)]
    >>> place_of(both, {86: 20})
    Place(territory=86, relay=20, between=())
    >>> place_of(both, {3: 30, 4: 30})
    Place(territory=86, relay=30, between=())
    >>> place_of(both, {3: 30, 86: 20})
    Place(territory=86, relay=20, between=(3, 86))
    >>> place_of([(vienne, region), (charente, region)], {86: 20})
    Place(territory=1, relay=None, between=(16, 86))
    >>> place_of([], {})
    Place(territory=None, relay=None, between=())
    """
    if not communes:
        return Place()
    territories = {territory_of(areas, relays) for areas in communes}
    answering = {relay_of(areas, relays) for areas in communes}
    held = set.intersection(*map(set, communes))
    territory = territories.pop() if len(territories) == 1 else territory_of(held, relays)
    if len(answering) == 1:
        return Place(territory, answering.pop())
    return Place(territory, relay_of(held, relays), tuple(sorted(id_ for id_ in territories if id_)))


def coverage(around: Mapping[int, Sequence[int]], relays: Mapping[int, int]) -> dict[int, tuple[str, int | None]]:
    """How each territory is covered, and by whom; ``around`` is its own number, then the territories around it.

    ``own`` relay, ``inherited`` from around, ``partly`` when only territories within have one, or ``none``.

    >>> around = {1: [1], 2: [2, 1], 3: [3, 2, 1], 4: [4, 2, 1], 5: [5, 1]}
    >>> coverage(around, {3: 30})
    {1: ('partly', None), 2: ('partly', None), 3: ('own', 30), 4: ('none', None), 5: ('none', None)}
    >>> coverage(around, {2: 20})[4], coverage(around, {2: 20})[2]
    (('inherited', 20), ('own', 20))
    """
    partly = {outer for id_ in relays for outer in around.get(id_, ())}
    found: dict[int, tuple[str, int | None]] = {}
    for id_, chain in around.items():
        relay = next((relays[outer] for outer in chain if outer in relays), None)
        if id_ in relays:
            found[id_] = ("own", relay)
        elif relay:
            found[id_] = ("inherited", relay)
        else:
            found[id_] = ("partly" if id_ in partly else "none", None)
    return found


def smallest_around(areas: Iterable[Area], kind: str) -> int | None:
    """The smallest of ``areas`` that a territory of this kind lies within.

    >>> areas = [Area(1, "region"), Area(2, "department"), Area(3, "employment_zone"), Area(4, "epci")]
    >>> smallest_around(areas, "qpv"), smallest_around(areas, "epci"), smallest_around(areas[:1], "employment_zone")
    (4, 2, 1)
    """
    wider = [area for area in areas if area.kind != "employment_zone" and area.size > SMALLEST_FIRST.index(kind)]
    return next((area.id for area in _sorted(wider)), None)


def _sorted(areas: Iterable[Area]) -> list[Area]:
    return sorted(areas, key=lambda area: (area.size, -area.depth, area.id))
