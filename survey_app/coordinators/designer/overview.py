"""A draft with its items in order, and the ways on from there."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.designer import desk
from survey_app.coordinators.designer.desk import DRAFT, ONE
from survey_app.coordinators.designer.item_kinds import KINDS
from survey_app.coordinators.designer.step_words import describe_step
from survey_app.coordinators.survey_forms import title_of
from survey_app.domain.answering_time import measure_time
from survey_app.domain.design_check import check_design
from survey_app.domain.membership import Right
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design
from survey_app.web.gate import needs
from survey_app.web.question_notes import describe_conditions


@bp.get(f"{DRAFT}/")
@needs(Right.ORGANISE)
def show_draft(version_id: int) -> ResponseReturnValue:
    """Show the items of a draft in order."""
    stored = desk.load_version(version_id)
    if stored.published_at is not None:
        return redirect(url_for("coordinators.find_wording", version_id=version_id))
    steps = design.list_steps(db.session(), version_id, network_id=g.network.id)
    questionnaire = stored.questionnaire
    return render_template(
        "coordinators/designer/draft.html",
        stored=stored,
        questionnaire=questionnaire,
        title=title_of(questionnaire),
        kinds={kind.type: kind.name for kind in KINDS.values()} | {"one": KINDS["one"].name},
        numbers=desk.number_questions(questionnaire),
        last_step=describe_step(steps[0], questionnaire) if steps else None,
        step_count=len(steps),
        describe_conditions=describe_conditions,
        advice_count=len(check_design(questionnaire)),
        time=measure_time(questionnaire, questionnaire.source_language),
    )


@bp.post(f"{ONE}/copy")
@needs(Right.ORGANISE)
def copy_questionnaire(version_id: int) -> ResponseReturnValue:
    """Begin a draft with what a version says."""
    copied = design.copy_version(db.session(), version_id, network_id=g.network.id)
    flash(gettext("The draft is ready. Nobody who answers sees it until you publish it."), "success")
    return redirect(desk.back_to(copied), 303)


@bp.route(f"{DRAFT}/discard", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def discard_questionnaire(version_id: int) -> ResponseReturnValue:
    """Remove a draft, after asking."""
    stored = desk.load_draft(version_id)
    if request.method == "GET":
        return render_template(
            "coordinators/designer/discard.html", stored=stored, title=title_of(stored.questionnaire)
        )
    design.discard_draft(db.session(), version_id, network_id=g.network.id)
    flash(gettext("Removed."), "success")
    return redirect(url_for("coordinators.list_questionnaires"), 303)
