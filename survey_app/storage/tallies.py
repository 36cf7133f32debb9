"""Tallies: what remains of the responses, and all that evaluation reads."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.orm import Session

from survey_app.domain.collector import CollectorState
from survey_app.domain.local_days import local_day
from survey_app.domain.tally import ItemTally, Tally
from survey_app.domain.tally_document import read_item_tally, write_item_tally
from survey_app.storage.answer_tables import CollectorRow, language_count, tally
from survey_app.storage.tables import MeetingRow, QuestionnaireRow

_COUNTED = (CollectorState.SEALED, CollectorState.ERASED)


def replace_tally(
    connection: Connection,
    *,
    collector_id: str,
    network_id: int,
    completed: int,
    items: Sequence[ItemTally],
    partial: int = 0,
) -> None:
    """Write the tally of a collector; one from an interrupted sealing is replaced."""
    connection.execute(delete(tally).where(tally.c.collector_id == collector_id))
    row = {"collector_id": collector_id, "network_id": network_id, "completed": completed, "partial": partial}
    connection.execute(insert(tally), row | {"items": [write_item_tally(item) for item in items]})


def has_tally(connection: Connection, collector_id: str) -> bool:
    """Tell whether the responses of the collector were counted."""
    found = connection.execute(select(tally.c.collector_id).where(tally.c.collector_id == collector_id))
    return found.first() is not None


def list_tallies(session: Session, *, network_id: int) -> list[Tally]:
    """Return every survey of the network that was opened, oldest first; unsealed ones without counts.

    Two surveys of one day stand in the order in which they were opened.

    The date of a survey is that of its meeting, else the local day of its opening; its attendance the meeting's total.
    """
    statement = (
        select(CollectorRow, MeetingRow, QuestionnaireRow.code, QuestionnaireRow.version, tally)
        .outerjoin(MeetingRow, MeetingRow.id == CollectorRow.meeting_id)
        .join(QuestionnaireRow, QuestionnaireRow.id == CollectorRow.version_id)
        .outerjoin(tally, tally.c.collector_id == CollectorRow.id)
        .where(CollectorRow.network_id == network_id, CollectorRow.state != CollectorState.DRAFT)
        .order_by(CollectorRow.opens_at, CollectorRow.code)
    )
    rows = session.execute(statement).all()
    return sorted((_to_tally(row) for row in rows), key=lambda survey: survey.date)


def _to_tally(row: Sequence[object]) -> Tally:
    collector, meeting, code, version, counted_id, _network, completed, partial, items = row
    assert isinstance(collector, CollectorRow)  # noqa: S101  # narrows the type for mypy
    is_counted = counted_id is not None and collector.state in _COUNTED
    return Tally(
        id=collector.code,
        date=_date_of(collector, meeting if isinstance(meeting, MeetingRow) else None),
        state=collector.state,
        questionnaire=str(code),
        version=int(str(version)),
        completed=int(str(completed)) if is_counted else 0,
        partial=int(str(partial)) if is_counted else 0,
        items=tuple(read_item_tally(item) for item in items) if is_counted else (),  # type: ignore[attr-defined]
        meeting=None if collector.meeting_id is None else str(collector.meeting_id),
    )


def _date_of(collector: CollectorRow, meeting: MeetingRow | None) -> date:
    if meeting is not None:
        return meeting.date
    moment = collector.opens_at or collector.closes_at
    return local_day(moment) if moment else date.min


def language_counts(session: Session, collector_id: str) -> dict[str, int]:
    """Return persons per language of a sealed collector."""
    statement = select(language_count.c.language, language_count.c.persons)
    rows = session.execute(statement.where(language_count.c.collector_id == collector_id))
    return {language: persons for language, persons in rows}  # noqa: C416  # rows are typed as tuples of any length
