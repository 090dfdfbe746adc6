"""A table of the statement, made once and shown the same on screen and in the spreadsheet."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["hours", "number", "ratio", "percent"]
# Decimals shown; hours have two where one of the statement's is not whole.
DECIMALS: dict[str, int] = {"number": 0, "ratio": 1, "percent": 1}
Value = float | str | None  # a text stands for a figure that is withheld; None is not applicable


@dataclass(frozen=True)
class Cell:
    """A figure and what it is, which decides how it is written.

    >>> Cell(0.125, "percent").decimals(), Cell(12.0, "hours").decimals(2)
    (1, 2)
    """

    value: Value
    kind: Kind = "number"

    def decimals(self, of_hours: int = 0) -> int:
        return DECIMALS.get(self.kind, of_hours)


@dataclass(frozen=True)
class Line:
    """A label, its cells, and a text at the end of the line."""

    label: str
    cells: tuple[Cell, ...]
    text: str = ""


@dataclass(frozen=True)
class Table:
    """``headers`` are the label's, those of the cells, and the text's if there is one; ``total`` is the last line."""

    title: str
    headers: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line | None = None
    notes: tuple[str, ...] = ()

    @property
    def number_headers(self) -> tuple[str, ...]:
        """The headers of the cells, which stand above numbers."""
        cells = max((len(line.cells) for line in (*self.lines, self.total) if line), default=0)
        return self.headers[1 : cells + 1]
