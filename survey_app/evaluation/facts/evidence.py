"""What an indicator is measured from: records and sealed surveys, as they stood at the cut-off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from survey_app.domain.book import Book
from survey_app.domain.conditions import matches
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.tally import ItemTally, Tally, TallyType
from survey_app.evaluation.goals.goals import Parameters, Tier
from survey_app.evaluation.goals.indicators import HELD, AnswerMean, AnswerShare, Conditions, Measure
from survey_app.evaluation.goals.sources import Record, Source, list_records
from survey_app.evaluation.judging.assessment import Base
from survey_app.evaluation.measures.periods import Calendar, Period
from survey_app.evaluation.protecting.routing import AnsweredSurvey
from survey_app.evaluation.protecting.splits import Figure, build_figure

COUNTED_STATES = ("sealed", "erased")

Questionnaires = Mapping[tuple[str, int], Questionnaire]
"""Versions that were answered, by id and version."""


@dataclass(frozen=True, slots=True)
class Survey:
    """A sealed survey with the record of its meeting.

    Attributes:
        meeting: None without a meeting, or if nobody recorded it.
        attended: persons present, from the survey or else from the meeting; None is unknown.
        items: tallies by item code.
    """

    tally: Tally
    meeting: Record | None
    attended: int | None
    items: Mapping[str, ItemTally]

    @property
    def id(self) -> str:
        """Return the id of the survey."""
        return self.tally.id

    @property
    def date(self) -> date:
        """Return the day of the survey."""
        return self.tally.date

    def belongs_to(self, universe: Conditions) -> bool:
        """Tell whether its answers count: unless its meeting is known to be another one."""
        return self.meeting is None or matches(universe, self.meeting) is not False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the indicators of one report share.

    Attributes:
        records: by source, as they stood at the cut-off; None for a source that was not recorded.
        surveys: sealed ones up to the cut-off, oldest first.
        not_yet_sealed: ids of the others up to the cut-off, oldest first.
        figures: by item code, everything the report publishes of its answers, in the order of the indicators.
        open_years: years of which further answers may come, because they have not ended or a survey is not sealed.
    """

    parameters: Parameters
    tier: Tier
    calendar: Calendar
    book: Book
    records: Mapping[Source, tuple[Record, ...] | None]
    surveys: tuple[Survey, ...]
    not_yet_sealed: tuple[str, ...]
    figures: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)
    open_years: frozenset[int] = frozenset()
    _belonging: dict[str, tuple[Survey, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def list_surveys(self, universe: Conditions) -> tuple[Survey, ...]:
        """Return the surveys of the meetings that an indicator speaks of; most indicators speak of the same."""
        key = repr(universe)
        if key not in self._belonging:
            self._belonging[key] = tuple(survey for survey in self.surveys if survey.belongs_to(universe))
        return self._belonging[key]

    def records_on(self, source: Source, day: date) -> tuple[Record, ...] | None:
        """Return the records of a source as they stood on a day up to the cut-off."""
        if day == self.calendar.cut_off:
            return self.records[source]
        return list_records(self.book, source, as_of=day)

    def minimum(self, *, sensitive: bool) -> int:
        """Return the smallest base that may be shown."""
        return self.parameters.minimum(self.tier, sensitive=sensitive)

    def count_attendance(self, period: Period, universe: Conditions) -> int | None:
        """Return how many were present at everything in a period that answers could have come from.

        That is the attendance of the sealed surveys and of every meeting held without one; a single unknown number
        makes the sum unknown.
        """
        surveys = [s for s in self.list_surveys(universe) if period.contains(s.date)]
        surveyed = {s.tally.meeting for s in surveys}
        numbers = [s.attended for s in surveys]
        for meeting in self.records[Source.MEETINGS] or ():
            if period.contains(meeting["date"]) and meeting["id"] not in surveyed:
                held = matches((*HELD, *universe), meeting)
                if held is not False:
                    total = meeting["attended_total"]
                    numbers.append(total if held and isinstance(total, int) else None)
        known = [number for number in numbers if number is not None]
        return sum(known) if len(known) == len(numbers) else None


def gather_evidence(
    parameters: Parameters,
    tier: Tier,
    calendar: Calendar,
    book: Book,
    tallies: tuple[Tally, ...],
    *,
    measures: Iterable[Measure] = (),
) -> Evidence:
    """Return the evidence up to the cut-off of the calendar; what is dated later is left out.

    Args:
        measures: everything that is going to be measured, in the order of the report; figures of one item that are
            published together protect each other.
    """
    cut_off = calendar.cut_off
    records = {source: list_records(book, source, as_of=cut_off) for source in Source}
    meetings = {str(meeting["id"]): meeting for meeting in records[Source.MEETINGS] or ()}
    past = sorted((tally for tally in tallies if tally.date <= cut_off), key=lambda tally: tally.date)
    return Evidence(
        parameters=parameters,
        tier=tier,
        calendar=calendar,
        book=book,
        records=records,
        surveys=tuple(_join(tally, meetings) for tally in past if tally.state in COUNTED_STATES),
        not_yet_sealed=tuple(tally.id for tally in past if tally.state not in COUNTED_STATES),
        figures=_list_figures(measures, past, parameters.base),
        open_years=frozenset(
            {cut_off.year if cut_off < date(cut_off.year, 12, 31) else cut_off.year + 1}
            | {tally.date.year for tally in past if tally.state not in COUNTED_STATES}
        ),
    )


def withhold_routed(evidence: Evidence, questionnaires: Questionnaires) -> Evidence:
    """Return the evidence without what would tell, by who was asked, a few persons' answers to the question before.

    A conditional question has no breakdowns at all: with the sizes of the groups, they tell who of each was asked.
    """
    conditional = {key: one for key, one in questionnaires.items() if any(item.show_if for item in one.items)}
    surveys = (_withhold(survey, evidence, conditional) for survey in evidence.surveys)
    return replace(evidence, surveys=tuple(surveys)) if conditional else evidence


def _withhold(survey: Survey, evidence: Evidence, conditional: Questionnaires) -> Survey:
    tally = survey.tally
    questionnaire = conditional.get((tally.questionnaire or "", tally.version or 0))
    if questionnaire is None:
        return survey
    answered = AnsweredSurvey(questionnaire, survey.items, evidence.figures, evidence.parameters, evidence.tier)
    withheld = answered.find_routes().withheld
    routed = {item.code for item in questionnaire.items if item.show_if}
    items = {
        code: replace(item, by={}) if code in routed else item
        for code, item in survey.items.items()
        if code not in withheld
    }
    return replace(survey, items=items)


def _list_figures(
    measures: Iterable[Measure], tallies: Iterable[Tally], base: Base
) -> Mapping[str, tuple[Figure, ...]]:
    multiple = {item.code for tally in tallies for item in tally.items if item.type is TallyType.MANY}
    figures: dict[str, dict[Figure, None]] = {}
    for measure in measures:
        if isinstance(measure, AnswerShare | AnswerMean):
            usual = Base.VALID if measure.item in multiple else base
            figures.setdefault(measure.item, {})[build_figure(measure, usual)] = None
    return {code: tuple(found) for code, found in figures.items()}


def _join(tally: Tally, meetings: Mapping[str, Record]) -> Survey:
    meeting = None if tally.meeting is None else meetings.get(tally.meeting)
    attended = tally.attended
    if attended is None and meeting is not None:
        total = meeting["attended_total"]
        attended = total if isinstance(total, int) else None
    return Survey(tally, meeting, attended, {item.code: item for item in tally.items})
