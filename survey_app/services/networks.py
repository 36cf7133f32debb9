"""Which networks there are and who belongs to them."""

from sqlalchemy.orm import Session

from survey_app.domain.network import Network
from survey_app.storage import accounts, networks


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
