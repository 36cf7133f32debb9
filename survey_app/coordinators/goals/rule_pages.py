"""Pages of what stands around the goals of a draft: its head, the rules of the evaluation, its wordings."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.fields import submitted_form
from survey_app.coordinators.goals import drafts, terms
from survey_app.coordinators.goals.explanations import HINTS
from survey_app.coordinators.goals.goal_forms import (
    HeadForm,
    RulesForm,
    WordingsForm,
    head_values,
    rules_values,
    wordings_values,
)
from survey_app.coordinators.goals.overview import ONE
from survey_app.domain.errors import ConflictingRevision
from survey_app.domain.membership import Right
from survey_app.evaluation.formats.format_errors import FormatProblem
from survey_app.evaluation.formats.table_reading import TableReader
from survey_app.evaluation.goals.goal_editing import put_wordings
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.goals_format import read_parameters
from survey_app.evaluation.goals.goals_writing import list_head, list_parameters
from survey_app.services.goal_design import StoredGoalSystem
from survey_app.web.gate import needs

_EMPTY_ROWS = 2


@bp.route(f"{ONE}/head", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_head(system_id: int) -> ResponseReturnValue:
    """Change title, version, source and what else stands above the goals."""
    stored = drafts.load_draft(system_id)
    values = head_values(stored.goal_system) | {"seen": drafts.fingerprint(list_head(stored.goal_system))}
    form = HeadForm(submitted_form(), data=values, original=stored.goal_system)
    if request.method == "GET":
        return _show("head", form, stored)
    head = form.read()
    if head is None:
        return _show("head", form, stored, status=400)

    def edit(system: GoalSystem) -> GoalSystem:
        drafts.ensure_untouched(list_head(system), form.seen.data)
        return replace(system, **head)

    outcome = drafts.save(system_id, edit, form, prefix="")
    if isinstance(outcome, ConflictingRevision):
        ours = list_head(replace(stored.goal_system, **head))
        theirs: Any = outcome.theirs
        form.seen.data = drafts.fingerprint(theirs)
        return _show("head", form, stored, conflict=terms.list_differences(ours, theirs), status=409)
    return _finish(stored) if outcome else _show("head", form, stored, status=400)


@bp.route(f"{ONE}/rules", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_rules(system_id: int) -> ResponseReturnValue:
    """Change the numbers that decide what is judged and what is shown."""
    stored = drafts.load_draft(system_id)
    before = stored.goal_system.parameters
    form = RulesForm(submitted_form(), data=rules_values(before) | {"seen": drafts.fingerprint(before)})
    if request.method == "GET":
        return _show("rules", form, stored)
    form.validate()
    problems: list[FormatProblem] = []
    parameters = read_parameters(TableReader(form.table(), "", problems))
    form.add_format_problems([*problems, *_find_missing(form)])
    if form.errors:
        return _show("rules", form, stored, status=400)

    def edit(system: GoalSystem) -> GoalSystem:
        drafts.ensure_untouched(system.parameters, form.seen.data)
        return replace(system, parameters=parameters)

    outcome = drafts.save(system_id, edit, form, prefix="parameters")
    if isinstance(outcome, ConflictingRevision):
        theirs: Any = outcome.theirs
        difference = terms.list_differences(list_parameters(parameters), list_parameters(theirs))
        form.seen.data = drafts.fingerprint(theirs)
        return _show("rules", form, stored, conflict=difference, status=409)
    return _finish(stored) if outcome else _show("rules", form, stored, status=400)


def _find_missing(form: RulesForm) -> list[FormatProblem]:
    """The file may leave a rule out and get the usual one; a form that shows all of them means all of them."""
    table = form.table()
    return [FormatProblem(name, "is missing") for name in form.data if name in _RULES and name not in table]


_RULES = frozenset(
    {
        "confidence",
        "min_base",
        "min_group",
        "min_group_public",
        "min_group_sensitive",
        "nonresponse_allowance",
        "base",
    }
)


@bp.route(f"{ONE}/wordings", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_wordings(system_id: int) -> ResponseReturnValue:
    """Change the wordings in which goals were written down, and which of them is in force."""
    stored = drafts.load_draft(system_id)
    before = stored.goal_system.wordings
    form = WordingsForm(
        submitted_form(), data=wordings_values(stored.goal_system) | {"seen": drafts.fingerprint(before)}
    )
    if request.method == "GET" or "refresh" in request.form:
        return _show_wordings(form, stored)
    form.validate()
    wordings = form.read()
    if form.errors:
        return _show_wordings(form, stored, status=400)

    def edit(system: GoalSystem) -> GoalSystem:
        drafts.ensure_untouched(system.wordings, form.seen.data)
        return put_wordings(system, wordings)

    outcome = drafts.save(system_id, edit, form, prefix="wording")
    if isinstance(outcome, ConflictingRevision):
        form.add_message("wordings", gettext("Somebody else changed the wordings in the meantime. Please check them."))
        form.seen.data = drafts.fingerprint(outcome.theirs)
        return _show_wordings(form, drafts.load_draft(system_id), status=409)
    return _finish(stored) if outcome else _show_wordings(form, stored, status=400)


def _show_wordings(form: WordingsForm, stored: StoredGoalSystem, status: int = 200) -> ResponseReturnValue:
    empty = sum(not row.form.id.data for row in form.wordings.entries)
    for _row in range(max(0, _EMPTY_ROWS - empty) if status == 200 else 0):
        form.wordings.append_entry()
    form.offer()
    return _show("wordings", form, stored, status=status)


def _show(
    kind: str, form: Any, stored: StoredGoalSystem, *, conflict: Any = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        f"coordinators/goals/{kind}_form.html", form=form, stored=stored, hints=HINTS, conflict=conflict
    )
    return page, status


def _finish(stored: StoredGoalSystem) -> ResponseReturnValue:
    flash(gettext("Saved."), "success")
    return redirect(url_for("coordinators.show_goals", system_id=stored.id), 303)
