"""A document is tables made once, and shown the same on screen, in the PDF and in the spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["hours", "number", "ratio", "percent", "amount"]
# Decimals shown; hours have two where one of the document's is not whole.
DECIMALS: dict[str, int] = {"number": 0, "ratio": 1, "percent": 1, "amount": 2}


class Withheld(str):
    """A figure that is not shown, for what it would tell of somebody: what is written in its place."""


NOT_SHOWN = Withheld("–")
Value = float | str | Withheld | None  # None is not applicable


@dataclass(frozen=True)
class Cell:
    """A figure, a text (a day, a month) or what stands for a figure; ``kind`` decides how a figure is written.

    >>> Cell(0.125, "percent").decimals(), Cell(12.0, "hours").decimals(2)
    (1, 2)
    >>> [(cell.is_figure, cell.is_withheld) for cell in (Cell(0), Cell(None), Cell("May 2026"), Cell(Withheld("< 5")))]
    [(True, False), (False, False), (False, False), (False, True)]
    """

    value: Value
    kind: Kind = "number"

    @property
    def is_figure(self) -> bool:
        return isinstance(self.value, (int, float))

    @property
    def is_withheld(self) -> bool:
        return isinstance(self.value, Withheld)

    def decimals(self, of_hours: int = 0) -> int:
        return DECIMALS.get(self.kind, of_hours)


@dataclass(frozen=True)
class Measure:
    """What a line or a column shows of each source: its name, how it is written and read, and what it is.

    ``counts_people``: numbers of people are withheld where they are small. ``of``: the figure that it tells.

    >>> length = Measure("Length", "number", len, "How many there are.")
    >>> length.cell("abc")
    Cell(value=3, kind='number')
    """

    label: str
    kind: Kind
    read: Callable[[Any], float | None]
    definition: str = ""
    counts_people: bool = False
    of: str = ""

    def cell(self, source: Any) -> Cell:
        return Cell(self.read(source), self.kind)


@dataclass(frozen=True)
class Line:
    """A label, its cells, and a text at the end of the line."""

    label: str
    cells: tuple[Cell, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Table:
    """``headers`` are the label's, those of the cells, and the text's if there is one; ``total`` is the last line.

    ``drawn`` is the number of the cell that a chart shows, from 0; None where there is nothing to draw.
    """

    title: str
    headers: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line | None = None
    notes: tuple[str, ...] = ()
    drawn: int | None = None

    @property
    def number_headers(self) -> tuple[str, ...]:
        """The headers of the cells, which stand above numbers."""
        cells = max((len(line.cells) for line in (*self.lines, self.total) if line), default=0)
        return self.headers[1 : cells + 1]

    @property
    def bars(self) -> list[tuple[str, Cell, float]]:
        """What the chart shows: ``(label, cell, its share of the largest)``; withheld figures are not drawn.

        >>> line = lambda label, hours: Line(label, (Cell(hours, "hours"),))
        >>> Table("Lever", ("Lever", "Hours"), (line("a", 50.0), line("b", 200.0), line("c", NOT_SHOWN)), drawn=0).bars
        [('a', Cell(value=50.0, kind='hours'), 0.25), ('b', Cell(value=200.0, kind='hours'), 1.0)]

        One bar alone compares nothing:

        >>> Table("Lever", ("Lever", "Hours"), (line("a", 50.0),), drawn=0).bars
        []
        """
        if self.drawn is None:
            return []
        cells = [(line.label, line.cells[self.drawn]) for line in self.lines]
        drawn = [(label, cell) for label, cell in cells if cell.is_figure and cell.value > 0]
        largest = max((cell.value for _label, cell in drawn), default=0)
        return [(label, cell, cell.value / largest) for label, cell in drawn] if len(drawn) > 1 else []


@dataclass(frozen=True)
class Document:
    """``head`` are the lines under the title; ``warning`` is what keeps it from being read as a full one, or ""."""

    title: str
    head: tuple[str, ...]
    warning: str
    tables: tuple[Table, ...]
    hours_decimals: int = 0
