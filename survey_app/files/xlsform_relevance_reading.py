"""`relevant` expressions of XLSForms as conditions of items, as far as conditions can say the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from survey_app.domain.conditions import Condition, Operator
from survey_app.domain.questionnaire import NO_ANSWER, Item, ItemType
from survey_app.files.xlsform_expressions import (
    Call,
    Comparison,
    Joined,
    Literal,
    Node,
    NotUnderstood,
    Reference,
    parse_expression,
)

_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """An earlier question that conditions may ask.

    Attributes:
        codes: code of each choice by its name in the form.
        is_whole: whether only whole numbers answer it.
    """

    item: Item
    codes: Mapping[str, str]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Relevance:
    """What became of an expression.

    Attributes:
        conditions: what could be carried.
        is_whole: whether nothing was left out.
        is_exact: whether it means the same; `!=` of XLSForms holds for people who gave no answer, too.
    """

    conditions: tuple[Condition, ...] = ()
    is_whole: bool = True
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class _Part:
    conditions: tuple[Condition, ...]
    is_exact: bool = True


def read_relevant(text: str, asked: Mapping[str, AskedQuestion]) -> Relevance:
    """Return the conditions that an expression says.

    Args:
        text: the cell; empty for no condition.
        asked: earlier questions by their names in the form.
    """
    if not text:
        return Relevance()
    try:
        parts = list(_read_parts(parse_expression(text), asked))
    except NotUnderstood:
        return Relevance(is_whole=False)
    found = [part for part in parts if part is not None]
    conditions = tuple(condition for part in found for condition in part.conditions)
    answered = {condition.field for condition in conditions if _wants_answer(condition)}
    vague = {condition.field for part in found if not part.is_exact for condition in part.conditions}
    return Relevance(conditions, None not in parts, vague <= answered)


def _wants_answer(condition: Condition) -> bool:
    if condition.operator is Operator.PRESENT:
        return condition.value is True
    return condition.operator is not Operator.NOT_EQUAL


def _read_parts(node: Node, asked: Mapping[str, AskedQuestion]) -> Iterator[_Part | None]:
    """Yield what each part says; None for one that conditions cannot say."""
    part = _read_part(node, asked)
    if part is None and isinstance(node, Joined) and node.word == "and":
        for inner in node.parts:
            yield from _read_parts(inner, asked)
    else:
        yield part


def _read_part(node: Node, asked: Mapping[str, AskedQuestion]) -> _Part | None:
    if isinstance(node, Joined):
        return _read_choice_of(node, asked) if node.word == "or" else _read_known_difference(node, asked)
    if isinstance(node, Comparison):
        return _read_comparison(node, asked)
    if isinstance(node, Call) and node.name == "not" and len(node.arguments) == 1:
        return _read_negation(node.arguments[0], asked)
    if isinstance(node, Call) and node.name == "true" and not node.arguments:
        return _Part(())
    value = _read_selected(node, asked)
    return None if value is None else _Part((Condition(value[0].item.code, Operator.EQUAL, value[1]),))


def _read_known_difference(node: Joined, asked: Mapping[str, AskedQuestion]) -> _Part | None:
    """Read "there is an answer, and it is not this": one condition of ours."""
    parts = [None if isinstance(inner, Joined) else _read_part(inner, asked) for inner in node.parts]
    single = [part.conditions[0] for part in parts if part is not None and len(part.conditions) == 1]
    if len(single) < len(parts) or len({condition.field for condition in single}) > 1:
        return None
    present, *others = single
    if (present.operator, present.value) != (Operator.PRESENT, True):
        return None
    if any(condition.operator is not Operator.NOT_EQUAL for condition in others):
        return None
    if others and others[0].value == NO_ANSWER:
        others = others[1:]
    elif _may_refuse(_find_by_code(present.field, asked)):
        return None
    if len(others) > 1 or any(condition.value == NO_ANSWER for condition in others):
        return None
    return _Part((others[0] if others else present,))


def _read_choice_of(node: Joined, asked: Mapping[str, AskedQuestion]) -> _Part | None:
    """Read "one of these", or "no answer or keine Angabe"."""
    parts = [_read_part(inner, asked) for inner in node.parts]
    single = [part.conditions[0] for part in parts if part is not None and len(part.conditions) == 1]
    if len(single) < len(parts) or len({condition.field for condition in single}) > 1:
        return None
    values = [value for condition in single for value in _list_values(condition)]
    if all(condition.operator in (Operator.EQUAL, Operator.IN) for condition in single) and NO_ANSWER not in values:
        return _Part((Condition(single[0].field, Operator.IN, tuple(values)),))
    absent = (Operator.PRESENT, False)
    if [(one.operator, one.value) for one in single] == [absent, (Operator.EQUAL, NO_ANSWER)]:
        return _Part((single[0],))
    return None


def _list_values(condition: Condition) -> tuple[object, ...]:
    return condition.value if isinstance(condition.value, tuple) else (condition.value,)


def _read_negation(node: Node, asked: Mapping[str, AskedQuestion]) -> _Part | None:
    part = _read_part(node, asked)
    if part is None or len(part.conditions) != 1:
        return None
    field, operator, value = part.conditions[0]
    if operator is Operator.EQUAL:
        return _Part((Condition(field, Operator.NOT_EQUAL, value),), is_exact=False)
    if operator is Operator.PRESENT:
        return _Part((Condition(field, Operator.PRESENT, not value),), is_exact=part.is_exact)
    return None


def _read_selected(node: Node, asked: Mapping[str, AskedQuestion]) -> tuple[AskedQuestion, str] | None:
    if not isinstance(node, Call) or node.name != "selected" or len(node.arguments) != 2:
        return None
    question, code = _find(node.arguments[0], asked), node.arguments[1]
    if question is None or not question.item.is_closed or not isinstance(code, Literal):
        return None
    found = question.codes.get(_as_text(code))
    return None if found is None else (question, found)


def _read_comparison(node: Comparison, asked: Mapping[str, AskedQuestion]) -> _Part | None:
    left, sign, right = node.left, node.sign, node.right
    if isinstance(left, Literal) or (isinstance(left, Call) and left.name == "date"):
        left, sign, right = right, _MIRRORED.get(sign, sign), left
    counted = _read_count(left, sign, right, asked)
    if counted is not None:
        return counted
    question = _find(left, asked)
    if question is None:
        return None
    if isinstance(right, Literal) and right.value == "" and sign in ("=", "!="):
        present = Condition(question.item.code, Operator.PRESENT, sign == "!=")
        return _Part((present,), is_exact=not _may_refuse(question))
    value = _read_value(right, question)
    if value is None or (question.item.type is ItemType.MANY and value != NO_ANSWER):
        return None  # of several ticks, it would be about all of them together
    return _compare(question, sign, value)


def _read_count(left: Node, sign: str, right: Node, asked: Mapping[str, AskedQuestion]) -> _Part | None:
    if not isinstance(left, Call) or left.name != "count-selected" or len(left.arguments) != 1:
        return None
    question = _find(left.arguments[0], asked)
    limits = {(">", Decimal(0)): True, (">=", Decimal(1)): True, ("=", Decimal(0)): False}
    wanted = limits.get((sign, right.value)) if isinstance(right, Literal) else None  # type: ignore[arg-type]  # a text is no key
    if question is None or wanted is None:
        return None
    return _Part((Condition(question.item.code, Operator.PRESENT, wanted),), is_exact=not _may_refuse(question))


def _read_value(node: Node, question: AskedQuestion) -> object:
    """Return the value as conditions hold it, or None."""
    if question.item.is_closed:
        return question.codes.get(_as_text(node)) if isinstance(node, Literal) else None
    if question.item.type is ItemType.NUMBER and isinstance(node, Literal) and isinstance(node.value, Decimal):
        return int(node.value) if node.value == node.value.to_integral_value() else float(node.value)
    if question.item.type is ItemType.DATE:
        inner = node.arguments[0] if isinstance(node, Call) and node.name == "date" and node.arguments else node
        return _read_day(inner)
    return None


def _read_day(node: Node) -> str | None:
    if not isinstance(node, Literal) or not isinstance(node.value, str):
        return None
    try:
        return date.fromisoformat(node.value).isoformat()
    except ValueError:
        return None


def _compare(question: AskedQuestion, sign: str, value: object) -> _Part | None:
    code = question.item.code
    if sign in ("=", "!="):
        return _Part((Condition(code, Operator(sign), value),), is_exact=sign == "=")
    if question.item.is_closed:
        return None
    operator = Operator.AT_LEAST if sign.startswith(">") else Operator.AT_MOST
    if sign in (">=", "<="):
        return _Part((Condition(code, operator, value),))
    nearest = _step(question, sign, value)
    if nearest is not None:
        return _Part((Condition(code, operator, nearest),))
    return _Part((Condition(code, operator, value), Condition(code, Operator.NOT_EQUAL, value)))


def _step(question: AskedQuestion, sign: str, value: object) -> object:
    """Return the next value beyond a strict limit where there is one: the next day, the next whole number."""
    direction = 1 if sign == ">" else -1
    if isinstance(value, str):
        day = date.fromisoformat(value)
        return None if day in (date.min, date.max) else (day + direction * _DAY).isoformat()
    return value + direction if isinstance(value, int) and question.is_whole else None


def _find(node: Node, asked: Mapping[str, AskedQuestion]) -> AskedQuestion | None:
    question = asked.get(node.name) if isinstance(node, Reference) else None
    return None if question is None or question.item.is_text or question.item.type is ItemType.BLOCK else question


def _find_by_code(code: str, asked: Mapping[str, AskedQuestion]) -> AskedQuestion:
    questions: Iterable[AskedQuestion] = asked.values()
    return next(question for question in questions if question.item.code == code)


def _may_refuse(question: AskedQuestion) -> bool:
    return NO_ANSWER in question.codes.values()


def _as_text(literal: Literal) -> str:
    return literal.value if isinstance(literal.value, str) else f"{literal.value:f}"
