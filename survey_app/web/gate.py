"""The wall around a network: default deny for every address below ``/n/<network>/``.

A view says what it needs with `needs`; one without that mark is refused for everybody, and a test names it. A
network somebody has no business in does not exist for them: 404, whatever stands in the address.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from survey_app.domain.errors import UnknownNetwork
from survey_app.domain.membership import Right, Role
from survey_app.domain.network import Network
from survey_app.extensions import db
from survey_app.services.accounts import find_role, is_allowed
from survey_app.services.networks import load_network

View = TypeVar("View", bound=Callable[..., Any])


def needs(right: Right) -> Callable[[View], View]:
    """Mark a view with the right that it needs in the network of its address."""

    def mark(view: View) -> View:
        view.required_right = right  # type: ignore[attr-defined]
        return view

    return mark


def guard(blueprint: Blueprint) -> None:
    """Let every request to the blueprint through the wall first; its addresses stay in the current network."""
    blueprint.before_request(_check_access)
    blueprint.app_url_defaults(_stay_in_network)


def _stay_in_network(endpoint: str, values: dict[str, Any]) -> None:
    current: Network | None = g.get("network")
    if current is not None and current_app.url_map.is_endpoint_expecting(endpoint, "network"):
        values.setdefault("network", current.slug)


def _check_access() -> ResponseReturnValue | None:
    if not current_user.is_authenticated:
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    slug = (request.view_args or {}).pop("network", "")
    try:
        network = load_network(db.session, slug)
    except UnknownNetwork:
        abort(404)
    role = find_role(
        db.session,
        account_id=current_user.id,
        is_system_admin=current_user.has_role(Role.SYSTEM_ADMIN),
        network=network,
    )
    if role is None:
        abort(404)
    # Known before the refusal, so that its page keeps the way to what the person may do here.
    g.network, g.role = network, role
    right = right_of(request.endpoint or "")
    if right is None or not is_allowed(role, right):
        abort(403)
    return None


def right_of(endpoint: str) -> Right | None:
    """Return the right that a view behind the wall needs; None if it is unmarked, so refused for everybody."""
    found: Right | None = getattr(current_app.view_functions[endpoint], "required_right", None)
    return found


def may(right: Right) -> bool:
    """Tell whether the person on the current network page has a right: templates hide what would be refused."""
    return is_allowed(g.get("role"), right)
