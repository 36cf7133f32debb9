"""Behind the login: accounts, memberships, and slowing down those who guess passwords."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.errors import InvalidRecord, NameTaken
from survey_app.domain.membership import Right, Role, has_right
from survey_app.domain.network import Network, check_network, check_slug
from survey_app.storage import accounts
from survey_app.storage.engine import writing
from survey_app.storage.networks import add_network

WINDOW_SECONDS = 600
ATTEMPTS_PER_WINDOW = 20


def create_network(session: Session, network: Network) -> Network:
    """Create a network and return it with its id.

    Raises:
        InvalidRecord: if its slug or settings break a rule.
        NameTaken: if another network has the slug.
    """
    problems = check_slug(network.slug) + check_network(network)
    if problems:
        raise InvalidRecord(problems)
    try:
        with writing(session):
            return add_network(session, network)
    except IntegrityError as error:
        raise NameTaken(network.slug) from error


def create_account(
    session: Session,
    *,
    email: str,
    password: str,
    hash_password: Callable[[str], str],
    network_id: int | None = None,
    role: Role = Role.VIEWER,
) -> int:
    """Create an account, in a network or (with role system_admin) for the installation, and return its id.

    The address is kept in lower case, as people type it in any.

    Raises:
        NameTaken: if the address has an account.
    """
    hashed = hash_password(password)
    with writing(session):
        try:
            account_id = accounts.add_account(
                session, email=email.strip().lower(), password_hash=hashed, uniquifier=secrets.token_urlsafe(32)
            )
        except IntegrityError as error:
            raise NameTaken(email) from error
        if role is Role.SYSTEM_ADMIN:
            accounts.grant_system_role(session, account_id)
        elif network_id is not None:
            accounts.set_membership(session, account_id=account_id, network_id=network_id, role=role)
        return account_id


def add_member(session: Session, *, email: str, network_id: int, role: Role) -> bool:
    """Give somebody who has an account a role in a network; tell whether there is such an account."""
    with writing(session):
        account = accounts.find_account(session, email)
        if account is None:
            return False
        accounts.set_membership(session, account_id=account.id, network_id=network_id, role=role)
        return True


def find_role(session: Session, *, account_id: int, is_system_admin: bool, network: Network) -> Role | None:
    """Return the role in which the account acts in the network, or None if it has no business there."""
    own = accounts.find_role(session, account_id=account_id, network_id=network.id)
    if own is not None:
        return own
    return Role.SYSTEM_ADMIN if is_system_admin else None


def is_allowed(role: Role | None, right: Right) -> bool:
    """Tell whether somebody in this role (None: nobody) has the right."""
    return role is not None and has_right(role, right)


def is_slowed(session: Session, email: str, *, now: datetime) -> bool:
    """Tell whether too many sign-ins failed for this name, existing or not, in the present ten minutes."""
    failures = accounts.count_failures(session, _hash(email), _window(now))
    return failures >= ATTEMPTS_PER_WINDOW


def record_failure(session: Session, email: str, *, now: datetime) -> None:
    """Count a failed sign-in."""
    with writing(session):
        accounts.add_failure(session, _hash(email), _window(now))


def _window(now: datetime) -> int:
    return int(now.timestamp()) // WINDOW_SECONDS


def _hash(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()
