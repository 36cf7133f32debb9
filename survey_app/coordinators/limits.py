"""The ceiling of a survey: what it is, whether it is reached, and how to raise it."""

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext, lazy_gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.fields import CoordinatorForm, CountField, Required, submitted_form
from survey_app.coordinators.surveys import load_survey
from survey_app.domain.ceiling import FACTOR, MOST
from survey_app.domain.collector import Collector
from survey_app.domain.errors import InvalidRecord, TransitionNotAllowed
from survey_app.domain.membership import Right
from survey_app.extensions import db
from survey_app.services import ceilings
from survey_app.services.ceilings import Room
from survey_app.web.gate import needs


class CeilingForm(CoordinatorForm):
    """How many answers a survey takes."""

    ceiling = CountField(lazy_gettext("Answers accepted at most"), [Required()], limit=MOST)


@bp.route("/surveys/<code>/ceiling", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def change_ceiling(code: str) -> ResponseReturnValue:
    """Let a survey take more answers than three times the persons expected."""
    survey = load_survey(code)
    room = ceilings.assess_room(db.session(), survey, default=current_app.config["SETTINGS"].default_ceiling)
    form = CeilingForm(submitted_form(), data={"ceiling": 2 * room.ceiling if room.is_full else room.ceiling})
    if not form.is_submitted():
        return _show(form, survey, room)
    if not form.validate():
        return _show(form, survey, room, status=400)
    try:
        ceiling = ceilings.raise_ceiling(db.session(), code, network_id=g.network.id, ceiling=form.ceiling.data or 0)
    except InvalidRecord as error:
        form.add_problems(error.problems)
        return _show(form, survey, room, status=400)
    except TransitionNotAllowed:
        return _show(form, survey, room, refusal=gettext("The survey has ended; it takes no more answers."), status=409)
    flash(gettext("The survey takes up to %(ceiling)s answers.", ceiling=format_decimal(ceiling)), "success")
    return redirect(url_for("coordinators.show_survey", code=code), 303)


def _show(
    form: CeilingForm, survey: Collector, room: Room, *, refusal: str = "", status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "coordinators/ceiling_form.html", form=form, survey=survey, room=room, refusal=refusal, factor=FACTOR
    )
    return page, status
