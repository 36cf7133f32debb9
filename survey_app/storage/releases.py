"""Releases: published reports as they were stored, byte for byte."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session, aliased, load_only

from survey_app.domain.errors import UnknownRelease
from survey_app.domain.release import ReleaseMark
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.goals_format import parse_goals
from survey_app.storage.caching import remember
from survey_app.storage.tables import GoalSystemRow, NetworkRow, ReleaseRow, release_file

# No column holds a larger number, and PostgreSQL refuses to look for one.
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class ReleaseContent:
    """What a release consists of, as text: what was published, and what belongs to it without being published."""

    document: str
    annex: str
    descriptions: str
    ledger: str
    facts_hash: str


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """A release with the goal system version that it speaks of."""

    mark: ReleaseMark
    content: ReleaseContent
    goal_system: GoalSystem


def lock_releases(session: Session, *, network_id: int) -> None:
    """Let nobody else release in this network until the transaction ends.

    SQLite has one writer anyway; on PostgreSQL the row of the network is what two of them wait for.
    """
    session.execute(select(NetworkRow.id).where(NetworkRow.id == network_id).with_for_update())


def add_release(
    session: Session,
    mark: ReleaseMark,
    content: ReleaseContent,
    *,
    network_id: int,
    goal_system_id: int,
    files: Mapping[str, bytes],
) -> None:
    """Write a release with its files; its number must be new in the network."""
    replaced = None if mark.replaces is None else _load_row(session, mark.replaces, network_id=network_id).id
    row = ReleaseRow(
        network_id=network_id,
        number=mark.number,
        goal_system_id=goal_system_id,
        tier=mark.tier,
        cut_off=mark.cut_off,
        released_at=mark.released_at,
        released_by=mark.released_by,
        reason=mark.reason,
        replaces_id=replaced,
        document=content.document,
        annex=content.annex,
        descriptions=content.descriptions,
        ledger=content.ledger,
        facts_hash=content.facts_hash,
    )
    session.add(row)
    session.flush()
    for kind, written in files.items():
        session.execute(insert(release_file), {"release_id": row.id, "kind": kind, "content": written})


def list_releases(session: Session, *, network_id: int) -> list[ReleaseMark]:
    """Return the releases of the network without their content, oldest first."""
    return [_to_mark(*found) for found in session.execute(_select_marks(ReleaseRow.network_id == network_id))]


def list_contents(session: Session, *, network_id: int) -> list[StoredRelease]:
    """Return the releases of the network with their content, oldest first."""
    marks = {mark.number: mark for mark in list_releases(session, network_id=network_id)}
    rows = session.scalars(
        select(ReleaseRow).where(ReleaseRow.network_id == network_id).order_by(ReleaseRow.number)
    ).all()
    return [_to_stored(session, row, marks[row.number]) for row in rows]


def load_release(session: Session, number: int, *, network_id: int) -> StoredRelease:
    """Return a release of this network.

    Raises:
        UnknownRelease: if the network has no release of this number.
    """
    row = _load_row(session, number, network_id=network_id)
    (found,) = session.execute(_select_marks(ReleaseRow.id == row.id))
    return _to_stored(session, row, _to_mark(*found))


def find_file(session: Session, number: int, kind: str, *, network_id: int) -> bytes | None:
    """Return a file of a release as it was written, None if the release has none of this kind.

    Raises:
        UnknownRelease: if the network has no release of this number.
    """
    row = _load_row(session, number, network_id=network_id)
    wanted = (release_file.c.release_id == row.id, release_file.c.kind == kind)
    return session.scalars(select(release_file.c.content).where(*wanted)).one_or_none()


def _load_row(session: Session, number: int, *, network_id: int) -> ReleaseRow:
    wanted = (ReleaseRow.network_id == network_id, ReleaseRow.number == number)
    row = session.scalars(select(ReleaseRow).where(*wanted)).one_or_none() if number <= _LARGEST else None
    if row is None:
        raise UnknownRelease(str(number))
    return row


def _select_marks(condition: ColumnElement[bool]) -> Any:
    older, newer = aliased(ReleaseRow), aliased(ReleaseRow)
    small = (
        ReleaseRow.number, ReleaseRow.tier, ReleaseRow.cut_off, ReleaseRow.released_at, ReleaseRow.released_by,
        ReleaseRow.reason,
    )  # fmt: skip
    return (
        select(ReleaseRow, older.number, newer.number)
        .options(load_only(*small))
        .outerjoin(older, older.id == ReleaseRow.replaces_id)
        .outerjoin(newer, newer.replaces_id == ReleaseRow.id)
        .where(condition)
        .order_by(ReleaseRow.number)
    )


def _to_mark(row: ReleaseRow, replaces: int | None, replaced_by: int | None) -> ReleaseMark:
    return ReleaseMark(
        number=row.number,
        tier=row.tier,
        cut_off=row.cut_off,
        released_at=row.released_at,
        released_by=row.released_by,
        reason=row.reason,
        replaces=replaces,
        replaced_by=replaced_by,
    )


def _to_stored(session: Session, row: ReleaseRow, mark: ReleaseMark) -> StoredRelease:
    content = ReleaseContent(row.document, row.annex, row.descriptions, row.ledger, row.facts_hash)
    return StoredRelease(mark, content, _load_goal_system(session, row))


def _load_goal_system(session: Session, row: ReleaseRow) -> GoalSystem:
    key = ("goal system", row.network_id, row.goal_system_id)
    return remember(session, key, lambda: parse_goals(session.get_one(GoalSystemRow, row.goal_system_id).document))
