"""The order of items: move, put elsewhere, copy, remove, and take the last changes back."""

from flask import flash, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.designer import desk
from survey_app.coordinators.designer.desk import DRAFT, ITEM
from survey_app.coordinators.designer.step_words import describe_step
from survey_app.domain import questionnaire_editing as editing
from survey_app.domain.errors import ConflictingRevision, InvalidDocument
from survey_app.domain.membership import Right
from survey_app.domain.questionnaire import Questionnaire
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design
from survey_app.services.questionnaire_design import Step
from survey_app.web.gate import needs


@bp.post(f"{ITEM}/move")
@needs(Right.ORGANISE)
def move_item(version_id: int, item_code: str) -> ResponseReturnValue:
    """Move an item one place up or down, or to the position that a dragging script names."""
    stored = desk.load_draft(version_id)
    desk.find_item(stored.questionnaire, item_code)
    position = request.form.get("position", "")

    def edit(questionnaire: Questionnaire) -> Questionnaire:
        if questionnaire.find_item(item_code) is None:
            return questionnaire
        if position.isdecimal() and len(position) < 5:
            return editing.place_item(questionnaire, item_code, position=int(position))
        return editing.move_item(questionnaire, item_code, up=request.form.get("up") == "1")

    is_script = "script" in request.form
    try:
        moved = desk.change(version_id, edit, Step("item_moved", item_code))
    except InvalidDocument as error:
        message = desk.explain(error.problems[0], stored.questionnaire)
        if is_script:
            return jsonify({"message": message}), 409
        flash(message, "warning")
        return redirect(desk.back_to(version_id, item_code), 303)
    if is_script:
        order = [item.code for item in moved.questionnaire.items]
        return jsonify({"order": order, "revision": moved.revision})
    return redirect(desk.back_to(version_id, item_code), 303)


@bp.post(f"{ITEM}/copy")
@needs(Right.ORGANISE)
def copy_item(version_id: int, item_code: str) -> ResponseReturnValue:
    """Put a copy of an item behind it."""
    desk.find_item(desk.load_draft(version_id).questionnaire, item_code)
    copied: list[str] = []

    def edit(questionnaire: Questionnaire) -> Questionnaire:
        desk.find_item(questionnaire, item_code)
        result, code = editing.copy_item(questionnaire, item_code)
        copied[:] = [code]
        return result

    desk.change(version_id, edit, Step("item_copied", item_code))
    flash(gettext("Copied. The copy stands behind the original."), "success")
    return redirect(desk.back_to(version_id, copied[0]), 303)


@bp.route(f"{ITEM}/remove", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def remove_item(version_id: int, item_code: str) -> ResponseReturnValue:
    """Remove an item, after saying what depends on it."""
    stored = desk.load_draft(version_id)
    questionnaire = stored.questionnaire
    item = desk.find_item(questionnaire, item_code)
    if request.method == "GET":
        return render_template(
            "coordinators/designer/item_removal.html",
            stored=stored,
            item=item,
            name=desk.name_item(questionnaire, item_code),
            dependents=[
                desk.name_item(questionnaire, one.code) for one in editing.list_dependents(questionnaire, item_code)
            ],
        )

    def edit(questionnaire: Questionnaire) -> Questionnaire:
        is_there = questionnaire.find_item(item_code) is not None
        return editing.remove_item(questionnaire, item_code) if is_there else questionnaire

    desk.change(version_id, edit, Step("item_removed", item_code))
    flash(gettext("Removed. You can undo this."), "success")
    return redirect(desk.back_to(version_id), 303)


@bp.post(f"{DRAFT}/undo")
@needs(Right.ORGANISE)
def undo_change(version_id: int) -> ResponseReturnValue:
    """Take the last change back, unless somebody changed something since the page was shown."""
    stored = desk.load_draft(version_id)
    seen = request.form.get("revision", "")
    revision = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    try:
        step = design.undo(db.session(), version_id, network_id=g.network.id, revision=revision)
    except ConflictingRevision:
        flash(gettext("Somebody changed the draft in the meantime. Nothing was undone; please look first."), "warning")
        return redirect(desk.back_to(version_id), 303)
    if step is not None:
        words = describe_step(step, desk.load_draft(version_id).questionnaire, stored.questionnaire)
        flash(gettext("Undone: %(step)s", step=words), "success")
    return redirect(desk.back_to(version_id), 303)
