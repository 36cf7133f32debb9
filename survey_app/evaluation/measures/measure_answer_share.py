"""Measuring a share of answers: survey by survey, or pooled over a period."""

from collections.abc import Sequence

from survey_app.evaluation.facts.answers import ItemAnswers, ShareCounts, count_share, find_base, list_answers
from survey_app.evaluation.facts.evidence import Evidence
from survey_app.evaluation.goals.indicators import AnswerShare, Indicator, PeriodKind, Pooling, Population
from survey_app.evaluation.judging.full_years import count_years_reached, exempt_partial_year
from survey_app.evaluation.judging.verdict import Reason
from survey_app.evaluation.measures.breakdown import build_breakdowns
from survey_app.evaluation.measures.periods import Period, find_headline, list_answer_periods
from survey_app.evaluation.measures.rows import Breakdowns, IndicatorResult, Row
from survey_app.evaluation.measures.share_rows import ShareCase, build_empty_row, build_share_row
from survey_app.evaluation.measures.totals import Totals, is_hidden
from survey_app.evaluation.measures.trend import build_trend
from survey_app.evaluation.protecting.splits import build_figure, find_conflicting
from survey_app.evaluation.statistics.comparison import PooledShares, pooled_shares


def measure_answer_share(indicator: Indicator, measure: AnswerShare, evidence: Evidence) -> IndicatorResult:
    """Return every row of an answer share, its surveys and its trend."""
    answers = list_answers(measure, evidence)
    share = _Share(indicator, measure, evidence, answers)
    by_survey = tuple(share.build_survey_row(entry) for entry in answers)
    trend = build_trend(
        [row for row, entry in zip(by_survey, answers, strict=True) if entry.newest], evidence.parameters.min_base
    )
    if indicator.period is PeriodKind.SURVEY:
        rows = by_survey or (share.build_empty_row(Period(PeriodKind.SURVEY, surveys=())),)
        return IndicatorResult(indicator, rows, len(rows) - 1, trend=trend)
    rows = share.build_period_rows(answers)
    full, reached = count_years_reached(rows)
    return IndicatorResult(
        indicator,
        rows,
        find_headline([row.period for row in rows], evidence.calendar),
        by_survey=None if measure.pooling is Pooling.LATEST_SURVEY else by_survey,
        trend=trend,
        full_years=full,
        full_years_reached=reached,
    )


