"""The poster that brings a survey into the room: a page to print, and its QR code as a file."""

import base64
from collections.abc import Sequence
from typing import NamedTuple

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.surveys import load_survey, public_address
from survey_app.domain.book import Meeting
from survey_app.domain.collector import Collector, Device
from survey_app.domain.membership import Right
from survey_app.domain.text import PLAIN_GERMAN, canonical_tag
from survey_app.extensions import db
from survey_app.files.qr import render_svg
from survey_app.services import convening
from survey_app.web.gate import needs
from survey_app.web.locale import find_language, load_catalogue

_SOURCE = "en"
_LONG = 110
"""Characters of title and motto from which on they are set smaller, so that the poster stays one page."""


def N_(message: str) -> str:  # noqa: N802  # the name by which catalogue tools find messages
    """Mark a message for translation where it is not translated at once."""
    return message


INVITATION = N_("How was the meeting? Scan the code and tell us.")
SHORT_INVITATION = N_("Please scan and answer.")
PROMISE = N_("Voluntary and anonymous.")
CODE = N_("Code")
PROTECTION = N_("No name, no address, no cookie is stored: nobody can see who answered what.")


class Line(NamedTuple):
    """A sentence in the language it really is in."""

    text: str
    language: str


class Invitation(NamedTuple):
    """What the poster says in one language."""

    invitation: Line
    promise: Line


@bp.get("/surveys/<code>/poster")
@needs(Right.ORGANISE)
def show_poster(code: str) -> ResponseReturnValue:
    """Show the poster; ``languages`` (tags separated by commas, or repeated) chooses and orders the invitations."""
    survey = load_survey(code)
    chosen = choose_languages(survey, request.args.getlist("languages"))
    address = public_address(f"/q/{survey.code}")
    meeting = load_meeting_of(survey)
    return render_template(
        "coordinators/poster.html",
        survey=survey,
        meeting=meeting,
        is_long=meeting is not None and len(meeting.title or "") + len(meeting.motto or "") > _LONG,
        chosen=chosen,
        invitations=build_invitations(chosen),
        address=address,
        kiosk_address=f"{address}?device={Device.KIOSK}",
        short_address=address.split("://", 1)[-1],
        code_word=translate(CODE, g.network.default_language),
        protection=translate(PROTECTION, g.network.default_language),
        privacy_address=public_address(f"/privacy/{g.network.slug}"),
        picture=embed_picture(render_svg(address, title=address)),
        is_synthetic=survey.is_synthetic or g.network.is_synthetic,
    )


def choose_languages(survey: Collector, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the languages of the invitations: those asked for that the survey offers, in that order.

    Without a usable wish all that the survey offers; plain German only when asked for, since those who read it
    also read the German line.
    """
    wanted = dict.fromkeys(canonical_tag(tag) for part in asked for tag in part.split(",") if tag.strip())
    usable = tuple(tag for tag in wanted if tag in survey.languages)
    return usable or tuple(tag for tag in survey.languages if tag != PLAIN_GERMAN) or survey.languages


def build_invitations(languages: Sequence[str]) -> list[Invitation]:
    """Return the invitation in each language; one that would only repeat another in the same words is left out."""
    invitations = [Invitation(translate(INVITATION, tag), translate(PROMISE, tag)) for tag in languages]
    return list(dict.fromkeys(invitations))


def translate(message: str, tag: str) -> Line:
    """Return a message in a language; without a translation in the one it falls back to, which is said."""
    spoken = find_language(tag).spoken.tag
    words = load_catalogue(spoken).gettext(message)
    return Line(words, spoken if words != message or spoken.startswith(_SOURCE) else _SOURCE)


def embed_picture(picture: bytes) -> str:
    """Return a picture as a data address, so that a saved or printed page has it whole."""
    return "data:image/svg+xml;base64," + base64.b64encode(picture).decode("ascii")


def load_meeting_of(survey: Collector) -> Meeting | None:
    """Return the meeting of a survey, if it has one."""
    if survey.meeting_id is None:
        return None
    return convening.load_meeting(db.session(), int(survey.meeting_id), network_id=g.network.id).meeting


@bp.get("/surveys/<code>/qr.svg")
@needs(Right.ORGANISE)
def download_qr(code: str) -> ResponseReturnValue:
    """Send the QR code of a survey as a picture for posters and slides of one's own."""
    address = public_address(f"/q/{load_survey(code).code}")
    name = f'attachment; filename="qr-{code}.svg"'
    return Response(render_svg(address, title=address), mimetype="image/svg+xml", headers={"Content-Disposition": name})
