"""Judging a share of answers: the one place where counts, attendance and target meet."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from survey_app.evaluation.judging.targets import ensure_comparison
from survey_app.evaluation.judging.verdict import Reason, Verdict, decide, sort_reasons
from survey_app.evaluation.statistics.inputs import (
    Limit,
    Number,
    ensure_choice,
    ensure_count,
    read_confidence,
    read_share,
)
from survey_app.evaluation.statistics.intervals import Interval, cut_interval, effective_sample_size, wilson_interval
from survey_app.evaluation.statistics.nonresponse import (
    Robustness,
    manski_bounds,
    robustness,
    tipping_point,
    widen_interval,
)


class Base(StrEnum):
    """Whom a share is a share of: everybody asked to whom the item applies, or those with a valid answer."""

    ASKED = "asked"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class ShareAssessment:
    """A share of answers with everything that is known about it.

    Below the minimum of the tier (or without an answer) everything is None except n, the response rate, the
    verdict and its reasons; whether n itself may be shown is for the report to say.
    """

    n: int
    value: Fraction | None
    low: Limit | None
    high: Limit | None
    low_s: Limit | None
    high_s: Limit | None
    manski_low: Limit | None
    manski_high: Limit | None
    tipping_point: Fraction | None
    robustness: Robustness
    response_rate: Fraction | None
    verdict: Verdict
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Answers:
    """Persons by what they said, and how many were recorded as present."""

    affirming: int
    not_affirming: int
    no_answer: int
    not_applicable: int
    not_shown: int
    recorded_attendance: int | None
    base: Base

    def __post_init__(self) -> None:
        for name in ("affirming", "not_affirming", "no_answer", "not_applicable", "not_shown"):
            ensure_count(getattr(self, name), name)
        if self.recorded_attendance is not None:
            ensure_count(self.recorded_attendance, "attended")

    @property
    def applicable(self) -> int:
        return self.affirming + self.not_affirming + self.no_answer

    @property
    def asked(self) -> int:
        return self.applicable + self.not_applicable

    @property
    def attended(self) -> int | None:
        """Persons present, None as well if more questionnaires came than persons: then the record is wrong."""
        recorded = self.recorded_attendance
        return None if recorded is None or recorded < self.asked + self.not_shown else recorded

    @property
    def n(self) -> int:
        return self.applicable if self.base is Base.ASKED else self.affirming + self.not_affirming

    @property
    def missing(self) -> int | None:
        """Persons present to whom the item may apply and whose answer is not in the base."""
        return None if self.attended is None else self.attended - self.not_applicable - self.n

    @property
    def population(self) -> Fraction | None:
        """Persons present to whom the item would apply, if it does to as many as among those asked."""
        return None if self.attended is None else Fraction(self.attended * self.applicable, self.asked)

    @property
    def is_complete(self) -> bool:
        return self.attended == self.asked and self.n == self.applicable


@dataclass(frozen=True, slots=True)
class _Rules:
    """Target and parameters, checked."""

    target: Fraction | None
    comparison: str
    running: bool
    confidence: Fraction
    min_base: int
    min_group: int
    allowance: Fraction


def assess_share(
    affirming: int,
    not_affirming: int,
    no_answer: int = 0,
    not_applicable: int = 0,
    not_shown: int = 0,
    *,
    attended: int | None = None,
    target: Number | None = None,
    comparison: str = ">=",
    base: str = "asked",
    running: bool = False,
    confidence: Number = 0.95,
    min_base: int = 10,
    min_group: int = 5,
    nonresponse_allowance: Number = Fraction(1, 5),
) -> ShareAssessment:
    """Return the share of affirming answers, what is uncertain about it, and the verdict.

    Args:
        affirming: persons whose answer affirms.
        not_affirming: persons with another valid answer.
        no_answer: shown, but left blank or declined; in the base `asked`, and not affirming.
        not_applicable: persons to whom the item does not apply; never in the base.
        not_shown: persons who broke off earlier; never in the base, but present.
        attended: persons present who could have answered; None if unknown, and treated as unknown if there are
            more answers than that.
        target: share to be reached; None if there is none.
        comparison: ">=" or "<=".
        base: "asked" or "valid".
        running: whether answers may still come in.
        confidence: of the sampling interval.
        min_base: below this base there is no verdict on a target, unless everybody present answered.
        min_group: below this base nothing is shown.
        nonresponse_allowance: how much less the silent may agree before success counts as secure.

    Raises:
        TypeError: if a count is no int.
        ValueError: for negative counts, shares outside 0…1, or an unknown base or comparison.

    Source:
        Sections 4 and 5 of the specification of the evaluation.
    """
    counts = (affirming, not_affirming, no_answer, not_applicable, not_shown)
    answers = _Answers(*counts, recorded_attendance=attended, base=Base(ensure_choice(base, "base", Base)))
    rules = _Rules(
        target=None if target is None else read_share(target, "target"),
        comparison=ensure_comparison(comparison),
        running=running,
        confidence=read_confidence(confidence),
        min_base=ensure_count(min_base, "min_base"),
        min_group=ensure_count(min_group, "min_group"),
        allowance=read_share(nonresponse_allowance, "nonresponse_allowance"),
    )
    reasons = _list_reasons(answers, rules)
    if answers.n == 0 or answers.n < rules.min_group:
        return _withhold(answers, rules, reasons)
    return _assess(answers, rules, reasons)


def _list_reasons(answers: _Answers, rules: _Rules) -> set[Reason]:
    reasons = set()
    if answers.recorded_attendance is None:
        reasons.add(Reason.ATTENDANCE_UNKNOWN)
    elif answers.attended is None:
        reasons.add(Reason.ATTENDANCE_IMPLAUSIBLE)
    if rules.running:
        reasons.add(Reason.PERIOD_RUNNING)
    if answers.n == 0:
        reasons.add(Reason.NO_ANSWERS)
    elif answers.n < rules.min_group:
        reasons.add(Reason.BELOW_DISCLOSURE_THRESHOLD)
    elif answers.n < rules.min_base and not answers.is_complete:
        reasons.add(Reason.SMALL_BASE)
    return reasons


def _withhold(answers: _Answers, rules: _Rules, reasons: Iterable[Reason]) -> ShareAssessment:
    return ShareAssessment(
        n=answers.n,
        value=None,
        low=None,
        high=None,
        low_s=None,
        high_s=None,
        manski_low=None,
        manski_high=None,
        tipping_point=None,
        robustness=robustness(None, rules.target, rules.comparison),
        response_rate=_find_response_rate(answers),
        verdict=Verdict.NOT_ASSESSABLE,
        reasons=sort_reasons(reasons),
    )


def _assess(answers: _Answers, rules: _Rules, reasons: set[Reason]) -> ShareAssessment:
    k, n, missing, target = answers.affirming, answers.n, answers.missing, rules.target
    bounds = None if missing is None else manski_bounds(k, n, missing)
    interval = _build_interval(answers, bounds, rules.confidence)
    wide = widen_interval(interval, n=n, missing=missing, bounds=bounds, allowance=rules.allowance)
    return ShareAssessment(
        n=n,
        value=Fraction(k, n),
        low=interval.low,
        high=interval.high,
        low_s=wide.low,
        high_s=wide.high,
        manski_low=None if bounds is None else bounds.low,
        manski_high=None if bounds is None else bounds.high,
        tipping_point=None if missing is None or target is None else tipping_point(k, n, missing, target),
        robustness=robustness(bounds, target, rules.comparison),
        response_rate=_find_response_rate(answers),
        verdict=_find_verdict(answers, rules, reasons, interval, wide),
        reasons=sort_reasons(reasons),
    )


def _build_interval(answers: _Answers, bounds: Interval | None, confidence: Fraction) -> Interval:
    """Wilson with n* and cut to what is possible; plain Wilson while attendance is unknown."""
    k, n = answers.affirming, answers.n
    size = effective_sample_size(n, population=answers.population)
    if size is None:
        return Interval(Fraction(k, n), Fraction(k, n))
    interval = wilson_interval(k, n, confidence=confidence, design_effect=n / size)
    return interval if bounds is None else cut_interval(interval, bounds)


def _find_verdict(
    answers: _Answers, rules: _Rules, reasons: set[Reason], interval: Interval, wide: Interval
) -> Verdict:
    if rules.target is not None and Reason.SMALL_BASE in reasons:
        return Verdict.NOT_ASSESSABLE
    return decide(
        Fraction(answers.affirming, answers.n),
        interval,
        wide,
        rules.target,
        rules.comparison,
        attendance_known=answers.attended is not None,
        running=rules.running,
    )


def _find_response_rate(answers: _Answers) -> Fraction | None:
    """Persons asked per person present: None, not 0 %, if nobody knows how many or there was nobody."""
    return Fraction(answers.asked, answers.attended) if answers.attended else None
