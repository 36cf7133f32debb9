"""Entering a stack of papers by keyboard: one form after the other, each stored for good when it is sent."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.paper_page import build_entry_page
from survey_app.coordinators.surveys import load_survey
from survey_app.domain.collector import Collector
from survey_app.domain.errors import CollectorError, InvalidAnswers, MissingSubmissionKey, Problem
from survey_app.domain.membership import Right
from survey_app.domain.response import Fields
from survey_app.extensions import db
from survey_app.services import paper
from survey_app.services.paper import Stack
from survey_app.web.gate import needs
from survey_app.web.locale import current_language

_STORE = "_store"
"""Name of the button that stores; no code of a question begins like this."""


@bp.route("/surveys/<code>/papers", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def enter_papers(code: str) -> ResponseReturnValue:
    """Show a blank form for the next paper, or store the one that was filled in and go on with the next."""
    survey = load_survey(code)
    try:
        if request.method == "POST":
            return _store(survey)
        stack = _load_stack(survey.code)
    except CollectorError:
        flash(gettext("Papers can be entered from the beginning of a survey until it is sealed."), "error")
        return redirect(url_for("coordinators.show_survey", code=survey.code), 303)
    return _show(stack, {}, language=request.args.get("paper", ""), key=stack.submission_key)


def _store(survey: Collector) -> ResponseReturnValue:
    code, fields = survey.code, dict(request.form.lists())
    key, language = request.form.get("submission_key", ""), request.form.get("lang", "")
    if _STORE not in fields:
        flash(gettext("Not stored yet"), "info")
        return _show(_load_stack(code), fields, language=language, key=key)
    try:
        is_new = paper.enter_paper(
            db.session(),
            code,
            network_id=g.network.id,
            fields=fields,
            submission_key=key,
            language=language,
            receipt_key=_receipt_key(),
            now=datetime.now(UTC),
        )
    except InvalidAnswers as error:
        return _show(_load_stack(code), fields, error.problems, language=language, key=key), 400
    except MissingSubmissionKey:
        stack = _load_stack(code)
        flash(gettext("The form was damaged on its way. Everything is still here; please store it once more."), "error")
        return _show(stack, fields, language=language, key=stack.submission_key), 400
    if is_new:
        flash(gettext("Stored. Here is the form for the next paper."), "success")
    else:
        flash(gettext("This form was stored before and was not stored again, even if you changed it since."), "info")
    same = language if language in survey.languages else None
    return redirect(url_for("coordinators.enter_papers", code=code, paper=same), 303)


def _show(stack: Stack, fields: Fields, problems: Sequence[Problem] = (), *, language: str, key: str) -> str:
    survey = stack.collector
    reading = (current_language().tag, g.network.default_language)
    return render_template(
        "coordinators/paper_entry.html",
        survey=survey,
        page=build_entry_page(stack.questionnaire, reading, fields=fields, problems=problems),
        entered=stack.entered,
        key=key,
        store=_STORE,
        paper_language=paper.choose_language(language, _list_languages(survey.languages)),
    )


def _list_languages(offered: Sequence[str]) -> list[str]:
    """Return the languages of the survey, the network's own first: most papers are in it."""
    return sorted(offered, key=lambda tag: tag != g.network.default_language)


def _load_stack(code: str) -> Stack:
    return paper.load_stack(db.session(), code, network_id=g.network.id, now=datetime.now(UTC))


def _receipt_key() -> bytes:
    return paper.derive_key(current_app.config["SETTINGS"].receipt_key or current_app.config["SECRET_KEY"])
