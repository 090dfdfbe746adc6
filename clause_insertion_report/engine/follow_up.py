"""The follow-up sheet of one clause: its months, one after the other, and their chart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from odoo.addons.clause_insertion.engine.exact import hundredths
from odoo.addons.clause_insertion.engine.months import first_day, next_month

LABEL_WIDTH = 48  # that the name of a month takes on the chart


@dataclass(frozen=True)
class Month:
    """Hours of one month of work; ``month`` is its first day, ``total`` the hours validated until its end."""

    month: date
    declared: float = 0
    validated: float = 0
    refused: float = 0
    total: float = 0


@dataclass(frozen=True)
class Bar:
    """In the units of the drawing; ``y`` grows downwards. ``label`` is the month, where there is room to write it."""

    x: float
    width: float
    declared: float
    validated: float
    label: date | None


@dataclass(frozen=True)
class Chart:
    width: float
    height: float
    top: float  # hours at the top of the scale
    bars: list[Bar]


def months_of(start: date | None, until: date, hours: Mapping[date, Mapping[str, float]]) -> list[Month]:
    """Each month from the start of the contract until the day, with or without hours, and those that have some.

    ``hours`` gives, by first day of the month, the hours by state: submitted, validated or refused.

    >>> done = {date(2026, 1, 1): {"validated": 30, "refused": 5}, date(2026, 3, 1): {"submitted": 20, "validated": 10}}
    >>> for row in months_of(date(2026, 1, 15), date(2026, 4, 2), done):
    ...     print(row.month.month, row.declared, row.validated, row.refused, row.total)
    1 35.0 30 5 30.0
    2 0.0 0 0 30.0
    3 30.0 10 0 40.0
    4 0.0 0 0 40.0
    >>> months_of(None, date(2026, 4, 2), {})
    []
    """
    first = min([*hours, *([first_day(start)] if start else [])], default=None)
    last = max([*hours, first_day(until)])
    rows, month, total = [], first, 0
    while month and month <= last:
        by_state = hours.get(month, {})
        validated, refused = by_state.get("validated", 0), by_state.get("refused", 0)
        total = hundredths(total + validated)
        rows.append(Month(month, hundredths(sum(by_state.values())), validated, refused, total))
        month = next_month(month)
    return rows


def chart_of(rows: list[Month], width: float = 640, height: float = 130, most_labels: int = 14) -> Chart | None:
    """One bar a month: declared, and in front of it validated; nothing to draw without hours.

    >>> chart = chart_of([Month(date(2026, 1, 1), 80, 40), Month(date(2026, 2, 1))], width=100, height=50)
    >>> chart.top, [(bar.x, bar.declared, bar.validated) for bar in chart.bars]
    (80, [(10.0, 50.0, 25.0), (60.0, 0.0, 0.0)])
    >>> chart_of([Month(date(2026, 1, 1))]) is None
    True

    Forty months keep a label every third one, where there is room for it:

    >>> rows = [Month(date(2026 + number // 12, number % 12 + 1, 1), 10, 10) for number in range(40)]
    >>> [bar.label.month for bar in chart_of(rows).bars if bar.label][:4]
    [1, 4, 7, 10]
    >>> sum(1 for bar in chart_of(rows).bars if bar.label)
    13
    """
    top = max((row.declared for row in rows), default=0)
    if top <= 0:
        return None
    step = width / len(rows)
    every = -(-len(rows) // most_labels)
    bars = [
        Bar(
            x=round(number * step + step * 0.2, 2),
            width=round(step * 0.6, 2),
            declared=round(max(row.declared, 0) / top * height, 2),
            validated=round(max(row.validated, 0) / top * height, 2),
            label=row.month if number % every == 0 and number * step + LABEL_WIDTH <= width else None,
        )
        for number, row in enumerate(rows)
    ]
    return Chart(width, height, top, bars)
