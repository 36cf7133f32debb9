"""Indicators: what is counted to judge a goal, from which source, over which period, against which target."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from survey_app.domain.conditions import Condition, parse_conditions
from survey_app.evaluation.goals.sources import Source
from survey_app.evaluation.judging.assessment import Base
from survey_app.evaluation.judging.assessment_records import Averaging
from survey_app.evaluation.judging.targets import Comparison

Conditions = tuple[Condition, ...]

HELD: Conditions = parse_conditions([["status", "=", "held"]])
"""Meetings that took place: whose surveys count unless an indicator says otherwise."""


class Kind(StrEnum):
    """How an indicator is computed."""

    ANSWER_SHARE = "answer_share"
    ANSWER_MEAN = "answer_mean"
    RECORD_COUNT = "record_count"
    RECORD_SHARE = "record_share"
    MEAN_RATIO = "mean_ratio"
    SHARE_CHANGE = "share_change"
    MANUAL_VALUE = "manual_value"


class PeriodKind(StrEnum):
    """Over which stretch of time an indicator is computed."""

    SURVEY = "survey"
    CALENDAR_YEAR = "calendar_year"
    FULL_CALENDAR_YEAR = "full_calendar_year"
    SINCE_START = "since_start"
    SPAN = "span"


class Pooling(StrEnum):
    """Which answers of a period count: the latest survey's, all, or everybody's first of the year."""

    LATEST_SURVEY = "latest_survey"
    ALL = "all"
    FIRST_ANSWERS = "first_answers"


class Population(StrEnum):
    """Whose share is estimated: those present, or all members, whose number nobody records."""

    ATTENDEES = "attendees"
    MEMBERS = "members"


class Against(StrEnum):
    """With what a share is compared, unless with a date."""

    PREVIOUS_YEAR = "previous_year"
    FIRST_SURVEY = "first_survey"


@dataclass(frozen=True, slots=True)
class AnswerShare:
    """Share of affirming answers to one item.

    Attributes:
        not_applicable: options whose ticking says that the question does not apply; they leave the base.
        base: None takes that of the goal system.
        universe: which meetings' surveys count.
    """

    kind: ClassVar[Kind] = Kind.ANSWER_SHARE
    item: str
    affirming: tuple[str, ...]
    not_applicable: tuple[str, ...] = ()
    base: Base | None = None
    pooling: Pooling = Pooling.LATEST_SURVEY
    population: Population = Population.ATTENDEES
    universe: Conditions = HELD


@dataclass(frozen=True, slots=True)
class AnswerMean:
    """Mean of coded answers to one item; options without a value are no answer on the scale."""

    kind: ClassVar[Kind] = Kind.ANSWER_MEAN
    item: str
    values: Mapping[str, Fraction]
    pooling: Pooling = Pooling.LATEST_SURVEY
    universe: Conditions = HELD


@dataclass(frozen=True, slots=True)
class RecordCount:
    """Number of records, or of different values of one of their fields.

    Attributes:
        distinct_by: field whose different values are counted; without it every record counts, of meetings those of
            one format on one day as one, because parts of a day are one meeting.
        dated_by: date that puts a record into a period; None is the first date of the source.
    """

    kind: ClassVar[Kind] = Kind.RECORD_COUNT
    source: Source
    where: Conditions = ()
    distinct_by: str | None = None
    dated_by: str | None = None


@dataclass(frozen=True, slots=True)
class RecordShare:
    """Share of documented records that fulfil a condition.

    Attributes:
        universe: which records are asked at all.
        from_meeting: the first record, counted from 1 by date, that is asked; earlier ones are exempt.
    """

    kind: ClassVar[Kind] = Kind.RECORD_SHARE
    source: Source
    where: Conditions
    universe: Conditions = ()
    from_meeting: int = 1
    dated_by: str | None = None


@dataclass(frozen=True, slots=True)
class MeanRatio:
    """Mean of the ratio of two numbers over records."""

    kind: ClassVar[Kind] = Kind.MEAN_RATIO
    source: Source
    numerator: str
    denominator: str
    universe: Conditions = ()
    averaging: Averaging = Averaging.UNWEIGHTED
    dated_by: str | None = None


@dataclass(frozen=True, slots=True)
class ShareChange:
    """Difference between a share now and then, for the answer share of another indicator."""

    kind: ClassVar[Kind] = Kind.SHARE_CHANGE
    indicator: str
    against: Against | date


@dataclass(frozen=True, slots=True)
class ManualValue:
    """A figure typed in from a document, with its limits if the document gives them."""

    kind: ClassVar[Kind] = Kind.MANUAL_VALUE
    value: Fraction
    as_of: date
    source_text: str
    lower: Fraction | None = None
    upper: Fraction | None = None


Measure = AnswerShare | AnswerMean | RecordCount | RecordShare | MeanRatio | ShareChange | ManualValue


@dataclass(frozen=True, slots=True)
class DatedTarget:
    """A target that holds for periods beginning on or after a day."""

    starts_on: date
    value: Fraction


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a goal system.

    Attributes:
        measure: what is computed, and how; its class is the kind of the indicator.
        goals: ids of the goals it stands beside in the source; `goals_reading`: our finer mapping.
        statement: predicate of its sentence, "kennen mehr oder neue Bildungsangebote".
        step: rung of the ladder of effects, 1 (delivered) to 7 (society).
        starts_on: first day that counts since the start, if not that of the network.
        deadline: day by which a count since the start must have reached its target.
        span_from: first day of a period given by its limits; `span_until`: its last day.
    """

    id: str
    text: str
    measure: Measure
    goals: tuple[str, ...]
    period: PeriodKind
    goals_reading: tuple[str, ...] = ()
    target: Fraction | None = None
    comparison: Comparison = Comparison.AT_LEAST
    targets: tuple[DatedTarget, ...] = ()
    text_en: str | None = None
    statement: str | None = None
    step: int | None = None
    unit: str | None = None
    starts_on: date | None = None
    deadline: date | None = None
    span_from: date | None = None
    span_until: date | None = None
    reading: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def kind(self) -> Kind:
        """Return how the indicator is computed."""
        return self.measure.kind

    def target_on(self, day: date | None) -> Fraction | None:
        """Return the target valid on the first day of a period; without a day the latest one."""
        valid = [target for target in self.targets if day is None or target.starts_on <= day]
        return max(valid, key=lambda target: target.starts_on).value if valid else self.target

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the indicator belongs to the system on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )
