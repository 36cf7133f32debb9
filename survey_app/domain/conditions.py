"""Conditions on records, `[field, operator, value]`, in three-valued logic.

A goal file says by lists of conditions which records count, a questionnaire which items are asked; there are no
expressions and nothing is evaluated. An empty field (absent, null or an empty text) makes a comparison unknown
instead of false: a meeting of which nobody recorded the format is neither a network meeting nor something else.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeGuard


class Operator(StrEnum):
    """What a condition asks of a field."""

    EQUAL = "="
    NOT_EQUAL = "!="
    IN = "in"
    AT_LEAST = ">="
    AT_MOST = "<="
    PRESENT = "present"
    ANY = "any"


class InvalidCondition(ValueError):
    """A condition that cannot be read.

    Attributes:
        path: where it stands in the list, for example "[0]" or "[1][2][0]".
        reason: what is wrong, without the place.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"condition {path}: {reason}")
        self.path = path
        self.reason = reason


class Condition(NamedTuple):
    """One field, one operator, one value, as in the files; for `any` the value is again a tuple of conditions."""

    field: str
    operator: Operator
    value: object


def parse_conditions(raw: object) -> tuple[Condition, ...]:
    """Return the conditions of a list of `[field, operator, value]`.

    Raises:
        InvalidCondition: for anything else, an unknown operator, or a value that does not fit it.
    """
    return _parse_list(raw, "")


def list_fields(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Return the fields of the record that the conditions ask for, without those inside `any`."""
    return tuple(dict.fromkeys(condition.field for condition in conditions))


def matches(conditions: object, record: Mapping[str, object]) -> bool | None:
    """Return whether all conditions hold, in strong Kleene logic.

    Args:
        conditions: `Condition`s or lists `[field, operator, value]`; none at all hold for every record.
        record: the fields of one record.

    Returns:
        False as soon as one condition is false, else None if one is unknown, else True.

    Raises:
        InvalidCondition: for conditions that cannot be read.
        ValueError: if a field and its value cannot be compared.
    """
    answers = [holds(condition, record.get(condition.field)) for condition in parse_conditions(conditions)]
    if False in answers:
        return False
    return None if None in answers else True


def _parse_list(raw: object, path: str) -> tuple[Condition, ...]:
    if not _is_list(raw):
        raise InvalidCondition(path, "must be a list of conditions")
    return tuple(_parse_one(entry, f"{path}[{index}]") for index, entry in enumerate(raw))


def _parse_one(raw: object, path: str) -> Condition:
    if isinstance(raw, Condition):
        return raw
    if not isinstance(raw, Sequence) or isinstance(raw, str) or len(raw) != 3:
        raise InvalidCondition(path, "must be [field, operator, value]")
    field, name, value = raw
    if not isinstance(field, str) or not field:
        raise InvalidCondition(path, f"the field must be a name, not {field!r}")
    if name not in tuple(Operator):
        raise InvalidCondition(path, f"unknown operator {name!r}")
    operator = Operator(name)
    return Condition(field, operator, _parse_value(operator, value, path))


def _parse_value(operator: Operator, value: object, path: str) -> object:
    if operator is Operator.ANY:
        return _parse_list(value, f"{path}[2]")
    if operator is Operator.PRESENT:
        if not isinstance(value, bool):
            raise InvalidCondition(path, "present takes true or false")
        return value
    if operator is Operator.IN:
        if not _is_list(value):
            raise InvalidCondition(path, "in takes a list of values")
        return tuple(value)
    if _is_empty(value) or isinstance(value, list | tuple | Mapping):
        raise InvalidCondition(path, f"{operator} takes a single value, not {value!r}")
    if isinstance(value, bool) and operator in (Operator.AT_LEAST, Operator.AT_MOST):
        raise InvalidCondition(path, f"{operator} takes something that has an order")
    return value


def holds(condition: Condition, value: object) -> bool | None:
    """Return whether a condition holds for the value of its field; None if that is unknown.

    Raises:
        ValueError: if the two cannot be compared.
    """
    if condition.operator is Operator.PRESENT:
        return _is_empty(value) is not condition.value
    if _is_empty(value):
        return None
    return _TESTS[condition.operator](value, condition.value)


def _any_holds(elements: object, conditions: object) -> bool | None:
    if not _is_list(elements):
        raise ValueError(f"any needs a list field, not {elements!r}")
    answers = [matches(conditions, _ensure_record(element)) for element in elements]
    if True in answers:
        return True
    return None if None in answers else False


def _is_same(left: object, right: object) -> bool:
    """Equality without Python's belief that True is 1."""
    left, right = _align(left, right)
    return isinstance(left, bool) is isinstance(right, bool) and left == right


def _is_at_least(left: object, right: object) -> bool:
    left, right = _align(left, right)
    if isinstance(left, bool) or isinstance(right, bool) or isinstance(left, str) is not isinstance(right, str):
        raise ValueError(f"{left!r} and {right!r} have no order")
    try:
        return bool(left >= right)  # type: ignore[operator]
    except TypeError:
        raise ValueError(f"{left!r} and {right!r} have no order") from None


def _align(left: object, right: object) -> tuple[object, object]:
    """A goal file may write a date as text, JSON always does: beside a date, text is read as a date.

    JSON's fractions come as floats: beside an exact number they mean the digits that stand in the file.
    """
    if isinstance(left, Decimal) and isinstance(right, float):
        return left, Decimal(str(right))
    if isinstance(left, float) and isinstance(right, Decimal):
        return Decimal(str(left)), right
    if isinstance(left, date) and isinstance(right, str):
        return left, date.fromisoformat(right)
    if isinstance(left, str) and isinstance(right, date):
        return date.fromisoformat(left), right
    return left, right


def _is_in(value: object, choices: object) -> bool:
    return _is_list(choices) and any(_is_same(value, choice) for choice in choices)


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple)


def _is_empty(value: object) -> bool:
    return value is None or value == ""


def _ensure_record(element: object) -> Mapping[str, object]:
    if not isinstance(element, Mapping):
        raise ValueError(f"any needs a list of records, not {element!r}")  # noqa: TRY004 – wrong data, not wrong code
    return element


_TESTS: Mapping[Operator, Callable[[object, object], bool | None]] = {
    Operator.EQUAL: _is_same,
    Operator.NOT_EQUAL: lambda left, right: not _is_same(left, right),
    Operator.IN: _is_in,
    Operator.AT_LEAST: _is_at_least,
    Operator.AT_MOST: lambda left, right: _is_at_least(right, left),
    Operator.ANY: _any_holds,
}
