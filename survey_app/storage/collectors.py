"""Collectors: openings of a questionnaire version, found by their printed code or within their network."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector, CollectorState, Device
from survey_app.domain.errors import TransitionNotAllowed, UnknownAccessCode, UnknownCollector
from survey_app.storage.answer_tables import CollectorRow, ticket
from survey_app.storage.tables import MeetingRow, NetworkRow

_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
"""The end of a collector of which nobody knows it: nothing would justify keeping its answers."""


@dataclass(frozen=True, slots=True)
class Retained:
    """A sealed collector whose raw answers are still there; `met_on` is the local day of its meeting, if any."""

    collector: Collector
    met_on: date | None
    ended_at: datetime
    months: int


def load_collector_by_code(session: Session, code: str) -> Collector:
    """Return the collector with this access code; the code is the key of participants, in every network.

    Raises:
        UnknownAccessCode: if there is none.
    """
    row = session.scalars(select(CollectorRow).where(CollectorRow.code == code)).one_or_none()
    if row is None:
        raise UnknownAccessCode(code)
    return _to_collector(row)


def load_collector(session: Session, code: str, *, network_id: int) -> Collector:
    """Return a collector of this network by its code.

    Raises:
        UnknownCollector: if the network has no such collector.
    """
    row = session.scalars(
        select(CollectorRow).where(CollectorRow.network_id == network_id, CollectorRow.code == code)
    ).one_or_none()
    if row is None:
        raise UnknownCollector(code)
    return _to_collector(row)


def list_collectors(session: Session, *, network_id: int, meeting_id: int | None = None) -> list[Collector]:
    """Return the collectors of the network, or only those of one meeting, in order of their codes."""
    statement = select(CollectorRow).where(CollectorRow.network_id == network_id).order_by(CollectorRow.code)
    if meeting_id is not None:
        statement = statement.where(CollectorRow.meeting_id == meeting_id)
    return [_to_collector(row) for row in session.scalars(statement)]


def list_all_collectors(session: Session, *states: CollectorState) -> list[Collector]:
    """Return the collectors of every network in one of the states: what due work looks through."""
    rows = session.scalars(select(CollectorRow).where(CollectorRow.state.in_(states)).order_by(CollectorRow.id))
    return [_to_collector(row) for row in rows]


def list_retained(session: Session) -> list[Retained]:
    """Return the sealed collectors of every network with what decides how long their raw answers stay."""
    statement = (
        select(CollectorRow, MeetingRow.date, NetworkRow.retention_months)
        .join(NetworkRow, NetworkRow.id == CollectorRow.network_id)
        .outerjoin(MeetingRow, MeetingRow.id == CollectorRow.meeting_id)
        .where(CollectorRow.state == CollectorState.SEALED)
        .order_by(CollectorRow.id)
    )
    return [
        Retained(_to_collector(row), met_on, row.closes_at or _LONG_AGO, months)
        for row, met_on, months in session.execute(statement)
    ]


def add_collector(session: Session, collector: Collector) -> None:
    """Write a new collector.

    Raises:
        sqlalchemy.exc.IntegrityError: if its code is taken.
    """
    session.add(
        CollectorRow(
            id=collector.id,
            network_id=collector.network_id,
            meeting_id=None if collector.meeting_id is None else int(collector.meeting_id),
            version_id=collector.version_id,
            code=collector.code,
            state=collector.state,
            languages=list(collector.languages),
            opens_at=collector.opens_at,
            closes_at=collector.closes_at,
            expected_count=collector.expected_count,
            is_synthetic=collector.is_synthetic,
            device=collector.device,
            needs_ticket=collector.needs_ticket,
        )
    )
    session.flush()


def change_collector(session: Session, collector: Collector, *, before: CollectorState) -> None:
    """Write a collector's new state and times if it is still in the state it was read in.

    Raises:
        TransitionNotAllowed: if another request has moved it in the meantime.
    """
    statement = (
        update(CollectorRow)
        .where(
            CollectorRow.network_id == collector.network_id,
            CollectorRow.id == collector.id,
            CollectorRow.state == before,
        )
        .values(
            state=collector.state,
            opens_at=collector.opens_at,
            closes_at=collector.closes_at,
            revision=CollectorRow.revision + 1,
        )
    )
    if session.execute(statement).rowcount == 0:  # type: ignore[attr-defined]
        raise TransitionNotAllowed(f"{collector.code}: no longer {before}")


def delete_collector(session: Session, collector: Collector) -> None:
    """Remove a collector that never had a response."""
    session.execute(delete(ticket).where(ticket.c.collector_id == collector.id))
    session.execute(
        delete(CollectorRow).where(CollectorRow.network_id == collector.network_id, CollectorRow.id == collector.id)
    )


def _to_collector(row: CollectorRow) -> Collector:
    return Collector(
        id=row.id,
        code=row.code,
        network_id=row.network_id,
        meeting_id=None if row.meeting_id is None else str(row.meeting_id),
        version_id=row.version_id,
        state=CollectorState(row.state),
        languages=tuple(row.languages),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        expected_count=row.expected_count,
        is_synthetic=row.is_synthetic,
        device=Device(row.device),
        needs_ticket=row.needs_ticket,
        revision=row.revision,
    )
