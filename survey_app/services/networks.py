"""Which networks there are and who belongs to them."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.announcement import Logo
from survey_app.domain.errors import ConflictingRevision
from survey_app.domain.network import Network
from survey_app.storage import accounts, logos, networks
from survey_app.storage.engine import writing


def load_network(session: Session, slug: str) -> Network:
    """Return the network with this slug.

    Raises:
        UnknownNetwork: if there is none.
    """
    return networks.load_network(session, slug)


def list_networks(session: Session) -> list[Network]:
    """Return every network by name."""
    return networks.list_networks(session)


def list_own_networks(session: Session, *, account_id: int, is_system_admin: bool) -> list[Network]:
    """Return the networks that somebody who signed in may enter, by name."""
    return networks.list_networks(session) if is_system_admin else accounts.list_networks_of(session, account_id)


def find_logo(session: Session, *, network_id: int) -> Logo | None:
    """Return the logo of a network, or None."""
    return logos.find_logo(session, network_id=network_id)


def change_logo(session: Session, logo: Logo, *, network_id: int) -> None:
    """Save the logo of a network; its revision is that of the one somebody saw, 0 for none.

    Raises:
        ConflictingRevision: if somebody else saved or removed it in the meantime, with what is there now.
    """
    try:
        with writing(session):
            logos.put_logo(session, logo, network_id=network_id)
    except IntegrityError as error:
        raise ConflictingRevision(logos.find_logo(session, network_id=network_id)) from error


def remove_logo(session: Session, *, network_id: int, revision: int) -> None:
    """Remove the logo of a network.

    Raises:
        ConflictingRevision: if somebody else saved or removed it in the meantime, with what is there now.
    """
    with writing(session):
        logos.delete_logo(session, network_id=network_id, revision=revision)
