"""Which groups of a breakdown are shown: exactly, in words, or not at all.

A breakdown is a table: a line per group, and in the columns who affirms, who does not, and who is outside the base.
Everybody is taken to know the sums of the columns and how many persons each larger group has, for other figures tell
them. What is hidden has to stay wide open all the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from survey_app.evaluation.disclosure import SMALLEST_CELL, ShareMask, mask_extreme_share, suppress
from survey_app.evaluation.goals.goals import SMALLEST_GROUP
from survey_app.evaluation.protecting.group_audit import NARROWEST, GroupCounts, has_enough, is_safe_table

SMALLEST_OPEN_GROUP = 2 * SMALLEST_CELL
"""In a smaller group one side is always smaller than the smallest cell, so it is pooled from the beginning."""
_MOST_CLASSES, _MOST_OVERLAPPING_CLASSES = 8, 12


@dataclass(frozen=True, slots=True)
class GroupProtection:
    """What is told of each group, by code.

    Attributes:
        shown: groups with their exact numbers; `coarse`: groups with words instead of a share.
        hidden: groups of which nothing is told; groups with an empty base are in none of the three.
        pooled: whether the hidden groups may be shown as one, whose numbers follow from the others anyway.
    """

    shown: frozenset[str] = frozenset()
    coarse: Mapping[str, ShareMask] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    pooled: bool = False


@lru_cache(maxsize=8192)
def protect_groups(
    groups: tuple[GroupCounts, ...], *, minimum: int, overlapping: GroupCounts | None = None
) -> GroupProtection:
    """Return what may be told of the groups of one breakdown.

    Hidden are groups below the minimum, those in which (nearly) all answer alike and words would not be true or
    would tell too much, and then the smallest others until nothing that is hidden can be narrowed. Whatever a smaller
    minimum hides stays hidden, so that a stricter network never shows more.

    Args:
        groups: each with its counts, in the order of the questionnaire; codes unique.
        minimum: smallest base that this tier may see.
        overlapping: counts of the whole survey if a person may be in several groups, so that nothing follows by
            subtraction; None if everybody is in exactly one.
    """
    present = tuple(group for group in groups if group.persons)
    hidden: frozenset[str] = frozenset()
    for threshold in range(min(SMALLEST_GROUP, minimum), minimum + 1):
        pooled = find_pooled(((group.code, group.persons) for group in present), threshold, additive=not overlapping)
        hidden |= {*pooled, *(group.code for group in present if _is_telling(group, threshold))}
        found = _hide_more(present, hidden, pooled, threshold) if overlapping is None else hidden
        if found is None or (overlapping is not None and not _is_safe_overlap(present, hidden, overlapping)):
            return GroupProtection(hidden=tuple(group.code for group in present))
        hidden = found
    return _build_protection(present, hidden, additive=overlapping is None)


def are_offered(classes: int, *, overlapping: bool) -> bool:
    """Tell whether a key variable has few enough classes: finer groups are nearly names, whatever their size."""
    return classes <= (_MOST_OVERLAPPING_CLASSES if overlapping else _MOST_CLASSES)


def find_pooled(sizes: Iterable[tuple[str, int]], minimum: int, *, additive: bool = True) -> frozenset[str]:
    """Return the groups that are pooled whatever anybody answered: a rule that stands before results are seen.

    Args:
        sizes: pairs (code, persons) of every group, in the order of the questionnaire.
        minimum: smallest group that the tier may see.
        additive: whether everybody is in exactly one group, so that a single pooled one would need a sibling.
    """
    smallest = max(minimum, SMALLEST_OPEN_GROUP)
    if additive:
        return frozenset(suppress(sizes, smallest).hidden)
    return frozenset(code for code, persons in sizes if 0 < persons < smallest)


def _is_telling(group: GroupCounts, threshold: int) -> bool:
    """Tell whether a group cannot be shown because of its numbers: neither exactly nor in words."""
    if group.base == 0:
        return False
    if group.base < threshold or 0 < group.outside < SMALLEST_CELL:
        return True
    return mask_extreme_share(group.affirming, group.base) is ShareMask.WITHHELD


def _hide_more(
    groups: Sequence[GroupCounts], hidden: frozenset[str], pooled: frozenset[str], minimum: int
) -> frozenset[str] | None:
    """Return the hidden groups with as many others as it takes, None if all of them are not enough."""
    worded = frozenset(group.code for group in groups if _has_words(group))
    others = sorted(
        (group for group in groups if group.base and group.code not in hidden),
        key=lambda group: (group.code in worded, group.base),
    )
    known_sizes = {group.code for group in groups} - pooled
    while True:
        secret = [group for group in groups if group.code in hidden]
        in_words = [group for group in others if group.code in worded]
        if has_enough(secret, in_words, minimum) and is_safe_table(secret, in_words, known_sizes):
            return hidden
        if not others:
            return None
        hidden |= {others.pop(0).code}


def _has_words(group: GroupCounts) -> bool:
    return group.base > 0 and mask_extreme_share(group.affirming, group.base) not in (None, ShareMask.WITHHELD)


def _is_safe_overlap(groups: Sequence[GroupCounts], hidden: frozenset[str], whole: GroupCounts) -> bool:
    """Tell whether what is not told stays open though nobody knows who is in several groups.

    A number is bounded from above by that of the whole survey, and from below by what the other groups cannot hold;
    the first has to be wide, and the second has to be nothing.
    """
    if hidden and min(whole.affirming, whole.not_affirming) <= NARROWEST:
        return False
    for group in groups:
        is_hidden = group.code in hidden
        if (is_hidden or _has_words(group)) and not hidden - {group.code}:
            others = [other for other in groups if other is not group]
            affirming = sum(_count_surely(other.affirming, other) for other in others)
            negative = sum(_count_surely(other.not_affirming, other) for other in others)
            is_high = group.affirming > group.not_affirming
            if affirming < whole.affirming and (is_hidden or not is_high):
                return False
            if negative < whole.not_affirming and (is_hidden or is_high):
                return False
    return True


def _count_surely(count: int, group: GroupCounts) -> int:
    """Return what is known to be in a cell of a group that is shown: in words nobody on the smaller side."""
    if not _has_words(group):
        return count
    return group.base - SMALLEST_CELL + 1 if count * 2 > group.base else 0


def _build_protection(groups: Sequence[GroupCounts], hidden: frozenset[str], *, additive: bool) -> GroupProtection:
    shown, coarse = set(), {}
    for group in groups:
        if group.base and group.code not in hidden:
            mask = mask_extreme_share(group.affirming, group.base)
            if mask is None:
                shown.add(group.code)
            else:
                coarse[group.code] = mask
    return GroupProtection(
        shown=frozenset(shown),
        coarse=coarse,
        hidden=tuple(group.code for group in groups if group.code in hidden),
        pooled=additive and bool(hidden) and bool(shown) and not coarse,
    )
