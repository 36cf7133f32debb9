"""The links that every page of the frame carries: sections of a network, legal notices, languages."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import current_app, g, request, url_for
from flask_babel import LazyString, lazy_gettext

from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.domain.text import clean_text
from survey_app.services.accounts import is_allowed
from survey_app.web.gate import right_of

# Endpoint, words, and the parts of a network whose pages belong to the section: /n/<network>/<part>/…
_SECTIONS = (
    ("staff.show_home", lazy_gettext("Overview"), ()),
    ("coordinators.list_meetings", lazy_gettext("Meetings"), ("meetings", "surveys", "questionnaires")),
    ("coordinators.list_partners", lazy_gettext("Partners"), ("partners",)),
    ("coordinators.list_needs", lazy_gettext("Needs and offers"), ("needs", "offers")),
    ("coordinators.list_goals", lazy_gettext("Goals"), ("goals",)),
    ("staff.show_report", lazy_gettext("Reports"), ("reports",)),
    ("coordinators.edit_settings", lazy_gettext("Settings"), ("settings",)),
)
_NOTICES = (
    ("public.show_imprint", lazy_gettext("Legal notice")),
    ("public.show_privacy", lazy_gettext("Privacy")),
    ("public.show_accessibility", lazy_gettext("Accessibility")),
    ("public.show_feedback", lazy_gettext("Feedback")),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame.

    Attributes:
        current: the value of ``aria-current``: "page", "true" for a page inside that section, or "".
    """

    text: LazyString
    address: str
    current: str = ""


def section_links(network: Network | None) -> list[Link]:
    """Return the sections of the network that the person may enter."""
    if network is None:
        return []
    return [
        Link(text, url_for(endpoint, network=network.slug), _currency(endpoint, parts))
        for endpoint, text, parts in _SECTIONS
        if _is_open(endpoint, g.get("role"))
    ]


def entrance_of(network: Network, role: Role | None) -> str:
    """Return the address of the first section that somebody in this role may enter; of the home page, if none."""
    open_to_role = (endpoint for endpoint, _text, _parts in _SECTIONS if _is_open(endpoint, role))
    endpoint = next(open_to_role, None)
    return url_for(endpoint, network=network.slug) if endpoint else f"/n/{network.slug}/"


def _is_open(endpoint: str, role: Role | None) -> bool:
    if endpoint not in current_app.view_functions:
        return False
    right = right_of(endpoint)
    return right is not None and is_allowed(role, right)


def _currency(endpoint: str, parts: tuple[str, ...]) -> str:
    if request.endpoint == endpoint:
        return "page"
    return "true" if request.path.split("/")[3:4] in [[part] for part in parts] else ""


def notice_links(network: Network | None) -> list[Link]:
    """Return the public notices: those of the network, or without one the lists of all networks."""
    slug = network.slug if network else None
    return [
        Link(text, url_for(endpoint, network=slug, lang=request.args.get("lang")), _notice_currency(endpoint))
        for endpoint, text in _NOTICES
        if endpoint in current_app.view_functions
    ]


def _notice_currency(endpoint: str) -> str:
    return "page" if request.endpoint == endpoint else ""


def language_target() -> tuple[str, list[tuple[str, str]]]:
    """Return where the language form leads, and what it sends beside the language: the page the reader is on."""
    rule = request.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        return "/", []
    kept = [(clean_text(name), clean_text(value)) for name, value in request.args.items(multi=True) if name != "lang"]
    return quote(request.path), kept
