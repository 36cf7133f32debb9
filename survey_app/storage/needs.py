"""Needs and offers: what the network recognised, and what exists or was made for it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from survey_app.domain.book import Need, Offer
from survey_app.domain.errors import ConflictingRevision, UnknownNeed, UnknownOffer
from survey_app.storage.many_changes import Change, change_rows
from survey_app.storage.tables import MeetingRow, NeedRow, OfferRow

# An id of ten digits may not fit into an integer column.
_LONGEST_KEY = 10


@dataclass(frozen=True, slots=True)
class StoredNeed:
    """A need with its place in the database."""

    id: int
    need: Need
    revision: int


@dataclass(frozen=True, slots=True)
class StoredOffer:
    """An offer with its place in the database."""

    id: int
    offer: Offer
    revision: int


def list_needs(session: Session, *, network_id: int) -> list[StoredNeed]:
    """Return the needs of the network, oldest first."""
    rows = session.scalars(
        select(NeedRow).where(NeedRow.network_id == network_id).order_by(NeedRow.recognised_on.nulls_last(), NeedRow.id)
    )
    return [_to_need(row) for row in rows]


def load_need(session: Session, need_id: int, *, network_id: int) -> StoredNeed:
    """Return a need of this network.

    Raises:
        UnknownNeed: if the network has no such need.
    """
    row = session.scalars(select(NeedRow).where(NeedRow.network_id == network_id, NeedRow.id == need_id)).one_or_none()
    if row is None:
        raise UnknownNeed(str(need_id))
    return _to_need(row)


def add_need(session: Session, need: Need, *, network_id: int) -> int:
    """Write a new need and return its id; `need.id` is not used, nor a meeting or offer of another network."""
    row = NeedRow(network_id=network_id, **_need_columns(session, need, network_id=network_id))
    session.add(row)
    session.flush()
    return row.id


def add_needs(session: Session, needs: Iterable[Need], *, network_id: int) -> None:
    """Write many new needs in one step, as `add_need` writes one."""
    own = _load_own_keys(session, network_id=network_id)
    session.add_all(
        NeedRow(network_id=network_id, **_need_columns(session, need, network_id=network_id, own=own)) for need in needs
    )
    session.flush()


def change_need(session: Session, stored: StoredNeed, *, network_id: int) -> None:
    """Write a need if nobody else saved since `stored.revision`.

    Raises:
        UnknownNeed: if the network has no such need.
        ConflictingRevision: with the need as it stands.
    """
    statement = (
        update(NeedRow)
        .where(NeedRow.network_id == network_id, NeedRow.id == stored.id, NeedRow.revision == stored.revision)
        .values(**_need_columns(session, stored.need, network_id=network_id), revision=stored.revision + 1)
    )
    if session.execute(statement).rowcount == 0:  # type: ignore[attr-defined]
        session.expire_all()
        raise ConflictingRevision(load_need(session, stored.id, network_id=network_id))


def change_needs(session: Session, changed: Iterable[StoredNeed], *, network_id: int) -> None:
    """Write many needs in one step.

    Raises:
        ConflictingRevision: if somebody else saved or removed one of them since its revision.
    """
    own = _load_own_keys(session, network_id=network_id)
    changes = [
        Change(one.id, one.revision, _need_columns(session, one.need, network_id=network_id, own=own))
        for one in changed
    ]
    change_rows(session, NeedRow, changes, network_id=network_id)


def delete_need(session: Session, need_id: int, *, network_id: int) -> None:
    """Remove a need that was entered by mistake."""
    session.execute(delete(NeedRow).where(NeedRow.network_id == network_id, NeedRow.id == need_id))


def list_offers(session: Session, *, network_id: int) -> list[StoredOffer]:
    """Return the offers of the network, oldest first."""
    rows = session.scalars(
        select(OfferRow)
        .where(OfferRow.network_id == network_id)
        .order_by(OfferRow.started_on.nulls_last(), OfferRow.id)
    )
    return [_to_offer(row) for row in rows]


def load_offer(session: Session, offer_id: int, *, network_id: int) -> StoredOffer:
    """Return an offer of this network.

    Raises:
        UnknownOffer: if the network has no such offer.
    """
    row = session.scalars(
        select(OfferRow).where(OfferRow.network_id == network_id, OfferRow.id == offer_id)
    ).one_or_none()
    if row is None:
        raise UnknownOffer(str(offer_id))
    return _to_offer(row)


def add_offer(session: Session, offer: Offer, *, network_id: int) -> int:
    """Write a new offer and return its id; `offer.id` is not used."""
    row = OfferRow(network_id=network_id, **_offer_columns(offer))
    session.add(row)
    session.flush()
    return row.id


def add_offers(session: Session, offers: Iterable[Offer], *, network_id: int) -> None:
    """Write many new offers in one step, as `add_offer` writes one."""
    session.add_all(OfferRow(network_id=network_id, **_offer_columns(offer)) for offer in offers)
    session.flush()


def change_offer(session: Session, stored: StoredOffer, *, network_id: int) -> None:
    """Write an offer if nobody else saved since `stored.revision`.

    Raises:
        UnknownOffer: if the network has no such offer.
        ConflictingRevision: with the offer as it stands.
    """
    statement = (
        update(OfferRow)
        .where(OfferRow.network_id == network_id, OfferRow.id == stored.id, OfferRow.revision == stored.revision)
        .values(**_offer_columns(stored.offer), revision=stored.revision + 1)
    )
    if session.execute(statement).rowcount == 0:  # type: ignore[attr-defined]
        session.expire_all()
        raise ConflictingRevision(load_offer(session, stored.id, network_id=network_id))


def change_offers(session: Session, changed: Iterable[StoredOffer], *, network_id: int) -> None:
    """Write many offers in one step.

    Raises:
        ConflictingRevision: if somebody else saved or removed one of them since its revision.
    """
    changes = [Change(one.id, one.revision, _offer_columns(one.offer)) for one in changed]
    change_rows(session, OfferRow, changes, network_id=network_id)


def delete_offer(session: Session, offer_id: int, *, network_id: int) -> None:
    """Remove an offer that was entered by mistake; needs that named it forget it."""
    session.execute(delete(OfferRow).where(OfferRow.network_id == network_id, OfferRow.id == offer_id))


@dataclass(frozen=True, slots=True)
class _OwnKeys:
    """Keys of what a need may refer to: the meetings and offers of its own network."""

    meetings: frozenset[int]
    offers: frozenset[int]


def _load_own_keys(session: Session, *, network_id: int) -> _OwnKeys:
    """Return the keys of all meetings and offers of the network, for writing many needs."""
    meetings = session.scalars(select(MeetingRow.id).where(MeetingRow.network_id == network_id))
    offers = session.scalars(select(OfferRow.id).where(OfferRow.network_id == network_id))
    return _OwnKeys(frozenset(meetings), frozenset(offers))


def _need_columns(session: Session, need: Need, *, network_id: int, own: _OwnKeys | None = None) -> Mapping[str, Any]:
    """Return the columns of a need; what it refers to is looked for in its own network only: a key alone is no wall."""
    columns = asdict(need)
    del columns["id"]
    meeting, offer = columns.pop("meeting"), columns.pop("offer")
    return {
        **columns,
        "meeting_id": _find_own(session, MeetingRow, meeting, network_id, own.meetings if own else None),
        "offer_id": _find_own(session, OfferRow, offer, network_id, own.offers if own else None),
    }


def _find_own(
    session: Session,
    table: type[MeetingRow] | type[OfferRow],
    key: str | None,
    network_id: int,
    own: frozenset[int] | None,
) -> int | None:
    if key is None or not (key.isascii() and key.isdecimal() and len(key) < _LONGEST_KEY):
        return None
    if own is not None:
        return int(key) if int(key) in own else None
    found: int | None = session.scalar(select(table.id).where(table.network_id == network_id, table.id == int(key)))
    return found


def _offer_columns(offer: Offer) -> Mapping[str, Any]:
    columns = asdict(offer)
    del columns["id"]
    columns["languages"] = None if offer.languages is None else list(offer.languages)
    return columns


def _to_need(row: NeedRow) -> StoredNeed:
    need = Need(
        id=str(row.id),
        title=row.title,
        recognised_on=row.recognised_on,
        meeting=None if row.meeting_id is None else str(row.meeting_id),
        field=row.field,
        status=row.status,
        offer=None if row.offer_id is None else str(row.offer_id),
        decided_on=row.decided_on,
    )
    return StoredNeed(row.id, need, row.revision)


def _to_offer(row: OfferRow) -> StoredOffer:
    offer = Offer(
        id=str(row.id),
        title=row.title,
        started_on=row.started_on,
        field=row.field,
        places=row.places,
        participants=row.participants,
        languages=None if row.languages is None else tuple(row.languages),
    )
    return StoredOffer(row.id, offer, row.revision)
