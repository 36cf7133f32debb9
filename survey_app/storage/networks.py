"""Networks and their settings."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from survey_app.domain.errors import ConflictingRevision, UnknownNetwork
from survey_app.domain.network import Minimums, Network, is_slug
from survey_app.storage.tables import NetworkRow


def load_network(session: Session, slug: str) -> Network:
    """Return the network with this slug.

    Raises:
        UnknownNetwork: if there is none.
    """
    # What cannot be a slug is not asked for: some of it (NUL) a database would choke on.
    row = session.scalars(select(NetworkRow).where(NetworkRow.slug == slug)).one_or_none() if is_slug(slug) else None
    if row is None:
        raise UnknownNetwork(slug)
    return _to_network(row)


def load_network_by_id(session: Session, network_id: int) -> Network:
    """Return the network with this id.

    Raises:
        UnknownNetwork: if there is none.
    """
    row = session.get(NetworkRow, network_id)
    if row is None:
        raise UnknownNetwork(str(network_id))
    return _to_network(row)


def list_networks(session: Session) -> list[Network]:
    """Return every network by name."""
    return [_to_network(row) for row in session.scalars(select(NetworkRow).order_by(NetworkRow.name))]


def add_network(session: Session, network: Network) -> Network:
    """Write a new network; its id is given by the database."""
    row = NetworkRow(slug=network.slug, **_columns(network))
    session.add(row)
    session.flush()
    return _to_network(row)


def change_network(session: Session, network: Network) -> None:
    """Write the settings of a network if nobody else saved since `network.revision`.

    Raises:
        ConflictingRevision: with the stored settings.
    """
    statement = (
        update(NetworkRow)
        .where(NetworkRow.id == network.id, NetworkRow.revision == network.revision)
        .values(**_columns(network), revision=network.revision + 1)
    )
    if session.execute(statement).rowcount == 0:  # type: ignore[attr-defined]
        session.expire_all()
        raise ConflictingRevision(load_network_by_id(session, network.id))


def _columns(network: Network) -> dict[str, object]:
    return {
        "name": network.name,
        "default_language": network.default_language,
        "imprint": dict(network.imprint),
        "privacy": dict(network.privacy),
        "contact_email": network.contact_email,
        "minimum_internal": network.minimums.internal,
        "minimum_public": network.minimums.public,
        "minimum_sensitive": network.minimums.sensitive,
        "retention_months": network.retention_months,
        "colour": network.colour,
        "is_synthetic": network.is_synthetic,
    }


def _to_network(row: NetworkRow) -> Network:
    return Network(
        id=row.id,
        slug=row.slug,
        name=row.name,
        default_language=row.default_language,
        imprint=row.imprint,
        privacy=row.privacy,
        contact_email=row.contact_email,
        minimums=Minimums(row.minimum_internal, row.minimum_public, row.minimum_sensitive),
        retention_months=row.retention_months,
        colour=row.colour,
        is_synthetic=row.is_synthetic,
        revision=row.revision,
    )
