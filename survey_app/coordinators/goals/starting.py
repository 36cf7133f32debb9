"""Beginning a goal system: from a template, from a file, or empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.fields import (
    CodeField,
    CoordinatorForm,
    DayField,
    Required,
    long_text_field,
    submitted_form,
    text_field,
)
from survey_app.coordinators.goals.file_problems import PlacedProblem, place_problems
from survey_app.coordinators.goals.indicator_form import LONGEST_LINE, LONGEST_TEXT
from survey_app.domain.membership import Right
from survey_app.domain.text import clean_text
from survey_app.evaluation.formats.format_errors import FormatError
from survey_app.evaluation.goals.goals import Goal, GoalSystem, Level
from survey_app.evaluation.goals.goals_writing import write_goals
from survey_app.extensions import db
from survey_app.services import goal_design
from survey_app.services.goal_templates import list_templates, start_from_template
from survey_app.web import goal_words
from survey_app.web.gate import needs
from survey_app.web.report_window import local_today


class EmptyForm(CoordinatorForm):
    """What a new goal system has at least."""

    title = text_field(lazy_gettext("Title"), LONGEST_LINE, required=True)
    starts_on = DayField(lazy_gettext("First day of the network"), [Required()])
    level = CodeField(lazy_gettext("Level of the first goal"), words=goal_words.LEVELS, empty=None)
    text = long_text_field(lazy_gettext("First goal"), LONGEST_TEXT)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file that was sent: its text, its name, and what is wrong with it."""

    text: str
    name: str
    problems: tuple[PlacedProblem, ...] = ()


@bp.route("/goals/new", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def start_goals() -> ResponseReturnValue:
    """Offer the ways to begin."""
    if request.method == "GET":
        return _show()
    begin = _WAYS.get(request.form.get("begin", ""))
    return begin() if begin else _show(status=400)


def _begin_with_template() -> ResponseReturnValue:
    chosen = request.form.get("template", "")
    if chosen not in {template.name for template in list_templates()}:
        return _show(status=400)
    system_id = start_from_template(
        db.session(), chosen, network_id=g.network.id, code=g.network.slug, today=local_today()
    )
    return _lead_to(system_id)


def _begin_with_file() -> ResponseReturnValue:
    reading = _read_file()
    if reading.problems:
        return _show(reading=reading, status=400)
    try:
        system_id = goal_design.start_draft(db.session(), reading.text, network_id=g.network.id, name=reading.name)
    except FormatError as error:
        placed = place_problems(error, reading.text)
        # What no page can show is not shown; the parser has named it.
        return _show(reading=_Reading(clean_text(reading.text), reading.name, placed), status=400)
    return _lead_to(system_id)


def _read_file() -> _Reading:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        text = request.form.get("document", "").replace("\r\n", "\n")
        name = gettext("your text")
        return _Reading(text, name) if text.strip() else _Reading("", name, (_nothing_sent(),))
    try:
        return _Reading(sent.read().decode("utf-8-sig").replace("\r\n", "\n"), sent.filename)
    except UnicodeDecodeError:
        wrong = PlacedProblem(None, "", gettext("The file is not written in UTF-8. Please save it in UTF-8 again."))
        return _Reading("", sent.filename, (wrong,))


def _nothing_sent() -> PlacedProblem:
    return PlacedProblem(None, "", gettext("Please choose a file or paste its text."))


def _begin_empty() -> ResponseReturnValue:
    form = EmptyForm(submitted_form())
    form.validate()
    for name in ("title", "starts_on", "text"):
        if not form[name].data and not form[name].errors:
            form.add_message(name, gettext("Please fill in this field."))
    if form.errors:
        return _show(empty=form, status=400)
    goal = Goal("1", Level(form.level.data), form.text.data)
    document = write_goals(_empty_system(form.title.data, form.starts_on.data, goal))
    return _lead_to(goal_design.start_draft(db.session(), document, network_id=g.network.id))


def _empty_system(title: str, starts_on: date, goal: Goal) -> GoalSystem:
    return GoalSystem(g.network.slug, title, local_today().isoformat(), starts_on, goals=(goal,))


_WAYS: Mapping[str, Any] = {"template": _begin_with_template, "file": _begin_with_file, "empty": _begin_empty}


def _lead_to(system_id: int) -> ResponseReturnValue:
    flash(gettext("The draft is ready. Nothing of it appears in reports until you publish it."), "success")
    return redirect(url_for("coordinators.show_goals", system_id=system_id), 303)


def _show(*, empty: EmptyForm | None = None, reading: _Reading | None = None, status: int = 200) -> ResponseReturnValue:
    shown = empty or EmptyForm(None, data={"level": Level.GUIDING})
    shown.text.flags.required = True
    page = render_template(
        "coordinators/goals/start.html",
        templates=list_templates(),
        empty=shown,
        reading=reading,
    )
    return page, status
