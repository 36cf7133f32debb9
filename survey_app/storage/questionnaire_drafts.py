"""Drafts of questionnaires: changed only by who knows their revision, with the last steps kept for undoing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session

from survey_app.domain.errors import ConflictingRevision, TransitionNotAllowed, UnknownQuestionnaire
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import parse_questionnaire, write_questionnaire
from survey_app.domain.wording_states import WordingStates, read_wording_states, write_wording_states
from survey_app.storage.questionnaires import StoredQuestionnaire, to_stored
from survey_app.storage.tables import QuestionnaireRow, QuestionnaireStepRow

MOST_STEPS = 10
"""Changes that can be undone; older ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change of a draft.

    Attributes:
        kind: code of what was done, such as "item_changed".
        subject: code of the item or language it was done to; "" for the whole.
    """

    kind: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A change that can be undone, and what the draft was like before it."""

    step: Step
    revision: int
    questionnaire: Questionnaire
    states: WordingStates


def list_versions(session: Session, *, network_id: int) -> list[StoredQuestionnaire]:
    """Return all versions of the network: drafts, the newest first, then what was published, the latest first."""
    rows = session.scalars(
        select(QuestionnaireRow)
        .where(QuestionnaireRow.network_id == network_id)
        .order_by(
            QuestionnaireRow.published_at.is_not(None), QuestionnaireRow.published_at.desc(), QuestionnaireRow.id.desc()
        )
    )
    return [to_stored(session, row) for row in rows]


def find_last_number(session: Session, code: str, *, network_id: int) -> int:
    """Return the highest version number of a questionnaire in the network, drafts included; 0 if there is none."""
    statement = select(func.max(QuestionnaireRow.version)).where(
        QuestionnaireRow.network_id == network_id, QuestionnaireRow.code == code
    )
    return session.scalar(statement) or 0


def load_draft(session: Session, version_id: int, *, network_id: int) -> StoredQuestionnaire:
    """Return a draft that is about to be changed; until the end of the transaction nobody else changes it.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
        TransitionNotAllowed: if it is published.
    """
    row = session.scalars(
        select(QuestionnaireRow)
        .where(QuestionnaireRow.network_id == network_id, QuestionnaireRow.id == version_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise UnknownQuestionnaire(str(version_id))
    if row.published_at is not None:
        raise TransitionNotAllowed("a published version never changes")
    return to_stored(session, row)


def change_draft(
    session: Session,
    version_id: int,
    questionnaire: Questionnaire,
    states: WordingStates,
    *,
    revision: int,
    network_id: int,
) -> None:
    """Write a draft if nobody else saved since `revision`.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
        TransitionNotAllowed: if it is published.
        ConflictingRevision: with the draft as it stands.
    """
    values = {"document": write_questionnaire(questionnaire), "wording_states": write_wording_states(states)}
    _change(session, version_id, revision, network_id, **values)


def publish_draft(
    session: Session,
    version_id: int,
    questionnaire: Questionnaire,
    *,
    revision: int,
    network_id: int,
    published_at: datetime,
    published_by: str,
    override_reason: str,
) -> None:
    """Freeze a draft for ever, as `questionnaire` has it; its steps and links go.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
        TransitionNotAllowed: if it is published already.
        ConflictingRevision: if somebody else saved since `revision`, with the draft as it stands.
    """
    values = {"document": write_questionnaire(questionnaire), "published_at": published_at}
    log = {"published_by": published_by, "override_reason": override_reason}
    _change(session, version_id, revision, network_id, **values, **log)
    session.execute(delete(QuestionnaireStepRow).where(*_steps_of(version_id, network_id)))


def _change(session: Session, version_id: int, revision: int, network_id: int, **values: Any) -> None:
    statement = (
        update(QuestionnaireRow)
        .where(*_is_draft(version_id, network_id), QuestionnaireRow.revision == revision)
        .values(revision=revision + 1, **values)
    )
    if session.execute(statement).rowcount == 0:  # type: ignore[attr-defined]
        session.expire_all()
        raise ConflictingRevision(load_draft(session, version_id, network_id=network_id))


def delete_draft(session: Session, version_id: int, *, network_id: int) -> None:
    """Remove a draft with its steps and links.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
        TransitionNotAllowed: if it is published.
    """
    if session.execute(delete(QuestionnaireRow).where(*_is_draft(version_id, network_id))).rowcount == 0:  # type: ignore[attr-defined]
        load_draft(session, version_id, network_id=network_id)


def add_step(session: Session, stored: StoredQuestionnaire, step: Step, *, network_id: int) -> None:
    """Keep what a draft is like before a change; the eleventh step back is forgotten."""
    values = {
        "version_id": stored.id,
        "revision": stored.revision,
        "network_id": network_id,
        "kind": step.kind,
        "subject": step.subject,
        "document": write_questionnaire(stored.questionnaire),
        "wording_states": write_wording_states(stored.states),
    }
    session.execute(insert(QuestionnaireStepRow).values(values))
    kept = _list_revisions(session, stored.id, network_id)[:MOST_STEPS]
    session.execute(
        delete(QuestionnaireStepRow).where(*_steps_of(stored.id, network_id), QuestionnaireStepRow.revision < min(kept))
    )


def _list_revisions(session: Session, version_id: int, network_id: int) -> list[int]:
    statement = select(QuestionnaireStepRow.revision).where(*_steps_of(version_id, network_id))
    return list(session.scalars(statement.order_by(QuestionnaireStepRow.revision.desc())))


def list_steps(session: Session, version_id: int, *, network_id: int) -> list[Step]:
    """Return the changes of a draft that can be undone, the last one first."""
    statement = select(QuestionnaireStepRow.kind, QuestionnaireStepRow.subject).where(
        *_steps_of(version_id, network_id)
    )
    return [Step(kind, subject) for kind, subject in session.execute(statement.order_by(*_LAST_FIRST))]


def find_last_step(session: Session, version_id: int, *, network_id: int) -> KeptStep | None:
    """Return the last change of a draft that can be undone, or None."""
    row = session.scalars(
        select(QuestionnaireStepRow).where(*_steps_of(version_id, network_id)).order_by(*_LAST_FIRST).limit(1)
    ).one_or_none()
    if row is None:
        return None
    step, states = Step(row.kind, row.subject), read_wording_states(row.wording_states)
    return KeptStep(step, row.revision, parse_questionnaire(row.document), states)


def delete_step(session: Session, version_id: int, revision: int, *, network_id: int) -> None:
    """Forget a step that was undone."""
    session.execute(
        delete(QuestionnaireStepRow).where(
            *_steps_of(version_id, network_id), QuestionnaireStepRow.revision == revision
        )
    )


_LAST_FIRST = (QuestionnaireStepRow.revision.desc(),)


def _steps_of(version_id: int, network_id: int) -> tuple[ColumnElement[bool], ...]:
    return (QuestionnaireStepRow.network_id == network_id, QuestionnaireStepRow.version_id == version_id)


def _is_draft(version_id: int, network_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        QuestionnaireRow.network_id == network_id,
        QuestionnaireRow.id == version_id,
        QuestionnaireRow.published_at.is_(None),
    )
