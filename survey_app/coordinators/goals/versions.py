"""Versions of a goal system: what changed, publishing, the file, the text as a whole."""

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.fields import CoordinatorForm, RevisionField, submitted_form
from survey_app.coordinators.goals import drafts, terms
from survey_app.coordinators.goals.auditing import audit_indicators
from survey_app.coordinators.goals.file_problems import place_problems
from survey_app.coordinators.goals.overview import ONE
from survey_app.coordinators.goals.showing import helpers, name_asked
from survey_app.domain.errors import ConflictingRevision, NameTaken
from survey_app.domain.membership import Right
from survey_app.domain.text import clean_text
from survey_app.evaluation.formats.format_errors import FormatError
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.goals_comparison import Part, PartChange, compare_goals
from survey_app.extensions import db
from survey_app.services import goal_design
from survey_app.services.goal_design import StoredGoalSystem
from survey_app.services.question_catalogue import Question, list_questions
from survey_app.web.gate import needs


class TextForm(CoordinatorForm):
    """A draft as the text of its file."""

    revision = RevisionField(default=1)


class PublishForm(CoordinatorForm):
    """Which state of the draft somebody has read before publishing it."""

    revision = RevisionField(default=1)


@bp.get(f"{ONE}/export.toml")
@needs(Right.ORGANISE)
def export_goals(system_id: int) -> ResponseReturnValue:
    """Send a version as a goal file, exactly as it is kept."""
    stored = drafts.load_version(system_id)
    name = "".join(one if one.isascii() and (one.isalnum() or one in "-_.") else "-" for one in _name(stored))
    response = Response(stored.document, mimetype="application/toml")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return response


def _name(stored: StoredGoalSystem) -> str:
    return f"{stored.goal_system.id}-{stored.goal_system.version}"


@bp.get(f"{ONE}/changes")
@needs(Right.ORGANISE)
def compare_versions(system_id: int) -> ResponseReturnValue:
    """Show what a version changes, compared with another one of the network."""
    stored = drafts.load_version(system_id)
    others = [one for one in _list_versions() if one.id != system_id]
    asked = request.args.get("since", "")
    since = next((one for one in others if str(one.id) == asked), _find_before(stored, others))
    changes = () if since is None else compare_goals(since.goal_system, stored.goal_system)
    questions = list_questions(db.session(), network_id=g.network.id)
    return render_template(
        "coordinators/goals/changes.html",
        stored=stored,
        others=others,
        since=since,
        changes=[_describe(one, since.goal_system, stored.goal_system, questions) for one in changes] if since else [],
        terms=terms,
        **helpers(),
    )


def _list_versions() -> list[StoredGoalSystem]:
    return goal_design.list_versions(db.session(), network_id=g.network.id)


def _find_before(stored: StoredGoalSystem, others: list[StoredGoalSystem]) -> StoredGoalSystem | None:
    """Return the version that this one follows: the latest published before it."""
    published = [one for one in others if one.published_at is not None]
    if stored.published_at is not None:
        published = [one for one in published if one.published_at and one.published_at < stored.published_at]
    return published[0] if published else None


def _describe(
    change: PartChange, before: GoalSystem, after: GoalSystem, questions: Mapping[str, Question]
) -> dict[str, Any]:
    both = (after.find_indicator(change.id), before.find_indicator(change.id))
    indicators = [one for one in both if one is not None] if change.part is Part.INDICATOR else []
    kind = indicators[0].kind if indicators else None
    names = name_asked(questions.get(getattr(one.measure, "item", "")) for one in indicators)
    return {"change": change, "lines": terms.list_changes(change.keys, kind, names)}


@bp.route(f"{ONE}/publish", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def publish_goals(system_id: int) -> ResponseReturnValue:
    """Publish a draft for ever, after showing what would change and what is still open."""
    stored = drafts.load_draft(system_id)
    form = PublishForm(submitted_form(), data={"revision": stored.revision})
    if request.method == "GET":
        return _show_publication(stored, form)
    form.validate()
    session = db.session()
    try:
        goal_design.publish_draft(
            session, system_id, network_id=g.network.id, revision=form.revision.data, now=drafts.now()
        )
    except ConflictingRevision:
        form.add_message(
            "", gettext("Somebody changed the draft in the meantime. Please read it again before you publish it.")
        )
        return _show_publication(drafts.load_draft(system_id), form, status=409)
    except FormatError:
        form.add_message(
            "", gettext("An indicator names an answer that a counted survey does not have. Please mend this first.")
        )
        return _show_publication(stored, form, status=409)
    flash(gettext("Published. From now on reports are made with this version."), "success")
    return redirect(url_for("coordinators.show_goals", system_id=system_id), 303)


def _show_publication(stored: StoredGoalSystem, form: PublishForm, status: int = 200) -> ResponseReturnValue:
    form.revision.data = stored.revision
    preview = drafts.try_out(stored.goal_system)
    questions = list_questions(db.session(), network_id=g.network.id)
    audits = audit_indicators(stored.goal_system, questions, preview.misfits)
    since = _find_before(stored, [one for one in _list_versions() if one.id != stored.id])
    page = render_template(
        "coordinators/goals/publish.html",
        stored=stored,
        form=form,
        audits={name: audit for name, audit in audits.items() if audit.is_open},
        misfits=preview.misfits,
        since=since,
        changes=compare_goals(since.goal_system, stored.goal_system) if since else (),
        terms=terms,
        **helpers(),
    )
    return page, status


@bp.route(f"{ONE}/text", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_text(system_id: int) -> ResponseReturnValue:
    """Change a draft as the text of its file; what is wrong is named with its line, and the text stays."""
    stored = drafts.load_draft(system_id)
    form = TextForm(submitted_form(), data={"revision": stored.revision})
    if request.method == "GET":
        return _show_text(stored, form, stored.document)
    form.validate()
    text = request.form.get("document", "").replace("\r\n", "\n")
    try:
        goal_design.change_document(
            db.session(), system_id, text, revision=form.revision.data, network_id=g.network.id, name=str(_TEXT)
        )
    except FormatError as error:
        return _show_text(stored, form, clean_text(text), problems=place_problems(error, text), status=400)
    except NameTaken:
        form.add_message("", gettext("This version exists already. Please choose another one."))
        return _show_text(stored, form, text, status=400)
    except ConflictingRevision as conflict:
        theirs: Any = conflict.theirs
        form.revision.data = theirs.revision
        return _show_text(stored, form, text, theirs=theirs.document, status=409)
    flash(gettext("Saved."), "success")
    return redirect(url_for("coordinators.show_goals", system_id=system_id), 303)


_TEXT = lazy_gettext("your text")


def _show_text(
    stored: StoredGoalSystem, form: TextForm, text: str, *, problems: Any = (), theirs: str = "", status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "coordinators/goals/text_form.html", stored=stored, form=form, text=text, problems=problems, theirs=theirs
    )
    return page, status
