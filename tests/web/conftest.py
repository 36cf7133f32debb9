"""What tests of the shared pages share: people with a password, and the mails they get."""

from collections.abc import Callable
from pathlib import Path

import pytest
from databases import SECRET
from factories import PASSWORD
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy.orm import Session

from survey_app import create_app
from survey_app.config import Settings
from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.services import accounts

from .visiting import EMAIL


@pytest.fixture(scope="module")
def bare_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return an application for what needs no database."""
    settings = Settings(secret_key=SECRET, database_url="sqlite://")
    return create_app(settings, instance_path=str(tmp_path_factory.mktemp("instance")))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser whose reader wants English, the language of the message ids."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture(autouse=True)
def cheap_hashing(request: pytest.FixtureRequest) -> None:
    """Make hashing cheap: real costs are for attackers."""
    if "app" in request.fixturenames:
        context = request.getfixturevalue("app").extensions["security"].pwd_context
        context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)


@pytest.fixture
def add_person(app: Flask, session: Session) -> Callable[..., int]:
    """Return a function that creates an account with the usual password."""

    def make(network: Network | None = None, role: Role = Role.COORDINATOR, email: str = EMAIL) -> int:
        with app.test_request_context():
            return accounts.create_account(
                session,
                email=email,
                password=PASSWORD,
                hash_password=hash_password,
                network_id=network.id if network else None,
                role=role,
            )

    return make


@pytest.fixture
def outbox(app: Flask) -> Path:
    return Path(app.instance_path) / "outbox"
