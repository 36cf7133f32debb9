"""A share by one criterion: each group apart, small ones hidden, unanimous ones without their number."""

from collections.abc import Mapping

from survey_app.domain.questionnaire import NO_ANSWER
from survey_app.evaluation.disclosure import mask_extreme_share, suppress
from survey_app.evaluation.facts.answers import ItemAnswers, ShareCounts, count_share
from survey_app.evaluation.goals.indicators import AnswerShare, Pooling
from survey_app.evaluation.judging.assessment import Base
from survey_app.evaluation.measures.rows import Breakdown, Group


def build_breakdowns(
    measure: AnswerShare, answers: ItemAnswers, total: ShareCounts, *, base: Base, minimum: int
) -> tuple[Breakdown, ...]:
    """Return the share of one survey by every criterion its questionnaire allows, after suppression.

    Only for a single survey: groups of a pooled total beside those of its surveys could be subtracted.
    """
    if measure.pooling is Pooling.FIRST_ANSWERS:
        return ()
    breakdowns = []
    for criterion, classes in answers.item.by.items():
        counts = {code: count_share(measure, answers.item, part) for code, part in classes.items()}
        breakdowns.append(_build_breakdown(criterion, counts, total, base=base, minimum=minimum))
    return tuple(breakdowns)


def _build_breakdown(
    criterion: str, counts: Mapping[str, ShareCounts], total: ShareCounts, *, base: Base, minimum: int
) -> Breakdown:
    sizes = {code: part.count_base(base) for code, part in counts.items()}
    rest = _find_rest(total, counts)
    if rest is not None and rest.count_base(base) and NO_ANSWER not in counts:
        counts = {**counts, NO_ANSWER: rest}
        sizes[NO_ANSWER] = rest.count_base(base)
    hidden = set(suppress(sizes.items(), minimum).hidden)
    groups = [
        _build_group(code, part.affirming, sizes[code])
        for code, part in counts.items()
        if sizes[code] and code not in hidden
    ]
    hidden |= _find_exposing(groups, has_hidden=bool(hidden))
    return Breakdown(
        criterion,
        shown=tuple(group for group in groups if group.code not in hidden),
        hidden=tuple(code for code in sizes if code in hidden),
    )


def _find_rest(total: ShareCounts, parts: Mapping[str, ShareCounts]) -> ShareCounts | None:
    """Return who told no group: a group too, for its numbers follow from the others by subtraction.

    None if one person may be in several groups: then the groups do not add up to anything.
    """
    rest = total - sum(parts.values(), ShareCounts())
    return None if rest.has_negative else rest


def _find_exposing(groups: list[Group], *, has_hidden: bool) -> set[str]:
    """Return the groups to hide so that a number left out of one group does not follow from the others."""
    masked = [group for group in groups if group.numerator is None]
    if len(masked) != 1 or has_hidden:
        return set()
    others = [group for group in groups if group.numerator is not None]
    return {min(others or masked, key=lambda group: group.base).code}


def _build_group(code: str, affirming: int, size: int) -> Group:
    mask = mask_extreme_share(affirming, size)
    return Group(code, affirming, size) if mask is None else Group(code, None, size, mask)
