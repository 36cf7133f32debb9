"""What is to be done about meetings and their surveys."""

from datetime import UTC, date, datetime

import pytest

from survey_app.domain.book import Meeting
from survey_app.domain.collector import Collector, CollectorState
from survey_app.domain.duties import Duty
from survey_app.staff.tasks import find_last_meeting, find_next_meeting, list_tasks

TODAY = date(2024, 6, 15)
NOW = datetime(2024, 6, 15, 10, 0, tzinfo=UTC)
COMPLETE = {
    "status": "held",
    "invited": 90,
    "attended_invited": 30,
    "attended_total": 40,
    "good_practice": True,
    "topics": (),
}


def meeting(day: date | None, status: str | None = "held", **values: object) -> Meeting:
    return Meeting(str(day), day, "network_meeting", **(COMPLETE | {"status": status} | values))


def survey(day: date | None, state: str = "sealed", *, closes_at: datetime | None = None) -> Collector:
    owner = None if day is None else str(day)
    code = f"code-{day}"
    return Collector(code, code, 1, owner, 1, CollectorState(state), ("de",), None, closes_at)


def tasks(meetings, surveys=()) -> list[tuple[tuple[Duty, ...], bool]]:
    return [(task.duties, task.is_running) for task in list_tasks(meetings, surveys, now=NOW)]


@pytest.mark.parametrize(
    ("held", "surveys", "expected"),
    [
        (meeting(date(2024, 6, 1)), [survey(date(2024, 6, 1))], []),
        (meeting(date(2024, 6, 1)), [], [((Duty.NO_SURVEY,), False)]),
        (meeting(date(2024, 6, 1)), [survey(date(2024, 6, 1), "open")], [((Duty.SURVEY_OPEN,), False)]),
        (meeting(date(2024, 6, 1)), [survey(date(2024, 6, 1), "open", closes_at=NOW)], [((Duty.NOT_SEALED,), False)]),
        (meeting(TODAY, "planned"), [survey(TODAY, "open")], [((), True)]),
        (meeting(TODAY, "planned"), [survey(TODAY, "sealed")], [((Duty.STILL_PLANNED,), False)]),
        (
            meeting(date(2023, 6, 1), invited=None, topics=None),
            [survey(date(2023, 6, 1))],
            [((Duty.NO_INVITATIONS, Duty.NO_TOPICS), False)],
        ),
        (meeting(date(2024, 6, 1), "cancelled"), [], []),
        (meeting(None), [], []),
    ],
)
def test_a_meeting_is_listed_with_all_it_owes(held, surveys, expected) -> None:
    assert tasks([held], surveys) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [("open", [((), True)]), ("closed", [((Duty.NOT_SEALED,), False)]), ("sealed", []), ("draft", [])],
)
def test_a_survey_without_meeting_is_still_named_by_its_code(state, expected) -> None:
    alone = survey(None, state)
    assert tasks([], [alone]) == expected
    assert [(task.meeting, task.code) for task in list_tasks([], [alone], now=NOW)] == [(None, "code-None")] * len(
        expected
    )


def test_the_latest_meeting_comes_first() -> None:
    days = [date(2024, 5, 1), date(2024, 6, 1), date(2024, 5, 15)]
    found = list_tasks([meeting(day) for day in days], [], now=NOW)
    assert [task.meeting.date for task in found] == sorted(days, reverse=True)


def test_last_and_next_meeting_are_found_when_there_are_any() -> None:
    past, planned = meeting(date(2024, 5, 1)), meeting(date(2024, 9, 1), "planned")
    others = [meeting(date(2023, 5, 1)), meeting(date(2024, 10, 1), "planned"), meeting(date(2024, 8, 1), "cancelled")]
    assert find_last_meeting([past, planned, *others], today=TODAY) == past
    assert find_next_meeting([past, planned, *others], today=TODAY) == planned
    assert find_last_meeting([planned], today=TODAY) is None
    assert find_next_meeting([past], today=TODAY) is None


def test_a_meeting_planned_for_today_is_the_next_one() -> None:
    assert find_next_meeting([meeting(TODAY, "planned")], today=TODAY) is not None
