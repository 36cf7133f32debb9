"""The goal systems that ship with the product, for networks to begin with."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sqlalchemy.orm import Session

from survey_app.content import GOAL_TEMPLATES, read_document
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.goals_format import parse_goals
from survey_app.evaluation.goals.goals_writing import write_goals
from survey_app.services.goal_design import start_draft


@dataclass(frozen=True, slots=True)
class Template:
    """A shipped goal system by the name of its document."""

    name: str
    goal_system: GoalSystem


@cache
def list_templates() -> tuple[Template, ...]:
    """Return the shipped goal systems."""
    return tuple(Template(name, parse_goals(read_document(name), name=name)) for name in GOAL_TEMPLATES)


def start_from_template(session: Session, name: str, *, network_id: int, code: str, today: date) -> int:
    """Begin a draft with a shipped goal system and return its id.

    Args:
        name: of the template's document.
        code: id that the network's own goal system gets; its version is the day.

    Raises:
        KeyError: if there is no such template.
    """
    templates = {template.name: template.goal_system for template in list_templates()}
    own = replace(templates[name], id=code, version=today.isoformat())
    return start_draft(session, write_goals(own), network_id=network_id)
