"""The logos of networks; apart from their settings, which every request reads."""

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from survey_app.domain.announcement import Logo
from survey_app.domain.errors import ConflictingRevision
from survey_app.storage.tables import NetworkLogoRow


def find_logo(session: Session, *, network_id: int) -> Logo | None:
    """Return the logo of a network, or None."""
    row = session.scalars(select(NetworkLogoRow).where(NetworkLogoRow.network_id == network_id)).one_or_none()
    return Logo(row.content, row.width, row.height, row.alternative, row.revision) if row else None


def put_logo(session: Session, logo: Logo, *, network_id: int) -> None:
    """Write a logo if nobody else did since `logo.revision`, which is 0 if there was none.

    Raises:
        ConflictingRevision: with the stored one, or None.
    """
    values = {
        "content": logo.content,
        "width": logo.width,
        "height": logo.height,
        "alternative": logo.alternative,
        "revision": logo.revision + 1,
    }
    stored = find_logo(session, network_id=network_id)
    if (stored.revision if stored else 0) != logo.revision:
        raise ConflictingRevision(stored)
    if stored is None:
        session.execute(insert(NetworkLogoRow).values(network_id=network_id, **values))
        return
    _ensure_one(
        session,
        update(NetworkLogoRow)
        .where(NetworkLogoRow.network_id == network_id, NetworkLogoRow.revision == logo.revision)
        .values(**values),
        network_id,
    )


def delete_logo(session: Session, *, network_id: int, revision: int) -> None:
    """Remove a logo if nobody changed it since.

    Raises:
        ConflictingRevision: with the stored one, or None.
    """
    _ensure_one(
        session,
        delete(NetworkLogoRow).where(NetworkLogoRow.network_id == network_id, NetworkLogoRow.revision == revision),
        network_id,
    )


def _ensure_one(session: Session, statement: object, network_id: int) -> None:
    result = session.execute(statement)  # type: ignore[call-overload]  # updates and deletions have no type in common
    if result.rowcount == 0:
        session.expire_all()
        raise ConflictingRevision(find_logo(session, network_id=network_id))
