"""Conditions of a goal system in words; codes become words where there are any."""

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext

from survey_app.domain.conditions import Condition, Operator
from survey_app.web.goal_words import FIELDS, OPERATORS
from survey_app.web.vocabulary import (
    ACTOR_GROUPS,
    EDUCATION_FIELDS,
    FORMATS,
    NEED_STATUSES,
    ORIGINS,
    RATINGS,
    STATUSES,
    Words,
)

VALUES: Mapping[str, Words] = {
    "format": FORMATS,
    "status": {**NEED_STATUSES, **STATUSES},
    "origin": ORIGINS,
    "rating": RATINGS,
    "actor_group": ACTOR_GROUPS,
    "actor_groups": ACTOR_GROUPS,
    "field": EDUCATION_FIELDS,
    "fields": EDUCATION_FIELDS,
}


def condition_text(condition: Condition | Sequence[object]) -> str:
    """Return a condition in words; given as it stands in a report, a triple, or as the goal system holds it."""
    field, operator, value = _take_apart(condition)
    name = str(FIELDS.get(field, field))
    if operator == Operator.PRESENT:
        return name if value else gettext("without %(thing)s", thing=name)
    if operator == Operator.ANY:
        return f"{name}: {conditions_text(value)}" if isinstance(value, list | tuple) else name
    if operator == Operator.EQUAL and isinstance(value, bool):
        return name if value else gettext("without %(thing)s", thing=name)
    return f"{name} {OPERATORS[operator]} {_value_text(field, value)}"


def conditions_text(conditions: Iterable[Condition | Sequence[object]]) -> str:
    """Return conditions that must all hold."""
    return "; ".join(condition_text(condition) for condition in conditions)


def _take_apart(condition: Condition | Sequence[object]) -> tuple[str, str, object]:
    if isinstance(condition, Condition):
        return condition.field, condition.operator, condition.value
    field, operator, value = condition
    return str(field), str(operator), value


def _value_text(field: str, value: object) -> str:
    words = VALUES.get(field, {})
    values = value if isinstance(value, list | tuple) else (value,)
    return ", ".join(str(words.get(str(one), one)) for one in values)
