"""Hiding small groups, so that neither a number nor a subtraction tells what one person said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from survey_app.evaluation.statistics.inputs import ensure_count, ensure_sample

SMALLEST_CELL = 3
_LOW = Fraction(1, 10)


class ShareMask(StrEnum):
    """What is shown for a group that answers (nearly) alike, instead of its share."""

    OVER_90 = "over_90"
    UNDER_10 = "under_10"
    WITHHELD = "withheld"

    @property
    def text(self) -> str | None:
        """German words, None where nothing true and coarse can be said."""
        return _MASK_TEXTS[self]


_MASK_TEXTS = {
    ShareMask.OVER_90: "über 90\u00a0%",
    ShareMask.UNDER_10: "unter 10\u00a0%",
    ShareMask.WITHHELD: None,
}


@dataclass(frozen=True, slots=True)
class Suppression:
    """Names of the groups that may be shown and of those that may not, each in the given order."""

    shown: tuple[str, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a plain distribution: the options it stands for and the persons in it."""

    codes: tuple[str, ...]
    count: int


def suppress(groups: Iterable[tuple[str, int]], minimum: int = 5) -> Suppression:
    """Return which groups may be shown beside their total.

    Hides every group below the minimum, then the smallest ones still shown (ties: first in the given order) until
    at least two are hidden that hold together at least the minimum. Groups of nobody appear in neither list.

    Args:
        groups: pairs (name, count), names unique.
        minimum: persons a shown group has at least.

    Raises:
        TypeError: if a count is no int.
        ValueError: if a count is negative, the minimum below 1 or a name repeated.
    """
    ensure_count(minimum, "minimum", minimum=1)
    counts = _read_groups(groups)
    present = {name: count for name, count in counts.items() if count}
    # Whatever is hidden is the beginning of this order, so a stricter minimum never shows more.
    by_size = sorted(present, key=lambda name: present[name])
    hidden_count = _count_hidden([present[name] for name in by_size], minimum)
    hidden = set(by_size[:hidden_count])
    return Suppression(
        shown=tuple(name for name in present if name not in hidden),
        hidden=tuple(name for name in present if name in hidden),
    )


def merge_small_cells(
    counts: Iterable[tuple[str, int]], *, ordered: bool, minimum: int = SMALLEST_CELL, sensitive: bool = False
) -> tuple[Cell, ...]:
    """Return a plain distribution without cells of 1 … minimum − 1 persons.

    Args:
        counts: pairs (option code, persons), codes unique, in the order of the options.
        ordered: whether neighbours belong together (a scale); small cells then join a neighbour, otherwise they
            become one cell at the end, for which the page writes "Sonstige".
        minimum: smallest count that may stand alone.
        sensitive: whether an empty cell tells too much and counts as small.

    Returns:
        Cells in order; a merged one has several codes. If fewer than `minimum` answered in all, one cell is left.

    Raises:
        TypeError: if a count is no int.
        ValueError: if a count is negative, the minimum below 1 or a code repeated.
    """
    ensure_count(minimum, "minimum", minimum=1)
    cells = [Cell((code,), count) for code, count in _read_groups(counts).items()]
    smallest_allowed = 0 if sensitive else 1
    if ordered:
        return _merge_neighbours(cells, smallest_allowed, minimum)
    return _merge_rest(cells, smallest_allowed, minimum)


def mask_extreme_share(successes: int, n: int, *, minimum: int = SMALLEST_CELL) -> ShareMask | None:
    """Return what to show for a group in which all, or all but fewer than `minimum`, answer alike.

    The words "über 90 %" are used only where they are true of every number they stand for: of 21 persons "all but two"
    are more than 90 %. In a smaller group they would be untrue, or would tell which of the numbers it is, and then
    nothing may be shown.

    Returns:
        None if the share itself may be shown.

    Raises:
        TypeError: if a count is no int.
        ValueError: for impossible counts.
    """
    successes, n = ensure_sample(successes, n)
    if min(successes, n - successes) >= ensure_count(minimum, "minimum", minimum=1):
        return None
    if Fraction(minimum - 1, n) >= _LOW:
        return ShareMask.WITHHELD
    return ShareMask.OVER_90 if 2 * successes > n else ShareMask.UNDER_10


def _read_groups(groups: Iterable[tuple[str, int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, count in groups:
        if name in counts:
            raise ValueError(f"group {name!r} stands twice")
        counts[name] = ensure_count(count, f"count of {name!r}")
    return counts


def _count_hidden(sizes: Sequence[int], minimum: int) -> int:
    """How many of the ascending sizes have to be hidden."""
    hidden = sum(size < minimum for size in sizes)
    while 0 < hidden < len(sizes) and (hidden < 2 or sum(sizes[:hidden]) < minimum):
        hidden += 1
    return hidden


def _merge_neighbours(cells: list[Cell], smallest: int, minimum: int) -> tuple[Cell, ...]:
    merged = list(cells)
    while len(merged) > 1 and (small := [cell for cell in merged if smallest <= cell.count < minimum]):
        place = merged.index(min(small, key=lambda cell: cell.count))
        start = _find_partner(merged, place)
        left, right = merged[start], merged[start + 1]
        merged[start : start + 2] = [Cell(left.codes + right.codes, left.count + right.count)]
    return tuple(merged)


def _find_partner(cells: Sequence[Cell], place: int) -> int:
    """Where the pair begins that a small cell makes with its smaller neighbour; an occupied one goes first."""
    neighbours = [index for index in (place - 1, place + 1) if 0 <= index < len(cells)]
    partner = min(neighbours, key=lambda index: (cells[index].count == 0, cells[index].count))
    return min(place, partner)


def _merge_rest(cells: Sequence[Cell], smallest: int, minimum: int) -> tuple[Cell, ...]:
    rest = {cell.codes for cell in cells if smallest <= cell.count < minimum}
    if not rest:
        return tuple(cells)
    larger = sorted((cell for cell in cells if cell.count >= minimum), key=lambda cell: cell.count)
    gathered = sum(cell.count for cell in cells if cell.codes in rest)
    occupied = sum(cell.count > 0 for cell in cells if cell.codes in rest)
    while larger and (occupied < 2 or gathered < minimum):
        following = larger.pop(0)
        rest.add(following.codes)
        gathered, occupied = gathered + following.count, occupied + 1
    kept = tuple(cell for cell in cells if cell.codes not in rest)
    return (*kept, Cell(tuple(code for cell in cells if cell.codes in rest for code in cell.codes), gathered))
