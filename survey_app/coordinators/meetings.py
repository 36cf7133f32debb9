"""Pages of the meetings: list, record, edit, remove."""

from datetime import UTC, datetime
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators import wording
from survey_app.coordinators.blueprint import LARGEST_ID, bp
from survey_app.coordinators.comparison import compare, describe_meeting
from survey_app.coordinators.fields import submitted_form
from survey_app.coordinators.meeting_forms import EMPTY_ROWS, MeetingForm, meeting_values, new_meeting_values
from survey_app.coordinators.progress import find_next_step
from survey_app.domain.duties import IN_RECORD, list_duties, stage_of
from survey_app.domain.errors import ConflictingRevision, InvalidRecord, TransitionNotAllowed
from survey_app.domain.membership import Right
from survey_app.extensions import db
from survey_app.services import convening
from survey_app.services.convening import StoredMeeting
from survey_app.web.gate import needs

_ONE = f"/meetings/<int(max={LARGEST_ID}):meeting_id>"


@bp.get("/meetings/")
@needs(Right.ORGANISE)
def list_meetings() -> ResponseReturnValue:
    """Show all meetings, the newest first, with what each of them lacks."""
    now = datetime.now(UTC)
    by_meeting: dict[str | None, list[Any]] = {}
    for survey in convening.list_collectors(db.session(), network_id=g.network.id):
        by_meeting.setdefault(survey.meeting_id, []).append(survey)
    rows = [
        (stored, surveys, list_duties(stored.meeting, surveys, now))
        for stored in reversed(convening.list_meetings(db.session(), network_id=g.network.id))
        for surveys in (by_meeting.get(str(stored.id), []),)
    ]
    return render_template("coordinators/meetings.html", rows=rows, **_words(now))


@bp.get(f"{_ONE}/")
@needs(Right.ORGANISE)
def show_meeting(meeting_id: int) -> ResponseReturnValue:
    """Show one meeting: its record, its surveys, the next step."""
    now = datetime.now(UTC)
    stored = convening.load_meeting(db.session(), meeting_id, network_id=g.network.id)
    surveys = convening.list_collectors(db.session(), network_id=g.network.id, meeting_id=meeting_id)
    return render_template(
        "coordinators/meeting.html",
        stored=stored,
        surveys=surveys,
        facts=describe_meeting(stored.meeting),
        gaps=[gap for gap in list_duties(stored.meeting, surveys, now) if gap in IN_RECORD],
        next_step=find_next_step(stored.meeting, surveys, now),
        **_words(now),
    )


def _words(now: datetime) -> dict[str, Any]:
    return {"wording": wording, "stage_of": lambda survey: stage_of(survey, now)}


@bp.route("/meetings/new", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def add_meeting() -> ResponseReturnValue:
    """Record a new meeting."""
    form = MeetingForm(submitted_form(), data=new_meeting_values())
    if request.method == "GET" or "add_topic" in request.form:
        return _show_form(form)
    if form.validate():
        try:
            meeting_id = convening.add_meeting(db.session(), form.to_meeting(), network_id=g.network.id)
        except InvalidRecord as error:
            form.add_problems(error.problems)
        else:
            flash(gettext("Saved."), "success")
            return redirect(url_for("coordinators.show_meeting", meeting_id=meeting_id), 303)
    return _show_form(form, status=400)


@bp.route(f"{_ONE}/edit", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_meeting(meeting_id: int) -> ResponseReturnValue:
    """Change the record of a meeting; if somebody else saved in the meantime, show both versions."""
    stored = convening.load_meeting(db.session(), meeting_id, network_id=g.network.id)
    values = meeting_values(stored.meeting) | {"revision": stored.revision}
    form = MeetingForm(submitted_form(), data=values)
    if request.method == "GET" or "add_topic" in request.form:
        return _show_form(form, stored=stored)
    if not form.validate():
        return _show_form(form, stored=stored, status=400)
    return _save(form, stored)


def _save(form: MeetingForm, stored: StoredMeeting) -> ResponseReturnValue:
    ours = StoredMeeting(stored.id, form.to_meeting(str(stored.id)), form.revision.data)
    try:
        convening.change_meeting(db.session(), ours, network_id=g.network.id)
    except InvalidRecord as error:
        form.add_problems(error.problems)
        return _show_form(form, stored=stored, status=400)
    except ConflictingRevision as error:
        theirs: Any = error.theirs
        form.revision.data = theirs.revision
        conflict = compare(describe_meeting(ours.meeting), describe_meeting(theirs.meeting))
        return _show_form(form, stored=stored, conflict=conflict, status=409)
    flash(gettext("Saved."), "success")
    return redirect(url_for("coordinators.show_meeting", meeting_id=stored.id), 303)


def _show_form(
    form: MeetingForm, *, stored: StoredMeeting | None = None, conflict: Any = None, status: int = 200
) -> ResponseReturnValue:
    is_asked = "add_topic" in request.form
    form.add_rows(1 if is_asked else EMPTY_ROWS - min(EMPTY_ROWS, _count_empty(form)))
    page = render_template("coordinators/meeting_form.html", form=form, stored=stored, conflict=conflict)
    return page, status


def _count_empty(form: MeetingForm) -> int:
    return sum(not any(row.form.data.values()) for row in form.topics.entries)


@bp.route(f"{_ONE}/delete", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def delete_meeting(meeting_id: int) -> ResponseReturnValue:
    """Remove a meeting that was entered by mistake and has no survey, after asking."""
    stored = convening.load_meeting(db.session(), meeting_id, network_id=g.network.id)
    if request.method == "GET":
        return _show_removal(stored)
    try:
        convening.remove_meeting(db.session(), meeting_id, network_id=g.network.id)
    except TransitionNotAllowed:
        return _show_removal(stored, status=409)
    flash(gettext("Removed."), "success")
    return redirect(url_for("coordinators.list_meetings"), 303)


def _show_removal(stored: StoredMeeting, status: int = 200) -> ResponseReturnValue:
    surveys = convening.list_collectors(db.session(), network_id=g.network.id, meeting_id=stored.id)
    return render_template("coordinators/meeting_removal.html", stored=stored, has_surveys=bool(surveys)), status
