"""Who worked on which contract, when and for how long: plain Python, no Odoo.

Each year is shared between the relays. There, the months worked (person by person) and the contracts
(as many months each as they need) are laid side by side like two rulers: everybody gets a contract and
every contract somebody, whatever the numbers. The hours are then shared between the months.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush
from random import Random
from typing import NamedTuple

SEED = 1986
USUAL_HOURS = 75  # a person's month on average: few work full time
LEAST_HOURS, MOST_HOURS = 20, 151
RELAYS = {"86": 22, "861": 10, "17": 30, "16": 20, "79": 18}  # postcodes' beginning: share of the Region
KEPT_CONTRACTS = {2013: 0.4, 2014: 0.6}  # share of the contracts before that go on
KEPT_PEOPLE = {2013: 0.35, 2014: 0.35}  # share of last year's newcomers who go on


class Year(NamedTuple):
    """What the yearly statement has to show."""

    year: int
    months: int
    hours: int
    contracts: int
    people: int


YEARS = (Year(2012, 12, 40_549, 207, 189), Year(2013, 12, 60_205, 160, 312), Year(2014, 4, 34_777, 154, 143))


@dataclass(frozen=True)
class Known:
    """Followed by a relay since a year."""

    relay: str
    year: int
    number: int


class Contract(Known):
    pass


class Person(Known):
    pass


class Row(NamedTuple):
    """A person's month on a contract: a line of the file that is imported."""

    contract: Contract
    person: Person
    month: date
    hours: float


def share(total: int, weights: Sequence[float], least: int = 0, most: int | None = None) -> list[int]:
    """``total`` in whole parts that follow ``weights`` between ``least`` and ``most``: always exact.

    Units are handed out one by one, each to whoever has least for their weight.

    >>> share(10, [1, 1, 3]), share(10, [1, 1, 3], least=2), share(10, [1, 1, 3], most=4)
    ([2, 2, 6], [2, 2, 6], [3, 3, 4])
    >>> share(11, [1, 1, 3], most=3)
    Traceback (most recent call last):
    ValueError: 11 does not fit in 3 parts of 0 to 3
    """
    parts = [least] * len(weights)
    most = total if most is None else most
    if not least * len(parts) <= total <= most * len(parts):
        raise ValueError(f"{total} does not fit in {len(parts)} parts of {least} to {most}")
    queue = [((least + 1) / weight, index) for index, weight in enumerate(weights) if least < most]
    heapify(queue)
    for _ in range(total - sum(parts)):
        _rank, index = heappop(queue)
        parts[index] += 1
        if parts[index] < most:
            heappush(queue, ((parts[index] + 1) / weights[index], index))
    return parts


def past(rng: Random) -> list[Row]:
    """Every month worked from 2012 to April 2014.

    >>> rows = past(Random(SEED))
    >>> [sum(row.hours for row in rows if row.month.year == year.year) for year in YEARS]
    [40549.0, 60205.0, 34777.0]
    >>> [len({row.contract for row in rows if row.month.year == year.year}) for year in YEARS]
    [207, 160, 154]
    >>> [len({row.person for row in rows if row.month.year == year.year}) for year in YEARS]
    [189, 312, 143]
    """
    rows, contracts, people = [], {}, {}
    for year in YEARS:
        parts = (share(total, list(RELAYS.values())) for total in (year.hours, year.contracts, year.people))
        for relay, hours, contract_count, person_count in zip(RELAYS, *parts, strict=True):
            kept = KEPT_CONTRACTS.get(year.year, 0)
            contracts[relay] = _renew(rng, Contract, relay, year, contract_count, contracts.get(relay, []), kept)
            # Nobody stays over more than two years, so that the 24 months of eligibility always hold.
            newcomers = [person for person in people.get(relay, []) if person.year == year.year - 1]
            kept = KEPT_PEOPLE.get(year.year, 0)
            people[relay] = _renew(rng, Person, relay, year, person_count, newcomers, kept)
            rows += _rows(rng, year, hours, contracts[relay], people[relay])
    return rows


def _renew(rng, kind, relay, year, count, before, kept):
    """``count`` contracts or people: some of those ``before``, and new ones."""
    staying = rng.sample(before, round(kept * len(before)))
    return staying + [kind(relay, year.year, number) for number in range(1, count - len(staying) + 1)]


def _rows(rng, year, hours, contracts, people):
    """One relay's year: two rulers side by side, then the hours."""
    slots = min(max(round(hours / USUAL_HOURS), len(contracts), len(people)), year.months * len(people))
    lengths = share(slots, [rng.triangular(1, 8, 2) for _ in people], least=1, most=year.months)
    months = [
        (person, month) for person, length in zip(people, lengths, strict=True) for month in _run(rng, year, length)
    ]
    sizes = share(slots, [rng.triangular(1, 6, 1) for _ in contracts], least=1)
    worked_on = [contract for contract, size in zip(contracts, sizes, strict=True) for _ in range(size)]
    half_hours = share(2 * hours, [rng.triangular(1, 9, 2) for _ in months], least=2 * LEAST_HOURS, most=2 * MOST_HOURS)
    return [
        Row(contract, person, month, halves / 2)
        for contract, (person, month), halves in zip(worked_on, months, half_hours, strict=True)
    ]


def _run(rng, year, length):
    """``length`` months in a row; those that would begin before the year or end after it fill its edges."""
    first = min(max(rng.randint(2 - length, year.months), 1), year.months - length + 1)
    return [date(year.year, month, 1) for month in range(first, first + length)]
