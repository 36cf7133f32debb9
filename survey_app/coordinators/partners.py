"""Pages of the partners: list with funnel, edit, remove."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.coordinators.blueprint import LARGEST_ID, bp
from survey_app.coordinators.comparison import compare, describe_partner
from survey_app.coordinators.fields import submitted_form
from survey_app.coordinators.funnel import count_steps, has_gap, measure_funnel
from survey_app.coordinators.partner_forms import NAME_TAKEN, PartnerForm, partner_values
from survey_app.coordinators.record_codes import has_code, offer_codes
from survey_app.domain.errors import ConflictingRevision, InvalidRecord, NameTaken
from survey_app.domain.membership import Right
from survey_app.extensions import db
from survey_app.services import convening
from survey_app.services.convening import StoredPartner
from survey_app.web import vocabulary
from survey_app.web.gate import needs

_ONE = f"/partners/<int(max={LARGEST_ID}):partner_id>"


@bp.get("/partners/")
@needs(Right.ORGANISE)
def list_partners() -> ResponseReturnValue:
    """Show the partners, all or those of one actor group, and how many have reached each step."""
    partners = convening.list_partners(db.session(), network_id=g.network.id)
    group = request.args.get("group", "")
    shown = [stored for stored in partners if has_code(stored.partner.actor_group, group)]
    return render_template(
        "coordinators/partners.html",
        shown=shown,
        total=len(partners),
        group=group,
        groups=offer_codes(vocabulary.ACTOR_GROUPS, (stored.partner.actor_group for stored in partners)),
        funnel=measure_funnel(stored.partner for stored in shown),
        count_steps=count_steps,
        has_gap=has_gap,
        vocabulary=vocabulary,
    )


@bp.route("/partners/new", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def add_partner() -> ResponseReturnValue:
    """Record a new partner."""
    form = PartnerForm(submitted_form())
    if request.method == "GET":
        return _show_form(form)
    if form.validate():
        try:
            convening.add_partner(db.session(), form.to_partner(), network_id=g.network.id)
        except NameTaken:
            form.add_message("name", str(NAME_TAKEN))
        except InvalidRecord as error:
            form.add_problems(error.problems)
        else:
            return _return_to_list(gettext("Saved."))
    return _show_form(form, status=400)


@bp.route(f"{_ONE}/edit", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def edit_partner(partner_id: int) -> ResponseReturnValue:
    """Change the record of a partner; if somebody else saved in the meantime, show both versions."""
    stored = convening.load_partner(db.session(), partner_id, network_id=g.network.id)
    values = partner_values(stored.partner) | {"revision": stored.revision}
    form = PartnerForm(submitted_form(), data=values)
    if request.method == "GET":
        return _show_form(form, stored=stored)
    if not form.validate():
        return _show_form(form, stored=stored, status=400)
    return _save(form, stored)


def _save(form: PartnerForm, stored: StoredPartner) -> ResponseReturnValue:
    ours = StoredPartner(stored.id, form.to_partner(), form.revision.data)
    try:
        convening.change_partner(db.session(), ours, network_id=g.network.id)
    except NameTaken:
        form.add_message("name", str(NAME_TAKEN))
        return _show_form(form, stored=stored, status=400)
    except InvalidRecord as error:
        form.add_problems(error.problems)
        return _show_form(form, stored=stored, status=400)
    except ConflictingRevision as error:
        theirs: Any = error.theirs
        form.revision.data = theirs.revision
        conflict = compare(describe_partner(ours.partner), describe_partner(theirs.partner))
        return _show_form(form, stored=stored, conflict=conflict, status=409)
    return _return_to_list(gettext("Saved."))


def _return_to_list(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("coordinators.list_partners"), 303)


def _show_form(
    form: PartnerForm, *, stored: StoredPartner | None = None, conflict: Any = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template("coordinators/partner_form.html", form=form, stored=stored, conflict=conflict)
    return page, status


@bp.route(f"{_ONE}/delete", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def delete_partner(partner_id: int) -> ResponseReturnValue:
    """Remove a partner that was entered by mistake, after asking."""
    if request.method == "GET":
        stored = convening.load_partner(db.session(), partner_id, network_id=g.network.id)
        return render_template("coordinators/partner_removal.html", stored=stored)
    convening.remove_partner(db.session(), partner_id, network_id=g.network.id)
    return _return_to_list(gettext("Removed."))
