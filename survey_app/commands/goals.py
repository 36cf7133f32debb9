"""Commands for goal systems: check a file without any database, read one into a network, write one out."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from survey_app.commands.administration import WrongInput
from survey_app.commands.input_files import WrongFiles, read_file, read_text
from survey_app.domain.errors import UnknownNetwork
from survey_app.domain.network import Network
from survey_app.evaluation import FormatError, parse_goals
from survey_app.evaluation.formats.format_errors import locate
from survey_app.evaluation.formats.line_finding import find_toml_line
from survey_app.extensions import db
from survey_app.services import goal_design
from survey_app.services.networks import load_network


@click.group("goals")
def goals() -> None:
    """Goal systems."""


@goals.command("check")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
def check(files: tuple[str, ...]) -> None:
    """Check goal systems; each problem is one line on standard error: file, place, reason, line.

    Exit code 0: all are sound; 2: something is wrong; 1: anything else.
    """
    errors: list[FormatError] = []
    for name in files:
        system = read_file(name, parse_goals, errors)
        if system is not None:
            click.echo(f"{name}: {len(system.goals)} goals, {len(system.indicators)} indicators, sound")
    if errors:
        raise WrongFiles(*errors)


@goals.command("import")
@click.argument("file", metavar="FILE")
@click.option("--network", "slug", required=True, help="Network that gets the goal system.")
@click.option("--publish", is_flag=True, help="Publish it at once, for ever; without, it is a draft.")
@with_appcontext
def import_file(file: str, slug: str, *, publish: bool) -> None:
    """Read a goal system into a network; a version that is taken gets a number behind it."""
    network, session = _find_network(slug), db.session()
    try:
        text = read_text(file)
        version_id = goal_design.start_draft(session, text, network_id=network.id, name=file)
        if publish:
            _publish(version_id, network, file, text)
    except FormatError as error:
        raise WrongFiles(error) from None
    stored = goal_design.load_version(session, version_id, network_id=network.id)
    state = "published" if publish else "a draft"
    click.echo(f"{stored.goal_system.id} {stored.goal_system.version} is {state} of network {slug}")


@goals.command("export")
@click.option("--network", "slug", required=True, help="Network whose goal system is written.")
@click.option("--version", help="Which version; without, the one published last.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, writable=True), help="File that is written.")
@with_appcontext
def export(slug: str, version: str | None, out: str) -> None:
    """Write a goal system as the network keeps it."""
    network = _find_network(slug)
    listed = goal_design.list_versions(db.session(), network_id=network.id)
    published = (stored for stored in listed if stored.published_at is not None)
    named = (stored for stored in listed if stored.goal_system.version == version)
    found = next(named if version else published, None)
    if found is None:
        raise WrongInput(f"{slug}: no such version of a goal system" if version else f"{slug}: no goal system yet")
    Path(out).write_bytes(found.document.encode("utf-8"))


def _publish(version_id: int, network: Network, name: str, text: str) -> None:
    """Publish what was just read in, or take it away again: a command does its whole work or none."""
    session = db.session()
    try:
        goal_design.publish_draft(session, version_id, network_id=network.id, revision=1, now=datetime.now(UTC))
    except FormatError as error:
        goal_design.discard_draft(session, version_id, network_id=network.id)
        problems = locate(error.problems, lambda path: find_toml_line(text, path))
        raise FormatError(name, problems) from None


def _find_network(slug: str) -> Network:
    try:
        return load_network(db.session(), slug)
    except UnknownNetwork as error:
        raise WrongInput(f"{slug}: there is no such network") from error
