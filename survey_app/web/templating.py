"""What templates can use beside their view's values."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, g, url_for
from markupsafe import Markup, escape
from wtforms import Field

from survey_app.domain.membership import Right
from survey_app.web.gate import may
from survey_app.web.locale import find_language
from survey_app.web.navigation import language_target, notice_links, section_links

# Addresses and passwords are typed from left to right in every language.
_LEFT_TO_RIGHT = ("EmailField", "PasswordField", "URLField")


def configure_templates(app: Flask) -> None:
    """Fill the template environment."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {
        "asset": asset_address,
        "bidi": in_own_direction,
        "input_attributes": input_attributes,
        "may": may,
        "Right": Right,
        "language_target": language_target,
        "notice_links": notice_links,
        "section_links": section_links,
    }
    app.context_processor(_current_network)


def _current_network() -> dict[str, Any]:
    return {"network": g.get("network")}


def asset_address(name: str) -> str:
    """Return the address of a static file with a fingerprint, so that it may be cached for ever."""
    return url_for("static", filename=name, v=_fingerprint(name))


@cache
def _fingerprint(name: str) -> str:
    content = (Path(__file__).parent.parent / "static" / name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


def in_own_direction(text: object, language: str | None = None) -> Markup:
    """Return escaped text that cannot disturb the direction around it, marked with its language if known."""
    if language is None:
        return Markup("<bdi>{}</bdi>").format(escape(text))
    found = find_language(language)
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(found.tag, found.direction, text)


def input_attributes(field: Field, described_by: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes of an input: the given ones, and what ties it to its hint and its message."""
    attributes = dict(given)
    if field.type in _LEFT_TO_RIGHT:
        attributes.setdefault("dir", "ltr")
    if described_by:
        attributes["aria-describedby"] = described_by
    if field.errors:
        attributes["aria-invalid"] = "true"
    return attributes
