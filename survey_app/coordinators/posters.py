"""What brings a survey into the room: choosing languages and sheet, and everything to be printed as a file."""

import base64
from functools import lru_cache

from flask import Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from survey_app.coordinators import wording
from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.surveys import load_survey, public_address
from survey_app.domain.announcement import FORMATS, MOST_LANGUAGES, Announcement, Format, find_format
from survey_app.domain.book import Meeting
from survey_app.domain.collector import Collector, Device
from survey_app.domain.membership import Right
from survey_app.domain.text import PLAIN_GERMAN
from survey_app.extensions import db
from survey_app.files.announcement import can_be_printed, draw_announcement, render_announcement
from survey_app.files.qr import render_png, render_svg
from survey_app.services import convening
from survey_app.services.networks import find_logo
from survey_app.web.announcing import announce, build_invitations, choose_languages
from survey_app.web.gate import needs
from survey_app.web.rendering import rendering_turn

_KEPT = 32
"""Files of a tenth of a megabyte, and pictures of them, that a process keeps."""


@bp.get("/surveys/<code>/poster")
@needs(Right.ORGANISE)
def show_poster(code: str) -> ResponseReturnValue:
    """Show what can be printed; ``languages`` (repeated, or separated by commas) and ``sheet`` choose and order."""
    survey, sheet = load_survey(code), _find_sheet()
    chosen, left_out = _choose(survey)
    return render_template(
        "coordinators/poster.html",
        survey=survey,
        wording=wording,
        left_out=left_out,
        others=[tag for tag in survey.languages if tag not in chosen and tag != PLAIN_GERMAN],
        places=[chosen[place] if place < len(chosen) else "" for place in range(MOST_LANGUAGES)],
        sheet=sheet,
        sheets=[one.code for one in FORMATS],
        choice={"languages": chosen, "sheet": sheet.code},
        kiosk_address=public_address(f"/q/{survey.code}?device={Device.KIOSK}"),
    )


@bp.get("/surveys/<code>/poster.pdf")
@needs(Right.ORGANISE)
def download_poster(code: str) -> ResponseReturnValue:
    """Send what was chosen as PDF; without a choice the poster in the usual languages."""
    survey, sheet = load_survey(code), _find_sheet()
    content = _render(announce_survey(survey), sheet)
    name = f'attachment; filename="{sheet.code}-{survey.code}.pdf"'
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": name})


@bp.get("/surveys/<code>/poster.png")
@needs(Right.ORGANISE)
def preview_poster(code: str) -> ResponseReturnValue:
    """Send a small picture of what was chosen, for the page on which it is chosen."""
    return Response(_draw(announce_survey(load_survey(code)), _find_sheet()), mimetype="image/png")


@bp.get("/surveys/<code>/qr.svg")
@needs(Right.ORGANISE)
def download_qr(code: str) -> ResponseReturnValue:
    """Send the QR code of a survey as a picture for posters and slides of one's own."""
    address = public_address(f"/q/{load_survey(code).code}")
    name = f'attachment; filename="qr-{code}.svg"'
    return Response(render_svg(address, title=address), mimetype="image/svg+xml", headers={"Content-Disposition": name})


@bp.get("/surveys/<code>/qr.png")
@needs(Right.ORGANISE)
def download_qr_pixels(code: str) -> ResponseReturnValue:
    """Send the QR code of a survey in pixels, for programs that take no SVG."""
    name = f'attachment; filename="qr-{code}.png"'
    picture = render_png(public_address(f"/q/{load_survey(code).code}"))
    return Response(picture, mimetype="image/png", headers={"Content-Disposition": name})


def _find_sheet() -> Format:
    return find_format(request.args.get("sheet", "")) or (abort(404) if request.args.get("sheet") else FORMATS[0])


def _choose(survey: Collector) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the languages of the invitations, and those wished for that no font here can print."""
    wished = choose_languages(survey, request.args.getlist("languages"))
    printed = tuple(tag for tag in wished if all(map(can_be_printed, build_invitations([tag]))))
    return printed[:MOST_LANGUAGES], tuple(tag for tag in wished if tag not in printed)


def announce_survey(survey: Collector) -> Announcement:
    """Return what is said about a survey, in the languages that the request chooses."""
    return announce(
        survey,
        _choose(survey)[0],
        network=g.network,
        meeting=load_meeting_of(survey),
        base_url=public_address(""),
        can_be_printed=can_be_printed,
        logo=find_logo(db.session(), network_id=g.network.id),
    )


@lru_cache(maxsize=_KEPT)
def _render(announcement: Announcement, sheet: Format) -> bytes:
    with rendering_turn():
        return render_announcement(announcement, sheet)


@lru_cache(maxsize=_KEPT)
def _draw(announcement: Announcement, sheet: Format) -> bytes:
    with rendering_turn():
        return draw_announcement(announcement, sheet)


def embed_picture(picture: bytes) -> str:
    """Return a picture as a data address, so that a saved or printed page has it whole."""
    return "data:image/svg+xml;base64," + base64.b64encode(picture).decode("ascii")


def load_meeting_of(survey: Collector) -> Meeting | None:
    """Return the meeting of a survey, if it has one."""
    if survey.meeting_id is None:
        return None
    return convening.load_meeting(db.session(), int(survey.meeting_id), network_id=g.network.id).meeting
