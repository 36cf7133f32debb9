"""Accounts, memberships and failed sign-ins."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.storage.account_tables import AccountRow, MembershipRow, RoleRow, SignInAttemptRow
from survey_app.storage.networks import list_networks


@dataclass(frozen=True, slots=True)
class Member:
    """An account with its role in one network."""

    account_id: int
    email: str
    role: Role
    is_active: bool


def find_account(session: Session, email: str) -> AccountRow | None:
    """Return the account with this address, or None."""
    return session.scalars(select(AccountRow).where(AccountRow.email == email)).one_or_none()


def add_account(session: Session, *, email: str, password_hash: str | None, uniquifier: str) -> int:
    """Write a new account and return its id."""
    row = AccountRow(email=email, password=password_hash, active=True, fs_uniquifier=uniquifier)
    session.add(row)
    session.flush()
    return row.id


def grant_system_role(session: Session, account_id: int) -> None:
    """Make the account a system administrator, once."""
    role = session.scalars(select(RoleRow).where(RoleRow.name == Role.SYSTEM_ADMIN)).one_or_none()
    if role is None:
        role = RoleRow(name=str(Role.SYSTEM_ADMIN), description="")
        session.add(role)
    account = session.get_one(AccountRow, account_id)
    if role not in account.roles:
        account.roles.append(role)
    session.flush()


def set_membership(session: Session, *, account_id: int, network_id: int, role: Role) -> None:
    """Give the account this role in the network, replacing an earlier one."""
    session.merge(MembershipRow(account_id=account_id, network_id=network_id, role=str(role)))
    session.flush()


def find_role(session: Session, *, account_id: int, network_id: int) -> Role | None:
    """Return the account's role in the network, or None."""
    statement = select(MembershipRow.role).where(
        MembershipRow.account_id == account_id, MembershipRow.network_id == network_id
    )
    found = session.scalar(statement)
    return None if found is None else Role(found)


def list_networks_of(session: Session, account_id: int) -> list[Network]:
    """Return the networks the account is a member of, by name."""
    mine = set(session.scalars(select(MembershipRow.network_id).where(MembershipRow.account_id == account_id)))
    return [network for network in list_networks(session) if network.id in mine]


def list_members(session: Session, *, network_id: int) -> list[Member]:
    """Return the members of the network by address."""
    statement = (
        select(AccountRow.id, AccountRow.email, MembershipRow.role, AccountRow.active)
        .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
        .where(MembershipRow.network_id == network_id)
        .order_by(AccountRow.email)
    )
    return [Member(identity, email, Role(role), active) for identity, email, role, active in session.execute(statement)]


def count_failures(session: Session, account_hash: str, window: int) -> int:
    """Return the failed sign-ins of an account name in a window of time."""
    statement = select(SignInAttemptRow.failure_count).where(
        SignInAttemptRow.account_hash == account_hash, SignInAttemptRow.window == window
    )
    return session.scalar(statement) or 0


def add_failure(session: Session, account_hash: str, window: int) -> None:
    """Count one failed sign-in and forget those of earlier windows."""
    session.execute(delete(SignInAttemptRow).where(SignInAttemptRow.window < window))
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(SignInAttemptRow).values(account_hash=account_hash, window=window, failure_count=1)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["account_hash", "window"],
            set_={"failure_count": SignInAttemptRow.failure_count + 1},
        )
    )
