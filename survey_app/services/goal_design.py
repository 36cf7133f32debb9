"""Behind the coordinators' door: versions of a network's goal system, from the first draft to publication."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.errors import ConflictingRevision, NameTaken
from survey_app.evaluation.formats.format_errors import FormatError, FormatProblem, locate
from survey_app.evaluation.formats.line_finding import find_toml_line
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.goals_checking import check_goals
from survey_app.evaluation.goals.goals_format import parse_goals
from survey_app.evaluation.goals.goals_writing import write_goals
from survey_app.services.goal_preview import find_misfits
from survey_app.storage import goals
from survey_app.storage.engine import writing

StoredGoalSystem = goals.StoredGoalSystem
Edit = Callable[[GoalSystem], GoalSystem]

_ATTEMPTS = 3
LONGEST_CODE = 63
"""What a database column keeps of the id and the version of a goal system."""


def list_versions(session: Session, *, network_id: int) -> list[StoredGoalSystem]:
    """Return all versions of the network: drafts, the newest first, then what was published, the latest first."""
    return goals.list_goal_systems(session, network_id=network_id)


def load_version(session: Session, version_id: int, *, network_id: int) -> StoredGoalSystem:
    """Return a version of this network, published or not.

    Raises:
        UnknownGoalSystem: if the network has no such version.
    """
    return goals.load_goal_version(session, version_id, network_id=network_id)


def start_draft(session: Session, document: str, *, network_id: int, name: str = "goals") -> int:
    """Begin a draft with a document and return its id; a version that is taken gets a number behind it.

    Args:
        document: the whole file, kept as it is written unless its version has to change.
        name: of the file, for the messages.

    Raises:
        FormatError: with every problem of the document, its path and line.
    """
    goal_system = parse_goals(document, name=name)
    _ensure_short(goal_system, document, name)
    for _attempt in range(_ATTEMPTS):
        try:
            with writing(session):
                free = _find_free_version(session, goal_system, network_id=network_id)
                is_free = free == goal_system.version
                wanted = document if is_free else write_goals(replace(goal_system, version=free))
                return goals.add_goal_system(session, wanted, network_id=network_id)
        except IntegrityError:
            continue  # somebody took the version in the same moment
    raise NameTaken(goal_system.version)


def copy_version(session: Session, version_id: int, *, network_id: int, today: date) -> int:
    """Begin a draft with what a version says and return its id; its version is the day.

    Raises:
        UnknownGoalSystem: if the network has no such version.
    """
    original = goals.load_goal_version(session, version_id, network_id=network_id).goal_system
    document = write_goals(replace(original, version=today.isoformat()))
    return start_draft(session, document, network_id=network_id)


def change_draft(session: Session, version_id: int, edit: Edit, *, network_id: int) -> StoredGoalSystem:
    """Apply one change to a draft as it stands now, and return the draft after it.

    Changes of different parts at the same time do not disturb each other: `edit` gets what the others have saved, and
    raises `ConflictingRevision` itself if its own part is no longer what it began with.

    Raises:
        UnknownGoalSystem: if the network has no such version.
        TransitionNotAllowed: if it is published.
        FormatError: if the goal system would not be sound, with the paths of its parts.
        NameTaken: if the network has another version with this id and version.
    """
    taken = ""
    try:
        with writing(session):
            stored = goals.load_goal_draft(session, version_id, network_id=network_id)
            changed = edit(stored.goal_system)
            ensure_sound(changed)
            taken = changed.version
            if changed != stored.goal_system:
                document = write_goals(changed)
                goals.change_goal_draft(session, version_id, document, revision=stored.revision, network_id=network_id)
    except IntegrityError as error:
        raise NameTaken(taken) from error
    return goals.load_goal_version(session, version_id, network_id=network_id)


def change_document(
    session: Session, version_id: int, document: str, *, revision: int, network_id: int, name: str = "goals"
) -> None:
    """Write a draft as a whole, text and comments as they are.

    Raises:
        UnknownGoalSystem: if the network has no such version.
        TransitionNotAllowed: if it is published.
        FormatError: with every problem of the document, its path and line.
        ConflictingRevision: if somebody else saved since `revision`, with the draft as it stands.
        NameTaken: if the network has another version with this id and version.
    """
    goal_system = parse_goals(document, name=name)
    _ensure_short(goal_system, document, name)
    try:
        with writing(session):
            goals.change_goal_draft(session, version_id, document, revision=revision, network_id=network_id)
    except IntegrityError as error:
        raise NameTaken(goal_system.version) from error


def publish_draft(session: Session, version_id: int, *, network_id: int, revision: int, now: datetime) -> None:
    """Publish a draft for ever.

    Args:
        revision: of the draft that was read before this was decided.

    Raises:
        UnknownGoalSystem: if the network has no such version.
        TransitionNotAllowed: if it is published already.
        ConflictingRevision: if somebody changed it in the meantime, with the draft as it stands.
        FormatError: if it names an answer that a counted survey does not have, so that no report could be made.
    """
    with writing(session):
        stored = goals.load_goal_draft(session, version_id, network_id=network_id)
        if stored.revision != revision:
            raise ConflictingRevision(stored)
        misfits = find_misfits(session, stored.goal_system, network_id=network_id)
        if misfits:
            raise FormatError("goals", misfits)
        goals.publish_goal_draft(session, version_id, network_id=network_id, published_at=now)


def discard_draft(session: Session, version_id: int, *, network_id: int) -> None:
    """Remove a draft.

    Raises:
        UnknownGoalSystem: if the network has no such version.
        TransitionNotAllowed: if it is published.
    """
    with writing(session):
        goals.delete_goal_draft(session, version_id, network_id=network_id)


def ensure_sound(goal_system: GoalSystem) -> None:
    """Raise if the parts of a goal system do not fit each other.

    Raises:
        FormatError: with the path of every problem; there are no lines, because there is no file.
    """
    problems = [*check_goals(goal_system), *_check_lengths(goal_system)]
    if problems:
        raise FormatError("goals", problems)


def _ensure_short(goal_system: GoalSystem, document: str, name: str) -> None:
    problems = _check_lengths(goal_system)
    if problems:
        raise FormatError(name, locate(problems, lambda path: find_toml_line(document, path)))


def _check_lengths(goal_system: GoalSystem) -> list[FormatProblem]:
    return [
        FormatProblem(key, f"must have at most {LONGEST_CODE} characters")
        for key in ("id", "version")
        if len(getattr(goal_system, key)) > LONGEST_CODE
    ]


def _find_free_version(session: Session, goal_system: GoalSystem, *, network_id: int) -> str:
    stored = goals.list_goal_systems(session, network_id=network_id)
    taken = {one.goal_system.version for one in stored if one.goal_system.id == goal_system.id}
    wanted, number = goal_system.version, 1
    while wanted in taken:
        number += 1
        suffix = f"-{number}"
        wanted = goal_system.version[: LONGEST_CODE - len(suffix)] + suffix
    return wanted
