"""How far surveys are, what a record lacks, what comes next."""

from datetime import UTC, date, datetime, timedelta

import pytest

from survey_app.coordinators.progress import Step, find_next_step
from survey_app.domain.book import Meeting, Topic
from survey_app.domain.collector import Collector, CollectorState

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
RECORDED = {
    "date": date(2026, 11, 19),
    "status": "held",
    "title": "Treffen",
    "invited": 200,
    "attended_invited": 80,
    "attended_total": 90,
    "good_practice": False,
    "topics": (Topic("Thema"),),
}


def survey(state: str, opens: timedelta = -HOUR, closes: timedelta | None = HOUR) -> Collector:
    ends = None if closes is None else NOW + closes
    return Collector("i", "code", 1, "1", 1, CollectorState(state), ("de",), NOW + opens, ends)


def meeting(**changes: object) -> Meeting:
    return Meeting(id="1", **(RECORDED | changes))


TONIGHT = meeting(status="planned", date=date(2026, 11, 20), attended_invited=None, attended_total=None)


@pytest.mark.parametrize(
    ("recorded", "surveys", "step"),
    [
        (meeting(status="planned", date=date(2026, 11, 20)), [], Step.OPEN_SURVEY),
        (meeting(status="planned", date=date(2026, 11, 20)), [survey("open")], Step.PRINT_POSTER),
        (meeting(status="planned", date=date(2026, 11, 25)), [survey("open", opens=HOUR)], Step.PRINT_POSTER),
        (meeting(attended_total=None), [survey("open")], Step.COMPLETE_RECORD),
        (meeting(), [survey("open")], Step.CLOSE_SURVEY),
        (meeting(attended_total=None), [survey("closed", closes=-HOUR)], Step.SEAL_SURVEY),
        (meeting(), [survey("sealed")], Step.READ_REPORT),
        (TONIGHT, [survey("sealed")], Step.COMPLETE_RECORD),
        (meeting(), [survey("sealed"), survey("open", closes=-HOUR)], Step.SEAL_SURVEY),
        (meeting(), [], None),
        (meeting(), [survey("closed", closes=-SECOND)], None),
        (meeting(status="cancelled"), [], None),
    ],
)
def test_next_step_is_the_most_pressing(recorded: Meeting, surveys: list[Collector], step: Step | None) -> None:
    found = find_next_step(recorded, surveys, NOW)
    assert (found and found[0]) == step
    if step in (Step.SEAL_SURVEY, Step.CLOSE_SURVEY, Step.PRINT_POSTER):
        assert found[1] in surveys
