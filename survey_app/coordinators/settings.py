"""The page of a network's settings."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.comparison import Facts, compare
from survey_app.coordinators.fields import submitted_form
from survey_app.coordinators.settings_forms import SettingsForm, build_settings_form, notice_languages
from survey_app.domain.errors import ConflictingRevision, InvalidRecord
from survey_app.domain.membership import Right
from survey_app.domain.network import RETENTION_MONTHS, Minimums, Network
from survey_app.extensions import db
from survey_app.services import convening
from survey_app.web.gate import needs
from survey_app.web.locale import find_language


@bp.route("/settings", methods=["GET", "POST"])
@needs(Right.CHANGE_SETTINGS)
def edit_settings() -> ResponseReturnValue:
    """Change the settings of the network; if somebody else saved in the meantime, show both versions."""
    form = build_settings_form(g.network, submitted_form())
    if request.method == "GET":
        return _show_form(form)
    return _save(form) if form.validate() else _show_form(form, status=400)


def _save(form: SettingsForm) -> ResponseReturnValue:
    ours = form.to_network()
    try:
        convening.change_settings(db.session(), ours)
    except InvalidRecord as error:
        form.add_problems(error.problems)
        return _show_form(form, status=400)
    except ConflictingRevision as error:
        theirs: Any = error.theirs
        form.revision.data = theirs.revision
        conflict = compare(_describe(form, ours), _describe(form, theirs))
        return _show_form(form, conflict=conflict, status=409)
    flash(gettext("Saved."), "success")
    return redirect(url_for("coordinators.edit_settings"), 303)


def _describe(form: SettingsForm, network: Network) -> Facts:
    """Return the settings in words, under the labels of the form."""
    numbers = {f"minimum_{tier}": getattr(network.minimums, tier) for tier in ("internal", "public", "sensitive")}
    values = {
        "name": network.name,
        "default_language": find_language(network.default_language).autonym,
        "contact_email": network.contact_email,
        "colour": network.colour,
        **{name: format_decimal(number) for name, number in numbers.items()},
        "retention_months": format_decimal(network.retention_months),
    }
    for tag in notice_languages(g.network):
        values |= {f"imprint-{tag}": network.imprint.get(tag, ""), f"privacy-{tag}": network.privacy.get(tag, "")}
    return [(str(form[name].label.text), (value or "–",)) for name, value in values.items()]


def _show_form(form: SettingsForm, *, conflict: Any = None, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "coordinators/settings.html",
        form=form,
        conflict=conflict,
        tags=notice_languages(g.network),
        least=Minimums(),
        months=RETENTION_MONTHS,
    )
    return page, status
