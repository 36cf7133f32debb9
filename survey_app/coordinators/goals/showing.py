"""What the templates of goal systems call beside the helpers of figures."""

from collections.abc import Iterable
from typing import Any

from flask_babel import LazyString, gettext, lazy_gettext

from survey_app.coordinators.goals import condition_rows, drafts
from survey_app.domain.conditions import Condition
from survey_app.domain.questionnaire import Item
from survey_app.domain.text import wording
from survey_app.evaluation.goals.indicators import Indicator
from survey_app.evaluation.goals.sources import FieldType, Source
from survey_app.services.question_catalogue import Question
from survey_app.web import goal_words
from survey_app.web.conditions import VALUES, conditions_text
from survey_app.web.figure_parts import list_figure_helpers
from survey_app.web.locale import current_language

_IS, _IS_NOT = lazy_gettext("is"), lazy_gettext("is not")
_OPERATORS: dict[str, LazyString] = {
    "in": lazy_gettext("is one of these"),
    "=": _IS,
    "!=": _IS_NOT,
    ">=": lazy_gettext("is at least"),
    "<=": lazy_gettext("is at most"),
    "present": lazy_gettext("is recorded"),
    condition_rows.ABSENT: lazy_gettext("is not recorded"),
}
_FROM_ON, _UP_TO = lazy_gettext("is on or after"), lazy_gettext("is on or before")


def helpers() -> dict[str, Any]:
    """Return what the templates of goal systems need."""
    return list_figure_helpers() | {
        "anchor_of": drafts.fingerprint,
        "has_any": has_any,
        "name_of_field": name_of_field,
        "rows": condition_rows,
        "targets_of": targets_of,
        "words_of_conditions": words_of_conditions,
        "words_of_item": words_of_item,
        "words_of_operator": words_of_operator,
        "words_of_value": words_of_value,
    }


def name_of_field(name: str) -> str:
    """Return what people call a field of a record; a field of a topic says so."""
    outer, _dot, inner = name.partition(".")
    words = str(goal_words.FIELDS.get(inner or outer, name))
    return gettext("topic: %(field)s", field=words) if inner else words


def words_of_operator(source: Source, name: str, operator: str) -> str:
    """Return what a row asks, in words; days come before and after each other."""
    entry = condition_rows.find_field(source, name)
    if entry is not None and entry.type is FieldType.DATE and operator in (">=", "<="):
        return str(_FROM_ON if operator == ">=" else _UP_TO)
    return str(_OPERATORS[operator])


def words_of_value(name: str, code: str) -> str:
    """Return what people call a value of a field."""
    return str(VALUES[name.rsplit(".", maxsplit=1)[-1]].get(code, code))


def words_of_conditions(conditions: Iterable[Condition]) -> str:
    """Return conditions in words."""
    return conditions_text(conditions) or gettext("all of them")


def words_of_item(item: Item, question: Question) -> str:
    """Return the wording of a question in the language of the page, or the language it was written in."""
    return wording(item.texts, current_language().tag, source=question.source_language)[0]


def targets_of(indicator: Indicator) -> list[dict[str, Any]]:
    """Return the targets that change as a goal file has them."""
    return [{"from": target.starts_on, "value": target.value} for target in indicator.targets]


def has_any(form: Any, names: Iterable[str]) -> bool:
    """Tell whether one of these fields is filled in or has a message: then what hides them stands open."""
    return any(name in form and (form[name].data or form[name].errors) for name in names)


def name_asked(questions: Iterable[Question | None]) -> dict[str, str]:
    """Return the words of questions and of their answers by their codes."""
    named: dict[str, str] = {}
    for question in questions:
        if question is not None:
            language, source = current_language().tag, question.source_language
            answers = {code: wording(texts, language, source=source)[0] for code, texts in question.answers.items()}
            named |= {**answers, question.code: words_of_item(question.item, question)}
    return named
