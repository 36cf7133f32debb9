"""Accounts, memberships and failed sign-ins."""

import pytest
from factories import make_account, make_network
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.storage import accounts
from survey_app.storage.account_tables import AccountRow, RoleRow, SignInAttemptRow
from survey_app.storage.engine import writing

pytestmark = pytest.mark.both_databases


def add(session: Session, email: str) -> int:
    with writing(session):
        return accounts.add_account(session, email=email, password_hash="!", uniquifier=f"unique {email}")


def test_account_is_found_by_its_address_when_stored(session: Session) -> None:
    identity = add(session, "a@example.org")
    session.rollback()
    account = accounts.find_account(session, "a@example.org")
    assert account is not None
    assert (account.id, account.active, account.password, account.roles) == (identity, True, "!", [])
    assert accounts.find_account(session, "b@example.org") is None
    with pytest.raises(IntegrityError):
        add(session, "a@example.org")


def test_membership_has_the_last_role_when_given_twice(session: Session, network: Network) -> None:
    identity = add(session, "a@example.org")
    for role in (Role.VIEWER, Role.NETWORK_ADMIN):
        with writing(session):
            accounts.set_membership(session, account_id=identity, network_id=network.id, role=role)
    session.rollback()
    assert accounts.find_role(session, account_id=identity, network_id=network.id) is Role.NETWORK_ADMIN
    assert accounts.find_role(session, account_id=identity, network_id=network.id + 1) is None
    assert accounts.find_role(session, account_id=identity + 1, network_id=network.id) is None


def test_members_and_networks_stay_apart_when_listed(session: Session, network: Network) -> None:
    other = make_network(session, "other")
    both = make_account(session, network, Role.VIEWER, "z@example.org")
    make_account(session, network, Role.COORDINATOR, "a@example.org")
    with writing(session):
        accounts.set_membership(session, account_id=both, network_id=other.id, role=Role.NETWORK_ADMIN)
    mine = accounts.list_members(session, network_id=network.id)
    assert [(member.email, member.role) for member in mine] == [
        ("a@example.org", "coordinator"),
        ("z@example.org", "viewer"),
    ]
    theirs = accounts.list_members(session, network_id=other.id)
    assert theirs == [accounts.Member(both, "z@example.org", Role.NETWORK_ADMIN, True)]
    assert accounts.list_networks_of(session, both) == [network, other]
    assert accounts.list_networks_of(session, both + 99) == []


def test_system_role_is_granted_once_when_granted_twice(session: Session) -> None:
    identity = add(session, "root@example.org")
    for _ in range(2):
        with writing(session):
            accounts.grant_system_role(session, identity)
    account = session.get_one(AccountRow, identity)
    assert [role.name for role in account.roles] == ["system_admin"]
    assert len(session.scalars(select(RoleRow)).all()) == 1


def test_memberships_go_with_the_account_when_it_is_deleted(session: Session, network: Network) -> None:
    identity = make_account(session, network)
    with writing(session):
        accounts.grant_system_role(session, identity)
        session.delete(session.get_one(AccountRow, identity))
    assert accounts.list_members(session, network_id=network.id) == []


def test_failures_count_per_name_and_window_when_added(session: Session) -> None:
    with writing(session):
        for _ in range(3):
            accounts.add_failure(session, "a", 10)
        accounts.add_failure(session, "b", 10)
    assert [accounts.count_failures(session, name, 10) for name in ("a", "b", "c")] == [3, 1, 0]
    with writing(session):
        accounts.add_failure(session, "c", 11)
    assert [accounts.count_failures(session, name, 10) for name in ("a", "b")] == [0, 0]
    assert len(session.scalars(select(SignInAttemptRow)).all()) == 1
