"""Pages of single items: choose a kind, write, change; two who change the same item get both texts."""

from dataclasses import replace
from typing import Any

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.comparison import Difference
from survey_app.coordinators.designer import desk
from survey_app.coordinators.designer.describing import describe_item
from survey_app.coordinators.designer.desk import DRAFT, ITEM
from survey_app.coordinators.designer.item_forms import FORMS, ItemForm
from survey_app.coordinators.designer.item_kinds import KINDS, start_values
from survey_app.coordinators.designer.item_reading import (
    finish_item,
    item_values,
    list_codes,
    mark_of,
    read_item,
)
from survey_app.coordinators.fields import submitted_form
from survey_app.domain.errors import ConflictingRevision
from survey_app.domain.item_taking import list_series
from survey_app.domain.membership import Right
from survey_app.domain.questionnaire import Item, Questionnaire
from survey_app.domain.questionnaire_editing import add_item, change_item, put_options
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design
from survey_app.services.questionnaire_design import Edit, Step, StoredQuestionnaire
from survey_app.web.gate import needs


@bp.get(f"{DRAFT}/add")
@needs(Right.ORGANISE)
def choose_item_kind(version_id: int) -> ResponseReturnValue:
    """Ask how a new question is answered."""
    stored = desk.load_draft(version_id)
    return render_template(
        "coordinators/designer/choose_kind.html", stored=stored, kinds=KINDS, before=request.args.get("before")
    )


