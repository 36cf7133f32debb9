"""Pages of the needs: list with counts, edit, remove."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import LARGEST_ID, bp
from survey_app.coordinators.comparison import compare, describe_need
from survey_app.coordinators.fields import submitted_form
from survey_app.coordinators.need_forms import NeedForm, need_values, new_need_values
from survey_app.coordinators.need_names import name_references
from survey_app.coordinators.record_codes import has_code, offer_codes
from survey_app.domain.errors import ConflictingRevision, InvalidRecord
from survey_app.domain.membership import Right
from survey_app.domain.need_counts import count_fields, count_needs, count_statuses
from survey_app.extensions import db
from survey_app.services import recording
from survey_app.services.recording import StoredNeed
from survey_app.web import vocabulary
from survey_app.web.gate import needs

_ONE = f"/needs/<int(max={LARGEST_ID}):need_id>"


@bp.get("/needs/")
@needs(Right.ORGANISE)
def list_needs() -> ResponseReturnValue:
    """Show the needs, all or those of a status and a field, and what became of them."""
    stored_needs = recording.list_needs(db.session(), network_id=g.network.id)
    offers = [stored.offer for stored in recording.list_offers(db.session(), network_id=g.network.id)]
    recorded = [stored.need for stored in stored_needs]
    status, field = request.args.get("status", ""), request.args.get("field", "")
    shown = [one for one in stored_needs if has_code(one.need.status, status) and has_code(one.need.field, field)]
    return render_template(
        "coordinators/needs.html",
        shown=shown,
        total=len(recorded),
        counts=count_needs(recorded, offers),
        statuses=count_statuses(recorded),
        fields=count_fields(recorded, offers),
        chosen={"status": status, "field": field},
        status_choices=offer_codes(vocabulary.NEED_STATUSES, (need.status for need in recorded)),
        field_choices=offer_codes(vocabulary.EDUCATION_FIELDS, (need.field for need in recorded)),
        names=name_references(),
        vocabulary=vocabulary,
    )


@bp.route("/needs/new", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def add_need() -> ResponseReturnValue:
    """Record a new need."""
    form = NeedForm(submitted_form(), data=new_need_values())
    names = name_references()
    form.propose(**names)
    if request.method == "GET":
        return _show_form(form)
    if form.validate():
        try:
            recording.add_need(db.session(), form.to_need(), network_id=g.network.id)
        except InvalidRecord as error:
            form.add_problems(error.problems)
        else:
            return _return_to_list(gettext("Saved."))
    return _show_form(form, status=400)


@bp.route(f"{_ONE}/edit", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_need(need_id: int) -> ResponseReturnValue:
    """Change the record of a need; if somebody else saved in the meantime, show both versions."""
    stored = recording.load_need(db.session(), need_id, network_id=g.network.id)
    form = NeedForm(submitted_form(), data=need_values(stored.need) | {"revision": stored.revision})
    names = name_references()
    form.propose(**names)
    if request.method == "GET":
        return _show_form(form, stored=stored)
    if not form.validate():
        return _show_form(form, stored=stored, status=400)
    ours = StoredNeed(stored.id, form.to_need(), form.revision.data)
    try:
        recording.change_need(db.session(), ours, network_id=g.network.id)
    except InvalidRecord as error:
        form.add_problems(error.problems)
        return _show_form(form, stored=stored, status=400)
    except ConflictingRevision as error:
        theirs: Any = error.theirs
        form.revision.data = theirs.revision
        conflict = compare(describe_need(ours.need, **names), describe_need(theirs.need, **names))
        return _show_form(form, stored=stored, conflict=conflict, status=409)
    return _return_to_list(gettext("Saved."))


def _return_to_list(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("coordinators.list_needs"), 303)


def _show_form(
    form: NeedForm, *, stored: StoredNeed | None = None, conflict: Any = None, status: int = 200
) -> ResponseReturnValue:
    return render_template("coordinators/need_form.html", form=form, stored=stored, conflict=conflict), status


@bp.route(f"{_ONE}/delete", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def delete_need(need_id: int) -> ResponseReturnValue:
    """Remove a need that was entered by mistake, after asking."""
    if request.method == "GET":
        stored = recording.load_need(db.session(), need_id, network_id=g.network.id)
        return render_template("coordinators/need_removal.html", stored=stored)
    recording.remove_need(db.session(), need_id, network_id=g.network.id)
    return _return_to_list(gettext("Removed."))
