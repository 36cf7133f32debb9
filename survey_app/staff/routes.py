"""The staff's pages: a network at a glance, its report along the goal tree, one indicator in full, downloads.

Every figure on them comes from the one report, as it stands today or as it was released; nothing is computed here.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, abort, current_app, g, render_template
from flask.typing import ResponseReturnValue

from survey_app.domain.membership import Right
from survey_app.evaluation import FormatError
from survey_app.extensions import db
from survey_app.files.report_formats import FORMATS
from survey_app.services import ceilings, convening, released, reporting
from survey_app.services.ceilings import Room
from survey_app.services.released import ReleasedReport
from survey_app.staff import downloads, presenting
from survey_app.staff.breakdowns import build_tables, find_grouped_row
from survey_app.staff.explaining import explain
from survey_app.staff.outline import build_outline
from survey_app.staff.query import build_window, local_today
from survey_app.staff.showing import Shown, find_goal_system, find_latest_public, find_shown, render_shown
from survey_app.staff.tasks import find_last_meeting, find_next_meeting, list_tasks
from survey_app.web.gate import guard, may, needs

bp = Blueprint("staff", __name__, url_prefix="/n/<network>")
guard(bp)
_ENDINGS = ", ".join(f"'{kind}'" for kind in FORMATS)
bp.context_processor(presenting.list_helpers)


@bp.get("/")
@needs(Right.READ_REPORTS)
def show_home() -> ResponseReturnValue:
    """Show where the network stands and what is to be done."""
    today = local_today()
    records = reporting.load_records(db.session(), g.network)
    meetings = records.book.meetings or ()
    goal_system = find_goal_system()
    surveys = convening.list_collectors(db.session(), network_id=g.network.id)
    assessment: reporting.Assessment | ReleasedReport | None = None
    if not may(Right.READ_UNRELEASED):
        assessment = find_latest_public()
    elif goal_system is not None:
        window = build_window(g.network, goal_system.starts_on, records.tallies, today=today)
        assessment = reporting.build_report(db.session(), g.network, cut_off=window.default)
    return render_template(
        "staff/home.html",
        today=today,
        has_goals=goal_system is not None,
        assessment=assessment,
        release=assessment.mark if isinstance(assessment, ReleasedReport) else None,
        outline=assessment and build_outline(assessment.goal_system, assessment.report.indicators),
        last_meeting=find_last_meeting(meetings, today=today),
        next_meeting=find_next_meeting(meetings, today=today),
        tasks=list_tasks(meetings, surveys, now=datetime.now(UTC)),
        full=_list_full() if may(Right.ORGANISE) else {},
    )


def _list_full() -> Mapping[str, Room]:
    """Return the surveys that take no more answers because they received far more than expected."""
    return ceilings.list_full(
        db.session(), network_id=g.network.id, default=current_app.config["SETTINGS"].default_ceiling
    )


@bp.get("/reports/", defaults={"release": None})
@bp.get("/reports/releases/<int:release>/")
@needs(Right.READ_REPORTS)
def show_report(release: int | None) -> ResponseReturnValue:
    """Show the indicator summary along the goal tree, as of today or as it was released."""
    shown = find_shown(release)
    return render_shown("staff/report.html", shown) if isinstance(shown, Shown) else shown


@bp.get("/reports/indicators/<indicator>", defaults={"release": None})
@bp.get("/reports/releases/<int:release>/indicators/<indicator>")
@needs(Right.READ_REPORTS)
def show_indicator(indicator: str, release: int | None) -> ResponseReturnValue:
    """Show everything about one indicator: its figures, its definition, how it is judged."""
    shown = find_shown(release)
    if not isinstance(shown, Shown):
        return shown
    found = shown.assessment.goal_system.find_indicator(indicator)
    if not found:
        abort(404)
    code = getattr(found.measure, "item", None)
    question = code and reporting.find_question(db.session(), g.network, code)
    result = shown.assessment.report.find_result(indicator)
    explanation = result and explain(result, shown.assessment.goal_system.parameters, question)
    grouped = result and find_grouped_row(result)
    published = released.find_questionnaires(db.session(), g.network).values() if grouped else ()
    return render_shown(
        "staff/indicator.html",
        shown,
        indicator=found,
        question=question,
        explanation=explanation,
        grouped=grouped,
        group_tables=build_tables(grouped, published) if grouped else (),
    )


@bp.get(f"/reports/report.<any({_ENDINGS}):kind>", defaults={"release": None})
@bp.get(f"/reports/releases/<int:release>/report.<any({_ENDINGS}):kind>")
@needs(Right.READ_REPORTS)
def download_report(kind: str, release: int | None) -> ResponseReturnValue:
    """Send the report as a file; it is the one the page shows for the same address."""
    shown = find_shown(release)
    return downloads.send_report(shown.assessment, kind) if isinstance(shown, Shown) else shown


@bp.errorhandler(FormatError)
def show_conflict(error: FormatError) -> ResponseReturnValue:
    """Say where the goal system and the questions of a survey do not fit together, instead of guessing."""
    return render_template("staff/conflict.html", lines=str(error).splitlines()), 409
