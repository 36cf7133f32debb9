"""What the organisers still have to do so that the next report can say more."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from survey_app.domain.book import Meeting, MeetingStatus
from survey_app.domain.collector import Collector
from survey_app.domain.duties import ENDED, Duty, Stage, list_duties, stage_of
from survey_app.domain.local_days import local_day


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done about a meeting, or about a survey without one.

    Attributes:
        meeting: None for a survey without a meeting.
        code: access code of the survey, if it has no meeting.
        is_running: whether a survey takes answers at the moment: nothing to do, but good to know.
    """

    duties: tuple[Duty, ...]
    meeting: Meeting | None
    code: str | None = None
    is_running: bool = False


def list_tasks(meetings: Iterable[Meeting], surveys: Iterable[Collector], *, now: datetime) -> tuple[Task, ...]:
    """Return what is to be done, the latest meeting first."""
    own: dict[str | None, list[Collector]] = defaultdict(list)
    for survey in surveys:
        own[survey.meeting_id].append(survey)
    tasks = [_build_task(meeting, own[meeting.id], now) for meeting in meetings if meeting.date is not None]
    tasks += [_build_task_alone(survey, now) for survey in own[None]]
    found = (task for task in tasks if task.duties or task.is_running)
    return tuple(sorted(found, key=lambda task: _day_of(task, local_day(now)), reverse=True))


def _build_task(meeting: Meeting, surveys: Sequence[Collector], now: datetime) -> Task:
    duties = list_duties(meeting, surveys, now)
    is_open = any(stage_of(survey, now) is Stage.OPEN for survey in surveys)
    return Task(duties, meeting, is_running=is_open and Duty.SURVEY_OPEN not in duties)


def _build_task_alone(survey: Collector, now: datetime) -> Task:
    stage = stage_of(survey, now)
    return Task((Duty.NOT_SEALED,) if stage in ENDED else (), None, survey.code, is_running=stage is Stage.OPEN)


def _day_of(task: Task, today: date) -> date:
    return (task.meeting.date if task.meeting else None) or today


def find_last_meeting(meetings: Iterable[Meeting], *, today: date) -> Meeting | None:
    """Return the latest meeting that was held, or None."""
    held = [m for m in meetings if m.status == MeetingStatus.HELD and m.date is not None and m.date <= today]
    return max(held, key=lambda meeting: meeting.date or today, default=None)


def find_next_meeting(meetings: Iterable[Meeting], *, today: date) -> Meeting | None:
    """Return the next meeting that is to take place, today's included, or None."""
    ahead = [m for m in meetings if m.status in (None, MeetingStatus.PLANNED) and m.date is not None]
    return min(
        (m for m in ahead if m.date and m.date >= today), key=lambda meeting: meeting.date or today, default=None
    )
