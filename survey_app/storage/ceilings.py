"""How full a survey is, and what its ceiling follows from."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from survey_app.domain.collector import Collector
from survey_app.storage.answer_tables import CollectorRow, response
from survey_app.storage.tables import MeetingRow

_COLLECTOR = CollectorRow.__table__
_MEETING = MeetingRow.__table__


@dataclass(frozen=True, slots=True)
class Filling:
    """What decides whether a survey takes another response.

    Attributes:
        chosen: ceiling that a coordinator set, or None.
        expected: persons expected to answer, else those invited to the meeting, else None.
        count: responses stored.
    """

    chosen: int | None
    expected: int | None
    count: int


def load_filling(connection: Connection, collector: Collector) -> Filling:
    """Return how full the collector is; its responses are counted."""
    row, meeting = _COLLECTOR.c, _MEETING.c
    statement = (
        select(
            row.ceiling,
            func.coalesce(row.expected_count, meeting.invited, meeting.attended_total),
            select(func.count()).select_from(response).where(response.c.collector_id == row.id).scalar_subquery(),
        )
        .select_from(_COLLECTOR.outerjoin(_MEETING, meeting.id == row.meeting_id))
        .where(row.network_id == collector.network_id, row.id == collector.id)
    )
    return Filling(*connection.execute(statement).one())


def change_ceiling(connection: Connection, collector: Collector, ceiling: int) -> None:
    """Write the ceiling that a coordinator decided on."""
    row = _COLLECTOR.c
    statement = (
        update(_COLLECTOR)
        .where(row.network_id == collector.network_id, row.id == collector.id)
        .values(ceiling=ceiling, revision=row.revision + 1)
    )
    connection.execute(statement)
