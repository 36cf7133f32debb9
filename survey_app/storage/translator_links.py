"""Links by which people without an account translate one language of a draft; only the hash of each secret is kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from survey_app.storage.tables import TranslatorLinkRow


@dataclass(frozen=True, slots=True)
class TranslatorLink:
    """A link as it was given out.

    Attributes:
        revoked_at: when it was taken back; None if it was not.
    """

    id: int
    network_id: int
    version_id: int
    language: str
    expires_at: datetime
    revoked_at: datetime | None = None

    def works(self, now: datetime) -> bool:
        """Tell whether it opens anything at a moment."""
        return self.revoked_at is None and now < self.expires_at


def add_link(session: Session, link: TranslatorLink, *, token_hash: bytes) -> None:
    """Write a new link; its id is given by the database."""
    values = {
        "network_id": link.network_id,
        "version_id": link.version_id,
        "language": link.language,
        "token_hash": token_hash,
        "expires_at": link.expires_at,
    }
    session.execute(insert(TranslatorLinkRow).values(values))


def find_link(session: Session, token_hash: bytes) -> TranslatorLink | None:
    """Return the link with this secret, or None; the secret itself says to which network it belongs."""
    row = session.scalars(select(TranslatorLinkRow).where(TranslatorLinkRow.token_hash == token_hash)).one_or_none()
    return None if row is None else _to_link(row)


def list_links(session: Session, version_id: int, *, network_id: int) -> list[TranslatorLink]:
    """Return the links of a draft that were not revoked, the one that ends first at the beginning."""
    rows = session.scalars(
        select(TranslatorLinkRow)
        .where(
            TranslatorLinkRow.network_id == network_id,
            TranslatorLinkRow.version_id == version_id,
            TranslatorLinkRow.revoked_at.is_(None),
        )
        .order_by(TranslatorLinkRow.expires_at, TranslatorLinkRow.id)
    )
    return [_to_link(row) for row in rows]


def revoke_link(session: Session, link_id: int, *, version_id: int, network_id: int, now: datetime) -> bool:
    """Take a link of a draft back; tell whether there was one."""
    statement = (
        update(TranslatorLinkRow)
        .where(
            TranslatorLinkRow.network_id == network_id,
            TranslatorLinkRow.version_id == version_id,
            TranslatorLinkRow.id == link_id,
        )
        .values(revoked_at=now)
    )
    return bool(session.execute(statement).rowcount)  # type: ignore[attr-defined]


def delete_ended_links(session: Session, version_id: int, *, network_id: int, now: datetime) -> None:
    """Remove the links of a draft that open nothing any more."""
    session.execute(
        delete(TranslatorLinkRow).where(
            TranslatorLinkRow.network_id == network_id,
            TranslatorLinkRow.version_id == version_id,
            (TranslatorLinkRow.expires_at <= now) | TranslatorLinkRow.revoked_at.is_not(None),
        )
    )


def _to_link(row: TranslatorLinkRow) -> TranslatorLink:
    return TranslatorLink(row.id, row.network_id, row.version_id, row.language, row.expires_at, row.revoked_at)
