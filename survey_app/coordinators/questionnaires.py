"""Pages of the published questionnaires: which there are, and what they ask."""

from flask import abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from survey_app.coordinators.blueprint import LARGEST_ID, bp
from survey_app.coordinators.survey_forms import newest_first, title_of
from survey_app.domain.errors import UnknownQuestionnaire
from survey_app.domain.local_days import local_day
from survey_app.domain.membership import Right
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.text import wording
from survey_app.extensions import db
from survey_app.services import convening, questionnaire_design
from survey_app.services.convening import StoredQuestionnaire
from survey_app.web import vocabulary
from survey_app.web.gate import needs
from survey_app.web.question_notes import describe_conditions

_ONE = f"/questionnaires/<int(max={LARGEST_ID}):version_id>"


@bp.get("/questionnaires/")
@needs(Right.ORGANISE)
def list_questionnaires() -> ResponseReturnValue:
    """Show drafts, and the published versions with their languages and how far each translation is."""
    versions = questionnaire_design.list_versions(db.session(), network_id=g.network.id)
    return render_template(
        "coordinators/questionnaires.html",
        drafts=[stored for stored in versions if stored.published_at is None],
        versions=newest_first(stored for stored in versions if stored.published_at is not None),
        title_of=title_of,
        local_day=local_day,
        vocabulary=vocabulary,
    )


@bp.get(f"{_ONE}/")
@needs(Right.ORGANISE)
def find_wording(version_id: int) -> ResponseReturnValue:
    """Lead to a version in the language that suits the network best; to the pages of a draft, if it is one."""
    stored = questionnaire_design.load_version(db.session(), version_id, network_id=g.network.id)
    if stored.published_at is None:
        return redirect(url_for("coordinators.show_draft", version_id=version_id))
    questionnaire = stored.questionnaire
    candidates = (g.network.default_language, questionnaire.source_language)
    language = next((tag for tag in candidates if tag in questionnaire.languages), questionnaire.languages[0])
    return redirect(url_for("coordinators.show_questionnaire", version_id=version_id, language=language))


@bp.get(f"{_ONE}/<language>/")
@needs(Right.ORGANISE)
def show_questionnaire(version_id: int, language: str) -> ResponseReturnValue:
    """Show what a version asks, in one of its languages, exactly as it is published."""
    stored = _load(version_id)
    questionnaire = stored.questionnaire
    if language not in questionnaire.languages:
        abort(404)
    return render_template(
        "coordinators/questionnaire.html",
        stored=stored,
        questionnaire=questionnaire,
        positions=_number_questions(questionnaire),
        describe_conditions=describe_conditions,
        chosen=language,
        words=lambda text: wording(text, language, source=questionnaire.source_language),
        title=title_of(questionnaire),
        local_day=local_day,
        vocabulary=vocabulary,
    )


def _number_questions(questionnaire: Questionnaire) -> dict[str, int]:
    """Return the numbers by which conditions speak of questions; none where there are no conditions."""
    if not any(item.show_if for item in questionnaire.items):
        return {}
    return {item.code: number for number, item in enumerate(questionnaire.questions, 1)}


def _load(version_id: int) -> StoredQuestionnaire:
    versions = convening.list_questionnaires(db.session(), network_id=g.network.id)
    found = next((stored for stored in versions if stored.id == version_id), None)
    if found is None:
        raise UnknownQuestionnaire(str(version_id))
    return found
