"""What the pages of a goal system share: the version of the address, what it would give, and who saved meanwhile."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from flask import abort, g, request
from flask_babel import gettext

from survey_app.domain.errors import ConflictingRevision, NameTaken, TransitionNotAllowed
from survey_app.domain.text import clean_text
from survey_app.evaluation.formats.format_errors import FormatError
from survey_app.evaluation.goals.goals import Goal, GoalSystem
from survey_app.evaluation.goals.indicators import Indicator
from survey_app.extensions import db
from survey_app.services import goal_design
from survey_app.services.goal_design import Edit, StoredGoalSystem
from survey_app.services.goal_preview import Preview, preview_goals
from survey_app.services.reporting import load_records
from survey_app.web.report_window import build_window, local_today


def load_version(system_id: int) -> StoredGoalSystem:
    """Return the version of the address."""
    return goal_design.load_version(db.session(), system_id, network_id=g.network.id)


def load_draft(system_id: int) -> StoredGoalSystem:
    """Return the draft of the address.

    Raises:
        TransitionNotAllowed: if it is published.
    """
    stored = load_version(system_id)
    if stored.published_at is not None:
        raise TransitionNotAllowed("a published version never changes")
    return stored


def asked_goal(goal_system: GoalSystem) -> Goal:
    """Return the goal that the address asks for, or answer that there is none."""
    return goal_system.find_goal(asked_id()) or abort(404)


def asked_indicator(goal_system: GoalSystem) -> Indicator:
    """Return the indicator that the address asks for, or answer that there is none."""
    return goal_system.find_indicator(asked_id()) or abort(404)


def asked_id() -> str:
    """Return the id in the address; ids may hold any character, so they are no part of the path."""
    return request.args.get("id", "")


def try_out(goal_system: GoalSystem) -> Preview:
    """Return what a goal system would give on the day for which the report would be shown."""
    records = load_records(db.session(), g.network)
    window = build_window(g.network, goal_system.starts_on, records.tallies, today=local_today())
    return preview_goals(g.network, goal_system, records, cut_off=window.default)


def change(system_id: int, edit: Edit) -> StoredGoalSystem:
    """Apply a change to the draft of the address."""
    return goal_design.change_draft(db.session(), system_id, edit, network_id=g.network.id)


def fingerprint(part: object) -> str:
    """Return what tells one state of a part from another: forms carry it to notice what others saved meanwhile."""
    return hashlib.sha256(repr(part).encode("utf-8", "backslashreplace")).hexdigest()[:20]


def ensure_untouched(part: object | None, seen: str | None) -> None:
    """Raise if a part is not what the form began with.

    Raises:
        ConflictingRevision: with the part as it stands, None if it was removed.
    """
    if part is None or fingerprint(part) != seen:
        raise ConflictingRevision(part)


def save(system_id: int, edit: Edit, form: Any, *, prefix: str) -> ConflictingRevision | bool:
    """Apply the change that a form asks for.

    Args:
        prefix: path of the form's part, such as ``goal[3]``; what is wrong there is shown at the form's fields.

    Returns:
        True if it was saved, False if the form says what is wrong, the conflict if somebody saved the same part.
    """
    try:
        change(system_id, edit)
    except FormatError as error:
        form.add_problems_below(prefix, error.problems)
        return False
    except NameTaken:
        form.add_message("version", gettext("This version exists already. Please choose another one."))
        return False
    except ConflictingRevision as conflict:
        return conflict
    return True


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def typed(name: str) -> str:
    """Return a value of the posted form, cleaned."""
    return clean_text(request.form.get(name, ""))
