"""One-time codes of closed groups: the hashes of those that can still be used, and how many were given out.

A used one is deleted in the transaction that stores its response. The two rows share no value; what a transaction
itself leaves in the files (SQLite's log, PostgreSQL's row versions) is destroyed at sealing.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, insert, select, update

from survey_app.domain.collector import Collector
from survey_app.domain.errors import ConflictingRevision
from survey_app.storage.answer_tables import CollectorRow, ticket

_COLLECTOR = CollectorRow.__table__


def add_tickets(connection: Connection, collector_id: str, hashes: Iterable[bytes]) -> None:
    """Write new tickets; sorted, so that their place in the file says nothing about the sheet they were printed on."""
    rows = [{"ticket_hash": value, "collector_id": collector_id} for value in sorted(hashes)]
    connection.execute(insert(ticket), rows)


def has_ticket(connection: Connection, ticket_hash: bytes, *, collector_id: str) -> bool:
    """Tell whether this ticket can still be used."""
    mine = (ticket.c.ticket_hash == ticket_hash, ticket.c.collector_id == collector_id)
    return connection.execute(select(ticket.c.collector_id).where(*mine)).first() is not None


def remove_ticket(connection: Connection, ticket_hash: bytes, *, collector_id: str) -> bool:
    """Delete a ticket; tell whether it was there. A second transaction waits for the first to decide."""
    mine = (ticket.c.ticket_hash == ticket_hash, ticket.c.collector_id == collector_id)
    return connection.execute(delete(ticket).where(*mine)).rowcount == 1


def remove_tickets(connection: Connection, collector_id: str) -> int:
    """Delete every ticket of the collector that has not been used, and return how many there were."""
    return connection.execute(delete(ticket).where(ticket.c.collector_id == collector_id)).rowcount


def count_tickets(connection: Connection, collector: Collector) -> tuple[int, int]:
    """Return how many tickets were given out (less those withdrawn), and how many of them can still be used."""
    row = _COLLECTOR.c
    given = select(row.ticket_count).where(row.network_id == collector.network_id, row.id == collector.id)
    left = select(func.count()).select_from(ticket).where(ticket.c.collector_id == collector.id)
    return int(connection.execute(given).scalar_one()), int(connection.execute(left).scalar_one())


def change_ticket_count(connection: Connection, collector: Collector, difference: int) -> None:
    """Record that more or fewer tickets are out.

    Raises:
        ConflictingRevision: if the collector has changed since it was read.
    """
    row = _COLLECTOR.c
    statement = (
        update(_COLLECTOR)
        .where(row.network_id == collector.network_id, row.id == collector.id, row.revision == collector.revision)
        .values(ticket_count=row.ticket_count + difference, revision=row.revision + 1)
    )
    if connection.execute(statement).rowcount == 0:
        raise ConflictingRevision(None)
