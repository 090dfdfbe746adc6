"""How many hours a contractor owes.

    labour amount = amount HT x labour share
    hours         = labour amount x insertion rate / hourly cost

The law sets no formula: this one agrees across the published guides, and every value in it is a
parameter that a contract freezes when it starts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .exact import exact, round_half_up


@dataclass(frozen=True)
class Sizing:
    """The formula's inputs; its steps are properties so that a form can show each of them.

    Amounts in euros HT, shares as fractions, ``hourly_cost`` in euros an hour, all charges
    included, ``rounding`` in hours (1 is the nearest whole hour, 0 keeps the raw value).

    >>> Sizing(1_000_000, 0.50, 0.05, 30).labour_amount
    500000.0
    >>> Sizing(1_000_000, 0.50, 0.05, 30).insertion_amount
    25000.0
    >>> round(Sizing(1_000_000, 0.50, 0.05, 30).raw_hours, 2)
    833.33
    >>> Sizing(1_000_000, 0.50, 0.05, 30).hours
    833.0
    >>> Sizing(1_000_000, 0.50, 0.05, 25).hours
    1000.0
    >>> Sizing(1_500_000, 0.70, 0.10, 30).hours
    3500.0

    Staff taken over from the previous contractor owe no effort: their share leaves the base.

    >>> Sizing(1_000_000, 0.50, 0.05, 25, transferred_share=0.4).hours
    600.0

    Steps are exact, so that a half is a half: 119,312.50 € x 92 % x 8 % / 33.20 € are 264.5 hours.

    >>> Sizing(119_312.5, 0.92, 0.08, 33.2).raw_hours, Sizing(119_312.5, 0.92, 0.08, 33.2).hours
    (264.5, 265.0)
    """

    amount: float
    labour_share: float
    insertion_rate: float
    hourly_cost: float
    rounding: float = 1.0
    transferred_share: float = 0.0

    def __post_init__(self) -> None:
        """Raise ``ValueError`` with the faulty input's name as its only argument."""
        for name in ("labour_share", "insertion_rate", "transferred_share"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(name)
        if self.amount < 0:
            raise ValueError("amount")
        if self.hourly_cost <= 0:
            raise ValueError("hourly_cost")

    @property
    def _labour(self) -> Fraction:
        return exact(self.amount) * exact(self.labour_share) * (1 - exact(self.transferred_share))

    @property
    def _insertion(self) -> Fraction:
        return self._labour * exact(self.insertion_rate)

    @property
    def _hours(self) -> Fraction:
        return self._insertion / exact(self.hourly_cost)

    @property
    def labour_amount(self) -> float:
        """Euros HT of labour, without the share of staff taken over."""
        return float(self._labour)

    @property
    def insertion_amount(self) -> float:
        """Euros HT of labour reserved for insertion."""
        return float(self._insertion)

    @property
    def raw_hours(self) -> float:
        return float(self._hours)

    @property
    def hours(self) -> float:
        return round_half_up(self._hours, self.rounding)


@dataclass(frozen=True)
class Bracket:
    """Hours owed from ``amount`` euros HT on; the bound itself belongs to it when ``inclusive``."""

    amount: float
    hours: float
    inclusive: bool = True

    def holds(self, amount: float) -> bool:
        return amount > self.amount or (self.inclusive and amount == self.amount)


def bracket_hours(amount: float, brackets: Iterable[Bracket]) -> float:
    """Hours of a training clause: those of the highest bracket that ``amount`` (HT) reaches.

    The two official tables disagree at the bounds, which is why bounds are data: the Education
    ministry's includes the lower bound, the State's IT-buying guide excludes it.

    >>> education = [Bracket(0, 150), Bracket(100_000, 300), Bracket(200_000, 450), Bracket(400_000, 900)]
    >>> [bracket_hours(amount, education) for amount in (1, 99_000, 100_000, 199_000, 200_000, 399_000, 400_000)]
    [150, 150, 300, 300, 450, 450, 900]
    >>> guide = [Bracket(0, 150), *(Bracket(b.amount, b.hours, inclusive=False) for b in education[1:])]
    >>> [bracket_hours(amount, guide) for amount in (100_000, 100_000.01, 200_000, 400_000, 400_000.01)]
    [150, 300, 300, 450, 900]
    >>> bracket_hours(0, [Bracket(1, 150)])
    0
    """
    reached = [bracket for bracket in brackets if bracket.holds(amount)]
    return max(reached, key=lambda bracket: bracket.amount).hours if reached else 0


def hours_per_euro(hours: float, amount: float) -> float:
    """The rate a framework agreement freezes: estimated hours over estimated amount HT.

    >>> hours_per_euro(833, 1_000_000)
    0.000833
    >>> hours_per_euro(833, 0)
    0.0
    """
    return hours / amount if amount else 0.0


def ordered_hours(rate: float, ordered: float, floor: float = 0.0) -> float:
    """Hours owed for ``ordered`` euros HT of confirmed orders; none below the ``floor``.

    Hours are kept to the hundredth.

    >>> ordered_hours(0.000833, 300_000 + 150_000)
    374.85
    >>> ordered_hours(0.000833, 300_000, floor=400_000)
    0.0
    >>> ordered_hours(0.000833, 0)
    0.0
    """
    return round_half_up(exact(rate) * exact(ordered), 0.01) if ordered >= floor else 0.0


def worked_share_hours(insertion_rate: float, hours_worked: float, rounding: float = 1.0) -> float:
    """Hours owed as a share of all hours worked, known when the contract ends.

    >>> worked_share_hours(0.10, 24_750_000)
    2475000.0
    >>> worked_share_hours(0.05, 1_234, rounding=0)
    61.7
    >>> worked_share_hours(0.07, 50), 0.07 * 50
    (4.0, 3.5000000000000004)
    """
    return round_half_up(exact(insertion_rate) * exact(hours_worked), rounding)


def hours_owed(
    mode: str,
    computed: float,
    set_by_hand: float,
    rate: float,
    ordered: float,
    floor: float,
    worked: float,
    insertion_rate: float,
    rounding: float,
) -> float:
    """Hours owed on a clause, in its own way.

    ``fixed``: what was set by hand (0 if nothing was), else what was computed.

    >>> hours_owed("fixed", 833, 0, 0, 0, 0, 0, 0.05, 1), hours_owed("fixed", 833, 900, 0, 0, 0, 0, 0.05, 1)
    (833, 900)

    ``percentage``: a share of the hours worked, of which the same is an estimate until they are known.

    >>> [hours_owed("percentage", 1_667, 0, 0, 0, 0, worked, 0.10, 1) for worked in (0, 24_750)]
    [1667, 2475.0]

    ``ordered``: by the euros HT ordered, at the ``rate`` in hours per euro.

    >>> hours_owed("ordered", 833, 0, 0.000833, 450_000, 400_000, 0, 0.05, 1)
    374.85
    """
    if mode == "ordered":
        return ordered_hours(rate, ordered, floor)
    if mode == "percentage" and worked:
        return worked_share_hours(insertion_rate, worked, rounding)
    return set_by_hand or computed


def amended_amount(amount: float, known_total: float, new_total: float) -> float:
    """The clause's amount once its contract went from ``known_total`` to ``new_total`` (HT).

    A clause that bears on a part of the contract follows in proportion.

    >>> amended_amount(1_000_000, 1_000_000, 1_200_000)
    1200000.0
    >>> amended_amount(500_000, 1_000_000, 900_000)
    450000.0

    An unknown total proposes the whole contract, unless an amount was already typed.

    >>> amended_amount(0, 0, 80_000), amended_amount(30_000, 0, 80_000)
    (80000, 30000)
    """
    if known_total:
        return float(exact(amount) * exact(new_total) / exact(known_total))
    return amount or new_total
