"""How many forms of a collector were entered from paper."""

from sqlalchemy import Connection, select, update

from survey_app.domain.collector import Collector
from survey_app.storage.answer_tables import CollectorRow

_COLLECTOR = CollectorRow.__table__


def add_paper(connection: Connection, collector: Collector) -> None:
    """Count one more; the caller holds the collector's lock alone.

    The collector's revision stays as it is: phones that answer at the same moment need not read it again.
    """
    row = _COLLECTOR.c
    statement = (
        update(_COLLECTOR)
        .where(row.network_id == collector.network_id, row.id == collector.id)
        .values(paper_count=row.paper_count + 1)
    )
    connection.execute(statement)


def count_paper(connection: Connection, collector: Collector) -> int:
    """Return how many forms were entered from paper."""
    row = _COLLECTOR.c
    statement = select(row.paper_count).where(row.network_id == collector.network_id, row.id == collector.id)
    return int(connection.execute(statement).scalar_one())
