"""What the organisers owe a meeting so that the next report can say more: the one list behind every page."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
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


class Duty(StrEnum):
    """Something that a meeting or its survey lacks; those of the record come before those of the survey."""

    STILL_PLANNED = "still_planned"
    NO_INVITATIONS = "no_invitations"
    NO_ATTENDANCE = "no_attendance"
    NO_GOOD_PRACTICE = "no_good_practice"
    NO_TOPICS = "no_topics"
    NO_SURVEY = "no_survey"
    SURVEY_OPEN = "survey_open"
    NOT_SEALED = "not_sealed"


IN_RECORD = frozenset(
    {Duty.STILL_PLANNED, Duty.NO_INVITATIONS, Duty.NO_ATTENDANCE, Duty.NO_GOOD_PRACTICE, Duty.NO_TOPICS}
)
"""Duties that are done in the meeting's own record; the others are about its surveys."""

COUNTED = frozenset({Stage.SEALED, Stage.ERASED})
ENDED = frozenset({Stage.GRACE, Stage.SEALABLE})
_TIMELESS = (CollectorState.DRAFT, CollectorState.SEALED, CollectorState.ERASED)
_OFF = (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED)
# Nobody remembers a meeting of long ago well enough to be asked about it.
_ASKED_WITHIN = timedelta(days=60)


def stage_of(collector: Collector, now: datetime) -> Stage:
    """Return how far a survey is; one whose closing time has passed is not open, recorded or not."""
    if collector.state in _TIMELESS:
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


def list_duties(meeting: Meeting, surveys: Iterable[Collector], now: datetime) -> tuple[Duty, ...]:
    """Return what is to be done about a meeting, in the order of `Duty`.

    A meeting that was called off owes nothing but the end of a survey that was opened all the same.

    Args:
        surveys: of this meeting.
        now: aware moment.
    """
    stages = {stage_of(survey, now) for survey in surveys}
    is_off, day, today = meeting.status in _OFF, meeting.date or date.max, local_day(now)
    # Nobody seals a survey before the meeting: from then on, what is missing is missing in the report.
    is_over = day < today or meeting.status == MeetingStatus.HELD or bool(stages & COUNTED)
    found = _missing_facts(meeting) if is_over and not is_off else set()
    if not stages and not is_off and day >= today - _ASKED_WITHIN:
        found.add(Duty.NO_SURVEY)
    if Stage.OPEN in stages and (day < today or is_off):
        found.add(Duty.SURVEY_OPEN)
    if stages & ENDED:
        found.add(Duty.NOT_SEALED)
    return tuple(duty for duty in Duty if duty in found)


def _missing_facts(meeting: Meeting) -> set[Duty]:
    missing = {
        Duty.STILL_PLANNED: meeting.status in (None, MeetingStatus.PLANNED),
        Duty.NO_INVITATIONS: meeting.invited is None,
        Duty.NO_ATTENDANCE: meeting.attended_invited is None or meeting.attended_total is None,
        Duty.NO_GOOD_PRACTICE: meeting.good_practice is None,
        Duty.NO_TOPICS: meeting.topics is None,
    }
    return {duty for duty, is_missing in missing.items() if is_missing}
