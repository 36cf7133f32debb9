"""The page of one survey and the steps of its life."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators import wording
from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.fields import submitted_form
from survey_app.coordinators.local_time import default_closing
from survey_app.coordinators.survey_forms import CLOSING_HINT, DEVICES, ReopenForm, describe_doubts, name_version
from survey_app.domain.collector import Collector, CollectorState, Device
from survey_app.domain.duties import Stage, sealing_time, stage_of
from survey_app.domain.errors import InvalidRecord, TransitionNotAllowed
from survey_app.domain.membership import Right
from survey_app.extensions import db
from survey_app.services import ceilings, convening, housekeeping
from survey_app.services.housekeeping import SealingDelayed
from survey_app.web.gate import needs

_CODE = re.compile(r"[a-z0-9]{1,16}")
_STEP = 10
_COUNTING = frozenset({Stage.OPEN, Stage.GRACE, Stage.SEALABLE})
_ENDED = frozenset({Stage.GRACE, Stage.SEALABLE})
_NOT_BEGUN = frozenset({Stage.DRAFT, Stage.SCHEDULED})


def load_survey(code: str) -> Collector:
    """Return the survey with this code; anything that cannot be a code is not looked for."""
    if not _CODE.fullmatch(code):
        abort(404)
    return convening.load_collector(db.session(), code, network_id=g.network.id)


def public_address(path: str) -> str:
    """Return a public address: that of the configuration, never of the request."""
    base: str = current_app.config["SETTINGS"].base_url
    return base.rstrip("/") + path


@bp.get("/surveys/<code>/")
@needs(Right.ORGANISE)
def show_survey(code: str) -> ResponseReturnValue:
    """Show one survey: where it stands, how to get in, a rounded counter, and the steps that are possible now."""
    return _show(load_survey(code))


def _show(survey: Collector, *, refusal: str = "", status: int = 200) -> ResponseReturnValue:
    now = datetime.now(UTC)
    stage = stage_of(survey, now)
    page = render_template(
        "coordinators/survey.html",
        survey=survey,
        stage=stage,
        wording=wording,
        meeting=_load_meeting(survey),
        questionnaire=_name_questionnaire(survey),
        address=public_address(f"/q/{survey.code}"),
        kiosk_address=public_address(f"/q/{survey.code}?device={Device.KIOSK}"),
        device=DEVICES[survey.device],
        counted=count_received(survey) if stage in _COUNTING else None,
        sealable_at=sealing_time(survey, now),
        refusal=refusal,
        room=ceilings.assess_room(db.session(), survey, default=current_app.config["SETTINGS"].default_ceiling),
    )
    return page, status


def _load_meeting(survey: Collector) -> Any:
    if survey.meeting_id is None:
        return None
    return convening.load_meeting(db.session(), int(survey.meeting_id), network_id=g.network.id)


def _name_questionnaire(survey: Collector) -> str:
    versions = convening.list_questionnaires(db.session(), network_id=g.network.id)
    return next((name_version(stored) for stored in versions if stored.id == survey.version_id), "")


def count_received(survey: Collector) -> int:
    """Return how many have answered, rounded down to tens: nobody can see when somebody answers."""
    return housekeeping.rounded_response_count(db.session(), survey, step=_STEP)


def _take(step: Callable[[Collector], object], survey: Collector, done: str) -> ResponseReturnValue:
    """Take a step of a survey's life and return to its page, which says what became of it."""
    try:
        step(survey)
    except SealingDelayed:
        message = gettext("The answers are counted, but the database is busy. Please seal again in a moment.")
        return _show(load_survey(survey.code), refusal=message, status=503)
    except TransitionNotAllowed:
        return _refuse(load_survey(survey.code))
    flash(done, "success")
    return redirect(url_for("coordinators.show_survey", code=survey.code), 303)


def _refuse(survey: Collector) -> ResponseReturnValue:
    return _show(
        survey, refusal=gettext("The survey is in another state by now; this step is not possible."), status=409
    )


def _ensure_stage(survey: Collector, now: datetime, allowed: frozenset[Stage]) -> None:
    """Raise unless the survey is at one of the stages; the clock counts, not only what is recorded.

    Raises:
        TransitionNotAllowed: if it is not.
    """
    if stage_of(survey, now) not in allowed:
        raise TransitionNotAllowed(f"{survey.code}: not possible now")