class _Share:
    """One indicator with what its rows have in common."""

    def __init__(
        self, indicator: Indicator, measure: AnswerShare, evidence: Evidence, answers: tuple[ItemAnswers, ...]
    ) -> None:
        self.indicator = indicator
        self.measure = measure
        self.evidence = evidence
        self.base = find_base(measure, answers, evidence)
        self._counted = {entry.survey.id: count_share(measure, entry.item, entry.counts) for entry in answers}
        figures = evidence.figures.get(measure.item, ())
        self.figure = build_figure(measure, self.base)
        self._totals = Totals(self.figure, measure.item, evidence)
        self._conflicting = {
            entry.survey.id
            for entry in answers
            if self.figure in find_conflicting(figures, entry.item, self._minimum(entry))
        }

    def build_empty_row(self, period: Period) -> Row:
        """Return the row of a period without any answers."""
        return build_empty_row(self.indicator, period, Reason.NO_ANSWERS)

    def build_survey_row(self, answers: ItemAnswers) -> Row:
        """Return the row of one survey, with its groups where it may have any."""
        survey = answers.survey
        counts = self._count(answers)
        is_shown = not self._is_hidden(answers)
        case = ShareCase(
            period=Period(PeriodKind.SURVEY, survey.date.isoformat(), survey.date, survey.date, surveys=(survey.id,)),
            counts=counts,
            attended=self._believe(survey.attended),
            base=self.base,
            sensitive=answers.item.sensitive,
            changed=answers.changed,
            groups=self._break_down(answers) if is_shown and answers.item.by else (),
            withheld=self._is_withheld(answers),
        )
        return build_share_row(self.indicator, case, self.evidence)

    def _break_down(self, answers: ItemAnswers) -> Breakdowns:
        return Breakdowns(
            lambda: build_breakdowns(self.measure, answers, self._count(answers), self.evidence, base=self.base)
        )

    def build_period_rows(self, answers: Sequence[ItemAnswers]) -> tuple[Row, ...]:
        """Return a row for each period with answers, or a single empty one."""
        calendar = self.evidence.calendar
        days = [entry.survey.date for entry in answers]
        periods = list_answer_periods(self.indicator, calendar, days)
        rows = []
        for period in periods:
            inside = [entry for entry in answers if period.contains(entry.survey.date)]
            if inside:
                rows.append(exempt_partial_year(self.indicator, self._build_period_row(period, inside)))
        if rows:
            return tuple(rows)
        empty = periods[0] if periods else calendar.headline_year()
        return (self.build_empty_row(empty.with_surveys(())),)

    def _build_period_row(self, period: Period, inside: Sequence[ItemAnswers]) -> Row:
        # Answers to another wording are another series, so a period counts those of its latest wording.
        latest = inside[-1]
        if self.measure.pooling is Pooling.LATEST_SURVEY:
            pooled = [latest]
            kept = [] if self._is_withheld(latest) else pooled
        else:
            pooled = [entry for entry in inside if entry.series == latest.series]
            kept = self._totals.choose(pooled)
        case = ShareCase(
            period=period.with_surveys(entry.survey.id for entry in kept),
            counts=sum((self._count(entry) for entry in kept or pooled), ShareCounts()),
            attended=self._count_attendance(period, latest),
            base=self.base,
            sensitive=any(entry.item.sensitive for entry in pooled),
            changed=latest.changed,
            pooled=self._compare(kept),
            left_out=len(pooled) - len(kept) if kept else 0,
            withheld=not kept,
        )
        return build_share_row(self.indicator, case, self.evidence)

    def _is_hidden(self, answers: ItemAnswers) -> bool:
        """Tell whether the number of one survey by itself is not told."""
        return self._is_conflicting(answers) or is_hidden(self.figure, answers.item, self._minimum(answers))

    def _is_withheld(self, answers: ItemAnswers) -> bool:
        """Tell whether nothing is told of one survey: too few valid answers, or too much beside another figure."""
        counts = self._count(answers)
        is_few = counts.count_base(self.base) > 0 and counts.valid < self._minimum(answers)
        return is_few or self._is_conflicting(answers)

    def _is_conflicting(self, answers: ItemAnswers) -> bool:
        return answers.survey.id in self._conflicting

    def _compare(self, answers: Sequence[ItemAnswers]) -> PooledShares | None:
        """Return other ways of pooling; they would tell the shares of surveys that are hidden by themselves."""
        if any(self._is_hidden(entry) for entry in answers):
            return None
        rows = [(self._count(entry).affirming, self._size(entry), entry.survey.attended) for entry in answers]
        answered = [row for row in rows if row[1]]
        return pooled_shares(answered) if len(answered) > 1 else None

    def _count_attendance(self, period: Period, latest: ItemAnswers) -> int | None:
        if self.measure.pooling is Pooling.LATEST_SURVEY:
            return self._believe(latest.survey.attended)
        return self._believe(self.evidence.count_attendance(period, self.measure.universe))

    def _believe(self, attended: int | None) -> int | None:
        """Of all members nobody knows how many there are."""
        return None if self.measure.population is Population.MEMBERS else attended

    def _count(self, answers: ItemAnswers) -> ShareCounts:
        return self._counted[answers.survey.id]

    def _size(self, answers: ItemAnswers) -> int:
        return self._count(answers).count_base(self.base)

    def _minimum(self, answers: ItemAnswers) -> int:
        return self.evidence.minimum(sensitive=answers.item.sensitive)
