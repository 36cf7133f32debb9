"""The goal systems of a network: the one in force, drafts, earlier ones; and one of them with its tree."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import LARGEST_ID, bp
from survey_app.coordinators.goals import drafts
from survey_app.coordinators.goals.auditing import audit_indicators
from survey_app.coordinators.goals.showing import helpers
from survey_app.coordinators.goals.tree import build_tree
from survey_app.domain.local_days import local_day
from survey_app.domain.membership import Right
from survey_app.extensions import db
from survey_app.services import goal_design
from survey_app.services.question_catalogue import list_questions
from survey_app.web.gate import needs
from survey_app.web.report_window import local_today

ONE = f"/goals/<int(max={LARGEST_ID}):system_id>"


@bp.get("/goals/")
@needs(Right.ORGANISE)
def list_goals() -> ResponseReturnValue:
    """Show the versions of the network's goal systems."""
    versions = goal_design.list_versions(db.session(), network_id=g.network.id)
    published = [stored for stored in versions if stored.published_at is not None]
    return render_template(
        "coordinators/goals/list.html",
        drafts=[stored for stored in versions if stored.published_at is None],
        current=published[0] if published else None,
        earlier=published[1:],
        local_day=local_day,
    )


@bp.get(f"{ONE}/")
@needs(Right.ORGANISE)
def show_goals(system_id: int) -> ResponseReturnValue:
    """Show a version as a tree, with what it gives on past data; a draft can be edited from here."""
    stored = drafts.load_version(system_id)
    preview = drafts.try_out(stored.goal_system)
    questions = list_questions(db.session(), network_id=g.network.id)
    audits = audit_indicators(stored.goal_system, questions, preview.misfits)
    return render_template(
        "coordinators/goals/show.html",
        stored=stored,
        system=stored.goal_system,
        preview=preview,
        tree=build_tree(stored.goal_system, preview, audits),
        open_audits=sum(audit.is_open for audit in audits.values()),
        local_day=local_day,
        **helpers(),
    )


@bp.post(f"{ONE}/copy")
@needs(Right.ORGANISE)
def copy_goals(system_id: int) -> ResponseReturnValue:
    """Begin a draft with what a version says."""
    copied = goal_design.copy_version(db.session(), system_id, network_id=g.network.id, today=local_today())
    flash(gettext("The draft is ready. Nothing of it appears in reports until you publish it."), "success")
    return redirect(url_for("coordinators.show_goals", system_id=copied), 303)


@bp.route(f"{ONE}/discard", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def discard_goals(system_id: int) -> ResponseReturnValue:
    """Remove a draft, after asking."""
    if request.method == "GET":
        return render_template("coordinators/goals/discard.html", stored=drafts.load_draft(system_id))
    goal_design.discard_draft(db.session(), system_id, network_id=g.network.id)
    flash(gettext("Removed."), "success")
    return redirect(url_for("coordinators.list_goals"), 303)
