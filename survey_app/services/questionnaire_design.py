"""Behind the coordinators' door: questionnaires from the first draft to publication."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.errors import ConflictingRevision, InvalidDocument, NameTaken
from survey_app.domain.publishing import Gate, inspect_wording, release_languages
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import check_questionnaire
from survey_app.domain.questionnaire_editing import keep_translations
from survey_app.domain.wording_states import WordingStates, follow_wording
from survey_app.storage import questionnaire_drafts as drafts
from survey_app.storage import questionnaires
from survey_app.storage.engine import writing

StoredQuestionnaire = questionnaires.StoredQuestionnaire
Step = drafts.Step
Edit = Callable[[Questionnaire], Questionnaire]
Mark = Callable[[Questionnaire, WordingStates], WordingStates]

_ATTEMPTS = 3


def list_versions(session: Session, *, network_id: int) -> list[StoredQuestionnaire]:
    """Return all versions of the network: drafts, the newest first, then what was published, the latest first."""
    return drafts.list_versions(session, network_id=network_id)


def load_version(session: Session, version_id: int, *, network_id: int) -> StoredQuestionnaire:
    """Return a version of this network, published or not.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
    """
    return questionnaires.load_questionnaire(session, version_id, network_id=network_id)


def list_steps(session: Session, version_id: int, *, network_id: int) -> list[Step]:
    """Return the changes of a draft that can be undone, the last one first."""
    return drafts.list_steps(session, version_id, network_id=network_id)


def start_draft(
    session: Session, questionnaire: Questionnaire, *, network_id: int, states: WordingStates | None = None
) -> int:
    """Begin a draft and return its id; it gets the next version number of its questionnaire.

    Args:
        states: of its translations; without any they count as made from the wording that they come with.

    Raises:
        InvalidDocument: if it contradicts itself.
    """
    ensure_sound(questionnaire)
    for _attempt in range(_ATTEMPTS):
        try:
            with writing(session):
                last = drafts.find_last_number(session, questionnaire.id, network_id=network_id)
                numbered = replace(questionnaire, version=last + 1)
                return questionnaires.add_questionnaire(session, numbered, network_id=network_id, states=states)
        except IntegrityError:
            continue  # somebody took the number in the same moment
    raise NameTaken(questionnaire.id)


def copy_version(session: Session, version_id: int, *, network_id: int) -> int:
    """Begin a draft with what a version says and return its id.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
    """
    original = load_version(session, version_id, network_id=network_id)
    return start_draft(session, original.questionnaire, network_id=network_id, states=original.states or None)


def change_draft(
    session: Session,
    version_id: int,
    edit: Edit,
    *,
    network_id: int,
    step: Step | None,
    revision: int | None = None,
    mark: Mark | None = None,
    continues: Callable[[Questionnaire], bool] | None = None,
) -> StoredQuestionnaire:
    """Apply one change to a draft as it stands now, and return the draft after it.

    Changes of different parts at the same time do not disturb each other: `edit` gets what the others have saved, and
    raises `ConflictingRevision` itself if its own part is no longer what it began with.

    Args:
        step: what is done, for undoing; None for translations, which undoing leaves alone.
        revision: of the draft that the change was made for, where it concerns the draft as a whole.
        mark: changes the states of the translations after they have followed the change.
        continues: told the draft before the last change, whether this change only goes on with that one; both are
            then undone as one.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
        TransitionNotAllowed: if it is published.
        ConflictingRevision: if somebody changed the draft, or the part that `edit` knows, with what stands now.
        InvalidDocument: if the questionnaire would contradict itself.
    """
    with writing(session):
        stored = drafts.load_draft(session, version_id, network_id=network_id)
        if revision is not None and stored.revision != revision:
            raise ConflictingRevision(stored)
        changed = edit(stored.questionnaire)
        ensure_sound(changed)
        states = follow_wording(stored.states, stored.questionnaire, changed)
        states = mark(changed, states) if mark else states
        if (changed, states) == (stored.questionnaire, stored.states):
            return stored
        if step and not _goes_on(session, stored, step, continues, network_id=network_id):
            drafts.add_step(session, stored, step, network_id=network_id)
        drafts.change_draft(session, version_id, changed, states, revision=stored.revision, network_id=network_id)
    return replace(stored, questionnaire=changed, states=states, revision=stored.revision + 1)


def _goes_on(
    session: Session,
    stored: StoredQuestionnaire,
    step: Step,
    continues: Callable[[Questionnaire], bool] | None,
    *,
    network_id: int,
) -> bool:
    last = drafts.find_last_step(session, stored.id, network_id=network_id) if continues else None
    return last is not None and continues is not None and last.step == step and continues(last.questionnaire)


def undo(session: Session, version_id: int, *, network_id: int, revision: int) -> Step | None:
    """Take the last change of a draft back and return what it was; None if there is none left.

    Translations stay as they are now.

    Args:
        revision: of the draft that was looked at, so that nobody takes back what somebody else did meanwhile.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
        TransitionNotAllowed: if it is published.
        ConflictingRevision: if somebody saved since `revision`, with the draft as it stands.
    """
    with writing(session):
        stored = drafts.load_draft(session, version_id, network_id=network_id)
        if stored.revision != revision:
            raise ConflictingRevision(stored)
        last = drafts.find_last_step(session, version_id, network_id=network_id)
        if last is None:
            return None
        restored = keep_translations(last.questionnaire, stored.questionnaire)
        states = follow_wording({**last.states, **stored.states}, restored, restored)
        drafts.change_draft(session, version_id, restored, states, revision=revision, network_id=network_id)
        drafts.delete_step(session, version_id, last.revision, network_id=network_id)
        return last.step


def publish_draft(
    session: Session,
    version_id: int,
    *,
    network_id: int,
    revision: int,
    now: datetime,
    by: str = "",
    reason: str = "",
    modules: Collection[str] | None = None,
) -> None:
    """Publish a draft for ever; every language it announces is then offered to those who answer.

    Args:
        revision: of the draft that was read before this was decided.
        by: who publishes it.
        reason: why it is published although wording is missing or outdated; only then it is kept.
        modules: the optional parts that belong to this version; None for all of them.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
        TransitionNotAllowed: if it is published already.
        ConflictingRevision: if somebody saved since `revision`, with the draft as it stands.
        InvalidDocument: if it asks nothing, its source language lacks wording, or another one does and there is no
            reason; or if a rule asks for a part that is left out.
    """
    with writing(session):
        stored = drafts.load_draft(session, version_id, network_id=network_id)
        if stored.revision != revision:
            raise ConflictingRevision(stored)
        wanted = stored.questionnaire if modules is None else stored.questionnaire.with_modules(*modules)
        ensure_sound(wanted)
        gate = inspect_wording(wanted, stored.states)
        _ensure_open(gate, reason)
        drafts.publish_draft(
            session,
            version_id,
            release_languages(wanted, stored.states),
            revision=revision,
            network_id=network_id,
            published_at=now,
            published_by=by,
            override_reason="" if gate.is_open else reason,
        )


def _ensure_open(gate: Gate, reason: str) -> None:
    problems = gate.blocking if reason else gate.problems
    if problems:
        raise InvalidDocument(problems)


def discard_draft(session: Session, version_id: int, *, network_id: int) -> None:
    """Remove a draft.

    Raises:
        UnknownQuestionnaire: if the network has no such version.
        TransitionNotAllowed: if it is published.
    """
    with writing(session):
        drafts.delete_draft(session, version_id, network_id=network_id)


def ensure_sound(questionnaire: Questionnaire) -> None:
    """Raise if a questionnaire contradicts itself.

    Raises:
        InvalidDocument: with the place of every problem.
    """
    problems = check_questionnaire(questionnaire)
    if problems:
        raise InvalidDocument(problems)
