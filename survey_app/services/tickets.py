"""Closed groups: one-time codes are given out to coordinators once, checked, and spent with a response."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from survey_app.domain import ticket as tickets
from survey_app.domain.collector import Collector, CollectorState
from survey_app.domain.errors import (
    InvalidRecord,
    MissingTicket,
    Problem,
    TransitionNotAllowed,
    UnknownTicket,
    UsedTicket,
)
from survey_app.domain.response import Fields
from survey_app.storage import tickets as storage
from survey_app.storage.collectors import load_collector
from survey_app.storage.engine import writing
from survey_app.storage.responses import has_receipt

FIELD = "ticket"
"""Name of the form field, and of the parameter in the address on a card."""

MOST_AT_ONCE = 300
"""Cards of one sheet: thirty pages. Whoever needs more gives out further ones."""

MOST_IN_ALL = 10_000

_GIVING = (CollectorState.DRAFT, CollectorState.OPEN)


@dataclass(frozen=True, slots=True)
class TicketCounts:
    """How many tickets were given out and used, both rounded down: exact figures would tell who has just answered."""

    given: int
    used: int


def give_out_tickets(
    session: Session, collector: Collector, *, count: int, receipt_key: bytes
) -> tuple[tuple[str, ...], Collector]:
    """Make tickets for a survey and return them, this once, with the collector as it is now; only hashes are stored.

    Args:
        collector: as the coordinator saw it; its revision keeps a form sent twice from making tickets twice.

    Raises:
        UnknownCollector: if the network has no such collector.
        TransitionNotAllowed: if it is for everybody, or ended.
        InvalidRecord: for a number that cannot be.
        ConflictingRevision: if the collector has changed in the meantime.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise InvalidRecord([Problem("number_out_of_range", "count", {"low": 1, "high": MOST_AT_ONCE})])
    key = tickets.derive_key(receipt_key)
    with writing(session) as connection:
        _ensure_giving(session, collector)
        given, _left = storage.count_tickets(connection, collector)
        if given + count > MOST_IN_ALL:
            raise InvalidRecord([Problem("number_too_large", "count", {"limit": MOST_IN_ALL})])
        storage.change_ticket_count(connection, collector, count)
        drawn = _draw(count, key, collector.id)
        storage.add_tickets(connection, collector.id, drawn.values())
    return tuple(drawn), replace(collector, revision=collector.revision + 1)


def _draw(count: int, key: bytes, collector_id: str) -> dict[str, bytes]:
    """Return so many different tickets with their hashes."""
    drawn: dict[str, bytes] = {}
    while len(drawn) < count:
        ticket = tickets.draw_ticket(key, collector_id)
        drawn[ticket] = tickets.hash_ticket(ticket, key, collector_id)
    return drawn


def _ensure_giving(session: Session, collector: Collector) -> None:
    current = load_collector(session, collector.code, network_id=collector.network_id)
    if not current.needs_ticket or current.state not in _GIVING:
        raise TransitionNotAllowed(f"{collector.code}: takes no tickets")


def withdraw_tickets(session: Session, collector: Collector) -> None:
    """Make every ticket void that has not been used: the sheet is lost, or in the wrong hands.

    Raises:
        UnknownCollector: if the network has no such collector.
        TransitionNotAllowed: if it is for everybody, or ended.
        ConflictingRevision: if the collector has changed in the meantime.
    """
    with writing(session) as connection:
        _ensure_giving(session, collector)
        removed = storage.remove_tickets(connection, collector.id)
        storage.change_ticket_count(connection, collector, -removed)


def count_tickets(session: Session, collector: Collector, *, step: int = 10) -> TicketCounts:
    """Return the numbers of tickets given out and used, rounded down to tens."""
    given, left = storage.count_tickets(session.connection(), collector)
    used = given - left
    return TicketCounts(given - given % step, used - used % step)


def ensure_ticket(session: Session, collector: Collector, typed: str, *, receipt_key: bytes) -> None:
    """Raise unless somebody with this ticket may answer.

    Raises:
        MissingTicket, UnknownTicket, UsedTicket: if not, and why.
    """
    ticket_hash = _hash(collector, typed, receipt_key)
    if not storage.has_ticket(session.connection(), ticket_hash, collector_id=collector.id):
        raise UsedTicket


def spend_ticket(
    connection: Connection, collector: Collector, fields: Fields, *, receipt_key: bytes, submission_hash: bytes
) -> bool:
    """Take the ticket of a submitted form for a response that the same transaction stores.

    Returns:
        False if this very form is stored already: then no ticket is taken.

    Raises:
        MissingTicket, UnknownTicket, UsedTicket: if nothing may be stored.
    """
    if has_receipt(connection, submission_hash):
        return False
    ticket_hash = _hash(collector, next(iter(fields.get(FIELD, ())), ""), receipt_key)
    if storage.remove_ticket(connection, ticket_hash, collector_id=collector.id):
        return True
    # On PostgreSQL the same form may have been stored by a parallel tap while this one waited for its ticket.
    if has_receipt(connection, submission_hash):
        return False
    raise UsedTicket


def _hash(collector: Collector, typed: str, receipt_key: bytes) -> bytes:
    ticket, key = tickets.read_ticket(typed), tickets.derive_key(receipt_key)
    if not ticket:
        raise MissingTicket
    if not tickets.is_genuine(ticket, key, collector.id):
        raise UnknownTicket
    return tickets.hash_ticket(ticket, key, collector.id)
