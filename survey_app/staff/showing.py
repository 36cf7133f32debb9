"""Which report somebody sees: the figures of today, or a release.

Figures of today change with every entry, and two days of them can be subtracted; so only coordinators see them, and
viewers are led from their addresses to the latest release for the public.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey_app.domain.errors import UnknownGoalSystem
from survey_app.domain.membership import Right
from survey_app.domain.release import ReleaseMark
from survey_app.evaluation.goals.goals import GoalSystem, Tier
from survey_app.extensions import db
from survey_app.services import released, reporting
from survey_app.services.released import ReleasedReport
from survey_app.services.reporting import Assessment
from survey_app.staff.outline import build_outline
from survey_app.staff.query import ReportForm, build_window, local_today
from survey_app.web.gate import may


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as a page shows it.

    Attributes:
        form: day and readers, for the figures of today; None for a release, which has its own.
        query: arguments that keep an address within the same report.
    """

    assessment: Assessment | ReleasedReport
    form: ReportForm | None
    query: dict[str, Any]

    @property
    def mark(self) -> ReleaseMark | None:
        """Return what the release is called, None for the figures of today."""
        return self.assessment.mark if isinstance(self.assessment, ReleasedReport) else None


def find_shown(release: int | None) -> Shown | ResponseReturnValue:
    """Return the report of an address, or the answer that stands in its place.

    Args:
        release: number of a release in the address; None asks for the figures of today.
    """
    if release is not None:
        return Shown(load_readable(release), None, {"release": release})
    if not may(Right.READ_UNRELEASED):
        return _lead_to_release()
    goal_system = find_goal_system()
    if goal_system is None:
        return render_template("staff/no_goals.html"), 404
    form = read_form(goal_system)
    if not form.validate():
        return render_template("staff/question.html", form=form), 400
    assessment = reporting.build_report(db.session(), g.network, cut_off=form.cut_off.data, tier=form.tier.data)
    return Shown(assessment, form, form.choice)


def render_shown(template: str, shown: Shown, **values: Any) -> str:
    """Return a page of a report."""
    assessment = shown.assessment
    outline = build_outline(assessment.goal_system, assessment.report.indicators)
    return render_template(
        template,
        form=shown.form,
        assessment=assessment,
        release=shown.mark,
        query=shown.query,
        outline=outline,
        **values,
    )


def load_readable(number: int) -> ReleasedReport:
    """Return a release of the network; one that the person may not read does not exist for them."""
    found = released.load_released(db.session(), g.network, number)
    if not may_read(found.mark):
        abort(404)
    return found


def may_read(mark: ReleaseMark) -> bool:
    """Tell whether the person may read a release: what is released inside the network stays there."""
    return mark.tier == Tier.PUBLIC or may(Right.READ_UNRELEASED)


def find_latest_public() -> ReleasedReport | None:
    """Return the latest release for the public, or None."""
    mark = released.find_latest(db.session(), g.network, Tier.PUBLIC)
    return None if mark is None else released.load_released(db.session(), g.network, mark.number)


def find_goal_system() -> GoalSystem | None:
    """Return the goal system in force, or None."""
    try:
        return reporting.load_goal_system(db.session(), g.network)
    except UnknownGoalSystem:
        return None


def read_form(goal_system: GoalSystem | None, tier: Tier = Tier.INTERNAL) -> ReportForm:
    """Return the form of day and readers with what the address says."""
    today = local_today()
    starts_on = goal_system.starts_on if goal_system else date.min
    tallies = reporting.load_records(db.session(), g.network).tallies if g.network.is_synthetic else ()
    return ReportForm(build_window(g.network, starts_on, tallies, today=today), tier)


def _lead_to_release() -> ResponseReturnValue:
    mark = released.find_latest(db.session(), g.network, Tier.PUBLIC)
    if mark is None:
        return render_template("staff/nothing_released.html"), 404
    values = {**(request.view_args or {}), "release": mark.number}
    if "lang" in request.args:
        values["lang"] = request.args["lang"]
    return redirect(url_for(request.endpoint or "", **values))
