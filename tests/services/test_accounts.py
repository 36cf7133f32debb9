"""Networks, accounts, roles, and slowing down those who guess."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from factories import NOW, make_account, make_network
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.domain.errors import InvalidRecord, NameTaken, UnknownNetwork
from survey_app.domain.membership import Right, Role
from survey_app.domain.network import Minimums, Network
from survey_app.extensions import db
from survey_app.services import accounts, networks
from survey_app.storage.account_tables import AccountRow, SignInAttemptRow

pytestmark = pytest.mark.both_databases


def create(session: Session, email: str = "a@example.org", **values: Any) -> int:
    values.setdefault("password", "secret")
    return accounts.create_account(session, email=email, hash_password=lambda given: f"hash of {given}", **values)


def test_account_keeps_only_the_hash_when_created(session: Session, network: Network) -> None:
    identity = create(session, network_id=network.id, role=Role.NETWORK_ADMIN)
    account = session.get_one(AccountRow, identity)
    assert account.password == "hash of secret"
    assert len(account.fs_uniquifier) >= 32
    found = accounts.find_role(session, account_id=identity, is_system_admin=False, network=network)
    assert found is Role.NETWORK_ADMIN


def test_account_is_refused_when_the_address_has_one(session: Session) -> None:
    create(session)
    for email in ("a@example.org", "A@Example.ORG", " a@example.org "):
        with pytest.raises(NameTaken):
            create(session, email)
    assert session.scalars(select(AccountRow.email)).all() == ["a@example.org"]


def test_account_is_created_once_when_two_people_create_it(app: Flask, session: Session) -> None:
    engine, start = db.engine, Barrier(2)
    session.rollback()

    def press(_finger: int) -> bool:
        with Session(engine) as own:
            start.wait()
            try:
                create(own)
            except NameTaken:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == [False, True]


def test_own_role_comes_first_when_somebody_also_keeps_the_installation(session: Session, network: Network) -> None:
    admin = create(session, role=Role.SYSTEM_ADMIN)
    member = make_account(session, network, Role.VIEWER)

    def role(account_id: int, *, is_system_admin: bool) -> Role | None:
        return accounts.find_role(session, account_id=account_id, is_system_admin=is_system_admin, network=network)

    assert role(admin, is_system_admin=True) is Role.SYSTEM_ADMIN
    assert role(admin, is_system_admin=False) is None
    assert role(member, is_system_admin=True) is Role.VIEWER
    assert role(member, is_system_admin=False) is Role.VIEWER


def test_nobody_may_do_anything_when_without_a_role() -> None:
    assert not any(accounts.is_allowed(None, right) for right in Right)
    assert accounts.is_allowed(Role.VIEWER, Right.READ_REPORTS)
    assert not accounts.is_allowed(Role.VIEWER, Right.ORGANISE)


def test_networks_are_those_of_the_member_when_listed(session: Session, network: Network) -> None:
    other = make_network(session, "other")
    member = make_account(session, other)
    assert networks.list_own_networks(session, account_id=member, is_system_admin=False) == [other]
    assert networks.list_own_networks(session, account_id=member, is_system_admin=True) == [network, other]
    assert networks.list_networks(session) == [network, other]
    assert networks.load_network(session, "other") == other
    with pytest.raises(UnknownNetwork):
        networks.load_network(session, "absent")


def test_network_is_refused_when_its_slug_is_taken(session: Session, network: Network) -> None:
    with pytest.raises(NameTaken):
        make_network(session, network.slug)
    assert networks.list_networks(session) == [network]


WRONG: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"slug": "Freiburg Süd"}, ("malformed_code", "slug")),
    ({"slug": ""}, ("malformed_code", "slug")),
    ({"slug": "a/b"}, ("malformed_code", "slug")),
    ({"slug": "a" * 64}, ("malformed_code", "slug")),
    ({"slug": "x", "name": ""}, ("required", "name")),
    ({"slug": "x", "minimums": Minimums(1, 10, 20)}, ("minimum_too_small", "minimum_internal")),
]


def test_network_is_refused_when_it_breaks_a_rule(session: Session) -> None:
    for values, problem in WRONG:
        with pytest.raises(InvalidRecord) as caught:
            make_network(session, **values)
        assert [(one.code, one.place) for one in caught.value.problems] == [problem]
    assert networks.list_networks(session) == []


def test_guessing_is_slowed_for_the_name_until_the_window_ends(session: Session) -> None:
    begun = NOW.replace(minute=0)
    for attempt in range(accounts.ATTEMPTS_PER_WINDOW):
        assert not accounts.is_slowed(session, "a@example.org", now=begun), attempt
        accounts.record_failure(session, "A@Example.org " if attempt % 2 else "a@example.org", now=begun)
    assert accounts.is_slowed(session, "a@example.org", now=begun)
    assert not accounts.is_slowed(session, "b@example.org", now=begun)
    window = timedelta(seconds=accounts.WINDOW_SECONDS)
    assert accounts.is_slowed(session, "a@example.org", now=begun + window - timedelta(seconds=1))
    assert not accounts.is_slowed(session, "a@example.org", now=begun + window)


def test_no_address_is_kept_when_a_sign_in_fails(session: Session) -> None:
    accounts.record_failure(session, "secret@example.org", now=NOW)
    (row,) = session.scalars(select(SignInAttemptRow))
    assert "secret" not in row.account_hash
    assert len(row.account_hash) == 64
