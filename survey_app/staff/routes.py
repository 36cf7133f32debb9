"""The staff's pages: a network at a glance, its report along the goal tree, one indicator in full, downloads.

Every figure on them comes from the one report; nothing is computed here.
"""

from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, abort, g, render_template
from flask.typing import ResponseReturnValue

from survey_app.domain.errors import UnknownGoalSystem
from survey_app.domain.membership import Right
from survey_app.evaluation import FormatError
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.extensions import db
from survey_app.services import convening, reporting
from survey_app.staff import downloads, presenting
from survey_app.staff.outline import build_outline
from survey_app.staff.query import ReportForm, build_window, local_today
from survey_app.staff.tasks import find_last_meeting, find_next_meeting, list_tasks
from survey_app.web.gate import guard, needs

bp = Blueprint("staff", __name__, url_prefix="/n/<network>")
guard(bp)
bp.context_processor(presenting.list_helpers)


@bp.get("/")
@needs(Right.READ_REPORTS)
def show_home() -> ResponseReturnValue:
    """Show where the network stands and what is to be done."""
    today = local_today()
    records = reporting.load_records(db.session(), g.network)
    meetings = records.book.meetings or ()
    goal_system = _find_goal_system()
    surveys = convening.list_collectors(db.session(), network_id=g.network.id)
    assessment = None
    if goal_system is not None:
        window = build_window(g.network, goal_system.starts_on, records.tallies, today=today)
        assessment = reporting.build_report(db.session(), g.network, cut_off=window.default)
    return render_template(
        "staff/home.html",
        today=today,
        assessment=assessment,
        outline=assessment and build_outline(assessment.goal_system, assessment.report.indicators),
        last_meeting=find_last_meeting(meetings, today=today),
        next_meeting=find_next_meeting(meetings, today=today),
        tasks=list_tasks(meetings, surveys, now=datetime.now(UTC)),
    )


@bp.get("/reports/")
@needs(Right.READ_REPORTS)
def show_report() -> ResponseReturnValue:
    """Show the indicator summary along the goal tree."""
    return _render("staff/report.html")


@bp.get("/reports/indicators/<indicator>")
@needs(Right.READ_REPORTS)
def show_indicator(indicator: str) -> ResponseReturnValue:
    """Show everything about one indicator: its figures, its definition, how it is judged."""
    goal_system = _find_goal_system()
    found = goal_system and goal_system.find_indicator(indicator)
    if not found:
        abort(404)
    code = getattr(found.measure, "item", None)
    question = code and reporting.find_question(db.session(), g.network, code)
    return _render("staff/indicator.html", indicator=found, question=question)


@bp.get("/reports/report.<any(csv, json, txt):kind>")
@needs(Right.READ_REPORTS)
def download_report(kind: str) -> ResponseReturnValue:
    """Send the report as a file; it is the one the page shows for the same address."""
    goal_system = _find_goal_system()
    form = _read_form(goal_system)
    if goal_system is None or not form.validate():
        return _render("staff/report.html")
    return downloads.build_download(_build(form), kind)


@bp.errorhandler(FormatError)
def show_conflict(error: FormatError) -> ResponseReturnValue:
    """Say where the goal system and the questions of a survey do not fit together, instead of guessing."""
    return render_template("staff/conflict.html", lines=str(error).splitlines()), 409


def _render(template: str, **values: Any) -> ResponseReturnValue:
    """Render a page of the report as it was asked for, or the question again with what is wrong about it."""
    goal_system = _find_goal_system()
    if goal_system is None:
        return render_template("staff/no_goals.html"), 404
    form = _read_form(goal_system)
    if not form.validate():
        return render_template("staff/question.html", form=form), 400
    assessment = _build(form)
    outline = build_outline(assessment.goal_system, assessment.report.indicators)
    return render_template(template, form=form, assessment=assessment, outline=outline, **values)


def _find_goal_system() -> GoalSystem | None:
    try:
        return reporting.load_goal_system(db.session(), g.network)
    except UnknownGoalSystem:
        return None


def _read_form(goal_system: GoalSystem | None) -> ReportForm:
    today = local_today()
    starts_on = goal_system.starts_on if goal_system else date.min
    tallies = reporting.load_records(db.session(), g.network).tallies if g.network.is_synthetic else ()
    return ReportForm(build_window(g.network, starts_on, tallies, today=today))


def _build(form: ReportForm) -> reporting.Assessment:
    return reporting.build_report(db.session(), g.network, cut_off=form.cut_off.data, tier=form.tier.data)
