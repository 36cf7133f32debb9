"""Making a row of counted answers: assessment, the other base, response, flags; nothing of it below the minimum."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from survey_app.evaluation.disclosure import SMALLEST_CELL, mask_extreme_share
from survey_app.evaluation.facts.answers import ShareCounts
from survey_app.evaluation.facts.evidence import Evidence
from survey_app.evaluation.goals.goals import Tier
from survey_app.evaluation.goals.indicators import Indicator
from survey_app.evaluation.judging.assessment import Base, ShareAssessment, assess_share
from survey_app.evaluation.judging.targets import is_reached
from survey_app.evaluation.judging.verdict import Flag, Reason, Verdict
from survey_app.evaluation.measures.periods import Period
from survey_app.evaluation.measures.rows import Breakdown, OtherBase, Response, Row
from survey_app.evaluation.statistics.comparison import PooledShares
from survey_app.evaluation.wording.display import describe_share

# The same counts give the same assessment, and every page asks for the same counts again.
_MEMORY = 4096
_assess_once = lru_cache(maxsize=_MEMORY)(assess_share)
_describe_once = lru_cache(maxsize=_MEMORY)(describe_share)


@dataclass(frozen=True, slots=True)
class ShareCase:
    """The answers of one period, ready to be judged.

    Attributes:
        attended: persons present; None is unknown.
        sensitive: whether the item of any survey is.
        changed: whether an earlier survey asked in a wording that is not equivalent.
        pooled: three ways of pooling, if several surveys are in it.
        left_out: surveys whose answers are too few to be in the total.
        withheld: whether nothing is told although the base is large enough.
    """

    period: Period
    counts: ShareCounts
    attended: int | None
    base: Base
    sensitive: bool = False
    changed: bool = False
    pooled: PooledShares | None = None
    left_out: int = 0
    groups: Sequence[Breakdown] = ()
    withheld: bool = False


def build_empty_row(indicator: Indicator, period: Period, reason: Reason) -> Row:
    """Return the row of an indicator about which nothing is known."""
    return Row(
        period,
        Verdict.NOT_ASSESSABLE,
        target=indicator.target_on(period.start),
        comparison=indicator.comparison,
        reasons=(reason,),
    )


def build_share_row(indicator: Indicator, case: ShareCase, evidence: Evidence) -> Row:
    """Return the row of a share of answers."""
    target = indicator.target_on(case.period.start)
    assessed = _assess(indicator, case, evidence, case.base, target)
    row = Row(
        case.period,
        assessed.verdict,
        target=target,
        comparison=indicator.comparison,
        reasons=assessed.reasons,
        left_out=case.left_out,
    )
    if assessed.value is None:
        return row
    if case.sensitive and mask_extreme_share(case.counts.affirming, assessed.n) is not None:
        return _put_in_words(row, indicator, case, evidence, assessed)
    return replace(row, **_list_figures(indicator, case, evidence, assessed, target))


def _put_in_words(
    row: Row, indicator: Indicator, case: ShareCase, evidence: Evidence, assessed: ShareAssessment
) -> Row:
    """Return the row of a sensitive item to which (nearly) all answered alike: words, and the verdict if it adds none.

    The verdict is published too, so it may not tell which of the numbers that the words stand for it is.
    """
    affirming, n = case.counts.affirming, assessed.n
    mask = mask_extreme_share(affirming, n)
    is_high = 2 * affirming > n
    verdicts = set()
    for side in range(SMALLEST_CELL):
        moved = (n - side if is_high else side) - affirming
        counts = replace(
            case.counts, affirming=affirming + moved, not_affirming=max(0, case.counts.not_affirming - moved)
        )
        verdicts.add(_assess(indicator, replace(case, counts=counts), evidence, case.base, row.target).verdict)
    if mask is None or mask.text is None or len(verdicts) > 1:
        held = _assess(indicator, replace(case, withheld=True), evidence, case.base, row.target)
        return replace(row, verdict=held.verdict, reasons=held.reasons)
    rate = Response(case.counts.asked, case.attended, assessed.response_rate)
    return replace(row, display=mask.text, base=n, response=rate, missing=_count_missing(case, assessed))


def _list_figures(
    indicator: Indicator, case: ShareCase, evidence: Evidence, assessed: ShareAssessment, target: Fraction | None
) -> dict[str, Any]:
    """Return everything that is left out of a withheld row."""
    other = _assess_other(indicator, case, evidence, assessed, target)
    is_public = evidence.tier is Tier.PUBLIC
    return {
        "value": assessed.value,
        "display": _describe_once(case.counts.affirming, assessed.n, target=target, comparison=indicator.comparison),
        "numerator": case.counts.affirming,
        "base": assessed.n,
        "base_parts": None if is_public else _list_parts(case.counts),
        "low": assessed.low,
        "high": assessed.high,
        "low_s": assessed.low_s,
        "high_s": assessed.high_s,
        "manski_low": assessed.manski_low,
        "manski_high": assessed.manski_high,
        "tipping_point": assessed.tipping_point,
        "flags": _list_flags(indicator, case, assessed, other, target),
        "other_base": None if is_public else other,
        "response": Response(case.counts.asked, case.attended, assessed.response_rate),
        "robustness": assessed.robustness,
        "groups": case.groups,
        "missing": _count_missing(case, assessed),
        "pooled": case.pooled,
    }


def _assess(
    indicator: Indicator, case: ShareCase, evidence: Evidence, base: Base, target: Fraction | None
) -> ShareAssessment:
    counts, parameters = case.counts, evidence.parameters
    minimum = evidence.minimum(sensitive=case.sensitive)
    if case.withheld or counts.valid < minimum:
        minimum = max(minimum, counts.count_base(base) + 1)
    return _assess_once(
        counts.affirming,
        counts.not_affirming,
        counts.no_answer,
        counts.not_applicable,
        counts.not_shown,
        attended=case.attended,
        target=target,
        comparison=indicator.comparison,
        base=base,
        running=case.period.running,
        confidence=parameters.confidence,
        min_base=parameters.min_base,
        min_group=minimum,
        nonresponse_allowance=parameters.nonresponse_allowance,
    )


def _assess_other(
    indicator: Indicator, case: ShareCase, evidence: Evidence, own: ShareAssessment, target: Fraction | None
) -> OtherBase | None:
    """Return the share on the other base, None if that base is too small to be shown."""
    base = Base.VALID if case.base is Base.ASKED else Base.ASKED
    # Without a missing answer both bases are the same persons, and so is the verdict.
    found = own if case.counts.no_answer == 0 else _assess(indicator, case, evidence, base, target)
    if found.value is None:
        return None
    display = _describe_once(case.counts.affirming, found.n, target=target, comparison=indicator.comparison)
    return OtherBase(base, found.n, found.value, display, found.verdict)


def _list_parts(counts: ShareCounts) -> dict[str, int | Fraction | None]:
    return {
        "affirming": counts.affirming,
        "not_affirming": counts.not_affirming,
        "no_answer": counts.no_answer,
        "not_applicable": counts.not_applicable,
        "not_shown": counts.not_shown,
    }


def _count_missing(case: ShareCase, assessed: ShareAssessment) -> int | None:
    """Persons present to whom the item may apply and whose answer is not in the base."""
    if case.attended is None or assessed.manski_low is None:
        return None
    return case.attended - case.counts.not_applicable - assessed.n


def _list_flags(
    indicator: Indicator,
    case: ShareCase,
    assessed: ShareAssessment,
    other: OtherBase | None,
    target: Fraction | None,
) -> tuple[Flag, ...]:
    flags = set()
    if other is not None and other.verdict is not assessed.verdict:
        flags.add(Flag.BASE_SENSITIVE)
    if case.changed:
        flags.add(Flag.VERSION_CHANGED)
    if target is not None and case.pooled is not None:
        ways = (case.pooled.pooled, case.pooled.by_attendance, case.pooled.mean_of_meetings)
        sides = {is_reached(way, target, indicator.comparison) for way in ways if way is not None}
        if len(sides) > 1:
            flags.add(Flag.POOLING_SENSITIVE)
    return tuple(sorted(flags))
