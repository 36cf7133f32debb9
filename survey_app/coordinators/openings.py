"""Opening a survey for a meeting."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey_app.coordinators.blueprint import LARGEST_ID, bp
from survey_app.coordinators.fields import submitted_form
from survey_app.coordinators.repeating import values_like
from survey_app.coordinators.survey_forms import (
    CLOSING_HINT,
    DEVICES,
    OPENING_HINT,
    SurveyForm,
    describe_doubts,
    is_small_group,
    newest_first,
    survey_values,
)
from survey_app.coordinators.surveys import load_survey
from survey_app.domain.errors import InvalidRecord
from survey_app.domain.membership import Right
from survey_app.extensions import db
from survey_app.services import convening
from survey_app.services.convening import NewCollector, StoredMeeting, StoredQuestionnaire
from survey_app.web.gate import needs


@bp.route(f"/meetings/<int(max={LARGEST_ID}):meeting_id>/surveys/new", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def open_survey(meeting_id: int) -> ResponseReturnValue:
    """Open a survey for a meeting; with the defaults that is one press of the button."""
    now = datetime.now(UTC)
    stored = convening.load_meeting(db.session(), meeting_id, network_id=g.network.id)
    versions = newest_first(convening.list_questionnaires(db.session(), network_id=g.network.id))
    if not versions:
        status = 200 if request.method == "GET" else 409
        return render_template("coordinators/survey_impossible.html", stored=stored), status
    values = {**survey_values(stored.meeting, versions[0], now), **_values_of_earlier(versions)}
    form = SurveyForm(submitted_form(), data=values)
    form.offer(versions)
    if request.method == "GET":
        return _show_form(form, stored)
    if not form.validate():
        return _show_form(form, stored), 400
    if is_small_group(form) and not form.is_advised.data:
        # Whoever opens a survey for a handful of people reads first what that means: an open one cannot be undone.
        return _show_form(form, stored, is_asked=True)
    return _start(form.to_new_collector(versions, is_synthetic=g.network.is_synthetic), form, stored, now)


def _values_of_earlier(versions: Sequence[StoredQuestionnaire]) -> Mapping[str, Any]:
    """Return what the address wants to be taken over from an earlier survey."""
    code = request.args.get("like")
    return values_like(load_survey(code), versions) if code else {}


def _start(wanted: NewCollector, form: SurveyForm, stored: StoredMeeting, now: datetime) -> ResponseReturnValue:
    try:
        survey = convening.start_collector(db.session(), wanted, network_id=g.network.id, meeting_id=stored.id, now=now)
    except InvalidRecord as error:
        form.add_problems(error.problems)
        return _show_form(form, stored), 400
    for doubt in describe_doubts(form):
        flash(doubt, "info")
    return redirect(url_for("coordinators.show_survey", code=survey.code), 303)


def _show_form(form: SurveyForm, stored: StoredMeeting, *, is_asked: bool = False) -> str:
    surveys = convening.list_collectors(db.session(), network_id=g.network.id, meeting_id=stored.id)
    return render_template(
        "coordinators/survey_form.html",
        form=form,
        stored=stored,
        hints={"opens_at": OPENING_HINT, "closes_at": CLOSING_HINT},
        is_another=bool(surveys),
        devices=DEVICES,
        is_small=_advise(form),
        is_asked=is_asked,
    )


def _advise(form: SurveyForm) -> bool:
    """Tell whether the page warns of a small group, and let the form remember that it did."""
    is_small = is_small_group(form)
    form.is_advised.data = "1" if is_small else ""
    return is_small
