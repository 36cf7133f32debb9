"""The logo of a network: shown, sent, described, removed."""

from contextlib import closing
from dataclasses import replace
from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import FileField

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.fields import CoordinatorForm, Required, RevisionField, submitted_form, text_field
from survey_app.domain.announcement import Logo
from survey_app.domain.errors import ConflictingRevision, InvalidRecord, Problem
from survey_app.domain.membership import Right
from survey_app.extensions import db
from survey_app.files.pictures import LARGEST_BYTES, read_logo
from survey_app.services import networks
from survey_app.web.gate import needs


class LogoForm(CoordinatorForm):
    """A picture, and what is read to those who cannot see it."""

    picture = FileField(lazy_gettext("Picture (PNG or JPEG)"), [Required()])
    alternative = text_field(lazy_gettext("Description"), 200, required=True)
    revision = RevisionField()


@bp.route("/settings/logo", methods=["GET", "POST"])
@needs(Right.CHANGE_SETTINGS)
def edit_logo() -> ResponseReturnValue:
    """Change the logo; without a new picture only its description."""
    stored = networks.find_logo(db.session(), network_id=g.network.id)
    form = LogoForm(submitted_form(), data=_values(stored))
    if request.method == "GET":
        return _show(form, stored)
    form.validate()
    logo = _read(form, stored)
    if logo is None:
        return _show(form, stored, status=400)
    try:
        networks.change_logo(db.session(), logo, network_id=g.network.id)
    except ConflictingRevision as error:
        return _show_conflict(form, error)
    flash(gettext("Saved."), "success")
    return redirect(url_for("coordinators.edit_logo"), 303)


@bp.post("/settings/logo/remove")
@needs(Right.CHANGE_SETTINGS)
def remove_logo() -> ResponseReturnValue:
    """Remove the logo; what is printed afterwards has none."""
    form = LogoForm(submitted_form())
    try:
        networks.remove_logo(db.session(), network_id=g.network.id, revision=form.revision.data)
    except ConflictingRevision as error:
        return _show_conflict(form, error)
    flash(gettext("Removed."), "success")
    return redirect(url_for("coordinators.edit_logo"), 303)


@bp.get("/settings/logo.png")
@needs(Right.ORGANISE)
def show_logo() -> ResponseReturnValue:
    """Send the logo as it is stored: a PNG of our own making."""
    stored = networks.find_logo(db.session(), network_id=g.network.id)
    if stored is None:
        abort(404)
    return Response(stored.content, mimetype="image/png")


def _values(stored: Logo | None) -> dict[str, Any]:
    return {"alternative": stored.alternative, "revision": stored.revision} if stored else {"revision": 0}


def _read(form: LogoForm, stored: Logo | None) -> Logo | None:
    """Return the logo as it was sent; None after telling at the fields what is wrong."""
    content = _read_file()
    words = form.alternative.data or ""
    if not words and not form.alternative.errors:
        form.add_problems([Problem("required", "alternative")])
    if not content and stored is None:
        form.add_problems([Problem("required", "picture")])
    try:
        logo = read_logo(content, words) if content else stored
    except InvalidRecord as error:
        form.add_problems(error.problems)
        return None
    if form.errors or logo is None:
        return None
    return replace(logo, alternative=words, revision=form.revision.data)


def _read_file() -> bytes:
    sent = request.files.get("picture")
    if sent is None:
        return b""
    with closing(sent):
        return sent.read(LARGEST_BYTES + 1)


def _show_conflict(form: LogoForm, error: ConflictingRevision) -> ResponseReturnValue:
    theirs: Any = error.theirs
    form.revision.data = theirs.revision if theirs else 0
    return _show(form, theirs, is_conflict=True, status=409)


def _show(form: LogoForm, stored: Logo | None, *, is_conflict: bool = False, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "coordinators/logo.html",
        form=form,
        stored=stored,
        is_conflict=is_conflict,
        most_megabytes=LARGEST_BYTES // 1024**2,
    )
    return page, status
