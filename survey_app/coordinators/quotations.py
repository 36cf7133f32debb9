"""Pages of figures that stand in documents: list by indicator, enter, edit, remove."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import LARGEST_ID, bp
from survey_app.coordinators.comparison import compare
from survey_app.coordinators.fields import submitted_form
from survey_app.coordinators.quotation_forms import (
    DAY_TAKEN,
    QuotationForm,
    describe_quotation,
    quotation_values,
    value_text,
)
from survey_app.domain.errors import ConflictingRevision, InvalidRecord, NameTaken, UnknownGoalSystem
from survey_app.domain.membership import Right
from survey_app.evaluation.goals.indicators import Indicator
from survey_app.extensions import db
from survey_app.services import quoting
from survey_app.services.quoting import StoredQuotation
from survey_app.web.gate import needs

_ONE = f"/goals/figures/<int(max={LARGEST_ID}):quotation_id>"


@bp.get("/goals/figures/")
@needs(Right.ORGANISE)
def list_quotations() -> ResponseReturnValue:
    """Show the figures from documents under the indicators that take them."""
    indicators = _list_quotable()
    stored = quoting.list_quotations(db.session(), g.network)
    return render_template(
        "coordinators/quotations.html", indicators=indicators, stored=stored, format_value=value_text
    )


@bp.route("/goals/figures/new/<indicator>", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def add_quotation(indicator: str) -> ResponseReturnValue:
    """Enter a figure of an indicator."""
    found = _find_quotable(indicator)
    form = QuotationForm(found, submitted_form(), data={"exact": True})
    if form.is_submitted() and form.validate():
        try:
            quoting.add_quotation(db.session(), g.network, form.to_quotation())
        except NameTaken:
            form.add_message("as_of", str(DAY_TAKEN))
        except InvalidRecord as error:
            form.add_problems(error.problems)
        else:
            return _return_to_list(gettext("Saved."))
    return _show_form(form, status=400 if form.is_submitted() else 200)


@bp.route(f"{_ONE}/edit", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_quotation(quotation_id: int) -> ResponseReturnValue:
    """Change a figure; if somebody else saved in the meantime, show both versions."""
    stored = quoting.load_quotation(db.session(), g.network, quotation_id)
    found = _find_quotable(stored.quotation.indicator)
    values = quotation_values(stored.quotation) | {"revision": stored.revision}
    form = QuotationForm(found, submitted_form(), data=values)
    if not form.is_submitted():
        return _show_form(form, stored=stored)
    if not form.validate():
        return _show_form(form, stored=stored, status=400)
    return _save(form, stored)


def _save(form: QuotationForm, stored: StoredQuotation) -> ResponseReturnValue:
    ours = StoredQuotation(stored.id, form.to_quotation(), form.revision.data)
    try:
        quoting.change_quotation(db.session(), g.network, ours)
    except NameTaken:
        form.add_message("as_of", str(DAY_TAKEN))
    except InvalidRecord as error:
        form.add_problems(error.problems)
    except ConflictingRevision as error:
        theirs: Any = error.theirs
        form.revision.data = theirs.revision
        sides = (describe_quotation(one.quotation, form.indicator) for one in (ours, theirs))
        return _show_form(form, stored=stored, conflict=compare(*sides), status=409)
    else:
        return _return_to_list(gettext("Saved."))
    return _show_form(form, stored=stored, status=400)


@bp.route(f"{_ONE}/delete", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def delete_quotation(quotation_id: int) -> ResponseReturnValue:
    """Remove a figure that was entered by mistake, after asking."""
    form = submitted_form()
    stored = quoting.load_quotation(db.session(), g.network, quotation_id)
    if form is None:
        return render_template(
            "coordinators/quotation_removal.html", stored=stored, indicator=_find_quotable(stored.quotation.indicator),
            format_value=value_text,
        )  # fmt: skip
    quoting.remove_quotation(db.session(), g.network, quotation_id)
    return _return_to_list(gettext("Removed."))


def _list_quotable() -> tuple[Indicator, ...]:
    try:
        return quoting.list_quotable(db.session(), g.network)
    except UnknownGoalSystem:
        return ()


def _find_quotable(name: str) -> Indicator:
    found = next((indicator for indicator in _list_quotable() if indicator.id == name), None)
    return found or abort(404)


def _return_to_list(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("coordinators.list_quotations"), 303)


def _show_form(
    form: QuotationForm, *, stored: StoredQuotation | None = None, conflict: Any = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "coordinators/quotation_form.html", form=form, indicator=form.indicator, stored=stored, conflict=conflict
    )
    return page, status
