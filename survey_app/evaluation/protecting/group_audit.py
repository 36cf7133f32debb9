"""How far the hidden numbers of a breakdown can be narrowed by everything else that is told.

The audit answers for the attacker. It gives exact limits for this kind of table: hidden lines of unknown content whose
columns have known sums are a transport problem, and there each cell reaches min(line, column) and
max(0, line + column − all) in whole numbers (Hoffman's condition; the matrix is totally unimodular). A group shown in
words leaves its smaller side between 0 and 2, and hands the rest on to the hidden ones.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from survey_app.evaluation.disclosure import SMALLEST_CELL

NARROWEST = 5
"""K_CROSS: a hidden number of a breakdown has to be able to differ by as much."""
_WORDS_COVER = SMALLEST_CELL - 1


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """The persons of one group by what they said to one item.

    Attributes:
        outside: those of the group who are not in the base.
    """

    code: str
    affirming: int
    not_affirming: int
    outside: int = 0

    @property
    def base(self) -> int:
        """Return the persons whose share it is."""
        return self.affirming + self.not_affirming

    @property
    def persons(self) -> int:
        """Return everybody in the group."""
        return self.base + self.outside


@dataclass(frozen=True, slots=True)
class _Span:
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class _Hidden:
    """The hidden groups of a table, with what is known of them together.

    Attributes:
        known_sizes: codes of those whose number of persons other figures tell.
    """

    groups: Sequence[GroupCounts]
    known_sizes: Container[str]

    @property
    def persons(self) -> int:
        return sum(group.persons for group in self.groups)

    @property
    def base(self) -> int:
        return sum(group.base for group in self.groups)

    def find_size(self, group: GroupCounts) -> _Span:
        """Return how many persons a group may have; every other one has at least one in its base."""
        if group.code in self.known_sizes:
            return _Span(group.persons, group.persons)
        others = (other for other in self.groups if other is not group)
        return _Span(1, self.persons - sum(other.persons if other.code in self.known_sizes else 1 for other in others))


def has_enough(hidden: Sequence[GroupCounts], worded: Sequence[GroupCounts], minimum: int) -> bool:
    """Tell whether in every column at least two numbers are left out that hold together the minimum, or none is.

    Of those outside the base there may be nobody.
    """
    secret = [*hidden, *worded]
    if not secret:
        return True
    if len(secret) < 2 or len(hidden) == 1:
        return False
    sums = [sum(group.affirming for group in secret), sum(group.not_affirming for group in secret)]
    if hidden:
        sums.append(sum(group.base for group in hidden))
    return min(sums) >= minimum and not 0 < sum(group.outside for group in hidden) < minimum


def is_safe_table(
    hidden: Sequence[GroupCounts], worded: Sequence[GroupCounts], known_sizes: Container[str] = ()
) -> bool:
    """Tell whether nothing hidden is narrowed too far, not even for somebody who knows one answer.

    Args:
        hidden: groups of which nothing is told; the sums of their columns follow from the other groups.
        worded: groups with a known base, whose smaller side is only known to be 0, 1 or 2.
        known_sizes: codes of the hidden groups whose number of persons may be known from elsewhere.
    """
    if not hidden:
        return _leaves_words_open(worded, _Span(0, 0), 0)
    if len(hidden) == 1:
        return False
    lines = _Hidden(hidden, known_sizes)
    negative = sum(group.not_affirming for group in hidden)
    # Whoever knows one response narrows each side of what words leave to the hidden groups.
    if worded and not _leaves_words_open(worded, _Span(1, lines.base - 1), negative):
        return False
    given, taken = _find_slack(worded)
    against = _Span(max(0, negative - taken), min(lines.base, negative + given))
    in_favour = _Span(lines.base - against.high, lines.base - against.low)
    return all(_is_open_line(group, lines, in_favour, against) for group in hidden)


def _leaves_words_open(worded: Sequence[GroupCounts], room: _Span, negative: int) -> bool:
    """Tell whether every group in words may still have 0, 1 or 2 on its smaller side.

    Args:
        room: how many of the hidden groups' persons may be not affirming; `negative`: how many are.
    """
    signed = [(1 if group.affirming > group.not_affirming else -1, _small_side(group)) for group in worded]
    whole = negative + sum(sign * side for sign, side in signed)
    lows = [min(0, sign * _WORDS_COVER) for sign, _ in signed]
    highs = [max(0, sign * _WORDS_COVER) for sign, _ in signed]
    return all(
        whole - (room.high + sum(highs) - high) <= low and whole - (room.low + sum(lows) - low) >= high
        for low, high in zip(lows, highs, strict=True)
    )


def _find_slack(worded: Sequence[GroupCounts]) -> tuple[int, int]:
    """Return how many not affirming persons the words could hand to the hidden groups, and take from them."""
    given = taken = 0
    for group in worded:
        above = _small_side(group)
        below = _WORDS_COVER - above
        is_high = group.affirming > group.not_affirming
        given += above if is_high else below
        taken += below if is_high else above
    return given, taken


def _small_side(group: GroupCounts) -> int:
    return min(group.affirming, group.not_affirming)


def _is_open_line(group: GroupCounts, lines: _Hidden, in_favour: _Span, against: _Span) -> bool:
    """Tell whether every number of a hidden group is wide enough, after one response of it is known."""
    others = len(lines.groups) - 1
    size, everybody = lines.find_size(group), lines.persons
    if size.low < size.high and not _is_wide(1, lines.base - others):
        return False
    for column, other in ((in_favour, against), (against, in_favour)):
        # The other groups need somebody in their bases, from this column if the other one has too few.
        kept = max(0, others - other.low)
        if not _is_wide(column.low - (everybody - size.low), min(column.high - kept, size.high)):
            return False
    outside = everybody - lines.base
    return not outside or _is_wide(outside - (everybody - size.low - others), min(outside, size.high - 1))


def _is_wide(low: int, high: int) -> bool:
    """Tell whether a number between two limits stays wide enough when one response is taken out of it."""
    return high - max(0, low) > NARROWEST
