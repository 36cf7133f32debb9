"""A version as those who answer will see it: in a phone's frame, every language, light and dark; nothing is stored."""

from collections.abc import Sequence
from types import SimpleNamespace

from flask import Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.designer import desk
from survey_app.coordinators.designer.desk import ONE
from survey_app.coordinators.survey_forms import title_of
from survey_app.domain.errors import InvalidAnswers, Problem
from survey_app.domain.membership import Right
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Fields, read_answers
from survey_app.web.gate import needs
from survey_app.web.headers import framing_policy
from survey_app.web.locale import use_language
from survey_app.web.participant_form import build_form, words_of
from survey_app.web.participant_style import page_policy, with_style

_SCHEMES = ("light", "dark")


@bp.get(f"{ONE}/preview")
@needs(Right.ORGANISE)
def preview_questionnaire(version_id: int) -> ResponseReturnValue:
    """Show a version in a phone's frame."""
    stored = desk.load_version(version_id)
    languages = stored.questionnaire.languages
    language, scheme = request.args.get("language", ""), request.args.get("scheme", "")
    page = render_template(
        "coordinators/designer/preview.html",
        stored=stored,
        title=title_of(stored.questionnaire),
        chosen=language if language in languages else languages[0],
        scheme=scheme if scheme in _SCHEMES else _SCHEMES[0],
    )
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = framing_policy()
    return response


@bp.route(f"{ONE}/preview/<language>/<any(light, dark):scheme>", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def try_questionnaire(version_id: int, language: str, scheme: str) -> ResponseReturnValue:
    """Show the form by itself; answers are read as real ones are, and forgotten."""
    questionnaire = desk.load_version(version_id).questionnaire
    if language not in questionnaire.languages:
        abort(404)
    fields = {name: request.form.getlist(name) for name in request.form}
    wanted = request.form.get("switch_language", "")
    shown = wanted if wanted in questionnaire.languages else language
    is_sent = request.method == "POST" and not wanted
    values = {"version_id": version_id, "scheme": scheme, "questionnaire": questionnaire}
    if not is_sent:
        return _show(shown, fields=fields, problems=(), status=200, **values)
    try:
        read_answers(questionnaire, fields)
    except InvalidAnswers as error:
        return _show(shown, fields=fields, problems=error.problems, status=400, **values)
    use_language(shown)
    thanks = words_of(questionnaire, "thanks", shown)
    return _respond("preview_thanks", scheme, 200, thanks=thanks, tag=shown, version_id=version_id)


def _show(
    language: str,
    *,
    questionnaire: Questionnaire,
    scheme: str,
    version_id: int,
    fields: Fields,
    problems: Sequence[Problem],
    status: int,
) -> Response:
    use_language(language)
    form = build_form(questionnaire, language, fields=fields, problems=problems)
    survey = SimpleNamespace(
        is_small_group=False,
        needs_ticket=False,
        is_synthetic=g.network.is_synthetic,
        languages=questionnaire.languages,
    )
    return _respond(
        "preview_form", scheme, status, form=form, collector=survey, links=(), tag=language, version_id=version_id
    )


def _respond(template: str, scheme: str, status: int, **values: object) -> Response:
    html = render_template(f"coordinators/designer/{template}.html", scheme=scheme, **values)
    response = Response(with_style(html, scheme), status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = page_policy(scheme, is_framed=True)
    response.headers["Content-Language"] = str(values["tag"])
    return response
