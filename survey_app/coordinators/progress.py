"""Where the surveys of a meeting stand, what is still missing from its record, and what comes next."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from survey_app.domain.book import Meeting, MeetingStatus
from survey_app.domain.collector import GRACE, Collector, CollectorState
from survey_app.domain.local_days import local_day


class Stage(StrEnum):
    """How far a survey is at a moment: its recorded state, read together with the clock."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    GRACE = "grace"
    SEALABLE = "sealable"
    SEALED = "sealed"
    ERASED = "erased"


class Gap(StrEnum):
    """Something that the record of a meeting lacks."""

    STILL_PLANNED = "still_planned"
    NO_INVITATIONS = "no_invitations"
    NO_ATTENDANCE = "no_attendance"
    NO_GOOD_PRACTICE = "no_good_practice"
    NO_TOPICS = "no_topics"
    NO_SURVEY = "no_survey"
    SURVEY_OPEN = "survey_open"
    NOT_SEALED = "not_sealed"


class Step(StrEnum):
    """What somebody who organises the meeting does next."""

    OPEN_SURVEY = "open_survey"
    PRINT_POSTER = "print_poster"
    CLOSE_SURVEY = "close_survey"
    SEAL_SURVEY = "seal_survey"
    COMPLETE_RECORD = "complete_record"
    READ_REPORT = "read_report"


_RECORDED = (CollectorState.DRAFT, CollectorState.SEALED, CollectorState.ERASED)
_COUNTED = frozenset({Stage.SEALED, Stage.ERASED})
_OFF = (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED)
IN_RECORD = frozenset({Gap.STILL_PLANNED, Gap.NO_INVITATIONS, Gap.NO_ATTENDANCE, Gap.NO_GOOD_PRACTICE, Gap.NO_TOPICS})
"""Gaps of the meeting's own record; the others are about its surveys."""


def stage_of(collector: Collector, now: datetime) -> Stage:
    """Return how far a survey is; one whose closing time has passed is not open, recorded or not."""
    if collector.state in _RECORDED:
        return Stage(collector.state)
    if collector.state is CollectorState.OPEN and not _has_ended(collector, now):
        is_early = collector.opens_at is not None and now < collector.opens_at
        return Stage.SCHEDULED if is_early else Stage.OPEN
    return Stage.GRACE if now < sealing_time(collector, now) else Stage.SEALABLE


def sealing_time(collector: Collector, now: datetime) -> datetime:
    """Return from when on a closed survey can be sealed without losing pages still being sent."""
    return (collector.closes_at or now) + GRACE


def _has_ended(collector: Collector, now: datetime) -> bool:
    return collector.closes_at is not None and collector.closes_at <= now


def list_gaps(meeting: Meeting, surveys: Sequence[Collector], now: datetime) -> tuple[Gap, ...]:
    """Return what is missing, most important first; nothing is missing from a meeting that did not take place."""
    if meeting.status in _OFF:
        return ()
    stages = {stage_of(survey, now) for survey in surveys}
    # Nobody seals a survey before the meeting: from then on, what is missing is missing in the report.
    is_over = _is_past(meeting, now) or meeting.status == MeetingStatus.HELD or bool(stages & _COUNTED)
    found = _missing_facts(meeting) if is_over else []
    if not surveys:
        found.append(Gap.NO_SURVEY)
    if _is_past(meeting, now) and Stage.OPEN in stages:
        found.append(Gap.SURVEY_OPEN)
    if stages & {Stage.GRACE, Stage.SEALABLE}:
        found.append(Gap.NOT_SEALED)
    return tuple(found)


def _is_past(meeting: Meeting, now: datetime) -> bool:
    return (meeting.date or date.max) < local_day(now)


def _missing_facts(meeting: Meeting) -> list[Gap]:
    missing = {
        Gap.STILL_PLANNED: meeting.status == MeetingStatus.PLANNED,
        Gap.NO_INVITATIONS: meeting.invited is None,
        Gap.NO_ATTENDANCE: meeting.attended_invited is None or meeting.attended_total is None,
        Gap.NO_GOOD_PRACTICE: meeting.good_practice is None,
        Gap.NO_TOPICS: meeting.topics is None,
    }
    return [gap for gap, is_missing in missing.items() if is_missing]


def find_next_step(
    meeting: Meeting, surveys: Sequence[Collector], now: datetime
) -> tuple[Step, Collector | None] | None:
    """Return the next step and the survey that it is about, or None if there is nothing to do at the moment."""
    gaps = list_gaps(meeting, surveys, now)
    at = {stage_of(survey, now): survey for survey in surveys}
    running = at.get(Stage.OPEN) or at.get(Stage.SCHEDULED)
    if Stage.SEALABLE in at:
        return Step.SEAL_SURVEY, at[Stage.SEALABLE]
    if Gap.NO_SURVEY in gaps and not _is_past(meeting, now):
        return Step.OPEN_SURVEY, None
    if set(gaps) & IN_RECORD:
        return Step.COMPLETE_RECORD, None
    if running is not None:
        return (Step.CLOSE_SURVEY if Gap.SURVEY_OPEN in gaps else Step.PRINT_POSTER), running
    return (Step.READ_REPORT, None) if at.keys() & _COUNTED else None
