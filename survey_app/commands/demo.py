"""The command `demo`: migrate, load the made-up Freiburg network, say where to go."""

import json
import os
import secrets
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import flask_migrate
import qrcode
from flask import current_app
from flask.cli import with_appcontext
from flask_security import hash_password

from survey_app.config import Settings
from survey_app.domain.errors import NameTaken
from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.evaluation.goals.goals import Tier
from survey_app.extensions import db
from survey_app.files.release_files import write_files
from survey_app.services import released, releasing
from survey_app.services.accounts import create_account
from survey_app.services.demonstration import Demonstration, load_demonstration

_ACCOUNTS = (
    ("leitung@example.org", Role.NETWORK_ADMIN),
    ("koordination@example.org", Role.COORDINATOR),
    ("auswertung@example.org", Role.VIEWER),
    ("betrieb@example.org", Role.SYSTEM_ADMIN),
)
_REPORT_DAY = "2017-04-30"


@click.command("demo")
@click.option("--reset", is_flag=True, help="Delete the demonstration's database first and start over.")
@with_appcontext
def demo(*, reset: bool) -> None:
    """Load the made-up demonstration network and print addresses, QR code and sign-in.

    What is there already stays, unless --reset is given. Writes demo.json into the instance folder.
    """
    instance = Path(current_app.instance_path)
    if reset:
        _delete_database(instance)
    instance.mkdir(exist_ok=True)
    ensure_secret_key(instance)
    flask_migrate.upgrade()
    loaded = load_demonstration(db.session(), now=datetime.now(UTC), report_progress=_print_progress)
    _ensure_release(loaded.network)
    accounts = _ensure_accounts(instance, loaded.network.id)
    description = _describe(loaded, accounts)
    _write_privately(instance / "demo.json", json.dumps(description, ensure_ascii=False, indent=1) + "\n")
    _print_welcome(description)


def _delete_database(instance: Path) -> None:
    """Delete the SQLite file of the demonstration.

    Raises:
        click.UsageError: for any other database, which nobody wants deleted by a demonstration.
    """
    url = db.engine.url
    if url.get_backend_name() != "sqlite" or Path(url.database or "").parent != instance:
        raise click.UsageError("only the demonstration's own SQLite file in the instance folder can be reset")
    db.engine.dispose()
    for path in (*instance.glob(f"{Path(url.database or '').name}*"), instance / "demo.json"):
        path.unlink(missing_ok=True)
    shutil.rmtree(instance / "outbox", ignore_errors=True)


def ensure_secret_key(instance: Path) -> None:
    """Give this machine a secret key of its own, once, in a file only its user can read."""
    path = instance / "config.toml"
    if not path.exists():
        _write_privately(
            path, f'# Settings of this machine; see survey_app/config.py\nsecret_key = "{secrets.token_urlsafe(48)}"\n'
        )


def _write_privately(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _ensure_release(network: Network) -> None:
    """Release the report on the past meetings to the public, once, so that viewers have something to read."""
    if released.list_releases(db.session(), network):
        return
    given = {"cut_off": date.fromisoformat(_REPORT_DAY), "tier": str(Tier.PUBLIC)}
    draft = releasing.draft_release(db.session(), network, **given)
    releasing.release_report(
        db.session(),
        network,
        **given,
        seen=draft.fingerprint,
        released_by=_ACCOUNTS[0][0],
        now=datetime.now(UTC),
        write_files=write_files,
        reason="Beispiel für den Ausschuss",
    )


def _print_progress(done: int, steps: int, what: str) -> None:
    click.echo(f"  [{done:2}/{steps}] {what}")


def _ensure_accounts(instance: Path, network_id: int) -> list[dict[str, str]]:
    """Create the accounts with passwords of this machine, or return those that demo.json remembers."""
    path = instance / "demo.json"
    known = {entry["email"]: entry for entry in json.loads(path.read_text())["accounts"]} if path.is_file() else {}
    for email, role in _ACCOUNTS:
        password = secrets.token_urlsafe(12)
        try:
            create_account(
                db.session(),
                email=email,
                password=password,
                hash_password=hash_password,
                network_id=None if role is Role.SYSTEM_ADMIN else network_id,
                role=role,
            )
        except NameTaken:
            continue
        known[email] = {"email": email, "password": password, "role": str(role)}
    return [known[email] for email, _role in _ACCOUNTS if email in known]


def _describe(loaded: Demonstration, accounts: list[dict[str, str]]) -> dict[str, Any]:
    settings: Settings = current_app.config["SETTINGS"]
    base = settings.base_url.rstrip("/")
    slug, code = loaded.network.slug, loaded.opened.code
    return {
        "base_url": base,
        "network": slug,
        "open_collector": {"code": code, "url": f"{base}/q/{code}", "languages": list(loaded.opened.languages)},
        "past_collectors": [{"code": collector.code, "meeting": meeting} for collector, meeting in loaded.past],
        "accounts": accounts,
        "report_url": f"{base}/n/{slug}/reports/?cut_off={_REPORT_DAY}",
    }


def _print_welcome(description: dict[str, Any]) -> None:
    code = qrcode.QRCode(border=2)
    code.add_data(description["open_collector"]["url"])
    code.print_ascii(invert=True)
    click.echo(f"Questionnaire open now (made up):  {description['open_collector']['url']}")
    click.echo(f"Report (made up):                  {description['report_url']}")
    click.echo(f"Sign in:                           {description['base_url']}/login")
    for account in description["accounts"]:
        click.echo(f"  {account['role']:<14} {account['email']:<26} {account['password']}")
