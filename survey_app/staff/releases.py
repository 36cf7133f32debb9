"""The staff's pages about releases: what was published, and publishing a report for ever."""

from datetime import UTC, datetime
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_security import current_user
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField

from survey_app.domain.errors import InvalidRecord, ReleaseOutdated, ReleaseRefused
from survey_app.domain.membership import Right
from survey_app.evaluation.goals.goals import Tier
from survey_app.extensions import db
from survey_app.files.release_files import write_files
from survey_app.services import released, releasing
from survey_app.services.releasing import Draft
from survey_app.staff.objections import list_objections
from survey_app.staff.query import ReportForm
from survey_app.staff.routes import bp
from survey_app.staff.showing import find_goal_system, may_read, read_form
from survey_app.web.gate import needs
from survey_app.web.messages import message_of


class ReleaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """What belongs to a release beside the report: why, and which draft was looked at."""

    reason = TextAreaField(lazy_gettext("Reason or note"))
    seen = HiddenField()


@bp.get("/reports/releases/")
@needs(Right.READ_REPORTS)
def list_releases() -> ResponseReturnValue:
    """Show what was released: when, by whom, to whom, why."""
    marks = [mark for mark in released.list_releases(db.session(), g.network) if may_read(mark)]
    return render_template("staff/releases.html", marks=marks)


@bp.get("/reports/releases/new")
@needs(Right.RELEASE)
def draft_release() -> ResponseReturnValue:
    """Show what would be released, and what is different from the last release."""
    question = _read_question()
    if not isinstance(question, ReportForm):
        return question
    draft = _draft(question)
    return _render(question, draft, ReleaseForm(seen=draft.fingerprint))


@bp.post("/reports/releases/new")
@needs(Right.RELEASE)
def release_report() -> ResponseReturnValue:
    """Publish the report that the page showed, for ever."""
    question = _read_question()
    if not isinstance(question, ReportForm):
        return question
    form = ReleaseForm()
    if not form.validate():
        return _render(question, _draft(question), form), 400
    try:
        mark = releasing.release_report(
            db.session(),
            g.network,
            cut_off=question.cut_off.data,
            tier=question.tier.data,
            seen=form.seen.data or "",
            reason=form.reason.data or "",
            released_by=current_user.email,
            now=datetime.now(UTC),
            write_files=write_files,
        )
    except (InvalidRecord, ReleaseOutdated, ReleaseRefused) as error:
        return _render_refusal(question, form, error)
    flash(gettext("Released as number %(number)s.", number=mark.number), "success")
    return redirect(url_for("staff.show_report", release=mark.number))


def _read_question() -> ReportForm | ResponseReturnValue:
    goal_system = find_goal_system()
    if goal_system is None:
        return render_template("staff/no_goals.html"), 404
    question = read_form(goal_system, Tier.PUBLIC)
    if not question.validate():
        return render_template("staff/question.html", form=question, action=url_for("staff.draft_release")), 400
    return question


def _draft(question: ReportForm) -> Draft:
    return releasing.draft_release(db.session(), g.network, cut_off=question.cut_off.data, tier=question.tier.data)


def _render(question: ReportForm, draft: Draft, form: ReleaseForm, **values: Any) -> str:
    form.reason.flags.required = draft.corrects is not None
    return render_template(
        "staff/release_draft.html",
        question=question,
        draft=draft,
        assessment=draft.assessment,
        form=form,
        objections=list_objections(draft),
        **values,
    )


def _render_refusal(question: ReportForm, form: ReleaseForm, error: Exception) -> ResponseReturnValue:
    """Show the draft again with what was typed and why it was not released."""
    draft = _draft(question)
    form.seen.data = draft.fingerprint
    if isinstance(error, InvalidRecord):
        for problem in error.problems:
            form.reason.errors = [*form.reason.errors, message_of(problem)]
        return _render(question, draft, form), 400
    return _render(question, draft, form, is_outdated=isinstance(error, ReleaseOutdated)), 409
