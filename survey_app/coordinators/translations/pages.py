"""Coordinators' pages of the translations of a draft: how far each language is, the texts, links for others."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms.validators import InputRequired

from survey_app.coordinators.blueprint import LARGEST_ID, bp
from survey_app.coordinators.fields import CoordinatorForm, CountField, submitted_form
from survey_app.coordinators.survey_forms import title_of
from survey_app.coordinators.surveys import public_address
from survey_app.coordinators.translations.rows import PROGRESS, list_texts
from survey_app.coordinators.translations.workbench import Bench, serve
from survey_app.domain.errors import InvalidRecord, TransitionNotAllowed
from survey_app.domain.membership import Right
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design
from survey_app.services import translating
from survey_app.services.questionnaire_design import StoredQuestionnaire
from survey_app.web.gate import needs

_ALL = f"/questionnaires/<int(max={LARGEST_ID}):version_id>/draft/translations"
_USUAL_DAYS = 14


class LinkForm(CoordinatorForm):
    """How long a link works."""

    days = CountField(lazy_gettext("Days for which the link works"), [InputRequired()])


@bp.get(f"{_ALL}/")
@needs(Right.ORGANISE)
def list_translations(version_id: int) -> ResponseReturnValue:
    """Show how far the draft is in each of its languages."""
    stored = _load(version_id)
    questionnaire = stored.questionnaire
    languages = [tag for tag in questionnaire.languages if tag != questionnaire.source_language]
    return render_template(
        "coordinators/translations/overview.html",
        stored=stored,
        questionnaire=questionnaire,
        counts={tag: Counter(text.progress for text in list_texts(stored, tag)) for tag in languages},
        total=len(list_texts(stored, questionnaire.source_language)),
        links=_links_by_language(version_id),
        progress=PROGRESS,
        title_of=title_of,
    )


@bp.route(f"{_ALL}/<language>/", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def translate(version_id: int, language: str) -> ResponseReturnValue:
    """Translate the draft into one of its languages."""
    stored = _load(version_id)
    translating.ensure_translatable(stored.questionnaire, language)
    here = url_for("coordinators.translate", version_id=version_id, language=language)
    above = url_for("coordinators.list_translations", version_id=version_id)
    return serve(Bench(stored, language, g.network.id, here, above))


@bp.route(f"{_ALL}/<language>/link", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def give_link(version_id: int, language: str) -> ResponseReturnValue:
    """Make a link with which somebody without an account translates this language; it is shown once."""
    stored = _load(version_id)
    translating.ensure_translatable(stored.questionnaire, language)
    form = LinkForm(submitted_form(), data={"days": _USUAL_DAYS})
    address, status = None, 200
    if form.is_submitted():
        status = 400
        if form.validate():
            try:
                token = _make_link(version_id, language, days=form.days.data)
            except InvalidRecord as error:
                form.add_problems(error.problems)
            else:
                address, status = public_address(url_for("translators.translate", token=token)), 200
    page = render_template(
        "coordinators/translations/link.html", stored=stored, language=language, form=form, address=address
    )
    return page, status


def _make_link(version_id: int, language: str, *, days: int) -> str:
    valid_for = timedelta(days=min(days, translating.LONGEST_VALIDITY.days + 1))
    now = datetime.now(UTC)
    return translating.give_link(
        db.session(), version_id, language, network_id=g.network.id, now=now, valid_for=valid_for
    )


@bp.post(f"{_ALL}/links/<int(max={LARGEST_ID}):link_id>/revoke")
@needs(Right.ORGANISE)
def revoke_link(version_id: int, link_id: int) -> ResponseReturnValue:
    """Take a link back at once."""
    now = datetime.now(UTC)
    translating.revoke_link(db.session(), link_id, version_id=version_id, network_id=g.network.id, now=now)
    flash(gettext("The link does not work any more."), "success")
    return redirect(url_for("coordinators.list_translations", version_id=version_id), 303)


def _load(version_id: int) -> StoredQuestionnaire:
    stored = design.load_version(db.session(), version_id, network_id=g.network.id)
    if stored.published_at is not None:
        raise TransitionNotAllowed("a published version never changes")
    return stored


def _links_by_language(version_id: int) -> dict[str, list[translating.TranslatorLink]]:
    found: dict[str, list[translating.TranslatorLink]] = {}
    for link in translating.list_links(db.session(), version_id, network_id=g.network.id, now=datetime.now(UTC)):
        found.setdefault(link.language, []).append(link)
    return found
