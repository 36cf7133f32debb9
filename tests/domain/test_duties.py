"""What a meeting and its surveys still lack, by the record and by the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from survey_app.domain.book import Meeting, Topic
from survey_app.domain.collector import GRACE, Collector, CollectorState
from survey_app.domain.duties import Duty, Stage, list_duties, sealing_time, stage_of

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
TODAY, YESTERDAY, LONG_AGO = date(2026, 11, 20), date(2026, 11, 19), date(2025, 11, 19)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
RECORDED = {
    "date": YESTERDAY,
    "status": "held",
    "invited": 200,
    "attended_invited": 80,
    "attended_total": 90,
    "good_practice": False,
    "topics": (Topic("Thema"),),
}
EMPTY = dict.fromkeys(("invited", "attended_invited", "attended_total", "good_practice", "topics"))
OF_RECORD = (Duty.NO_INVITATIONS, Duty.NO_ATTENDANCE, Duty.NO_GOOD_PRACTICE, Duty.NO_TOPICS)


def survey(state: str, opens: timedelta = -HOUR, closes: timedelta | None = HOUR) -> Collector:
    ends = None if closes is None else NOW + closes
    return Collector("i", "code", 1, "1", 1, CollectorState(state), ("de",), NOW + opens, ends)


def meeting(**changes: object) -> Meeting:
    return Meeting(id="1", **(RECORDED | changes))


@pytest.mark.parametrize(
    ("found", "stage"),
    [
        (survey("draft"), Stage.DRAFT),
        (survey("open", opens=SECOND), Stage.SCHEDULED),
        (survey("open"), Stage.OPEN),
        (survey("open", closes=None), Stage.OPEN),
        (survey("open", closes=timedelta(0)), Stage.GRACE),
        (survey("open", closes=-GRACE), Stage.SEALABLE),
        (survey("closed", closes=-GRACE + SECOND), Stage.GRACE),
        (survey("closed", closes=-GRACE), Stage.SEALABLE),
        (survey("sealed"), Stage.SEALED),
        (survey("erased"), Stage.ERASED),
    ],
)
def test_stage_follows_state_and_clock(found: Collector, stage: Stage) -> None:
    assert stage_of(found, NOW) is stage


def test_sealing_is_possible_when_the_grace_is_over() -> None:
    assert sealing_time(survey("closed", closes=-SECOND), NOW) == NOW - SECOND + GRACE


@pytest.mark.parametrize(
    ("recorded", "surveys", "duties"),
    [
        (meeting(), [survey("sealed")], ()),
        (meeting(**EMPTY), [survey("sealed")], OF_RECORD),
        (meeting(attended_invited=None), [survey("sealed")], (Duty.NO_ATTENDANCE,)),
        (meeting(date=LONG_AGO, good_practice=None), [survey("erased")], (Duty.NO_GOOD_PRACTICE,)),
        (meeting(status="planned"), [survey("sealed")], (Duty.STILL_PLANNED,)),
        (meeting(status=None), [survey("sealed")], (Duty.STILL_PLANNED,)),
        (meeting(), [], (Duty.NO_SURVEY,)),
        (meeting(date=LONG_AGO), [], ()),
        (meeting(), [survey("open")], (Duty.SURVEY_OPEN,)),
        (meeting(), [survey("closed", closes=-SECOND)], (Duty.NOT_SEALED,)),
        (meeting(), [survey("open", closes=-HOUR)], (Duty.NOT_SEALED,)),
        (meeting(date=TODAY), [survey("open")], ()),
        (meeting(date=TODAY, status="planned", **EMPTY), [survey("open")], ()),
        (meeting(date=TODAY, status="planned", **EMPTY), [], (Duty.NO_SURVEY,)),
        (meeting(date=TODAY, status="planned", topics=None), [survey("sealed")], (Duty.STILL_PLANNED, Duty.NO_TOPICS)),
        (meeting(date=date(2027, 1, 1), status="planned", **EMPTY), [survey("draft")], ()),
        (meeting(status="cancelled", **EMPTY), [], ()),
        (meeting(status="postponed", **EMPTY), [survey("sealed")], ()),
        (meeting(status="cancelled", date=TODAY), [survey("open")], (Duty.SURVEY_OPEN,)),
    ],
)
def test_a_meeting_owes_what_it_lacks(recorded: Meeting, surveys: list[Collector], duties: tuple[Duty, ...]) -> None:
    assert list_duties(recorded, surveys, NOW) == duties
