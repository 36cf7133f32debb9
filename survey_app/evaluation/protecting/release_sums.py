"""What all releases together tell of a few persons: sums over sets of surveys, added and subtracted.

Every figure of a question is a sum over the surveys it counts. Whoever holds several releases can combine the sums, so
before a new one is published it is checked that no combination leaves a handful, and that no number which is not
published is narrowed to one or two values.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from survey_app.evaluation.protecting.constraints import Span, System, equal

Source = tuple[str, str]
"""A survey as it was counted: its id and the fingerprint of its counts."""
_MOST_TOGETHER = 3
_Row = dict[Source, Fraction]


@dataclass(frozen=True, slots=True)
class PublishedSum:
    """A figure that somebody holds.

    Attributes:
        sources: whose answers are added up.
        predicate: which of the answers; figures with another one add up others over the same surveys.
        affirming: how many affirm; None where the document does not say it in one number.
    """

    sources: frozenset[Source]
    predicate: str
    affirming: int | None


def find_told(
    before: Collection[PublishedSum], after: Collection[PublishedSum], sizes: Mapping[Source, int], minimum: int
) -> tuple[str, ...]:
    """Return the surveys of a handful whose answers can be worked out with the new sums and not without them.

    Args:
        before: what is published about one question; `after`: the same with what is about to be.
        sizes: persons in the base of each survey, the fewest of several bases.
        minimum: persons of whom something may be told.

    Returns:
        Ids of the surveys, sorted; empty if nobody is exposed.
    """
    old, new = _build_basis(before), _build_basis(after)
    for few in _list_few(after, sizes, minimum):
        if _follows(few, new) and not _follows(few, old):
            return tuple(sorted({survey for survey, _ in few}))
    for predicate in sorted({one.predicate for one in after}):
        for source in _list_narrowed(after, predicate, sizes):
            if source not in _list_narrowed(before, predicate, sizes):
                return (source[0],)
    return ()


def _list_few(sums: Iterable[PublishedSum], sizes: Mapping[Source, int], minimum: int) -> Iterator[frozenset[Source]]:
    """Yield every set of surveys that together are fewer persons than may be told of."""
    involved = {source for one in sums for source in one.sources}
    small = sorted(source for source in involved if 0 < sizes.get(source, 0) < minimum)
    for length in range(1, _MOST_TOGETHER + 1):
        for few in combinations(small, length):
            if sum(sizes[source] for source in few) < minimum:
                yield frozenset(few)


def _build_basis(sums: Iterable[PublishedSum]) -> list[tuple[Source, _Row]]:
    """Return independent sums, each with the survey by which it is told apart from the later ones."""
    basis: list[tuple[Source, _Row]] = []
    for sources in dict.fromkeys(one.sources for one in sums):
        row = _reduce({source: Fraction(1) for source in sources}, basis)
        if row:
            basis.append((min(row), row))
    return basis


def _reduce(row: _Row, basis: Sequence[tuple[Source, _Row]]) -> _Row:
    """Return what is left of a sum when everything that follows from the others is taken away."""
    for pivot, other in basis:
        factor = row.get(pivot, Fraction(0)) / other[pivot]
        if factor:
            joined = {key: row.get(key, Fraction(0)) - factor * other.get(key, Fraction(0)) for key in row | other}
            row = {key: value for key, value in joined.items() if value}
    return row


def _follows(sources: frozenset[Source], basis: Sequence[tuple[Source, _Row]]) -> bool:
    return not _reduce({source: Fraction(1) for source in sources}, basis)


def _list_narrowed(sums: Iterable[PublishedSum], predicate: str, sizes: Mapping[Source, int]) -> frozenset[Source]:
    """Return the surveys without a published number whose number can only be one or two values all the same."""
    told = {one.sources: one.affirming for one in sums if one.predicate == predicate and one.affirming is not None}
    single = {source for sources in told if len(sources) == 1 for source in sources}
    order = sorted({source for sources in told for source in sources})
    hidden = [source for source in order if source not in single]
    if not hidden:
        return frozenset()
    places = {source: place for place, source in enumerate(order)}
    constraints = [equal((places[source] for source in sources), total) for sources, total in told.items()]
    system = System([Span(0, sizes.get(source, 0)) for source in order], constraints)
    start = system.find_solution()
    if start is None:
        return frozenset(hidden)
    narrowed = []
    for source in hidden:
        span = system.find_open_span([places[source]], known=start)
        if span is None or (span.width < 2 and span.width < sizes.get(source, 0)):
            narrowed.append(source)
    return frozenset(narrowed)
