"""Pages of the indicators of a goal system: what one gives on past data; add, edit, try out, move, remove."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.fields import submitted_form
from survey_app.coordinators.goals import drafts, terms
from survey_app.coordinators.goals.answer_forms import Questions
from survey_app.coordinators.goals.auditing import Audit, audit_indicator
from survey_app.coordinators.goals.explanations import HINTS
from survey_app.coordinators.goals.forms_of_kinds import open_form, open_new_form
from survey_app.coordinators.goals.indicator_form import IndicatorForm
from survey_app.coordinators.goals.overview import ONE
from survey_app.coordinators.goals.showing import helpers, name_asked
from survey_app.domain.errors import ConflictingRevision, InvalidDocument
from survey_app.domain.membership import Right
from survey_app.evaluation.formats.format_errors import FormatError
from survey_app.evaluation.goals import goal_editing as editing
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.goals_writing import list_indicator
from survey_app.evaluation.goals.indicators import Indicator, Kind
from survey_app.evaluation.measures.rows import IndicatorResult
from survey_app.extensions import db
from survey_app.services.goal_design import StoredGoalSystem, ensure_sound
from survey_app.services.question_catalogue import list_questions
from survey_app.web.definition import list_definition
from survey_app.web.gate import needs
from survey_app.web.messages import message_of


@dataclass(frozen=True, slots=True)
class Trial:
    """What an indicator would give, and what was found at it.

    Attributes:
        result: None if it does not fit the counted surveys, or does not hold on the day of the preview.
    """

    indicator: Indicator
    result: IndicatorResult | None
    audit: Audit
    cut_off: Any


def _try_out(system: GoalSystem, indicator: Indicator) -> Trial:
    """Return what one indicator of a system would give."""
    place = [one.id for one in system.indicators].index(indicator.id)
    preview = drafts.try_out(system)
    misfits = tuple(one for one in preview.misfits if one.path.startswith(f"indicator[{place}]."))
    questions = list_questions(db.session(), network_id=g.network.id)
    audit = audit_indicator(indicator, questions, misfits)
    return Trial(indicator, preview.report.find_result(indicator.id), audit, preview.report.cut_off)


@bp.get(f"{ONE}/indicators/show")
@needs(Right.ORGANISE)
def show_indicator(system_id: int) -> ResponseReturnValue:
    """Show an indicator: its definition, its question, and its verdict on past data."""
    stored = drafts.load_version(system_id)
    indicator = drafts.asked_indicator(stored.goal_system)
    trial = _try_out(stored.goal_system, indicator)
    item = trial.audit.question.item if trial.audit.question else None
    return render_template(
        "coordinators/goals/indicator.html",
        stored=stored,
        indicator=indicator,
        trial=trial,
        definition=list_definition(indicator, stored.goal_system.parameters, item),
        lines_of=terms.lines_of,
        **helpers(),
    )


@bp.route(f"{ONE}/indicators/new", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def add_indicator(system_id: int) -> ResponseReturnValue:
    """Write down a new indicator."""
    stored = drafts.load_draft(system_id)
    kind = Kind(request.args["kind"]) if request.args.get("kind") in tuple(Kind) else None
    if kind is None:
        return redirect(url_for("coordinators.choose_indicator", system_id=system_id, goal=request.args.get("goal")))
    questions = list_questions(db.session(), network_id=g.network.id)
    form = open_new_form(submitted_form(), kind, stored.goal_system, questions, request.args)
    return _answer(form, stored, None)


@bp.route(f"{ONE}/indicators/edit", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_indicator(system_id: int) -> ResponseReturnValue:
    """Change an indicator; if somebody else saved it in the meantime, show both versions."""
    stored = drafts.load_draft(system_id)
    before = stored.goal_system.find_indicator(drafts.asked_id())
    questions = list_questions(db.session(), network_id=g.network.id)
    if before is None:
        return _rescue(stored, questions)
    form = open_form(submitted_form(), before, stored.goal_system, questions)
    return _answer(form, stored, before)


def _rescue(stored: StoredGoalSystem, questions: Questions) -> ResponseReturnValue:
    """Keep what was typed for an indicator that somebody removed meanwhile: saved again, it is a new one."""
    kind = request.form.get("kind", "")
    if request.method == "GET" or kind not in tuple(Kind):
        abort(404)
    form = open_new_form(submitted_form(), Kind(kind), stored.goal_system, questions, {})
    form.add_message("id", gettext("Somebody removed this in the meantime. Saved again, it is added anew."))
    action = url_for("coordinators.add_indicator", system_id=stored.id, kind=kind)
    return _show(form, stored, action=action, status=409)


def _answer(form: IndicatorForm, stored: StoredGoalSystem, before: Indicator | None) -> ResponseReturnValue:
    """Show the form, try out what it says, or save it: whichever button was pressed."""
    if request.method == "GET" or request.form.get("refresh"):
        return _show(form, stored)
    indicator = form.read()
    if indicator is None:
        return _show(form, stored, status=400)
    if "try" in request.form:
        return _show_trial(form, stored, before, indicator)
    return _save(form, stored, before, indicator)


def _put(system: GoalSystem, indicator: Indicator, before: Indicator | None) -> GoalSystem:
    return editing.put_indicator(system, indicator, instead_of=before.id if before else None)


def _show_trial(
    form: IndicatorForm, stored: StoredGoalSystem, before: Indicator | None, indicator: Indicator
) -> ResponseReturnValue:
    """Evaluate the draft with this indicator in it; nothing is stored."""
    system = _put(stored.goal_system, indicator, before)
    try:
        ensure_sound(system)
    except FormatError as error:
        form.add_problems_below(_path(system, indicator), error.problems)
        return _show(form, stored, status=400)
    return _show(form, stored, trial=_try_out(system, indicator))


def _save(
    form: IndicatorForm, stored: StoredGoalSystem, before: Indicator | None, indicator: Indicator
) -> ResponseReturnValue:
    def edit(system: GoalSystem) -> GoalSystem:
        if before is not None:
            drafts.ensure_untouched(system.find_indicator(before.id), form.seen.data)
        return _put(system, indicator, before)

    path = _path(_put(stored.goal_system, indicator, before), indicator)
    outcome = drafts.save(stored.id, edit, form, prefix=path)
    if isinstance(outcome, ConflictingRevision):
        return _show_conflict(form, stored, indicator, outcome.theirs) if outcome.theirs else abort(404)
    if not outcome:
        return _show(form, stored, status=400)
    flash(gettext("Saved. This is what it gives on past data."), "success")
    return redirect(url_for("coordinators.show_indicator", system_id=stored.id, id=indicator.id), 303)


def _path(system: GoalSystem, indicator: Indicator) -> str:
    """Return the path of an indicator that was just put into a system: its place, or the last one."""
    places = [place for place, one in enumerate(system.indicators) if one is indicator]
    return f"indicator[{places[0] if places else len(system.indicators) - 1}]"


def _show_conflict(form: IndicatorForm, stored: StoredGoalSystem, ours: Indicator, theirs: Any) -> ResponseReturnValue:
    """Show what both want; saved again, ours wins."""
    form.seen.data = drafts.fingerprint(theirs)
    questions = list_questions(db.session(), network_id=g.network.id)
    names = name_asked(questions.get(getattr(one.measure, "item", "")) for one in (theirs, ours))
    conflict = terms.list_differences(list_indicator(ours), list_indicator(theirs), names)
    return _show(form, stored, conflict=conflict, status=409)


def _show(
    form: IndicatorForm,
    stored: StoredGoalSystem,
    *,
    trial: Trial | None = None,
    conflict: Any = None,
    action: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    form.add_empty_targets()
    page = render_template(
        "coordinators/goals/indicator_form.html",
        form=form,
        stored=stored,
        hints=HINTS,
        trial=trial,
        conflict=conflict,
        action=action,
        **helpers(),
    )
    return page, status


@bp.post(f"{ONE}/indicators/move")
@needs(Right.ORGANISE)
def move_indicator(system_id: int) -> ResponseReturnValue:
    """Move an indicator one place up or down among those at the same goal."""
    indicator_id, beside, up = drafts.typed("id"), drafts.typed("beside"), drafts.typed("up") == "1"
    drafts.change(system_id, lambda system: editing.move_indicator(system, indicator_id, beside=beside, up=up))
    return redirect(f"{url_for('coordinators.show_goals', system_id=system_id)}#goals", 303)


@bp.route(f"{ONE}/indicators/remove", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def remove_indicator(system_id: int) -> ResponseReturnValue:
    """Remove an indicator from a draft, after asking."""
    stored = drafts.load_draft(system_id)
    indicator = drafts.asked_indicator(stored.goal_system)
    page, message, status = "coordinators/goals/indicator_removal.html", None, 200
    if request.method == "POST":
        try:
            drafts.change(system_id, lambda system: editing.remove_indicator(system, indicator.id))
        except InvalidDocument as error:
            message, status = message_of(error.problems[0]), 409
        else:
            flash(gettext("Removed."), "success")
            return redirect(url_for("coordinators.show_goals", system_id=system_id), 303)
    return render_template(page, stored=stored, indicator=indicator, message=message), status
