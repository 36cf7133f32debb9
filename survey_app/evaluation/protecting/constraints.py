"""What is published as linear constraints on whole numbers, and how far they narrow a number that is not.

The answer errs on the safe side. A number counts as open between two values only if a complete solution was found for
each, that is another set of answers which would have given exactly the same publication. Where the search gives up,
the number counts as narrower than it may be, and more is suppressed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_PATIENCE = 400
"""Steps of one search. The systems here are small sums; what is open at all is found in a few dozen."""
_TRIES = 12


@dataclass(frozen=True, slots=True)
class Constraint:
    """A published sum: low ≤ Σ factor · unknown ≤ high.

    Attributes:
        terms: pairs (index of the unknown, whole factor other than 0), each index once.
    """

    terms: tuple[tuple[int, int], ...]
    low: int
    high: int


def equal(indexes: Iterable[int], total: int) -> Constraint:
    """Return the constraint that some unknowns add up to a published total."""
    return Constraint(tuple((index, 1) for index in indexes), total, total)


@dataclass(frozen=True, slots=True)
class Span:
    """Limits of a whole number, both included."""

    low: int
    high: int

    @property
    def width(self) -> int:
        """Return how far the number may differ."""
        return self.high - self.low


class System:
    """Unknown whole numbers between limits, with everything that is published about them.

    Args:
        spans: limits of each unknown.
        constraints: what is published.
    """

    def __init__(self, spans: Sequence[Span], constraints: Iterable[Constraint]) -> None:
        self.spans = tuple(spans)
        self.constraints = tuple(constraints)

    def find_open_span(self, indexes: Iterable[int], *, known: Sequence[int] | None = None) -> Span | None:
        """Return limits that the sum of some unknowns is sure to be able to reach.

        Args:
            indexes: the unknowns of the sum.
            known: a solution, if one is at hand; the publisher has the true one.

        Returns:
            None if no solution was found.
        """
        chosen = sorted(set(indexes))
        start = list(known) if known is not None else self.find_solution()
        if start is None:
            return None
        value = sum(start[index] for index in chosen)
        outer = self._bound(chosen)
        if outer is None:
            return None
        low = self._reach(chosen, range(outer.low, value))
        high = self._reach(chosen, range(outer.high, value, -1))
        return Span(value if low is None else low, value if high is None else high)

    def find_solution(self, *more: Constraint) -> list[int] | None:
        """Return whole numbers that fulfil everything, None if there are none or the search gives up."""
        return _search(list(self.spans), (*self.constraints, *more), [_PATIENCE])

    def _bound(self, indexes: Sequence[int]) -> Span | None:
        spans = list(self.spans)
        if not _propagate(spans, self.constraints):
            return None
        return Span(sum(spans[index].low for index in indexes), sum(spans[index].high for index in indexes))

    def _reach(self, indexes: Sequence[int], values: range) -> int | None:
        """Return the first of the values that the sum can have; at most a few are tried, spread over all."""
        step = max(1, len(values) // _TRIES)
        for value in values[::step]:
            if self.find_solution(equal(indexes, value)) is not None:
                return value
        return None


def _search(spans: list[Span], constraints: Sequence[Constraint], patience: list[int]) -> list[int] | None:
    """Return a solution: narrow every unknown, then fix the one with the fewest values left, and so on."""
    patience[0] -= 1
    if patience[0] < 0 or not _propagate(spans, constraints):
        return None
    loose = [index for index, span in enumerate(spans) if span.low < span.high]
    if not loose:
        return [span.low for span in spans]
    index = min(loose, key=lambda place: spans[place].width)
    span = spans[index]
    middle = (span.low + span.high) // 2
    # A number from the middle leaves the others the most room; after that each half by itself.
    for part in (Span(middle, middle), Span(span.low, middle - 1), Span(middle + 1, span.high)):
        if part.low <= part.high:
            found = _search([*spans[:index], part, *spans[index + 1 :]], constraints, patience)
            if found is not None or patience[0] < 0:
                return found
    return None


def _propagate(spans: list[Span], constraints: Sequence[Constraint]) -> bool:
    """Narrow the unknowns as far as each constraint by itself can; False if one cannot be fulfilled."""
    changed = True
    while changed:
        changed = False
        for constraint in constraints:
            narrowed = _narrow(spans, constraint)
            if narrowed is None:
                return False
            changed = changed or narrowed
    return True


def _narrow(spans: list[Span], constraint: Constraint) -> bool | None:
    """Narrow the unknowns of one constraint; return whether anything changed, None if nothing fits."""
    ends = [_find_ends(spans[index], factor) for index, factor in constraint.terms]
    lowest, highest = sum(end.low for end in ends), sum(end.high for end in ends)
    if lowest > constraint.high or highest < constraint.low:
        return None
    changed = False
    for (index, factor), end in zip(constraint.terms, ends, strict=True):
        least, most = constraint.low - (highest - end.high), constraint.high - (lowest - end.low)
        if least <= end.low and most >= end.high:
            continue
        # A factor below 0 turns the limits round; both are rounded inwards.
        limits = (-(-least // factor), most // factor) if factor > 0 else (-(-most // factor), least // factor)
        span = Span(max(spans[index].low, limits[0]), min(spans[index].high, limits[1]))
        if span.low > span.high:
            return None
        changed = changed or span != spans[index]
        spans[index] = span
    return changed


def _find_ends(span: Span, factor: int) -> Span:
    first, last = span.low * factor, span.high * factor
    return Span(min(first, last), max(first, last))
