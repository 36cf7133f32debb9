"""What is to be done about meetings and their surveys."""

from datetime import date

import pytest

from survey_app.domain.book import Meeting
from survey_app.domain.tally import Tally
from survey_app.staff.tasks import TaskKind, find_last_meeting, find_next_meeting, list_tasks

TODAY = date(2024, 6, 15)


def meeting(day: date | None, status: str | None = "held", **values: object) -> Meeting:
    values.setdefault("attended_total", 40)
    return Meeting(str(day), day, "network_meeting", status, **values)


def survey(day: date, state: str = "sealed", *, meeting_id: str | None = "") -> Tally:
    return Tally(f"code-{day}", day, state, "q", 1, 0, 0, (), meeting=str(day) if meeting_id == "" else meeting_id)


def kinds(meetings, surveys=()) -> list[TaskKind]:
    return [task.kind for task in list_tasks(meetings, surveys, today=TODAY)]


@pytest.mark.parametrize(
    ("held", "surveys", "expected"),
    [
        (meeting(date(2024, 6, 1)), [], [TaskKind.SURVEY_MISSING]),
        (meeting(date(2024, 1, 1)), [], []),
        (meeting(date(2024, 6, 1)), [survey(date(2024, 6, 1))], []),
        (meeting(date(2024, 6, 1)), [survey(date(2024, 6, 1), "open")], [TaskKind.SURVEY_OPEN]),
        (meeting(date(2024, 6, 1)), [survey(date(2024, 6, 1), "closed")], [TaskKind.SURVEY_UNSEALED]),
        (meeting(date(2023, 6, 1), attended_total=None), [survey(date(2023, 6, 1))], [TaskKind.ATTENDANCE_MISSING]),
        (meeting(date(2024, 6, 14), "planned"), [], [TaskKind.STATUS_MISSING]),
        (meeting(date(2024, 6, 14), None), [], [TaskKind.STATUS_MISSING]),
        (meeting(TODAY, "planned"), [], []),
        (meeting(date(2024, 7, 1), "planned"), [], []),
        (meeting(date(2024, 6, 1), "cancelled"), [], []),
        (meeting(date(2024, 6, 1), "postponed"), [], []),
        (meeting(None), [], []),
    ],
)
def test_a_meeting_asks_for_what_it_lacks(held: Meeting, surveys: list[Tally], expected: list[TaskKind]) -> None:
    assert kinds([held], surveys) == expected


def test_a_survey_without_meeting_is_still_named_by_its_code() -> None:
    (task,) = list_tasks([], [survey(date(2024, 6, 1), "open", meeting_id=None)], today=TODAY)
    assert (task.meeting, task.code) == (None, "code-2024-06-01")


def test_the_latest_meeting_comes_first() -> None:
    days = [date(2024, 5, 1), date(2024, 6, 1), date(2024, 5, 15)]
    tasks = list_tasks([meeting(day) for day in days], [], today=TODAY)
    assert [task.meeting.date for task in tasks] == sorted(days, reverse=True)


def test_last_and_next_meeting_are_found_when_there_are_any() -> None:
    past, planned = meeting(date(2024, 5, 1)), meeting(date(2024, 9, 1), "planned")
    others = [meeting(date(2023, 5, 1)), meeting(date(2024, 10, 1), "planned"), meeting(date(2024, 8, 1), "cancelled")]
    assert find_last_meeting([past, planned, *others], today=TODAY) == past
    assert find_next_meeting([past, planned, *others], today=TODAY) == planned
    assert find_last_meeting([planned], today=TODAY) is None
    assert find_next_meeting([past], today=TODAY) is None


def test_a_meeting_planned_for_today_is_the_next_one() -> None:
    assert find_next_meeting([meeting(TODAY, "planned")], today=TODAY) is not None
