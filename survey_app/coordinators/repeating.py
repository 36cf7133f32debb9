"""Asking the same again at another meeting: questionnaire, languages, devices and cards of an earlier survey."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.surveys import load_survey
from survey_app.domain.book import Meeting
from survey_app.domain.collector import Collector
from survey_app.domain.duties import Duty, list_duties
from survey_app.domain.local_days import local_day
from survey_app.domain.membership import Right
from survey_app.extensions import db
from survey_app.services import convening
from survey_app.services.convening import StoredMeeting, StoredQuestionnaire
from survey_app.web.gate import needs


@bp.get("/surveys/<code>/again")
@needs(Right.ORGANISE)
def repeat_survey(code: str) -> ResponseReturnValue:
    """Lead to the form for the one meeting that comes next, or let the coordinator choose among several."""
    survey = load_survey(code)
    meetings = _list_open_meetings(datetime.now(UTC))
    if len(meetings) == 1:
        return redirect(url_for("coordinators.open_survey", meeting_id=meetings[0].id, like=code))
    return render_template("coordinators/survey_again.html", survey=survey, meetings=meetings)


def _list_open_meetings(now: datetime) -> list[StoredMeeting]:
    """Return the meetings that lack a survey or are still to come without one, the next one first."""
    surveyed = {survey.meeting_id for survey in convening.list_collectors(db.session(), network_id=g.network.id)}
    return [
        stored
        for stored in convening.list_meetings(db.session(), network_id=g.network.id)
        if str(stored.id) not in surveyed and _may_be_asked(stored.meeting, now)
    ]


def _may_be_asked(meeting: Meeting, now: datetime) -> bool:
    is_to_come = meeting.date is not None and meeting.date >= local_day(now)
    return is_to_come or Duty.NO_SURVEY in list_duties(meeting, [], now)


def values_like(survey: Collector, versions: Sequence[StoredQuestionnaire]) -> Mapping[str, Any]:
    """Return what a form takes over from an earlier survey; nothing if its questionnaire cannot be used any more.

    Times and numbers of people belong to the meeting, so they are not taken over.
    """
    if not any(stored.id == survey.version_id for stored in versions):
        return {}
    return {
        "version_id": str(survey.version_id),
        "languages": list(survey.languages),
        "device": str(survey.device),
        "needs_ticket": survey.needs_ticket,
    }
