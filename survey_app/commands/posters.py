"""The command that writes what brings a survey into a room: poster, table card, handout and slide."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from survey_app.domain.announcement import FORMATS, MOST_LANGUAGES, Format, Kind, find_format
from survey_app.domain.book import Meeting
from survey_app.domain.collector import Collector
from survey_app.domain.errors import UnknownAccessCode
from survey_app.domain.text import canonical_tag
from survey_app.extensions import db
from survey_app.files.announcement import can_be_printed, render_announcement
from survey_app.services import collecting, convening
from survey_app.services.collecting import Entry
from survey_app.services.networks import find_logo
from survey_app.web.announcing import announce, build_invitations, choose_languages

posters = AppGroup("posters", help="What brings a survey into a room.")

WRONG_INPUT = 2


class WrongInput(click.ClickException):
    """Input that is wrong: one line, exit code 2."""

    exit_code = WRONG_INPUT


@posters.command("export")
@click.option("--code", required=True, help="Access code of the survey.")
@click.option("--kind", required=True, type=click.Choice([str(kind) for kind in Kind]), help="What is written.")
@click.option("--languages", default="", help=f"Invitations in this order, at most {MOST_LANGUAGES}: de,ar,uk.")
@click.option("--size", help="Size of the sheet: a4 or a3 for posters, a6 or a4 (four, to be cut) for handouts.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to be written.")
def export(*, code: str, kind: str, languages: str, size: str | None, out: Path) -> None:
    """Write a poster, table card, handout or slide of a survey as PDF.

    Without --languages, those of the survey invite, as many as there is room for.

    Exit code 0: done; 2: an input is wrong; 1: anything else.
    """
    entry, sheet = _load_entry(code), _find_format(kind, size)
    announcement = announce(
        entry.collector,
        _read_languages(entry.collector, languages),
        network=entry.network,
        meeting=_find_meeting(entry),
        base_url=current_app.config["SETTINGS"].base_url,
        can_be_printed=can_be_printed,
        logo=find_logo(db.session(), network_id=entry.network.id),
    )
    try:
        out.write_bytes(render_announcement(announcement, sheet))
    except OSError as error:
        raise WrongInput(f"{out}: cannot be written: {error.strerror or error}") from error


def _load_entry(code: str) -> Entry:
    try:
        return collecting.enter(db.session(), code if code.isascii() else "")
    except UnknownAccessCode as error:
        raise WrongInput(f"{code}: no such survey") from error


def _find_format(kind: str, size: str | None) -> Format:
    found = find_format(f"{kind}-{size.lower()}" if size else kind)
    if found is None:
        sizes = ", ".join(one.size for one in FORMATS if one.kind == kind)
        raise WrongInput(f"--size: {kind} is printed on {sizes}, not on {size}")
    return found


def _read_languages(survey: Collector, asked: str) -> tuple[str, ...]:
    if not asked.strip():
        return tuple(tag for tag in choose_languages(survey, ()) if _is_printable(tag))[:MOST_LANGUAGES]
    tags = tuple(dict.fromkeys(canonical_tag(tag) for tag in asked.split(",") if tag.strip()))
    for tag in tags:
        if tag not in survey.languages:
            raise WrongInput(f"--languages: {survey.code} is not offered in {tag}")
        if not _is_printable(tag):
            raise WrongInput(f"--languages: no font here has the script of {tag}")
    if len(tags) > MOST_LANGUAGES:
        raise WrongInput(f"--languages: there is room for {MOST_LANGUAGES}, not for {len(tags)}")
    return tags


def _is_printable(tag: str) -> bool:
    return all(map(can_be_printed, build_invitations([tag])))


def _find_meeting(entry: Entry) -> Meeting | None:
    if entry.collector.meeting_id is None:
        return None
    meeting_id, network_id = int(entry.collector.meeting_id), entry.network.id
    return convening.load_meeting(db.session(), meeting_id, network_id=network_id).meeting
