"""Commands for whoever keeps the installation running: networks, accounts, due work."""

from datetime import UTC, datetime

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import AppGroup
from flask_security import hash_password

from survey_app.domain.errors import InvalidRecord, NameTaken, UnknownNetwork
from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.extensions import db
from survey_app.services import housekeeping
from survey_app.services.accounts import add_member, create_account, create_network
from survey_app.services.networks import load_network

networks = AppGroup("networks", help="Networks of this installation.")
accounts = AppGroup("accounts", help="People who sign in.")
collectors = AppGroup(
    "collectors", help="Work that is due on surveys; safe to run at any time, on any number of hosts."
)

responses = AppGroup("responses", help="Raw answers.")

WRONG_INPUT = 2


class WrongInput(click.ClickException):
    """Input that is wrong: one line, exit code 2."""

    exit_code = WRONG_INPUT


@networks.command("create")
@click.argument("slug")
@click.option("--name", required=True, help="Name of the network as people read it.")
@click.option("--admin", "admin_email", required=True, help="Mail address of its first administrator.")
@click.option("--password", help="Password of a new administrator; asked for if needed and left out.")
def create(slug: str, name: str, admin_email: str, password: str | None) -> None:
    """Create a network and its first administrator, who may have an account already."""
    email = _checked_address(admin_email)
    try:
        network = create_network(db.session(), Network(id=0, slug=slug, name=name))
    except NameTaken as error:
        raise WrongInput(f"{slug}: a network of this name exists") from error
    except InvalidRecord as error:
        raise WrongInput("; ".join(map(str, error.problems))) from error
    if not add_member(db.session(), email=email, network_id=network.id, role=Role.NETWORK_ADMIN):
        _create_account(email, password or click.prompt("Password", hide_input=True), network, Role.NETWORK_ADMIN)
    click.echo(f"created network {slug} with administrator {email}")


@accounts.command("create")
@click.argument("email")
@click.option("--network", "slug", help="Network in which the role holds.")
@click.option("--role", type=click.Choice([str(role) for role in Role]), default=str(Role.VIEWER), show_default=True)
@click.password_option()
def create_one(email: str, slug: str | None, role: str, password: str) -> None:
    """Create an account with a role in a network, or a system administrator."""
    if (slug is None) != (role == Role.SYSTEM_ADMIN):
        raise WrongInput("a role needs its network, a system administrator has none")
    try:
        network = None if slug is None else load_network(db.session(), slug)
    except UnknownNetwork as error:
        raise WrongInput(f"{slug}: no such network") from error
    address = _checked_address(email)
    _create_account(address, password, network, Role(role))
    click.echo(f"created account {address} ({role})")


def _create_account(email: str, password: str, network: Network | None, role: Role) -> None:
    try:
        create_account(
            db.session(),
            email=email,
            password=password,
            hash_password=hash_password,
            network_id=None if network is None else network.id,
            role=role,
        )
    except NameTaken as error:
        raise WrongInput(f"{email}: has an account already") from error


def _checked_address(raw: str) -> str:
    try:
        return validate_email(raw, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise WrongInput(f"{raw}: {error}") from error


@collectors.command("close-due")
def close_due() -> None:
    """Record as closed what has reached its closing time."""
    codes = housekeeping.close_due(db.session(), now=datetime.now(UTC))
    click.echo(f"closed {len(codes)}: {' '.join(codes)}".rstrip(": "))


@collectors.command("seal-due")
def seal_due() -> None:
    """Count and seal what is closed and past its grace."""
    codes = housekeeping.seal_due(db.session(), now=datetime.now(UTC))
    click.echo(f"sealed {len(codes)}: {' '.join(codes)}".rstrip(": "))


@responses.command("erase-due")
def erase_due() -> None:
    """Delete the raw answers whose time of keeping is over; tallies and releases stay."""
    codes = housekeeping.erase_due(db.session(), now=datetime.now(UTC))
    click.echo(f"erased {len(codes)}: {' '.join(codes)}".rstrip(": "))
