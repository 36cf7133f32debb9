"""What the organisers still have to do so that the next report can say more."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from survey_app.domain.book import Meeting, MeetingStatus
from survey_app.domain.collector import CollectorState
from survey_app.domain.tally import Tally

# Nobody remembers a meeting of long ago well enough to be asked about it.
_ASKED_WITHIN = timedelta(days=60)


class TaskKind(StrEnum):
    """What is to be done about a meeting."""

    STATUS_MISSING = "status_missing"
    SURVEY_MISSING = "survey_missing"
    SURVEY_OPEN = "survey_open"
    SURVEY_UNSEALED = "survey_unsealed"
    ATTENDANCE_MISSING = "attendance_missing"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do.

    Attributes:
        meeting: None for a survey without a meeting.
        code: access code of the survey it is about, or None.
    """

    kind: TaskKind
    meeting: Meeting | None
    code: str | None = None


def list_tasks(meetings: Iterable[Meeting], tallies: Iterable[Tally], *, today: date) -> tuple[Task, ...]:
    """Return what is to be done, the latest meeting first."""
    dated = sorted((m for m in meetings if m.date is not None), key=lambda meeting: meeting.date or today, reverse=True)
    surveys = tuple(tallies)
    by_id = {meeting.id: meeting for meeting in dated}
    tasks = [task for meeting in dated for task in _list_of_meeting(meeting, surveys, today)]
    tasks += [
        Task(_kind_of_running(survey), by_id.get(survey.meeting or ""), survey.id)
        for survey in surveys
        if survey.state in (CollectorState.OPEN, CollectorState.CLOSED)
    ]
    return tuple(sorted(tasks, key=lambda task: _day_of(task, today), reverse=True))


def _list_of_meeting(meeting: Meeting, surveys: tuple[Tally, ...], today: date) -> Iterator[Task]:
    day = meeting.date or today
    if day > today:
        return
    if meeting.status in (None, MeetingStatus.PLANNED):
        # On the day itself a planned meeting is simply taking place.
        if day < today:
            yield Task(TaskKind.STATUS_MISSING, meeting)
        return
    if meeting.status != MeetingStatus.HELD:
        return
    own = [survey for survey in surveys if survey.meeting == meeting.id]
    if not own and today - day <= _ASKED_WITHIN:
        yield Task(TaskKind.SURVEY_MISSING, meeting)
    if own and meeting.attended_total is None:
        yield Task(TaskKind.ATTENDANCE_MISSING, meeting)


def _kind_of_running(survey: Tally) -> TaskKind:
    return TaskKind.SURVEY_OPEN if survey.state == CollectorState.OPEN else TaskKind.SURVEY_UNSEALED


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
