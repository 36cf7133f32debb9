"""Beginning a questionnaire, and taking items from the library."""

from dataclasses import replace

from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.designer import desk
from survey_app.coordinators.designer.desk import DRAFT
from survey_app.coordinators.fields import CoordinatorForm, submitted_form, text_field
from survey_app.coordinators.survey_forms import title_of
from survey_app.domain.code_making import make_code
from survey_app.domain.errors import Problem
from survey_app.domain.item_taking import take_items
from survey_app.domain.membership import Right
from survey_app.domain.questionnaire import Questionnaire
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design
from survey_app.services.item_library import list_shelves, shipped_questionnaire
from survey_app.services.questionnaire_design import Step
from survey_app.web.gate import needs
from survey_app.web.messages import message_of

LONGEST_TITLE = 200
_SOURCE = "de"


class NewForm(CoordinatorForm):
    """What a new questionnaire has at least."""

    title = text_field(lazy_gettext("Title"), LONGEST_TITLE, required=True)


@bp.route("/questionnaires/new", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def start_questionnaire() -> ResponseReturnValue:
    """Offer the ways to begin: from the standard, from a published version, empty."""
    form = NewForm(submitted_form())
    if request.method == "GET":
        return _show_start(form)
    if request.form.get("begin") == "standard":
        shipped = shipped_questionnaire().with_modules()
        return _lead_to(design.start_draft(db.session(), shipped, network_id=g.network.id))
    form.validate()
    if not form.title.data and not form.title.errors:
        form.add_message("title", message_of(Problem("required", "title")))
    if form.errors:
        return _show_start(form, 400)
    taken = {one.questionnaire.id for one in design.list_versions(db.session(), network_id=g.network.id)}
    code = make_code(form.title.data, taken, otherwise="questionnaire")
    thanks = {"thanks": shipped_questionnaire().texts["thanks"]}
    texts = {"title": {_SOURCE: form.title.data}, **thanks}
    empty = Questionnaire(code, 1, _SOURCE, (_SOURCE,), (), texts)
    return _lead_to(design.start_draft(db.session(), empty, network_id=g.network.id))


def _lead_to(version_id: int) -> ResponseReturnValue:
    flash(gettext("The draft is ready. Nobody who answers sees it until you publish it."), "success")
    return redirect(desk.back_to(version_id), 303)


def _show_start(form: NewForm, status: int = 200) -> ResponseReturnValue:
    versions = design.list_versions(db.session(), network_id=g.network.id)
    page = render_template(
        "coordinators/designer/start.html",
        form=form,
        standard=shipped_questionnaire().with_modules(),
        published=[one for one in versions if one.published_at is not None],
        title_of=title_of,
    )
    return page, status


@bp.route(f"{DRAFT}/library", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def take_from_library(version_id: int) -> ResponseReturnValue:
    """Offer the shipped items and those of published questionnaires, and take over what is ticked."""
    stored = desk.load_draft(version_id)
    shelves = list_shelves(db.session(), network_id=g.network.id)
    wanted = {
        shelf.key: [
            name.partition(":")[2] for name in request.form.getlist("items") if name.startswith(f"{shelf.key}:")
        ]
        for shelf in shelves
    }
    if request.method == "POST" and any(wanted.values()):

        def edit(questionnaire: Questionnaire) -> Questionnaire:
            for shelf in shelves:
                questionnaire = take_items(questionnaire, shelf.questionnaire, wanted[shelf.key])
            return questionnaire

        before = len(stored.questionnaire.items)
        after = desk.change(version_id, edit, Step("items_added")).questionnaire
        flash(gettext("Added at the end of the questionnaire."), "success")
        return redirect(desk.back_to(version_id, after.items[before].code if before < len(after.items) else ""), 303)
    page = render_template(
        "coordinators/designer/library.html",
        stored=stored,
        shelves=shelves,
        present={item.code for item in stored.questionnaire.items},
        title_of=title_of,
        nothing_chosen=request.method == "POST",
    )
    return page, 400 if request.method == "POST" else 200


def with_languages(questionnaire: Questionnaire, languages: tuple[str, ...]) -> Questionnaire:
    """Return the questionnaire offered in these languages, its source first; wording of others is kept aside."""
    others = tuple(tag for tag in languages if tag != questionnaire.source_language)
    return replace(questionnaire, languages=(questionnaire.source_language, *others))
