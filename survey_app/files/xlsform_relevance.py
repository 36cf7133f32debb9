"""Conditions of items as `relevant` expressions of XLSForms.

What nobody answered is unknown to us and an item that hangs on it is not asked; to XLSForms it is an empty text, which
differs from everything. So `!=` is written together with "there is an answer", and "keine Angabe" is no answer.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from survey_app.domain.conditions import Condition, Operator
from survey_app.domain.questionnaire import NO_ANSWER, Item, ItemType


def write_relevant(conditions: Sequence[Condition], asked: Mapping[str, Item], names: Mapping[str, str]) -> str:
    """Return the expression that holds exactly when all conditions are known to hold; "" for none.

    Args:
        conditions: the `show_if` of an item.
        asked: every item that the conditions ask, by code.
        names: under which name each item stands in the form.
    """
    parts = [_write_one(condition, asked[condition.field], names[condition.field]) for condition in conditions]
    if len(parts) == 1:
        return parts[0]
    return " and ".join(f"({part})" if " and " in part or " or " in part else part for part in parts)


def write_number(number: Decimal | float) -> str:
    """Return a number without an exponent, which XPath does not know."""
    return f"{Decimal(str(number)):f}"


def _write_one(condition: Condition, asked: Item, name: str) -> str:
    operator, value = condition.operator, condition.value
    reference = f"${{{name}}}"
    if operator is Operator.PRESENT:
        return _answered(asked, reference) if value else _unanswered(asked, reference)
    if operator is Operator.IN and isinstance(value, tuple):
        return " or ".join(_equal(asked, reference, one) for one in value)
    if operator is Operator.NOT_EQUAL:
        same = _equal(asked, reference, value)
        different = f"not({same})" if asked.type is ItemType.MANY else same.replace(" = ", " != ", 1)
        return f"{_answered(asked, reference)} and {different}"
    if operator is Operator.EQUAL:
        return _equal(asked, reference, value)
    return f"{reference} {operator} {_literal(asked, value)}"


def _equal(asked: Item, reference: str, value: object) -> str:
    if asked.type is ItemType.MANY:
        return f"selected({reference}, {_literal(asked, value)})"
    return f"{reference} = {_literal(asked, value)}"


def _literal(asked: Item, value: object) -> str:
    if asked.type is ItemType.NUMBER and isinstance(value, int | float):
        return write_number(value)
    return f"date('{value}')" if asked.type is ItemType.DATE else f"'{value}'"


def _answered(asked: Item, reference: str) -> str:
    extra = f" and {reference} != '{NO_ANSWER}'" if _may_refuse(asked) else ""
    return f"{reference} != ''{extra}"


def _unanswered(asked: Item, reference: str) -> str:
    extra = f" or {reference} = '{NO_ANSWER}'" if _may_refuse(asked) else ""
    return f"{reference} = ''{extra}"


def _may_refuse(asked: Item) -> bool:
    return any(choice.code == NO_ANSWER for choice in asked.options)
