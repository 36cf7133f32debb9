"""Questionnaire versions: documents that are frozen once they are published."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.domain.errors import UnknownQuestionnaire
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import parse_questionnaire, write_questionnaire
from survey_app.domain.wording_states import WordingStates, follow_wording, read_wording_states, write_wording_states
from survey_app.storage.caching import remember
from survey_app.storage.tables import QuestionnaireRow


@dataclass(frozen=True, slots=True)
class StoredQuestionnaire:
    """A questionnaire version with its place in the database.

    Attributes:
        states: how far the translations of a draft are.
        override_reason: why it was published although wording was missing; "" if none was.
    """

    id: int
    questionnaire: Questionnaire
    published_at: datetime | None
    revision: int
    states: WordingStates = field(default_factory=dict)
    override_reason: str = ""


def add_questionnaire(
    session: Session,
    questionnaire: Questionnaire,
    *,
    network_id: int,
    published_at: datetime | None = None,
    states: WordingStates | None = None,
) -> int:
    """Write a version, as a draft or published at once, and return its id.

    Args:
        states: of its translations; those without one count as made from the wording that they come with.
    """
    before = None if states is None else questionnaire
    followed = follow_wording(states or {}, before, questionnaire) if published_at is None else {}
    row = QuestionnaireRow(
        network_id=network_id,
        code=questionnaire.id,
        version=questionnaire.version,
        document=write_questionnaire(questionnaire),
        wording_states=write_wording_states(followed),
        published_at=published_at,
    )
    session.add(row)
    session.flush()
    return row.id


def load_questionnaire(session: Session, version_id: int, *, network_id: int) -> StoredQuestionnaire:
    """Return a version of this network.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
    """
    row = session.scalars(
        select(QuestionnaireRow).where(QuestionnaireRow.network_id == network_id, QuestionnaireRow.id == version_id)
    ).one_or_none()
    if row is None:
        raise UnknownQuestionnaire(str(version_id))
    return to_stored(session, row)


def load_published(session: Session, version_id: int, *, network_id: int) -> Questionnaire:
    """Return a published version; it never changes, so it is parsed once per process.

    Raises:
        UnknownQuestionnaire: if the network has no such published version.
    """

    def load() -> Questionnaire:
        stored = load_questionnaire(session, version_id, network_id=network_id)
        if stored.published_at is None:
            raise UnknownQuestionnaire(f"{version_id} is a draft")
        return stored.questionnaire

    return remember(session, ("questionnaire", network_id, version_id), load)


def find_all_published(session: Session, *, network_id: int) -> dict[tuple[str, int], Questionnaire]:
    """Return the published versions by id and version, each parsed once per process."""
    ids = session.scalars(
        select(QuestionnaireRow.id).where(
            QuestionnaireRow.network_id == network_id, QuestionnaireRow.published_at.is_not(None)
        )
    )
    found = [load_published(session, version_id, network_id=network_id) for version_id in ids.all()]
    return {(one.id, one.version): one for one in found}


def list_published(session: Session, *, network_id: int) -> list[StoredQuestionnaire]:
    """Return the published versions of the network, the newest of each questionnaire first."""
    rows = session.scalars(
        select(QuestionnaireRow)
        .where(QuestionnaireRow.network_id == network_id, QuestionnaireRow.published_at.is_not(None))
        .order_by(QuestionnaireRow.code, QuestionnaireRow.version.desc())
    )
    return [to_stored(session, row) for row in rows]


def to_stored(session: Session, row: QuestionnaireRow) -> StoredQuestionnaire:
    """Return what a row says. A published version is parsed once per process; a draft is parsed as it stands."""

    def parse() -> Questionnaire:
        return parse_questionnaire(row.document)

    def read_states() -> WordingStates:
        return read_wording_states(row.wording_states)

    if row.published_at is None:
        parsed, states = parse(), read_states()
    else:
        parsed = remember(session, ("questionnaire", row.network_id, row.id), parse)
        states = remember(session, ("wording states", row.network_id, row.id), read_states)
    return StoredQuestionnaire(row.id, parsed, row.published_at, row.revision, states, row.override_reason)