def _record_end(survey: Collector, now: datetime) -> None:
    """Record as closed what only the clock has closed so far."""
    if survey.state is CollectorState.OPEN and stage_of(survey, now) in _ENDED:
        housekeeping.close_collector(db.session(), survey.code, network_id=g.network.id, now=now)


@bp.post("/surveys/<code>/close")
@needs(Right.ORGANISE)
def close_survey(code: str) -> ResponseReturnValue:
    """Close an open survey; pages that are open already may still be sent during the grace."""
    return _take(_close, load_survey(code), gettext("The survey is closed."))


def _close(survey: Collector) -> None:
    now = datetime.now(UTC)
    _ensure_stage(survey, now, frozenset({Stage.OPEN}))
    housekeeping.close_collector(db.session(), survey.code, network_id=g.network.id, now=now)


@bp.post("/surveys/<code>/seal")
@needs(Right.ORGANISE)
def seal_survey(code: str) -> ResponseReturnValue:
    """Seal a survey whose grace is over; one that only the clock has closed is recorded as closed first."""
    return _take(_seal, load_survey(code), gettext("The survey is sealed."))


def _seal(survey: Collector) -> None:
    now = datetime.now(UTC)
    _record_end(survey, now)
    housekeeping.seal_collector(db.session(), survey.code, network_id=g.network.id, now=now)


@bp.route("/surveys/<code>/evaluate-now", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def evaluate_survey(code: str) -> ResponseReturnValue:
    """Close and seal without waiting, after a warning that pages still being sent are lost."""
    survey = load_survey(code)
    if request.method == "POST":
        return _take(_evaluate, survey, gettext("The survey is sealed."))
    if stage_of(survey, datetime.now(UTC)) not in _COUNTING:
        return _refuse(survey)
    return render_template("coordinators/survey_evaluation.html", survey=survey)


def _evaluate(survey: Collector) -> None:
    now = datetime.now(UTC)
    _ensure_stage(survey, now, _COUNTING)
    if survey.state is CollectorState.OPEN:
        housekeeping.close_collector(db.session(), survey.code, network_id=g.network.id, now=now)
    housekeeping.seal_collector(db.session(), survey.code, network_id=g.network.id, now=now, grace=timedelta(0))


@bp.route("/surveys/<code>/reopen", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def reopen_survey(code: str) -> ResponseReturnValue:
    """Open a draft, or a closed survey again, until a new closing time."""
    now = datetime.now(UTC)
    survey = load_survey(code)
    if stage_of(survey, now) not in _ENDED | {Stage.DRAFT}:
        return _refuse(survey)
    form = ReopenForm(submitted_form(), data={"closes_at": default_closing(now, None)})
    if request.method == "GET" or not form.validate():
        return _show_reopening(form, survey)
    try:
        return _take(lambda found: _reopen(found, form, now), survey, gettext("The survey is open."))
    except InvalidRecord as error:
        form.add_problems(error.problems)
        return _show_reopening(form, survey)


def _reopen(survey: Collector, form: ReopenForm, now: datetime) -> None:
    _record_end(survey, now)
    end = form.closing
    housekeeping.open_collector(db.session(), survey.code, network_id=g.network.id, now=now, closes_at=end)
    for doubt in describe_doubts(form):
        flash(doubt, "info")


def _show_reopening(form: ReopenForm, survey: Collector) -> ResponseReturnValue:
    page = render_template("coordinators/survey_reopening.html", form=form, survey=survey, hint=CLOSING_HINT)
    return page, 400 if form.errors else 200


@bp.route("/surveys/<code>/delete", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def delete_survey(code: str) -> ResponseReturnValue:
    """Remove a survey that has not begun, after asking.

    Were an open one removed as long as nobody has answered, offer and refusal would tell when the first answer came.
    """
    survey = load_survey(code)
    if stage_of(survey, datetime.now(UTC)) not in _NOT_BEGUN:
        return _refuse_removal(survey)
    if request.method == "GET":
        return render_template("coordinators/survey_removal.html", survey=survey)
    try:
        housekeeping.delete_collector(db.session(), code, network_id=g.network.id)
    except TransitionNotAllowed:
        return _refuse_removal(load_survey(code))
    flash(gettext("Removed."), "success")
    if survey.meeting_id is None:
        return redirect(url_for("coordinators.list_meetings"), 303)
    return redirect(url_for("coordinators.show_meeting", meeting_id=int(survey.meeting_id)), 303)


def _refuse_removal(survey: Collector) -> ResponseReturnValue:
    return _show(survey, refusal=gettext("The survey has begun; it can no longer be removed."), status=409)
