"""The survey as a sheet of paper, to be printed in each of its languages."""

from functools import lru_cache

from flask import Response, abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.paper_words import word_sheet
from survey_app.coordinators.surveys import load_survey
from survey_app.domain.book import Meeting
from survey_app.domain.collector import Collector
from survey_app.domain.membership import Right
from survey_app.extensions import db
from survey_app.files.paper_form import PaperForm, render_paper_form
from survey_app.files.typesetting import list_missing_scripts
from survey_app.services import convening, paper
from survey_app.web.gate import needs
from survey_app.web.locale import find_language
from survey_app.web.rendering import rendering_turn

_KEPT = 64
"""Sheets of a tenth of a megabyte that a process keeps: an evening's languages, for several networks."""


@bp.get("/surveys/<code>/paper-forms/<language>.pdf")
@needs(Right.ORGANISE)
def download_paper_form(code: str, language: str) -> ResponseReturnValue:
    """Send the survey as a sheet to be printed, in one of its languages."""
    survey = load_survey(code)
    if language not in survey.languages:
        abort(404)
    questionnaire = paper.load_questionnaire(db.session(), survey)
    form = word_sheet(survey, questionnaire, language, network=g.network, meeting=_load_meeting(survey))
    # Emoji may be missing from names; a sheet of empty boxes instead of letters would help nobody.
    if list_missing_scripts(form.own_words):
        flash(_explain(language), "error")
        return redirect(url_for("coordinators.show_survey", code=survey.code))
    name = f'attachment; filename="paper-form-{survey.code}-{language}.pdf"'
    return Response(_render(form), mimetype="application/pdf", headers={"Content-Disposition": name})


@lru_cache(maxsize=_KEPT)
def _render(form: PaperForm) -> bytes:
    """Return the sheet, set once: a version in a language for a meeting never changes."""
    with rendering_turn():
        return render_paper_form(form)


def _explain(language: str) -> str:
    name = find_language(language).autonym
    return gettext("%(language)s cannot be printed: no font here has its script.", language=name)


def _load_meeting(survey: Collector) -> Meeting | None:
    if survey.meeting_id is None:
        return None
    return convening.load_meeting(db.session(), int(survey.meeting_id), network_id=g.network.id).meeting
