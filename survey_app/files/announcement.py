"""What brings a survey into a room, as a file: poster, table card, handout and slide as PDF, and how they will look."""

import re
from dataclasses import asdict
from typing import Any

from survey_app.domain.announcement import Announcement, Format, Invitation
from survey_app.domain.text import Phrase
from survey_app.files.qr import list_runs
from survey_app.files.typesetting import (
    MISSING,
    base_language,
    draw_page,
    is_visible,
    list_missing_scripts,
    render_pdf,
)

_TEMPLATE = "announcement.typ"
_PIECE = re.compile(r"[^/.\-]*[/.\-]*")
"""An address breaks behind these signs, if it must."""

_RESOLUTION = {"a3": 40.0, "a4": 56.0, "a6": 112.0, "16-9": 48.0}
"""Pixels per inch that make a picture of each sheet as large as a page of ours shows it."""


def render_announcement(announcement: Announcement, sheet: Format) -> bytes:
    """Return the announcement as tagged PDF of one page.

    Raises:
        survey_app.files.typesetting.BadDocument: if it cannot be set.
    """
    return render_pdf(_TEMPLATE, _values(announcement, sheet), _pictures(announcement))


def draw_announcement(announcement: Announcement, sheet: Format) -> bytes:
    """Return a small PNG of what `render_announcement` sets.

    Raises:
        survey_app.files.typesetting.BadDocument: if it cannot be set.
    """
    values = _values(announcement, sheet)
    return draw_page(_TEMPLATE, values, _pictures(announcement), resolution=_RESOLUTION[sheet.size])


def can_be_printed(invitation: Invitation) -> bool:
    """Tell whether there is a font for the script of an invitation."""
    return not list_missing_scripts((invitation.invitation.text, invitation.promise.text))


def _pictures(announcement: Announcement) -> dict[str, bytes]:
    return {"logo": announcement.logo.content} if announcement.logo else {}


def _values(announcement: Announcement, sheet: Format) -> dict[str, Any]:
    """Return what the template reads; the picture of a logo goes beside it."""
    said = announcement
    heading = next(filter(is_visible, (said.title, said.network)), MISSING)
    size, runs = list_runs(said.address)
    logo = said.logo
    return {
        "kind": str(sheet.kind),
        "size": sheet.size,
        "title": " – ".join(dict.fromkeys((heading, said.network, said.code))),
        "language": base_language(said.language),
        "direction": said.direction,
        "heading": heading,
        "network": said.network if heading != said.network else "",
        "motto": said.motto,
        "topics": said.topics,
        "link": _take_apart(said.address),
        "address": _take_apart(said.address.split("://", 1)[-1]),
        "code": said.code,
        "code_word": _say(said.code_word),
        "qr": {"size": size, "runs": runs, "alternative": _take_apart(said.picture_words)},
        "invitations": [{name: _say(phrase) for name, phrase in _parts(one)} for one in said.invitations],
        "protection": _say(said.protection),
        "privacy": _take_apart(said.privacy_address),
        "stamp": _say(said.stamp) if said.stamp else None,
        "colour": said.colour,
        "logo": {"ratio": logo.width / logo.height, "alternative": logo.alternative} if logo else None,
    }


def _parts(invitation: Invitation) -> tuple[tuple[str, Phrase], ...]:
    return ("invitation", invitation.invitation), ("promise", invitation.promise)


def _say(phrase: Phrase) -> dict[str, str]:
    return asdict(phrase) | {"language": base_language(phrase.language)}


def _take_apart(address: str) -> list[str]:
    """Return an address in pieces: what is joined again from them carries no breaks of `printable`."""
    return [piece for piece in _PIECE.findall(address) if piece]
