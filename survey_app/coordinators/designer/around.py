"""What stands around the items of a draft: title, introduction, thanks, and the languages it is offered in."""

from typing import Any

from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.comparison import Difference
from survey_app.coordinators.designer import desk
from survey_app.coordinators.designer.desk import DRAFT
from survey_app.coordinators.designer.starting import LONGEST_TITLE, with_languages
from survey_app.coordinators.fields import CodesField, CoordinatorForm, long_text_field, submitted_form, text_field
from survey_app.domain.errors import ConflictingRevision, Problem
from survey_app.domain.membership import Right
from survey_app.domain.publishing import NEEDED, inspect_wording
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_editing import put_text, reword
from survey_app.services.questionnaire_design import Step, StoredQuestionnaire
from survey_app.web.gate import needs
from survey_app.web.locale import find_language, interface_languages
from survey_app.web.messages import message_of

_LONGEST_TEXT = 2000
_KEYS = ("title", "introduction", "thanks")


class TextsForm(CoordinatorForm):
    """The questionnaire's own words."""

    title = text_field(lazy_gettext("Title"), LONGEST_TITLE, required=True)
    introduction = long_text_field(lazy_gettext("Introduction"), _LONGEST_TEXT)
    thanks = long_text_field(lazy_gettext("Thanks after sending"), _LONGEST_TEXT)
    seen = HiddenField()


class LanguagesForm(CoordinatorForm):
    """The languages that people can answer in."""

    languages = CodesField(lazy_gettext("Languages"))


def _texts_of(questionnaire: Questionnaire) -> dict[str, str]:
    source = questionnaire.source_language
    return {key: questionnaire.texts.get(key, {}).get(source, "") for key in _KEYS}


@bp.route(f"{DRAFT}/texts", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_texts(version_id: int) -> ResponseReturnValue:
    """Change what stands before and after the questions."""
    stored = desk.load_draft(version_id)
    before = _texts_of(stored.questionnaire)
    form = TextsForm(submitted_form(), data=before | {"seen": desk.fingerprint(before)})
    if request.method == "GET":
        return _show_texts(form, stored)
    form.validate()
    for name in NEEDED:
        if not form[name].data and not form[name].errors:
            form.add_message(name, message_of(Problem("required", name)))
    if form.errors:
        return _show_texts(form, stored, status=400)

    def edit(questionnaire: Questionnaire) -> Questionnaire:
        desk.ensure_untouched(_texts_of(questionnaire), form.seen.data)
        for key in _KEYS:
            words, text = form[key].data or "", questionnaire.texts.get(key, {})
            if text.get(questionnaire.source_language, "") != words:
                changed = reword(text, questionnaire.source_language, words) if words else None
                questionnaire = put_text(questionnaire, key, changed)
        return questionnaire

    outcome = desk.save(version_id, edit, form, Step("texts_changed"))
    if isinstance(outcome, ConflictingRevision):
        theirs = _texts_of(desk.load_draft(version_id).questionnaire)
        form.seen.data = desk.fingerprint(theirs)
        conflict = [Difference(form[key].label.text, (form[key].data or "–",), (theirs[key] or "–",)) for key in _KEYS]
        return _show_texts(form, stored, conflict=conflict, status=409)
    if outcome is None:
        return _show_texts(form, stored, status=400)
    flash(gettext("Saved."), "success")
    return redirect(desk.back_to(version_id), 303)


def _show_texts(
    form: TextsForm, stored: StoredQuestionnaire, *, conflict: Any = None, status: int = 200
) -> ResponseReturnValue:
    form.thanks.flags.required = True
    page = render_template("coordinators/designer/texts_form.html", form=form, stored=stored, conflict=conflict)
    return page, status


@bp.route(f"{DRAFT}/languages", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_languages(version_id: int) -> ResponseReturnValue:
    """Choose the languages that are offered; wording of the others is kept for later."""
    stored = desk.load_draft(version_id)
    source = stored.questionnaire.source_language
    others = [tag for tag in stored.questionnaire.languages if tag != source]
    form = LanguagesForm(submitted_form(), data={"languages": others})
    offered = dict.fromkeys((*interface_languages(), *stored.questionnaire.languages, g.network.default_language))
    form.languages.choices = [SelectChoice(tag, find_language(tag).autonym) for tag in offered if tag != source]
    if request.method == "POST" and form.validate():
        chosen = tuple(form.languages.data or ())
        desk.change(version_id, lambda one: with_languages(one, chosen), Step("languages_changed"))
        flash(gettext("Saved."), "success")
        return redirect(desk.back_to(version_id), 303)
    wording = inspect_wording(with_languages(stored.questionnaire, tuple(offered)), stored.states)
    page = render_template(
        "coordinators/designer/languages_form.html",
        form=form,
        stored=stored,
        wording={one.language: one for one in wording.languages},
    )
    return page, 400 if form.errors else 200
