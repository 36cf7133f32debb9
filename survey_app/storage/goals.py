"""Goal system versions: documents in the goals format, frozen once they are published."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.domain.errors import UnknownGoalSystem
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.goals_format import parse_goals
from survey_app.storage.caching import remember
from survey_app.storage.tables import GoalSystemRow


@dataclass(frozen=True, slots=True)
class StoredGoalSystem:
    """A goal system version with its place in the database and its document as it was written."""

    id: int
    goal_system: GoalSystem
    document: str
    published_at: datetime | None
    revision: int


def add_goal_system(session: Session, document: str, *, network_id: int, published_at: datetime | None = None) -> int:
    """Write a version from its document and return its id.

    Raises:
        survey_app.evaluation.FormatError: if the document is not a valid goal system.
    """
    goal_system = parse_goals(document)
    row = GoalSystemRow(
        network_id=network_id,
        code=goal_system.id,
        version=goal_system.version,
        document=document,
        published_at=published_at,
    )
    session.add(row)
    session.flush()
    return row.id


def load_current_goal_system(session: Session, *, network_id: int) -> StoredGoalSystem:
    """Return the version published last.

    Raises:
        UnknownGoalSystem: if the network has published none.
    """
    row = session.scalars(
        select(GoalSystemRow)
        .where(GoalSystemRow.network_id == network_id, GoalSystemRow.published_at.is_not(None))
        .order_by(GoalSystemRow.published_at.desc(), GoalSystemRow.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise UnknownGoalSystem(str(network_id))
    parsed = remember(session, ("goal system", network_id, row.id), lambda: parse_goals(row.document))
    return StoredGoalSystem(row.id, parsed, row.document, row.published_at, row.revision)
