"""Follow-up of a purchasing scheme (SPASER, articles L2111-3 and D2111-3): contracts and euros, by year.

Indicators are given in number of contracts and in value, and published every two years: the rate of purchases with
a social provision, purchases from ESUS-approved companies and from those that employ disadvantaged people.
A contract counts once in a total, whatever its clauses; with two levers it counts under each of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

# Kinds of inclusion employers (``res.partner.insertion_siae_kind``); an ordinary temporary work agency is none.
EMPLOYERS: dict[str, tuple[str, ...]] = {
    "inclusion": ("ACI", "AI", "EI", "EITI", "ETTI", "GEIQ"),
    "adapted": ("EA", "EATT", "ESAT"),
    "prison": ("SEP",),
}
# Answers to "must this contract carry a social condition?" (L2112-2-1) where it must.
CONCERNED = ("satisfied", "exempted", "required")


@dataclass(frozen=True)
class Contracts:
    """Contracts notified in the same year and alike in all that is counted: how many, and their value (euros HT)."""

    year: int
    number: int
    amount: float
    category: str = "supplies_services"
    levers: frozenset[str] = frozenset()
    obligation: str | None = None
    exemption: int | None = None
    is_esus: bool = False
    is_social_economy: bool = False
    employer_kind: str | None = None

    @property
    def is_social(self) -> bool:
        return bool(self.levers)

    @property
    def is_reserved(self) -> bool:
        """
        >>> Contracts(2026, 1, 90_000.0, levers=frozenset({"criterion", "reserved_both"})).is_reserved
        True
        """
        return any(lever.startswith("reserved") for lever in self.levers)

    @property
    def is_concerned(self) -> bool:
        return self.obligation in CONCERNED


Wanted = Callable[[Contracts], bool]


@dataclass(frozen=True)
class Figure:
    """A number of contracts, and their value in euros excluding tax."""

    number: int = 0
    amount: float = 0.0


@dataclass(frozen=True)
class Spaser:
    """The contracts notified in ``years``, and the target share of those with a social provision, by year.

    Three contracts of 2025, of which one has two levers, and one of 2026:

    >>> spaser = Spaser(
    ...     range(2025, 2027),
    ...     (
    ...         Contracts(2025, 2, 500_000.0),
    ...         Contracts(2025, 1, 1_000_000.0, "works", frozenset({"criterion", "execution"})),
    ...         Contracts(2026, 1, 250_000.0, levers=frozenset({"reserved_inclusion"}), employer_kind="inclusion"),
    ...     ),
    ...     {2025: 0.30, 2026: 0.30},
    ... )
    >>> spaser.figure(2025), spaser.figure(2025, is_social)
    (Figure(number=3, amount=1500000.0), Figure(number=1, amount=1000000.0))

    Under their levers the contracts of 2025 with a provision are two, though only one has any:

    >>> [spaser.figure(2025, has_lever(lever)).number for lever in ("criterion", "execution")]
    [1, 1]

    Shares are sums over sums, over one year or all of them; without any contract there is none:

    >>> [round(spaser.social_share(year), 4) for year in (2025, 2026, None)]
    [0.3333, 1.0, 0.5]
    >>> round(spaser.share_of_value(2025, is_social), 4), Spaser(range(2024, 2025), (), {}).social_share(2024)
    (0.6667, None)
    >>> round(spaser.gap(2025), 4), Spaser(range(2024, 2025), (), {}).gap(2024)
    (0.0333, None)
    """

    years: range
    contracts: tuple[Contracts, ...]
    targets: dict[int, float | None]

    def figure(self, year: int | None, wanted: Wanted = lambda row: True) -> Figure:
        """The contracts of a year that are wanted; of all the years if None."""
        return total(row for row in self.contracts if year in (None, row.year) and wanted(row))

    def of_category(self, category: str | None) -> "Spaser":
        """The same, with the contracts of one category alone; of all if None."""
        rows = tuple(row for row in self.contracts if category in (None, row.category))
        return replace(self, contracts=rows)

    def social_share(self, year: int | None) -> float | None:
        """Contracts with a social provision over all contracts: what the target is set for."""
        return share(self.figure(year, is_social).number, self.figure(year).number)

    def share_of_value(self, year: int | None, wanted: Wanted) -> float | None:
        return share(self.figure(year, wanted).amount, self.figure(year).amount)

    def target(self, year: int | None) -> float | None:
        """The target of a year; of the last one for all the years."""
        return self.targets.get(self.years[-1] if year is None else year)

    def gap(self, year: int | None) -> float | None:
        """Share of contracts less target: below zero, the target is missed."""
        reached, target = self.social_share(year), self.target(year)
        return None if reached is None or target is None else reached - target


def total(rows: Iterable[Contracts]) -> Figure:
    """
    >>> total([]), total([Contracts(2025, 2, 100.0), Contracts(2026, 1, 50.0)])
    (Figure(number=0, amount=0.0), Figure(number=3, amount=150.0))
    """
    rows = list(rows)
    return Figure(sum(row.number for row in rows), float(sum(row.amount for row in rows)))


def share(part: float, whole: float) -> float | None:
    """Part over whole, or None where there is no whole: no purchase is not a share of zero.

    >>> share(77, 100), share(0, 0)
    (0.77, None)
    """
    return part / whole if whole else None


# -- which contracts -----------------------------------------------------------------------------------


def is_social(row: Contracts) -> bool:
    return row.is_social


def is_from_esus(row: Contracts) -> bool:
    return row.is_esus


def is_from_employer(row: Contracts) -> bool:
    """From a company that employs disadvantaged people."""
    return row.employer_kind is not None


def has_lever(lever: str) -> Wanted:
    return lambda row: lever in row.levers
