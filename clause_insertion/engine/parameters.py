"""Dated values: the one in force on a day is the last that started on or before it."""

from collections.abc import Iterable
from datetime import date


def value_on(day: date, dated_values: Iterable[tuple[date, float]]) -> float | None:
    """The value in force on ``day`` (start dates inclusive), or None before the first one.

    >>> thresholds = [(date(2024, 1, 1), 221_000), (date(2026, 1, 1), 216_000), (date(2022, 1, 1), 215_000)]
    >>> value_on(date(2025, 12, 31), thresholds), value_on(date(2026, 1, 1), thresholds)
    (221000, 216000)
    >>> value_on(date(2021, 12, 31), thresholds) is None
    True
    """
    started = [(start, value) for start, value in dated_values if start <= day]
    return max(started)[1] if started else None
