"""Networks, accounts and due work from the shell: what was done is said, what is wrong ends with 2 and one line."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import Result
from factories import make_collector, make_meeting
from flask import Flask
from sqlalchemy.orm import Session

from survey_app.domain.collector import CollectorState
from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.services.accounts import find_role
from survey_app.services.collecting import enter
from survey_app.services.networks import load_network
from survey_app.storage.accounts import find_account

PASSWORD = ["--password", "a-long-password-for-tests"]


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


def test_network_has_an_administrator_when_created(app: Flask, session: Session) -> None:
    done = run(app, "networks", "create", "rostock", "--name", "Bildung Rostock", "--admin", "a@example.org", *PASSWORD)
    assert (done.exit_code, done.output) == (0, "created network rostock with administrator a@example.org\n")
    network, account = load_network(session, "rostock"), find_account(session, "a@example.org")
    assert find_role(session, account_id=account.id, is_system_admin=False, network=network) is Role.NETWORK_ADMIN


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["networks", "create", "Rostock!", "--name", "x", "--admin", "a@example.org", *PASSWORD], "slug: "),
        (
            ["networks", "create", "freiburg", "--name", "x", "--admin", "a@example.org", *PASSWORD],
            "freiburg: a network",
        ),
        (["networks", "create", "rostock", "--name", "x", "--admin", "nobody", *PASSWORD], "nobody: "),
        (["accounts", "create", "b@example.org", *PASSWORD], "a role needs its network"),
        (["accounts", "create", "b@example.org", "--network", "nowhere", *PASSWORD], "nowhere: no such network"),
        (["accounts", "create", "b@example.org", "--network", "freiburg", "--role", "king", *PASSWORD], "king"),
    ],
)
def test_wrong_input_is_refused_in_one_line(app: Flask, network: Network, arguments: list[str], complaint: str) -> None:
    refused = run(app, *arguments)
    assert refused.exit_code == 2
    assert complaint in refused.output.splitlines()[-1]


def test_known_person_administers_a_second_network_when_it_is_created(app: Flask, session: Session) -> None:
    for slug in ("rostock", "freiberg"):
        done = run(app, "networks", "create", slug, "--name", slug, "--admin", "a@example.org", *PASSWORD)
        assert done.exit_code == 0, done.output
    account = find_account(session, "a@example.org")
    network = load_network(session, "freiberg")
    assert find_role(session, account_id=account.id, is_system_admin=False, network=network) is Role.NETWORK_ADMIN


def test_second_account_of_an_address_is_refused(app: Flask, network: Network) -> None:
    arguments = ["accounts", "create", "b@example.org", "--network", "freiburg", "--role", "viewer", *PASSWORD]
    assert run(app, *arguments).exit_code == 0
    refused = run(app, *arguments)
    assert (refused.exit_code, refused.output) == (2, "Error: b@example.org: has an account already\n")


def test_due_work_is_done_once_when_it_is_due(app: Flask, session: Session, network: Network) -> None:
    now = datetime.now(UTC)
    begun = now - timedelta(days=800)
    meeting = make_meeting(session, network, date=begun.date())
    collector = make_collector(session, network, now=begun, meeting_id=meeting, closes_at=begun + timedelta(days=3))
    session.rollback()
    for command, state in (
        (["collectors", "close-due"], CollectorState.CLOSED),
        (["collectors", "seal-due"], CollectorState.SEALED),
        (["responses", "erase-due"], CollectorState.ERASED),
    ):
        done = run(app, *command)
        assert (done.exit_code, done.output.split(": ")[-1].strip()) == (0, collector.code)
        session.rollback()
        assert enter(session, collector.code).collector.state is state
        session.rollback()
        assert run(app, *command).output.split()[-1] == "0"
