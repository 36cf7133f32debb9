"""Looking a draft over before it is published for ever: advice, answering time, what is missing, what changes."""

from datetime import UTC, datetime

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_security import current_user
from wtforms.fields.choices import SelectChoice

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.designer import desk
from survey_app.coordinators.designer.advice_words import say_advice
from survey_app.coordinators.designer.changes import describe_changes, find_before
from survey_app.coordinators.designer.desk import DRAFT, ONE
from survey_app.coordinators.fields import CodesField, CoordinatorForm, RevisionField, submitted_form, text_field
from survey_app.coordinators.survey_forms import name_version, title_of
from survey_app.domain.answering_time import AnsweringTime, measure_time
from survey_app.domain.design_check import check_design
from survey_app.domain.errors import ConflictingRevision, InvalidDocument
from survey_app.domain.membership import Right
from survey_app.domain.publishing import inspect_wording
from survey_app.domain.questionnaire import Questionnaire
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design
from survey_app.services.questionnaire_design import StoredQuestionnaire
from survey_app.web.gate import needs

_LONGEST_REASON = 500


class PublishForm(CoordinatorForm):
    """Which state of the draft somebody has read, and why it is published with gaps."""

    revision = RevisionField(default=1)
    reason = text_field(lazy_gettext("Reason"), _LONGEST_REASON)
    modules = CodesField(lazy_gettext("Optional parts of this version"))


def list_modules(questionnaire: Questionnaire) -> list[str]:
    """Return the optional parts of a questionnaire in its order."""
    return list(dict.fromkeys(item.module for item in questionnaire.items if item.module))


def list_times(questionnaire: Questionnaire) -> list[tuple[str, AnsweringTime]]:
    """Return how long it takes to answer, by language."""
    return [(tag, measure_time(questionnaire, tag)) for tag in questionnaire.languages]


@bp.get(f"{DRAFT}/check")
@needs(Right.ORGANISE)
def check_draft(version_id: int) -> ResponseReturnValue:
    """Show the advice of the design check and the time it takes to answer."""
    stored = desk.load_draft(version_id)
    questionnaire = stored.questionnaire
    advice: dict[str, list[str]] = {}
    for one in check_design(questionnaire):
        advice.setdefault(one.item, []).append(say_advice(one))
    return render_template(
        "coordinators/designer/check.html",
        stored=stored,
        advice=advice,
        times=list_times(questionnaire),
        name_item=lambda code: desk.name_item(questionnaire, code),
    )


@bp.route(f"{DRAFT}/publish", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def publish_questionnaire(version_id: int) -> ResponseReturnValue:
    """Publish a draft for ever, after showing what is missing; gaps in translations need a reason."""
    stored = desk.load_draft(version_id)
    parts = list_modules(stored.questionnaire)
    form = PublishForm(submitted_form(), data={"revision": stored.revision, "modules": parts})
    form.modules.choices = [SelectChoice(part, part) for part in parts]
    if request.method == "GET":
        return _show_publication(stored, form)
    if not form.validate():
        return _show_publication(stored, form, status=400)
    try:
        design.publish_draft(
            db.session(),
            version_id,
            network_id=g.network.id,
            revision=form.revision.data,
            now=datetime.now(UTC),
            by=current_user.email,
            reason=form.reason.data or "",
            modules=form.modules.data or (),
        )
    except ConflictingRevision:
        form.add_message(
            "", gettext("Somebody changed the draft in the meantime. Please read it again before you publish it.")
        )
        return _show_publication(desk.load_draft(version_id), form, status=409)
    except InvalidDocument as error:
        if any(problem.code == "unknown_item" for problem in error.problems):
            form.add_message("modules", gettext("A rule asks for a question of a part that you leave out."))
        else:
            said = gettext("Something is missing. Please mend it, or say why it is published all the same.")
            form.add_message("", said)
        return _show_publication(stored, form, status=409)
    flash(gettext("Published. From now on surveys can be opened with it."), "success")
    return redirect(url_for("coordinators.find_wording", version_id=version_id), 303)


def _show_publication(stored: StoredQuestionnaire, form: PublishForm, status: int = 200) -> ResponseReturnValue:
    form.revision.data = stored.revision
    questionnaire = stored.questionnaire
    since = find_before(stored, design.list_versions(db.session(), network_id=g.network.id))
    page = render_template(
        "coordinators/designer/publish.html",
        stored=stored,
        form=form,
        gate=inspect_wording(questionnaire, stored.states),
        advice_count=len(check_design(questionnaire)),
        since=since,
        changes=describe_changes(since.questionnaire, questionnaire) if since else [],
        name_path=lambda path: name_path(questionnaire, path),
        explain=lambda problem: desk.explain(problem, questionnaire),
        title=title_of(questionnaire),
        name_version=name_version,
    )
    return page, status


def name_path(questionnaire: Questionnaire, path: str) -> str:
    """Return where a text stands, as people see it."""
    head, _dot, rest = path.partition(".")
    if head == "texts":
        words = {
            "title": gettext("Title"),
            "introduction": gettext("Introduction"),
            "thanks": gettext("Thanks after sending"),
        }
        return words.get(rest, gettext("Help text"))
    item = questionnaire.find_item(head)
    choice = next((one for one in item.options if one.code == rest), None) if item else None
    name = desk.name_item(questionnaire, head)
    return f"{name} – {choice.texts.get(questionnaire.source_language) or rest}" if choice else name


@bp.get(f"{ONE}/changes")
@needs(Right.ORGANISE)
def compare_questionnaire_versions(version_id: int) -> ResponseReturnValue:
    """Show what a version changes, compared with another one of the network."""
    stored = desk.load_version(version_id)
    versions = design.list_versions(db.session(), network_id=g.network.id)
    others = [one for one in versions if one.id != version_id]
    asked = request.args.get("since", "")
    since = next((one for one in others if str(one.id) == asked), find_before(stored, versions))
    return render_template(
        "coordinators/designer/changes.html",
        stored=stored,
        others=others,
        since=since,
        changes=describe_changes(since.questionnaire, stored.questionnaire) if since else [],
        title_of=title_of,
    )
