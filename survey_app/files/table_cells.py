"""Tables with typed cells, as every spreadsheet has them: texts stay texts, numbers numbers, nothing is a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey_app.domain.text import clean_text
from survey_app.evaluation import Limit

LONGEST_CELL = 32_767
"""UTF-16 units that a cell of a spreadsheet holds."""

WIDEST = 60
"""Characters beyond which a column grows in height, not in width."""

_NARROWEST = 10


class Shape(StrEnum):
    """How a cell is to be read."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; None is an empty one, never 0.

    Attributes:
        decimals: of a percentage, so many that it does not seem to lie on the other side of its target.
    """

    value: str | int | float | date | None
    shape: Shape = Shape.TEXT
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: every row has as many cells as the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """Return a readable width of each column, in characters."""
        columns = zip(*([len(str(cell.value or "")) for cell in row] for row in self.rows), strict=True)
        longest = [max(column) for column in columns] or [0] * len(self.header)
        return tuple(
            min(WIDEST, max(_NARROWEST, 2 + len(name), 2 + most))
            for name, most in zip(self.header, longest, strict=True)
        )


def text(words: str | None) -> Cell:
    """Return a cell with words; what no file can hold is left out, what no cell can hold is cut off visibly."""
    clean = clean_text(words or "")
    units = clean.encode("utf-16-le")
    if len(units) > 2 * LONGEST_CELL:
        clean = units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"
    return Cell(clean or None)


def texts(words: Iterable[str]) -> Cell:
    """Return a cell with several sentences, or names, one after the other."""
    return text(" ".join(words))


def count(value: int | None) -> Cell:
    """Return a cell with a whole number."""
    return Cell(value, Shape.COUNT)


def number(value: Limit | None) -> Cell:
    """Return a cell with any number."""
    return Cell(None if value is None else float(value), Shape.NUMBER)


def percent(share: Limit | None, decimals: int = 1) -> Cell:
    """Return a cell with a share, shown as a percentage."""
    return Cell(None if share is None else float(share), Shape.PERCENT, decimals)


def day(value: date | None) -> Cell:
    """Return a cell with a date."""
    return Cell(value, Shape.DAY)


def fill(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """Return the cells of a row with empty ones up to a width."""
    return (*cells, *[Cell(None)] * (width - len(cells)))
