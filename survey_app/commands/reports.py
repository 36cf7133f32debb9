"""The command that writes a network's report into a file: a release, or the figures of today marked as not released."""

from datetime import UTC, date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from survey_app.domain.errors import UnknownGoalSystem, UnknownNetwork, UnknownRelease
from survey_app.domain.local_days import local_day
from survey_app.domain.network import Network
from survey_app.evaluation import FormatError, Tier
from survey_app.extensions import db
from survey_app.files.report_formats import FORMATS
from survey_app.files.report_imprint import imprint_draft, imprint_release
from survey_app.services import released, reporting
from survey_app.services.networks import load_network

reports = AppGroup("reports", help="Reports on the goals of a network.")

WRONG_INPUT = 2
_KINDS = {("text" if kind == "txt" else kind): kind for kind in FORMATS}
"""What the option calls a format, by the ending of its files."""


class WrongInput(click.ClickException):
    """Input that is wrong: one line, exit code 2."""

    exit_code = WRONG_INPUT


@reports.command("export")
@click.option("--network", "slug", required=True, help="Name of the network in its addresses.")
@click.option("--format", "format_", required=True, type=click.Choice([*_KINDS]), help="What is written.")
@click.option(
    "--tier",
    type=click.Choice([str(tier) for tier in Tier]),
    help="Readers: internal (as it stands today, the default) or public (the latest public release).",
)
@click.option("--release", "number", type=click.IntRange(min=1), help="Number of a release, instead of its readers.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Last day that counts, for figures that are not released."
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to be written.")
def export(*, slug: str, format_: str, tier: str | None, number: int | None, as_of: datetime | None, out: Path) -> None:
    """Write a report into a file.

    Without --release, internal figures are those of today and marked "nicht freigegeben"; for the public it is the
    latest public release. A release says the same every time.

    Exit code 0: done; 2: an input is wrong, or there is no such release; 1: anything else.
    """
    network = _load_network(slug)
    if number is None and tier == Tier.PUBLIC:
        number = _find_latest(network)
    if number is None:
        today = local_day(datetime.now(UTC))
        content = _write_draft(network, format_, _read_day(as_of, today) if as_of else today)
    else:
        content = _read_release(network, number, format_, tier)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise WrongInput(f"{out}: cannot be written: {error.strerror or error}") from error


def _read_day(as_of: datetime, today: date) -> date:
    day = as_of.date()
    if day > today:
        raise WrongInput(f"--as-of: {day} lies in the future")
    return day


def _load_network(slug: str) -> Network:
    try:
        return load_network(db.session(), slug)
    except UnknownNetwork as error:
        raise WrongInput(f"{slug}: no such network") from error


def _find_latest(network: Network) -> int:
    mark = released.find_latest(db.session(), network, Tier.PUBLIC)
    if mark is None:
        raise WrongInput(f"{network.slug}: nothing is released for the public")
    return mark.number


def _write_draft(network: Network, format_: str, cut_off: date) -> bytes:
    try:
        assessment = reporting.build_report(db.session(), network, cut_off=cut_off)
    except UnknownGoalSystem as error:
        raise WrongInput(f"{network.slug}: the network has no goal system") from error
    except FormatError as error:
        raise WrongInput("\n".join(error.lines)) from error
    return FORMATS[_KINDS[format_]].write(assessment.report, imprint_draft(network))


def _read_release(network: Network, number: int, format_: str, tier: str | None) -> bytes:
    """Return a release from what was stored of it; one for other readers than asked for is none."""
    try:
        release = released.load_released(db.session(), network, number)
        content = released.find_file(db.session(), network, number, _KINDS[format_])
    except UnknownRelease as error:
        raise WrongInput(f"{network.slug}: there is no release {number}") from error
    if tier is not None and release.mark.tier != tier:
        raise WrongInput(f"{network.slug}: release {number} is {release.mark.tier}, not {tier}")
    imprint = imprint_release(release.report, release.network, release.mark)
    return content or FORMATS[_KINDS[format_]].write(release.report, imprint)
