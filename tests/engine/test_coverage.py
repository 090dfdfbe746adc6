"""Which territory a postcode belongs to, which relay answers there, and which territories have none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.coverage import (
    Area,
    Place,
    coverage,
    place_of,
    relay_of,
    smallest_around,
    territory_of,
)

KINDS = ("qpv", "epci", "employment_zone", "department", "region")
QPV, EPCI, ZONE, VIENNE, REGION = (Area(number, kind) for number, kind in enumerate(KINDS, 1))
AREAS = [REGION, VIENNE, QPV, ZONE, EPCI]  # in no order


@pytest.mark.parametrize(
    ("with_relay", "answers"),
    [
        ((1, 2, 3, 4, 5), 10),
        ((2, 3, 4, 5), 20),
        ((3, 4, 5), 30),
        ((4, 5), 40),
        ((5,), 50),
        ((), None),
        ((9,), None),
    ],
)
def test_the_relay_of_the_smallest_territory_answers(with_relay, answers):
    """A neighbourhood, an EPCI, an employment zone, a department, then the Region."""
    assert relay_of(AREAS, {number: number * 10 for number in with_relay}) == answers


@pytest.mark.parametrize(
    ("with_relay", "territory"),
    [((1, 2), 1), ((2, 3), 2), ((3, 4, 5), 3), ((4,), 4), ((5,), 4), ((), 4)],
)
def test_the_territory_is_the_one_that_has_a_relay_or_the_department(with_relay, territory):
    """Figures are read by department: the Region's own relay does not hide it."""
    assert territory_of(AREAS, dict.fromkeys(with_relay, 7)) == territory


def test_where_no_department_is_known():
    """The Region if it is there, else the smallest of what is; nothing without a territory."""
    assert territory_of([ZONE, REGION], {}) == 5
    assert territory_of([ZONE, REGION], {5: 7}) == 5
    assert territory_of([ZONE, EPCI], {}) == 2
    assert territory_of([], {}) is None


def test_of_two_territories_of_one_kind_the_deeper_then_the_older():
    """One that lies within the other is smaller."""
    shallow, deep, other = Area(11, "epci", 1), Area(13, "epci", 3), Area(12, "epci", 1)
    relays = {11: 110, 12: 120, 13: 130}
    assert relay_of([shallow, deep], relays) == 130
    assert relay_of([other, shallow], relays) == 110
    assert territory_of([other, deep, shallow], relays) == 13
    assert Area(1, "epci") == Area(1, "epci", 0)


NORTH, SOUTH = Area(21, "epci"), Area(22, "epci")
CHARENTE = Area(16, "department")
BOTH = [(NORTH, VIENNE, REGION), (SOUTH, VIENNE, REGION)]


@pytest.mark.parametrize(
    ("communes", "relays", "place"),
    [
        ([], {4: 40}, Place(None, None, ())),
        ([()], {}, Place(None, None, ())),
        ([(NORTH, VIENNE, REGION)], {21: 210}, Place(21, 210)),
        ([(NORTH, VIENNE, REGION)], {}, Place(4, None)),
        ([(NORTH, VIENNE, REGION)] * 2, {21: 210}, Place(21, 210)),
        (BOTH, {}, Place(4, None)),
        (BOTH, {4: 40}, Place(4, 40)),
        (BOTH, {21: 210, 22: 210}, Place(4, 210)),  # one relay answers for both
        (BOTH, {21: 210, 22: 220}, Place(4, None, (21, 22))),
        (BOTH, {21: 210, 22: 220, 4: 40}, Place(4, 40, (21, 22))),
        (BOTH, {22: 220, 4: 40}, Place(4, 40, (4, 22))),
        ([(VIENNE, REGION), (CHARENTE, REGION)], {}, Place(5, None)),
        ([(VIENNE, REGION), (CHARENTE, REGION)], {5: 50}, Place(5, 50)),
        ([(VIENNE, REGION), (CHARENTE, REGION)], {4: 40}, Place(5, None, (4, 16))),
        ([(VIENNE,), (CHARENTE,)], {4: 40}, Place(None, None, (4, 16))),
        ([(VIENNE,), ()], {4: 40}, Place(None, None, (4,))),  # a commune without any territory
    ],
)
def test_the_place_of_a_postcode_with_several_communes(communes, relays, place):
    """What holds all of them, and between which territories the commune would decide."""
    assert place_of(communes, relays) == place


areas_of_a_commune = st.lists(
    st.builds(lambda number: Area(number, KINDS[number % 5], number % 3), st.integers(1, 15)), unique=True, max_size=5
)
some_relays = st.dictionaries(st.integers(1, 15), st.integers(100, 103), max_size=6)


@given(areas_of_a_commune, some_relays)
def test_one_commune_never_leaves_a_choice(areas, relays):
    """A postcode of one commune has its territory and relay."""
    assert place_of([areas], relays) == Place(territory_of(areas, relays), relay_of(areas, relays))


@given(areas_of_a_commune, some_relays)
def test_a_smaller_territory_never_has_the_relay(areas, relays):
    """None of the territories that have one is of a smaller kind than the one that answers."""
    answering = relay_of(areas, relays)
    having = [area for area in areas if area.id in relays]
    if not having:
        assert answering is None
    else:
        smallest = min(KINDS.index(area.kind) for area in having)
        assert answering in {relays[area.id] for area in having if KINDS.index(area.kind) == smallest}


CHAINS = {1: [1], 2: [2, 1], 3: [3, 2, 1], 4: [4, 2, 1], 5: [5, 1]}  # a Region, two departments (2, 5), two EPCI


@pytest.mark.parametrize(
    ("relays", "covered"),
    [
        ({}, ["none"] * 5),
        ({1: 10}, ["own", "inherited", "inherited", "inherited", "inherited"]),
        ({2: 20}, ["partly", "own", "inherited", "inherited", "none"]),
        ({4: 40}, ["partly", "partly", "none", "own", "none"]),
        ({4: 40, 5: 50}, ["partly", "partly", "none", "own", "own"]),
        ({1: 10, 4: 40}, ["own", "inherited", "inherited", "own", "inherited"]),
        ({9: 90}, ["none"] * 5),
    ],
)
def test_how_territories_are_covered(relays, covered):
    """By a relay of their own, by one around them, in part by one within them, or not at all."""
    assert [coverage(CHAINS, relays)[number][0] for number in CHAINS] == covered


def test_who_covers_is_the_nearest_relay_around():
    """The Region's relay answers only where no nearer one does; nobody does where it is partly covered."""
    found = coverage(CHAINS, {1: 10, 2: 20, 3: 30})
    assert [relay for _how, relay in found.values()] == [10, 20, 30, 20, 10]
    assert coverage(CHAINS, {3: 30})[2] == ("partly", None)
    assert coverage(CHAINS, {3: 30})[5] == ("none", None)


@pytest.mark.parametrize(
    ("kind", "around"),
    [("qpv", 2), ("epci", 4), ("employment_zone", 4), ("department", 5), ("region", None)],
)
def test_what_a_territory_lies_within(kind, around):
    """Something wider than itself; an employment zone follows other borders and holds nothing."""
    assert smallest_around(AREAS, kind) == around
    assert smallest_around([], kind) is None
