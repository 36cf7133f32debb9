"""Pages of the goals of a draft: add, edit, move, remove."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.fields import submitted_form
from survey_app.coordinators.goals import drafts, terms
from survey_app.coordinators.goals.explanations import HINTS
from survey_app.coordinators.goals.goal_forms import GoalForm, goal_values
from survey_app.coordinators.goals.overview import ONE
from survey_app.domain.errors import ConflictingRevision, InvalidDocument
from survey_app.domain.membership import Right
from survey_app.evaluation.goals import goal_editing as editing
from survey_app.evaluation.goals.goals import Goal, GoalState, GoalSystem, Level
from survey_app.evaluation.goals.goals_writing import list_goal
from survey_app.services.goal_design import StoredGoalSystem
from survey_app.web.gate import needs
from survey_app.web.messages import message_of


@bp.route(f"{ONE}/goals/new", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def add_goal(system_id: int) -> ResponseReturnValue:
    """Write down a further goal."""
    stored = drafts.load_draft(system_id)
    form = GoalForm(submitted_form(), data=_new_values(stored.goal_system))
    form.offer(stored.goal_system)
    if request.method == "GET":
        return _show(form, stored)
    goal = form.read()
    if goal is None:
        return _show(form, stored, status=400)

    def edit(system: GoalSystem) -> GoalSystem:
        return editing.put_goal(system, goal)

    return _save(system_id, edit, form, stored, goal, place=len(stored.goal_system.goals))


@bp.route(f"{ONE}/goals/edit", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_goal(system_id: int) -> ResponseReturnValue:
    """Change a goal; if somebody else saved it in the meantime, show both versions."""
    stored = drafts.load_draft(system_id)
    before = stored.goal_system.find_goal(drafts.asked_id())
    if before is None:
        return _rescue(stored)
    values = goal_values(before) | {"seen": drafts.fingerprint(before)}
    form = GoalForm(submitted_form(), data=values, original=before)
    form.offer(stored.goal_system)
    if request.method == "GET":
        return _show(form, stored)
    goal = form.read()
    if goal is None:
        return _show(form, stored, status=400)

    def edit(system: GoalSystem) -> GoalSystem:
        drafts.ensure_untouched(system.find_goal(before.id), form.seen.data)
        return editing.put_goal(system, goal, instead_of=before.id)

    return _save(system_id, edit, form, stored, goal, place=stored.goal_system.goals.index(before))


def _rescue(stored: StoredGoalSystem) -> ResponseReturnValue:
    """Keep what was typed for a goal that somebody removed meanwhile: saved again, it is a new one."""
    if request.method == "GET":
        abort(404)
    form = GoalForm(submitted_form(), data=_new_values(stored.goal_system))
    form.offer(stored.goal_system)
    form.add_message("id", gettext("Somebody removed this in the meantime. Saved again, it is added anew."))
    return _show(form, stored, action=url_for("coordinators.add_goal", system_id=stored.id), status=409)


def _save(
    system_id: int, edit: Any, form: GoalForm, stored: StoredGoalSystem, goal: Goal, *, place: int
) -> ResponseReturnValue:
    outcome = drafts.save(system_id, edit, form, prefix=f"goal[{place}]")
    if isinstance(outcome, ConflictingRevision):
        return _show_conflict(form, stored, goal, outcome.theirs)
    if not outcome:
        return _show(form, stored, status=400)
    flash(gettext("Saved."), "success")
    return redirect(f"{url_for('coordinators.show_goals', system_id=system_id)}#{_anchor(goal)}", 303)


def _show_conflict(form: GoalForm, stored: StoredGoalSystem, ours: Goal, theirs: Any) -> ResponseReturnValue:
    """Show what both want; saved again, ours wins."""
    if theirs is None:
        abort(404)
    form.seen.data = drafts.fingerprint(theirs)
    conflict = terms.list_differences(list_goal(ours), list_goal(theirs))
    return _show(form, stored, conflict=conflict, status=409)


def _show(
    form: GoalForm, stored: StoredGoalSystem, *, conflict: Any = None, action: str = "", status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "coordinators/goals/goal_form.html", form=form, stored=stored, hints=HINTS, conflict=conflict, action=action
    )
    return page, status


@bp.post(f"{ONE}/goals/move")
@needs(Right.ORGANISE)
def move_goal(system_id: int) -> ResponseReturnValue:
    """Move a goal one place up or down among those beside it."""
    goal_id, up = drafts.typed("id"), drafts.typed("up") == "1"
    drafts.change(system_id, lambda system: editing.move_goal(system, goal_id, up=up))
    return redirect(f"{url_for('coordinators.show_goals', system_id=system_id)}#goals", 303)


@bp.route(f"{ONE}/goals/remove", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def remove_goal(system_id: int) -> ResponseReturnValue:
    """Remove a goal at which nothing stands, after asking."""
    stored = drafts.load_draft(system_id)
    goal = drafts.asked_goal(stored.goal_system)
    if request.method == "GET":
        return _show_removal(stored, goal)
    try:
        drafts.change(system_id, lambda system: editing.remove_goal(system, goal.id))
    except InvalidDocument as error:
        return _show_removal(stored, goal, message_of(error.problems[0]), status=409)
    flash(gettext("Removed."), "success")
    return redirect(url_for("coordinators.show_goals", system_id=system_id), 303)


def _show_removal(
    stored: StoredGoalSystem, goal: Goal, message: str | None = None, status: int = 200
) -> ResponseReturnValue:
    needed_by = editing.list_dependents(stored.goal_system, goal.id)
    page = render_template(
        "coordinators/goals/goal_removal.html", stored=stored, goal=goal, needed_by=needed_by, message=message
    )
    return page, status


def _new_values(system: GoalSystem) -> dict[str, Any]:
    """Return what the form of a new goal shows: one level below the goal it was asked for, in the same wording."""
    parent = system.find_goal(request.args.get("parent", ""))
    level, wording = Level.GUIDING, next((one.id for one in system.wordings if one.current), None)
    if parent is not None:
        level = tuple(Level)[min(parent.level.depth + 1, len(Level) - 1)]
        wording = parent.wording or wording
    return {
        "level": level,
        "parent": None if parent is None else parent.id,
        "wording": wording,
        "state": GoalState.ACTIVE,
        "id": _suggest_id(system, parent),
    }


def _suggest_id(system: GoalSystem, parent: Goal | None) -> str:
    taken = {goal.id for goal in system.goals}
    stem = "" if parent is None else f"{parent.id}."
    return next(f"{stem}{number}" for number in range(1, len(taken) + 2) if f"{stem}{number}" not in taken)


def _anchor(goal: Goal) -> str:
    return f"goal-{drafts.fingerprint(goal.id)}"
