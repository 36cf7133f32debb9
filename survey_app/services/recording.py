"""Behind the coordinators' door: the needs that a network recognised, and the offers that exist."""

from sqlalchemy.orm import Session

from survey_app.domain.book import Need, Offer
from survey_app.domain.book_checks import check_need, check_offer
from survey_app.domain.errors import InvalidRecord, Problem
from survey_app.storage import needs
from survey_app.storage.engine import writing

StoredNeed = needs.StoredNeed
StoredOffer = needs.StoredOffer


def list_needs(session: Session, *, network_id: int) -> list[StoredNeed]:
    """Return the needs of the network, oldest first."""
    return needs.list_needs(session, network_id=network_id)


def load_need(session: Session, need_id: int, *, network_id: int) -> StoredNeed:
    """Return a need of this network.

    Raises:
        UnknownNeed: if the network has no such need.
    """
    return needs.load_need(session, need_id, network_id=network_id)


def list_offers(session: Session, *, network_id: int) -> list[StoredOffer]:
    """Return the offers of the network, oldest first."""
    return needs.list_offers(session, network_id=network_id)


def load_offer(session: Session, offer_id: int, *, network_id: int) -> StoredOffer:
    """Return an offer of this network.

    Raises:
        UnknownOffer: if the network has no such offer.
    """
    return needs.load_offer(session, offer_id, network_id=network_id)


def add_need(session: Session, need: Need, *, network_id: int) -> int:
    """Record a need and return its id.

    Raises:
        InvalidRecord: if its dates contradict each other.
    """
    _ensure_sound(check_need(need))
    with writing(session):
        return needs.add_need(session, need, network_id=network_id)


def change_need(session: Session, stored: StoredNeed, *, network_id: int) -> None:
    """Save a need as it was edited.

    Raises:
        InvalidRecord: if its dates contradict each other.
        UnknownNeed: if the network has no such need.
        ConflictingRevision: if somebody else saved in the meantime.
    """
    _ensure_sound(check_need(stored.need))
    with writing(session):
        needs.change_need(session, stored, network_id=network_id)


def remove_need(session: Session, need_id: int, *, network_id: int) -> None:
    """Remove a need that was entered by mistake.

    Raises:
        UnknownNeed: if the network has no such need.
    """
    with writing(session):
        needs.load_need(session, need_id, network_id=network_id)
        needs.delete_need(session, need_id, network_id=network_id)


def add_offer(session: Session, offer: Offer, *, network_id: int) -> int:
    """Record an offer and return its id.

    Raises:
        InvalidRecord: if its numbers are none.
    """
    _ensure_sound(check_offer(offer))
    with writing(session):
        return needs.add_offer(session, offer, network_id=network_id)


def change_offer(session: Session, stored: StoredOffer, *, network_id: int) -> None:
    """Save an offer as it was edited.

    Raises:
        InvalidRecord: if its numbers are none.
        UnknownOffer: if the network has no such offer.
        ConflictingRevision: if somebody else saved in the meantime.
    """
    _ensure_sound(check_offer(stored.offer))
    with writing(session):
        needs.change_offer(session, stored, network_id=network_id)


def remove_offer(session: Session, offer_id: int, *, network_id: int) -> None:
    """Remove an offer that was entered by mistake; needs that name it forget it.

    Raises:
        UnknownOffer: if the network has no such offer.
    """
    with writing(session):
        needs.load_offer(session, offer_id, network_id=network_id)
        needs.delete_offer(session, offer_id, network_id=network_id)


def _ensure_sound(problems: list[Problem]) -> None:
    if problems:
        raise InvalidRecord(problems)
