"""Goal system versions: documents in the goals format, frozen once they are published."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from survey_app.domain.errors import ConflictingRevision, TransitionNotAllowed, UnknownGoalSystem
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
    return _to_stored(session, row)


def list_goal_systems(session: Session, *, network_id: int) -> list[StoredGoalSystem]:
    """Return all versions of the network: those published, the latest first, after the drafts, the newest first."""
    rows = session.scalars(
        select(GoalSystemRow)
        .where(GoalSystemRow.network_id == network_id)
        .order_by(GoalSystemRow.published_at.is_not(None), GoalSystemRow.published_at.desc(), GoalSystemRow.id.desc())
    )
    return [_to_stored(session, row) for row in rows]


def load_goal_version(session: Session, version_id: int, *, network_id: int) -> StoredGoalSystem:
    """Return a version of this network, published or not.

    Raises:
        UnknownGoalSystem: if the network has no such version.
    """
    row = session.scalars(
        select(GoalSystemRow).where(GoalSystemRow.network_id == network_id, GoalSystemRow.id == version_id)
    ).one_or_none()
    if row is None:
        raise UnknownGoalSystem(str(version_id))
    return _to_stored(session, row)


def change_goal_draft(session: Session, version_id: int, document: str, *, revision: int, network_id: int) -> None:
    """Write the document of a draft if nobody else saved since `revision`.

    Raises:
        UnknownGoalSystem: if the network has no such version.
        TransitionNotAllowed: if it is published.
        ConflictingRevision: with the draft as it stands.
        survey_app.evaluation.FormatError: if the document is not a valid goal system.
    """
    goal_system = parse_goals(document)
    statement = (
        update(GoalSystemRow)
        .where(*_is_draft(version_id, network_id), GoalSystemRow.revision == revision)
        .values(document=document, code=goal_system.id, version=goal_system.version, revision=revision + 1)
    )
    if session.execute(statement).rowcount == 0:  # type: ignore[attr-defined]
        session.expire_all()
        raise ConflictingRevision(load_goal_draft(session, version_id, network_id=network_id))


def publish_goal_draft(session: Session, version_id: int, *, network_id: int, published_at: datetime) -> None:
    """Freeze a draft for ever.

    Raises:
        UnknownGoalSystem: if the network has no such version.
        TransitionNotAllowed: if it is published already.
    """
    statement = update(GoalSystemRow).where(*_is_draft(version_id, network_id)).values(published_at=published_at)
    if session.execute(statement).rowcount == 0:  # type: ignore[attr-defined]
        session.expire_all()
        load_goal_draft(session, version_id, network_id=network_id)


def delete_goal_draft(session: Session, version_id: int, *, network_id: int) -> None:
    """Remove a draft.

    Raises:
        UnknownGoalSystem: if the network has no such version.
        TransitionNotAllowed: if it is published.
    """
    if session.execute(delete(GoalSystemRow).where(*_is_draft(version_id, network_id))).rowcount == 0:  # type: ignore[attr-defined]
        load_goal_draft(session, version_id, network_id=network_id)


def _is_draft(version_id: int, network_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        GoalSystemRow.network_id == network_id,
        GoalSystemRow.id == version_id,
        GoalSystemRow.published_at.is_(None),
    )


def load_goal_draft(session: Session, version_id: int, *, network_id: int) -> StoredGoalSystem:
    """Return a draft that is about to be changed; until the end of the transaction nobody else changes it.

    Raises:
        UnknownGoalSystem: if the network has no such version.
        TransitionNotAllowed: if it is published.
    """
    row = session.scalars(
        select(GoalSystemRow)
        .where(GoalSystemRow.network_id == network_id, GoalSystemRow.id == version_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise UnknownGoalSystem(str(version_id))
    if row.published_at is not None:
        raise TransitionNotAllowed("a published version never changes")
    return _to_stored(session, row)


def _to_stored(session: Session, row: GoalSystemRow) -> StoredGoalSystem:
    """A published version never changes and is parsed once per process; a draft is parsed as it stands."""

    def parse() -> GoalSystem:
        return parse_goals(row.document)

    is_draft = row.published_at is None
    parsed = parse() if is_draft else remember(session, ("goal system", row.network_id, row.id), parse)
    return StoredGoalSystem(row.id, parsed, row.document, row.published_at, row.revision)
