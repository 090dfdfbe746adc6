"""Hours by what is known of people: a public, who sent them, their schooling… Who has the trait must not follow.

The attack. Readers know the hours of every pseudonym, by month, contractor and department, so they look for the
``k`` people among ``n`` whose hours add up to those shown. There are C(n, k) ways to choose them, and a sum of
``k`` yearly hours, each up to 1,600, takes k × 1,600 / 0.01 values:

* 7 of 20 people: 77,520 ways = 2^16, against 2^20 values. One figure names them, in the time of 2^10 sums (half of
  the people at a time). Withholding figures about fewer than five does not help.
* 50 of 100 people: 2^96 ways. But a figure at each end of a month is an equation more about the same people: 24
  months of exact hours are 24 × 19.5 = 468 bits, and rounded to ten hours still 24 × 9.6 = 230: the choice is unique,
  and lattice reduction finds it. Rounding alone stops nothing, nor does size alone.
* Parts that cut across each other (contractors, departments, conventions, relays) are subtracted from each other:
  two of 100 people may differ by three.

So hours by a trait are told

* of a whole Region alone, never of a part of it;
* once a year, as they stood on one day, whatever the day asked for;
* where at least ``many`` people have the trait and as many have not, nor by subtraction;
* rounded to ten hours.

People are eligible for two years, so somebody is in three such figures at most: 3 × 13 bits (50 × 1,600 / 10 = 8,000
values each) against 96. Each answer fits 2^57 choices of people on average, and no half of the people is small enough
to be gone through: 2^50 sums each. Of a part, and during the year, there are numbers of people alone: other counts
(contracts, companies, work contracts) are sums over people as hours are.
"""

from collections.abc import Hashable, Mapping
from datetime import date, timedelta

from .exact import round_half_up
from .suppression import Size, widened

MANY = 50  # people who have the trait, and as many who have not. The usual value of a parameter, and its least.
ROUNDED_TO = 10  # hours


def told_as_of(year: int, day: date) -> date | None:
    """The one day whose figures are told of a year, if it is not after ``day``, else None.

    December is declared in January and validated by the end of February.

    >>> told_as_of(2025, date(2026, 2, 28)), told_as_of(2027, date(2031, 5, 31))
    (datetime.date(2026, 2, 28), datetime.date(2028, 2, 29))
    >>> told_as_of(2025, date(2026, 2, 27)) is None
    True
    """
    told = date(year + 1, 3, 1) - timedelta(days=1)
    return told if told <= day else None


def rounded(hours: float) -> float:
    """
    >>> rounded(12_345.67), rounded(4.99), rounded(25)
    (12350.0, 0.0, 30.0)
    """
    return round_half_up(round(hours, 2), ROUNDED_TO)


def told_keys(people: Mapping[Hashable, int], everybody: int, many: int = MANY) -> set:
    """The keys whose hours are told, from the number of people of each and of all.

    >>> sorted(told_keys({"rsa": 50, "young": 60, "refugee": 51}, everybody=100))
    ['rsa']

    Forty of 200 are too few; all less the 100 and the 60 others would be theirs:

    >>> sorted(told_keys({"basic": 100, "middle": 60, "high": 40}, everybody=200))
    ['basic']
    """
    sizes = {key: Size(number, 0) for key, number in people.items()}
    nearly_all = {key for key, number in people.items() if everybody - number < many}
    return set(people) - widened([list(sizes)], sizes, many, nearly_all)
