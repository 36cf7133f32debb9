"""Pages of the offers: list with counts, edit, remove."""

from collections.abc import Iterable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import LARGEST_ID, bp
from survey_app.coordinators.comparison import compare, describe_offer
from survey_app.coordinators.fields import submitted_form
from survey_app.coordinators.offer_forms import OfferForm, offer_values
from survey_app.coordinators.record_codes import has_code, offer_codes
from survey_app.domain.errors import ConflictingRevision, InvalidRecord
from survey_app.domain.membership import Right
from survey_app.domain.need_counts import count_fields
from survey_app.extensions import db
from survey_app.services import recording
from survey_app.services.recording import StoredNeed, StoredOffer
from survey_app.web import vocabulary
from survey_app.web.gate import needs
from survey_app.web.record_words import name_language

_ONE = f"/offers/<int(max={LARGEST_ID}):offer_id>"


@bp.get("/offers/")
@needs(Right.ORGANISE)
def list_offers() -> ResponseReturnValue:
    """Show the offers, all or those of a field, each with the needs it was made for."""
    stored_offers = recording.list_offers(db.session(), network_id=g.network.id)
    offers = [stored.offer for stored in stored_offers]
    field = request.args.get("field", "")
    stored_needs = recording.list_needs(db.session(), network_id=g.network.id)
    return render_template(
        "coordinators/offers.html",
        shown=[stored for stored in stored_offers if has_code(stored.offer.field, field)],
        total=len(offers),
        fields=count_fields((stored.need for stored in stored_needs), offers),
        field=field,
        field_choices=offer_codes(vocabulary.EDUCATION_FIELDS, (offer.field for offer in offers)),
        served=_group_by_offer(stored_needs),
        name_language=name_language,
        vocabulary=vocabulary,
    )


def _group_by_offer(stored_needs: Iterable[StoredNeed]) -> dict[str, list[StoredNeed]]:
    grouped: dict[str, list[StoredNeed]] = {}
    for stored in stored_needs:
        if stored.need.offer is not None:
            grouped.setdefault(stored.need.offer, []).append(stored)
    return grouped


def _list_served(offer_id: int) -> list[StoredNeed]:
    """Return the needs that an offer was made for."""
    stored_needs = recording.list_needs(db.session(), network_id=g.network.id)
    return _group_by_offer(stored_needs).get(str(offer_id), [])


@bp.route("/offers/new", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def add_offer() -> ResponseReturnValue:
    """Record a new offer."""
    form = OfferForm(submitted_form())
    if request.method == "GET":
        return _show_form(form)
    if form.validate():
        try:
            recording.add_offer(db.session(), form.to_offer(), network_id=g.network.id)
        except InvalidRecord as error:
            form.add_problems(error.problems)
        else:
            return _return_to_list(gettext("Saved."))
    return _show_form(form, status=400)


@bp.route(f"{_ONE}/edit", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_offer(offer_id: int) -> ResponseReturnValue:
    """Change the record of an offer; if somebody else saved in the meantime, show both versions."""
    stored = recording.load_offer(db.session(), offer_id, network_id=g.network.id)
    form = OfferForm(submitted_form(), data=offer_values(stored.offer) | {"revision": stored.revision})
    if request.method == "GET":
        return _show_form(form, stored=stored)
    if not form.validate():
        return _show_form(form, stored=stored, status=400)
    ours = StoredOffer(stored.id, form.to_offer(), form.revision.data)
    try:
        recording.change_offer(db.session(), ours, network_id=g.network.id)
    except InvalidRecord as error:
        form.add_problems(error.problems)
        return _show_form(form, stored=stored, status=400)
    except ConflictingRevision as error:
        theirs: Any = error.theirs
        form.revision.data = theirs.revision
        conflict = compare(describe_offer(ours.offer), describe_offer(theirs.offer))
        return _show_form(form, stored=stored, conflict=conflict, status=409)
    return _return_to_list(gettext("Saved."))


def _return_to_list(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("coordinators.list_offers"), 303)


def _show_form(
    form: OfferForm, *, stored: StoredOffer | None = None, conflict: Any = None, status: int = 200
) -> ResponseReturnValue:
    served = _list_served(stored.id) if stored else []
    page = render_template("coordinators/offer_form.html", form=form, stored=stored, conflict=conflict, served=served)
    return page, status


@bp.route(f"{_ONE}/delete", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def delete_offer(offer_id: int) -> ResponseReturnValue:
    """Remove an offer that was entered by mistake, after asking; needs that name it forget it."""
    if request.method == "GET":
        stored = recording.load_offer(db.session(), offer_id, network_id=g.network.id)
        served = _list_served(offer_id)
        return render_template("coordinators/offer_removal.html", stored=stored, served=served)
    recording.remove_offer(db.session(), offer_id, network_id=g.network.id)
    return _return_to_list(gettext("Removed."))
