"""Several questions at once: a rating grid, and a ranking."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.designer import desk
from survey_app.coordinators.designer.desk import DRAFT
from survey_app.coordinators.designer.item_forms import SeriesForm
from survey_app.coordinators.designer.item_kinds import start_values
from survey_app.coordinators.designer.item_reading import propose_texts
from survey_app.coordinators.fields import submitted_form
from survey_app.domain.errors import Problem
from survey_app.domain.item_taking import add_series, rank_choices
from survey_app.domain.membership import Right
from survey_app.domain.questionnaire import NO_ANSWER, Choice, Questionnaire
from survey_app.services.item_library import shipped_questionnaire, usual_choice
from survey_app.services.questionnaire_design import Step, StoredQuestionnaire
from survey_app.web.gate import needs
from survey_app.web.messages import message_of

_LONGEST_SERIES = 12


@bp.route(f"{DRAFT}/add-<any(grid, ranking):series>", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def add_series_of_items(version_id: int, series: str) -> ResponseReturnValue:
    """Write the rows of a rating grid or the things of a ranking; each becomes a question of its own."""
    stored = desk.load_draft(version_id)
    source = stored.questionnaire.source_language
    form = SeriesForm(submitted_form(), data={"options": start_values("scale", source)["options"]})
    if request.method == "GET" or "refresh" in request.form:
        return _show(form, stored, series)
    things, options = _read(form, series, source)
    if form.errors:
        return _show(form, stored, series, status=400)

    def edit(questionnaire: Questionnaire) -> Questionnaire:
        return add_series(questionnaire, {source: form.text.data}, things, options)

    outcome = desk.save(version_id, edit, form, Step("items_added"))
    if outcome is None:
        return _show(form, stored, series, status=400)
    flash(gettext("Added at the end of the questionnaire."), "success")
    first = desk.load_draft(version_id).questionnaire.items[-len(things) - 1]
    return redirect(desk.back_to(version_id, first.code), 303)


def _read(form: SeriesForm, kind: str, source: str) -> tuple[list[str], tuple[Choice, ...]]:
    form.validate()
    things = [row["words"] for row in form.things.filled]
    if not form.text.data and not form.text.errors:
        form.add_message("text", message_of(Problem("required", "text")))
    if not 2 <= len(things) <= _LONGEST_SERIES:
        form.add_message("things", gettext("Please enter 2 to %(most)s rows.", most=_LONGEST_SERIES))
    if kind == "ranking":
        return things, rank_choices(len(things), shipped_questionnaire().languages, usual_choice(NO_ANSWER))
    words = [row["words"] for row in form.options.filled]
    if len(words) < 2:
        form.add_message("options", gettext("Please enter at least two answers."))
    choices = [Choice("", propose_texts({source: one}, source)) for one in words]
    return things, (*choices, usual_choice(NO_ANSWER))


def _show(form: SeriesForm, stored: StoredQuestionnaire, kind: str, *, status: int = 200) -> ResponseReturnValue:
    return render_template("coordinators/designer/series_form.html", form=form, stored=stored, kind=kind), status
