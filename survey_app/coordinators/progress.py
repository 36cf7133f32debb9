"""What somebody who organises a meeting does next."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from survey_app.domain.book import Meeting
from survey_app.domain.collector import Collector
from survey_app.domain.duties import COUNTED, IN_RECORD, Duty, Stage, list_duties, stage_of
from survey_app.domain.local_days import local_day


class Step(StrEnum):
    """What somebody who organises the meeting does next."""

    OPEN_SURVEY = "open_survey"
    PRINT_POSTER = "print_poster"
    CLOSE_SURVEY = "close_survey"
    SEAL_SURVEY = "seal_survey"
    COMPLETE_RECORD = "complete_record"
    READ_REPORT = "read_report"


def find_next_step(
    meeting: Meeting, surveys: Sequence[Collector], now: datetime
) -> tuple[Step, Collector | None] | None:
    """Return the next step and the survey that it is about, or None if there is nothing to do at the moment."""
    duties = list_duties(meeting, surveys, now)
    at = {stage_of(survey, now): survey for survey in surveys}
    running = at.get(Stage.OPEN) or at.get(Stage.SCHEDULED)
    if Stage.SEALABLE in at:
        return Step.SEAL_SURVEY, at[Stage.SEALABLE]
    if Duty.NO_SURVEY in duties and (meeting.date or date.max) >= local_day(now):
        return Step.OPEN_SURVEY, None
    if set(duties) & IN_RECORD:
        return Step.COMPLETE_RECORD, None
    if running is not None:
        return (Step.CLOSE_SURVEY if Duty.SURVEY_OPEN in duties else Step.PRINT_POSTER), running
    return (Step.READ_REPORT, None) if at.keys() & COUNTED else None