@bp.route(f"{DRAFT}/add/<kind>", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def add_questionnaire_item(version_id: int, kind: str) -> ResponseReturnValue:
    """Write a new item."""
    stored = desk.load_draft(version_id)
    if kind not in KINDS:
        return redirect(url_for("coordinators.choose_item_kind", version_id=version_id))
    form = FORMS[KINDS[kind].type](submitted_form(), data=start_values(kind, stored.questionnaire.source_language))
    if request.method == "GET" or "refresh" in request.form:
        return _show(form, stored)
    item = read_item(form, stored.questionnaire)
    if item is None:
        return _show(form, stored, status=400)
    before = request.args.get("before")
    added: list[str] = []

    def edit(questionnaire: Questionnaire) -> Questionnaire:
        known = {one.code for one in questionnaire.items}
        result = add_item(questionnaire, item, before=before)
        added[:] = [one.code for one in result.items if one.code not in known]
        return finish_item(form, result, added[0])

    outcome = desk.save(version_id, edit, form, Step("item_added"))
    if not isinstance(outcome, design.StoredQuestionnaire):
        return _show(form, stored, status=400)
    flash(gettext("Saved."), "success")
    if "another" in request.form:
        return redirect(url_for("coordinators.choose_item_kind", version_id=version_id, before=before), 303)
    return redirect(desk.back_to(version_id, added[0]), 303)


@bp.route(f"{ITEM}/", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_questionnaire_item(version_id: int, item_code: str) -> ResponseReturnValue:
    """Change an item; if somebody else saved it in the meantime, show both texts."""
    stored = desk.load_draft(version_id)
    before = stored.questionnaire.find_item(item_code)
    if before is None and request.method == "POST":
        return _rescue(stored)
    before = desk.find_item(stored.questionnaire, item_code)
    published = _find_published(stored, before)
    values = item_values(before, stored.questionnaire, published)
    form = FORMS[before.type](submitted_form(), data=values, original=before, published=published)
    if request.method == "GET" or "refresh" in request.form:
        return _show(form, stored)
    item = read_item(form, stored.questionnaire)
    return _refuse(form, stored) if item is None else _save(form, stored, item)


def _save(form: ItemForm, stored: StoredQuestionnaire, item: Item) -> ResponseReturnValue:
    code, opened = item.code, form.opened.data

    def goes_on(earlier: Questionnaire) -> bool:
        one = earlier.find_item(code)
        return one is not None and mark_of(earlier, one) == opened

    outcome = desk.save(stored.id, _edit(form, item, code), form, Step("item_changed", code), continues=goes_on)
    if isinstance(outcome, ConflictingRevision):
        return _show_conflict(form, stored, item)
    if outcome is None:
        return _refuse(form, stored)
    if _is_autosave():
        saved = desk.find_item(outcome.questionnaire, code)
        mark = mark_of(outcome.questionnaire, saved)
        return jsonify({"seen": mark, "revision": outcome.revision, "codes": list_codes(form, saved)})
    flash(gettext("Saved."), "success")
    return redirect(desk.back_to(stored.id, code), 303)


def _refuse(form: ItemForm, stored: StoredQuestionnaire) -> ResponseReturnValue:
    """Say what is wrong: at the fields, or to the script that saves while somebody writes."""
    return (jsonify({"incomplete": True}), 400) if _is_autosave() else _show(form, stored, status=400)


def _edit(form: ItemForm, item: Item, code: str) -> Edit:
    def edit(questionnaire: Questionnaire) -> Questionnaire:
        now = questionnaire.find_item(code)
        if now is None or mark_of(questionnaire, now) != form.seen.data:
            raise ConflictingRevision(now)
        result = finish_item(form, change_item(questionnaire, code, replace(item, show_if=now.show_if)), code)
        if "whole_series" not in form or not form.whole_series.data:
            return result
        changed = desk.find_item(result, code)
        for row in list_series(questionnaire, code):
            result = put_options(result, row.code, changed.options)
        return result

    return edit


def _is_autosave() -> bool:
    return "autosave" in request.form


def _rescue(stored: StoredQuestionnaire) -> ResponseReturnValue:
    """Keep what was typed for an item that somebody removed meanwhile: saved again, it is a new one."""
    kind = request.form.get("kind", "")
    kind = kind if kind in KINDS else "text"
    if _is_autosave():
        return jsonify({"conflict": True}), 409
    form = FORMS[KINDS[kind].type](submitted_form(), data=start_values(kind, stored.questionnaire.source_language))
    form.add_message("text", gettext("Somebody removed this in the meantime. Saved again, it is added anew."))
    action = url_for("coordinators.add_questionnaire_item", version_id=stored.id, kind=kind)
    return _show(form, stored, action=action, status=409)


def _show_conflict(form: ItemForm, stored: StoredQuestionnaire, ours: Item) -> ResponseReturnValue:
    """Show what both want; saved again, ours wins."""
    if _is_autosave():
        return jsonify({"conflict": True}), 409
    now = desk.load_draft(stored.id)
    theirs = now.questionnaire.find_item(ours.code)
    if theirs is None:
        return _rescue(now)
    wanted = finish_item(form, change_item(now.questionnaire, ours.code, ours), ours.code)
    both = (describe_item(one, ours.code) for one in (wanted, now.questionnaire))
    conflict = [Difference(mine[0], mine[1], other[1]) for mine, other in zip(*both, strict=True)]
    form.seen.data = mark_of(now.questionnaire, theirs)
    return _show(form, now, conflict=conflict, status=409)


def _show(
    form: ItemForm, stored: StoredQuestionnaire, *, conflict: Any = None, action: str = "", status: int = 200
) -> ResponseReturnValue:
    original = form.original
    questionnaire = stored.questionnaire
    page = render_template(
        "coordinators/designer/item_form.html",
        form=form,
        stored=stored,
        item=original,
        kind=next(name for name, kind in KINDS.items() if kind.type is form.kind),
        series=list_series(questionnaire, original.code) if original else (),
        published=form.published,
        name_item=lambda code: desk.name_item(questionnaire, code),
        conflict=conflict,
        action=action,
        is_dirty="refresh" in request.form,
    )
    return page, status


def _find_published(stored: StoredQuestionnaire, item: Item) -> Item | None:
    """Return the item as the latest published version of the questionnaire has it."""
    versions = design.list_versions(db.session(), network_id=g.network.id)
    found = [one for one in versions if one.published_at and one.questionnaire.id == stored.questionnaire.id]
    return found[0].questionnaire.find_item(item.code) if found else None
