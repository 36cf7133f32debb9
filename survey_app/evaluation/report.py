"""The one calculation behind every page, chart, file and API answer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from survey_app.domain.book import Book
from survey_app.domain.tally import Tally
from survey_app.evaluation.facts.evidence import (
    Evidence,
    Questionnaires,
    Survey,
    gather_evidence,
    withhold_routed,
)
from survey_app.evaluation.formats.format_errors import FormatError
from survey_app.evaluation.goals.compatibility import check_compatibility
from survey_app.evaluation.goals.goals import GoalSystem, Tier
from survey_app.evaluation.goals.indicators import (
    AnswerMean,
    AnswerShare,
    Indicator,
    ManualValue,
    MeanRatio,
    Measure,
    RecordCount,
    RecordShare,
    ShareChange,
)
from survey_app.evaluation.judging.verdict import Verdict
from survey_app.evaluation.measures.measure_answer_mean import measure_answer_mean
from survey_app.evaluation.measures.measure_answer_share import measure_answer_share
from survey_app.evaluation.measures.measure_manual_value import measure_manual_value
from survey_app.evaluation.measures.measure_mean_ratio import measure_mean_ratio
from survey_app.evaluation.measures.measure_record_count import measure_record_count
from survey_app.evaluation.measures.measure_record_share import measure_record_share
from survey_app.evaluation.measures.measure_share_change import measure_share_change
from survey_app.evaluation.measures.periods import Calendar
from survey_app.evaluation.measures.rows import IndicatorResult, SurveyLine
from survey_app.evaluation.protecting.splits import Figure
from survey_app.evaluation.report_document import write_document
from survey_app.evaluation.statistics.nonresponse import response_rates
from survey_app.evaluation.wording.sentences import add_sentences


@dataclass(frozen=True, slots=True)
class Report:
    """What can be said about the goals of a network on one day.

    Attributes:
        starts_on: first day of the network, from the facts or else from the goal system.
        reporting_year: latest calendar year that has ended at the cut-off.
        indicators: in the order of the goal system; rows, headline and all figures as values to be rendered.
        surveys: those evaluated, oldest first; `not_yet_sealed`: ids of those that are not.
        figures: by item code, what the report publishes of its answers; distributions beside it heed that.
    """

    goal_system: GoalSystem
    cut_off: date
    starts_on: date
    reporting_year: int
    tier: Tier
    indicators: tuple[IndicatorResult, ...]
    surveys: tuple[SurveyLine, ...]
    not_yet_sealed: tuple[str, ...]
    figures: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict, compare=False)

    @property
    def counted(self) -> tuple[IndicatorResult, ...]:
        """Return the indicators of the current wording; the others stand in the appendix."""
        return tuple(result for result in self.indicators if self.goal_system.is_counted(result.indicator))

    @property
    def summary(self) -> Mapping[str, int]:
        """Return how many indicators have a target, and how many headlines have each verdict."""
        verdicts = Counter(result.verdict for result in self.counted)
        with_target = sum(result.target is not None for result in self.counted)
        return {"with_target": with_target, **{str(verdict): verdicts[verdict] for verdict in Verdict}}

    def find_result(self, indicator_id: str) -> IndicatorResult | None:
        """Return what is said about an indicator, or None."""
        return next((result for result in self.indicators if result.indicator.id == indicator_id), None)

    def to_dict(self) -> dict[str, object]:
        """Return the report as a document of the format report/1."""
        return write_document(self)


def evaluate(
    goal_system: GoalSystem,
    book: Book,
    tallies: Iterable[Tally],
    cut_off: date,
    *,
    tier: str = "internal",
    questionnaires: Questionnaires = MappingProxyType({}),
) -> Report:
    """Return the report on a goal system: a pure function of its arguments.

    Args:
        goal_system: one version of the goals.
        book: what the organisers recorded; its start wins over that of the goal system.
        tallies: counted surveys; only sealed and erased ones up to the cut-off are evaluated.
        cut_off: last day that counts.
        tier: "internal" or "public"; decides the smallest groups shown.
        questionnaires: the versions that were answered. Only they say who was asked a conditional question, and so
            when its base would tell too much about the question before it.

    Raises:
        FormatError: if an indicator names an option that its item does not have in a survey used.
        ValueError: for an unknown tier.
    """
    calendar = Calendar(book.starts_on or goal_system.starts_on, cut_off)
    valid = [indicator for indicator in goal_system.indicators if indicator.is_valid_on(cut_off)]
    measures = [_find_answers(indicator.measure, goal_system) for indicator in valid]
    evidence = gather_evidence(goal_system.parameters, Tier(tier), calendar, book, tuple(tallies), measures=measures)
    problems = check_compatibility(goal_system, evidence)
    if problems:
        raise FormatError("goals", problems)
    evidence = withhold_routed(evidence, questionnaires)
    return Report(
        goal_system=goal_system,
        cut_off=cut_off,
        starts_on=calendar.starts_on,
        reporting_year=calendar.reporting_year,
        tier=evidence.tier,
        indicators=tuple(_measure(indicator, goal_system, evidence) for indicator in valid),
        surveys=tuple(_build_line(survey) for survey in evidence.surveys),
        not_yet_sealed=evidence.not_yet_sealed,
        figures=evidence.figures,
    )


def _measure(indicator: Indicator, goal_system: GoalSystem, evidence: Evidence) -> IndicatorResult:
    match indicator.measure:
        case AnswerShare() as measure:
            result = measure_answer_share(indicator, measure, evidence)
        case AnswerMean() as measure:
            result = measure_answer_mean(indicator, measure, evidence)
        case RecordCount() as measure:
            result = measure_record_count(indicator, measure, evidence)
        case RecordShare() as measure:
            result = measure_record_share(indicator, measure, evidence)
        case MeanRatio() as measure:
            result = measure_mean_ratio(indicator, measure, evidence)
        case ManualValue() as measure:
            result = measure_manual_value(indicator, measure, evidence)
        case ShareChange() as measure:
            result = _measure_change(indicator, measure, goal_system, evidence)
    return add_sentences(result, goal_system.parameters)


def _find_answers(measure: Measure, goal_system: GoalSystem) -> Measure:
    """Return what a measure publishes answers of: a change the share that changes."""
    of = goal_system.find_indicator(measure.indicator) if isinstance(measure, ShareChange) else None
    return measure if of is None else of.measure


def _measure_change(
    indicator: Indicator, measure: ShareChange, goal_system: GoalSystem, evidence: Evidence
) -> IndicatorResult:
    of = goal_system.find_indicator(measure.indicator)
    if of is None or not isinstance(of.measure, AnswerShare):
        raise ValueError(f"indicator {indicator.id!r} needs the answer share {measure.indicator!r}")
    return measure_share_change(indicator, measure, of, of.measure, evidence)


def _build_line(survey: Survey) -> SurveyLine:
    tally, attended = survey.tally, survey.attended
    answered = tally.completed + tally.partial
    rate = None
    if attended is not None and attended >= answered:
        rate = response_rates(tally.completed, tally.partial, non_contact=attended - answered).rr2
    return SurveyLine(tally.id, tally.date, tally.completed, tally.partial, attended, rate)
