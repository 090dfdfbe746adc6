"""Hours and euros counted exactly: whoever adds them up, in whatever order and groups, finds the same hundredth.

A float is taken for the number that it is written as: 0.1 is a tenth.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import floor, fsum


def exact(value: float | Fraction) -> Fraction:
    """
    >>> exact(0.1) + exact(0.2) == exact(0.3)
    True
    """
    return value if isinstance(value, Fraction) else Fraction(str(value))


def round_half_up(value: float | Fraction, step: float = 1.0) -> float:
    """Round ``value`` to the nearest multiple of ``step``, halves away from zero; a step of 0 keeps it.

    >>> round_half_up(833.3333333333334)
    833.0
    >>> round_half_up(12.5), round_half_up(13.5), round_half_up(-0.125, 0.01)
    (13.0, 14.0, -0.13)
    >>> round_half_up(833.3333333333334, 0.25)
    833.25
    >>> round_half_up(374.85, 0)
    374.85
    """
    if not step:
        return float(value)
    steps = exact(value) / exact(step)
    nearest = floor(abs(steps) + Fraction(1, 2))
    return float((nearest if steps > 0 else -nearest) * exact(step))


def hundredths(hours: float) -> float:
    """Hours as they are kept: what is typed beyond the hundredth is rounded before it is counted.

    >>> hundredths(7.335), hundredths(7.3349)
    (7.34, 7.33)
    """
    return round_half_up(hours, 0.01)


def total(hours: Iterable[float]) -> float:
    """The sum of hours kept to the hundredth, exact to the hundredth.

    >>> total([0.1] * 3), sum([0.1] * 3)
    (0.3, 0.30000000000000004)
    >>> total([])
    0.0
    """
    return round(fsum(hours), 2) + 0.0  # not -0.0
