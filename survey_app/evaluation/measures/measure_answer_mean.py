"""Measuring the mean of coded answers, survey by survey or pooled over a period."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from survey_app.evaluation.disclosure import SMALLEST_CELL
from survey_app.evaluation.facts.answers import ItemAnswers, list_answers
from survey_app.evaluation.facts.evidence import Evidence
from survey_app.evaluation.goals.indicators import AnswerMean, Indicator, PeriodKind, Pooling
from survey_app.evaluation.judging.full_years import count_years_reached, exempt_partial_year
from survey_app.evaluation.judging.verdict import Flag, Reason, Verdict, decide, sort_reasons
from survey_app.evaluation.measures.periods import Period, find_headline, list_answer_periods
from survey_app.evaluation.measures.rows import IndicatorResult, Response, Row, Term
from survey_app.evaluation.measures.share_rows import build_empty_row
from survey_app.evaluation.measures.totals import Totals
from survey_app.evaluation.protecting.splits import FEWEST_FOR_SPREAD, build_figure, find_conflicting
from survey_app.evaluation.statistics.inputs import Limit
from survey_app.evaluation.statistics.intervals import Interval, cut_interval
from survey_app.evaluation.statistics.scales import mean_interval
from survey_app.evaluation.wording.display import format_number

_MEAN_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class _MeanCase:
    """The coded answers of one period.

    Attributes:
        counts: persons per coded option; `asked`: everybody asked, also without a value.
        rare: whether an option of any survey was chosen by so few that its count would tell about single persons.
    """

    period: Period
    counts: tuple[int, ...]
    asked: int
    not_applicable: int
    attended: int | None
    minimum: int
    changed: bool
    left_out: int
    rare: bool

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def present(self) -> int | None:
        """Persons present who could have a value, None if their number is unknown or implausible."""
        if self.attended is None or self.attended < self.asked:
            return None
        return self.attended - self.not_applicable


def measure_answer_mean(indicator: Indicator, measure: AnswerMean, evidence: Evidence) -> IndicatorResult:
    """Return a row for every survey or period with answers."""
    answers = list_answers(measure, evidence)
    by_survey = tuple(_build_survey_row(indicator, measure, entry, evidence) for entry in answers)
    if indicator.period is PeriodKind.SURVEY:
        empty = build_empty_row(indicator, Period(PeriodKind.SURVEY, surveys=()), Reason.NO_ANSWERS)
        rows = by_survey or (empty,)
        return IndicatorResult(indicator, rows, len(rows) - 1)
    rows = _build_period_rows(indicator, measure, answers, evidence)
    full, reached = count_years_reached(rows)
    return IndicatorResult(
        indicator,
        rows,
        find_headline([row.period for row in rows], evidence.calendar),
        by_survey=None if measure.pooling is Pooling.LATEST_SURVEY else by_survey,
        full_years=full,
        full_years_reached=reached,
    )


def _build_survey_row(indicator: Indicator, measure: AnswerMean, answers: ItemAnswers, evidence: Evidence) -> Row:
    day = answers.survey.date
    period = Period(PeriodKind.SURVEY, day.isoformat(), day, day, surveys=(answers.survey.id,))
    case = _build_case(measure, period, [answers], answers.survey.attended, evidence)
    return _build_row(indicator, measure, case, evidence)


def _build_period_rows(
    indicator: Indicator, measure: AnswerMean, answers: Sequence[ItemAnswers], evidence: Evidence
) -> tuple[Row, ...]:
    periods = list_answer_periods(indicator, evidence.calendar, [entry.survey.date for entry in answers])
    totals = Totals(build_figure(measure, evidence.parameters.base), measure.item, evidence)
    rows = []
    for period in periods:
        inside = [entry for entry in answers if period.contains(entry.survey.date)]
        if not inside:
            continue
        same = [entry for entry in inside if entry.series == inside[-1].series]
        is_latest = measure.pooling is Pooling.LATEST_SURVEY
        kept = inside[-1:] if is_latest else totals.choose(same)
        pooled = kept or same
        attended = inside[-1].survey.attended if is_latest else evidence.count_attendance(period, measure.universe)
        dated = period.with_surveys(entry.survey.id for entry in kept)
        case = replace(
            _build_case(measure, dated, pooled, attended, evidence),
            left_out=0 if is_latest else len(same) - len(pooled),
        )
        if not kept:
            case = replace(case, minimum=case.n + 1)
        rows.append(exempt_partial_year(indicator, _build_row(indicator, measure, case, evidence)))
    if rows:
        return tuple(rows)
    empty = periods[0] if periods else evidence.calendar.headline_year()
    return (build_empty_row(indicator, empty.with_surveys(()), Reason.NO_ANSWERS),)


def _is_conflicting(measure: AnswerMean, answers: ItemAnswers, evidence: Evidence) -> bool:
    """Tell whether the mean would tell too much beside other figures of the item, or by itself of a sensitive one."""
    counts = _list_counts(measure, answers)
    if answers.item.sensitive and sum(counts) - max(counts) < SMALLEST_CELL:
        return True
    scale = build_figure(measure, evidence.parameters.base)
    return scale in find_conflicting(
        evidence.figures.get(measure.item, (scale,)), answers.item, _find_minimum(answers, evidence)
    )


def _build_case(
    measure: AnswerMean, period: Period, answers: Sequence[ItemAnswers], attended: int | None, evidence: Evidence
) -> _MeanCase:
    counts = [_list_counts(measure, entry) for entry in answers]
    blocks = [entry.counts for entry in answers]
    asked = sum(sum(block.choices.values()) + block.no_answer + block.not_applicable for block in blocks)
    # An option without a value says that the question does not apply.
    without_value = sum(sum(block.choices.values()) for block in blocks) - sum(sum(column) for column in counts)
    return _MeanCase(
        period=period,
        counts=tuple(sum(column) for column in zip(*counts, strict=True)),
        asked=asked,
        not_applicable=sum(block.not_applicable for block in blocks) + without_value,
        attended=attended,
        minimum=max(_find_smallest_shown(measure, entry, evidence) for entry in answers),
        changed=answers[-1].changed,
        left_out=0,
        rare=any(_has_rare_option(measure, entry) for entry in answers),
    )


def _has_rare_option(measure: AnswerMean, answers: ItemAnswers) -> bool:
    smallest = 0 if answers.item.sensitive else 1
    return any(smallest <= count < SMALLEST_CELL for count in _list_counts(measure, answers))


def _find_smallest_shown(measure: AnswerMean, answers: ItemAnswers, evidence: Evidence) -> int:
    """Return the smallest base that may be shown, which a mean that tells too much by itself never reaches."""
    minimum = _find_minimum(answers, evidence)
    return max(minimum, answers.counts.persons + 1) if _is_conflicting(measure, answers, evidence) else minimum


def _list_counts(measure: AnswerMean, answers: ItemAnswers) -> list[int]:
    return [answers.counts.choices.get(code, 0) for code in measure.values]


def _find_minimum(answers: ItemAnswers, evidence: Evidence) -> int:
    return evidence.minimum(sensitive=answers.item.sensitive)


def _build_row(indicator: Indicator, measure: AnswerMean, case: _MeanCase, evidence: Evidence) -> Row:
    target = indicator.target_on(case.period.start)
    reasons = _list_reasons(case, evidence.parameters.min_base)
    if case.n == 0 or case.n < case.minimum:
        return Row(case.period, Verdict.NOT_ASSESSABLE, target=target, comparison=indicator.comparison, reasons=reasons)
    mean, narrow, wide = _estimate(measure, case, evidence)
    verdict = decide(
        mean, narrow, wide, target, indicator.comparison,
        attendance_known=case.present is not None, running=case.period.running,
    )  # fmt: skip
    if Reason.SMALL_BASE in reasons and target is not None:
        verdict = Verdict.NOT_ASSESSABLE
    rate = Fraction(case.asked, case.attended) if case.present is not None and case.attended else None
    # The interval of a few answers would tell how far apart these are.
    is_spread_shown = case.n >= FEWEST_FOR_SPREAD or narrow.low == narrow.high
    return Row(
        case.period,
        verdict,
        target=target,
        comparison=indicator.comparison,
        value=mean,
        display=format_number(mean, decimals=_MEAN_DECIMALS),
        base=case.n,
        low=narrow.low if is_spread_shown else None,
        high=narrow.high if is_spread_shown else None,
        low_s=wide.low if is_spread_shown else None,
        high_s=wide.high if is_spread_shown else None,
        reasons=reasons,
        flags=(Flag.VERSION_CHANGED,) if case.changed else (),
        response=Response(case.asked, case.attended, rate),
        missing=None if case.present is None else case.present - case.n,
        left_out=case.left_out,
        terms=_list_terms(measure, case),
    )


def _list_terms(measure: AnswerMean, case: _MeanCase) -> tuple[Term, ...]:
    """Return persons per option, unless one is rare: also in one survey, for totals can be subtracted."""
    if case.rare:
        return ()
    return tuple(
        Term(code, value, count) for (code, value), count in zip(measure.values.items(), case.counts, strict=True)
    )


def _list_reasons(case: _MeanCase, min_base: int) -> tuple[Reason, ...]:
    reasons = set()
    if case.present is None:
        reasons.add(Reason.ATTENDANCE_UNKNOWN if case.attended is None else Reason.ATTENDANCE_IMPLAUSIBLE)
    if case.period.running:
        reasons.add(Reason.PERIOD_RUNNING)
    if case.n == 0:
        reasons.add(Reason.NO_ANSWERS)
    elif case.n < case.minimum:
        reasons.add(Reason.BELOW_DISCLOSURE_THRESHOLD)
    elif case.n < min_base and case.n != case.present:
        reasons.add(Reason.SMALL_BASE)
    return sort_reasons(reasons)


def _estimate(measure: AnswerMean, case: _MeanCase, evidence: Evidence) -> tuple[Fraction, Interval, Interval]:
    """Return mean, t interval, and the interval with the allowance for those who did not answer.

    The allowance is the same part of the scale as it is of a share: a mean of 0 and 1 is one.
    """
    scale = list(measure.values.values())
    ends = Interval(min(scale), max(scale))
    found = mean_interval(case.counts, values=scale, confidence=evidence.parameters.confidence, population=case.present)
    low, high = _or_end(found.low, ends.low), _or_end(found.high, ends.high)
    narrow = cut_interval(Interval(low, high), ends)
    silent = Fraction(1) if not case.present else Fraction(case.present - case.n, case.present)
    margin = evidence.parameters.nonresponse_allowance * (max(scale) - min(scale)) * silent
    return found.mean, narrow, cut_interval(Interval(narrow.low - margin, narrow.high + margin), ends)


def _or_end(limit: Limit | None, end: Limit) -> Limit:
    return end if limit is None else limit
