"""What tests of the shared pages share: people with a password, and the mails they get."""

from collections.abc import Callable
from pathlib import Path

import pytest
from factories import PASSWORD
from flask import Flask
from flask_security import hash_password
from sqlalchemy.orm import Session

from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.services import accounts

from .visiting import EMAIL


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
