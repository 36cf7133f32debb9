"""Pages for everybody: legal notices of a network, the way to its coordinators, one's own networks, and health."""

from datetime import date
from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, current_app, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_security import auth_required, current_user
from sqlalchemy.exc import DBAPIError

from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.domain.text import Text, wording
from survey_app.extensions import db
from survey_app.services.accounts import find_role
from survey_app.services.housekeeping import check_storage
from survey_app.services.networks import list_networks, load_network
from survey_app.services.networks import list_own_networks as list_networks_of
from survey_app.web.catalogues import unreviewed_languages
from survey_app.web.locale import current_language, for_everybody
from survey_app.web.navigation import entrance_of

bp = Blueprint("public", __name__)

STATEMENT_DATE = date(2026, 11, 22)
"""When the accessibility statement was last checked against what the pages do."""

_SILENT = {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/imprint", defaults={"network": None})
@bp.get("/imprint/<network>")
@for_everybody
def show_imprint(network: str | None) -> ResponseReturnValue:
    """Show who is responsible for a network's pages."""
    if network is None:
        return _choose_network("public.show_imprint")
    found = load_network(db.session, network)
    return render_template("web/imprint.html", network=found, text=_own_text(found.imprint, found))


@bp.get("/privacy", defaults={"network": None})
@bp.get("/privacy/<network>")
@for_everybody
def show_privacy(network: str | None) -> ResponseReturnValue:
    """Show what happens to answers and accounts: the network's own words first, then what this software does."""
    if network is None:
        return _choose_network("public.show_privacy")
    found = load_network(db.session, network)
    return render_template("web/privacy.html", network=found, text=_own_text(found.privacy, found))


@bp.get("/accessibility", defaults={"network": None})
@bp.get("/accessibility/<network>")
@for_everybody
def show_accessibility(network: str | None) -> ResponseReturnValue:
    """Show how accessible these pages are, and what is not known about it yet."""
    if network is None:
        return _choose_network("public.show_accessibility")
    found = load_network(db.session, network)
    return render_template(
        "web/accessibility.html",
        network=found,
        checked_on=format_date(STATEMENT_DATE, "long"),
        unreviewed=unreviewed_languages(),
    )


@bp.get("/feedback", defaults={"network": None})
@bp.get("/feedback/<network>")
@for_everybody
def show_feedback(network: str | None) -> ResponseReturnValue:
    """Show how to reach the people behind a network; needs no open survey."""
    if network is None:
        return _choose_network("public.show_feedback")
    return render_template("web/feedback.html", network=load_network(db.session, network))


def _choose_network(endpoint: str) -> ResponseReturnValue:
    return render_template("web/networks.html", networks=list_networks(db.session), endpoint=endpoint)


def _own_text(text: Text, network: Network) -> tuple[str, str]:
    return wording(text, current_language().tag, source=network.default_language)


@bp.get("/networks")
@auth_required("session")
def list_own_networks() -> ResponseReturnValue:
    """Show the networks that somebody signed in belongs to; whoever has only one goes straight there."""
    is_system_admin = current_user.has_role(Role.SYSTEM_ADMIN)
    networks = list_networks_of(db.session, account_id=current_user.id, is_system_admin=is_system_admin)
    entrances = [(network, _entrance(network, is_system_admin=is_system_admin)) for network in networks]
    if len(entrances) == 1:
        return redirect(entrances[0][1])
    return render_template("web/own_networks.html", entrances=entrances)


def _entrance(network: Network, *, is_system_admin: bool) -> str:
    role = find_role(db.session, account_id=current_user.id, is_system_admin=is_system_admin, network=network)
    return entrance_of(network, role)


@bp.get("/healthz")
def show_health() -> ResponseReturnValue:
    """Say that this process answers; asks nothing else."""
    return "ok\n", _SILENT


@bp.get("/readyz")
def show_readiness() -> ResponseReturnValue:
    """Say whether this process can serve: the database answers, is migrated and keeps what it acknowledges."""
    try:
        heads = MigrationContext.configure(db.session.connection()).get_current_heads()
        dangers = check_storage(db.session())
    except DBAPIError:
        db.session.rollback()
        return "database unreachable\n", 503, _SILENT | {"Retry-After": "5"}
    if set(heads) != _newest_schema(current_app.extensions["migrate"].directory):
        return "database not migrated\n", 503, _SILENT | {"Retry-After": "60"}
    if dangers:
        return f"database not durable: {'; '.join(dangers)}\n", 503, _SILENT | {"Retry-After": "60"}
    return "ready\n", _SILENT


@cache
def _newest_schema(directory: str) -> frozenset[str]:
    return frozenset(ScriptDirectory(directory).get_heads())
