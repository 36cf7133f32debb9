"""Checking when the items of a questionnaire are shown: conditions must be understood, and somebody must meet them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from math import prod

from survey_app.domain.conditions import Condition, Operator
from survey_app.domain.errors import Problem
from survey_app.domain.questionnaire import NO_ANSWER, Item, ItemType, Questionnaire
from survey_app.domain.showing import Given, is_met

_CHOOSING = (Operator.EQUAL, Operator.NOT_EQUAL, Operator.IN)
_ORDERING = (*_CHOOSING, Operator.AT_LEAST, Operator.AT_MOST)
_MOST_TRIES = 10_000
_BEYOND_NUMBERS = 10**16
"""More digits than anybody can enter."""

_DAY = timedelta(days=1)


def check_conditions(questionnaire: Questionnaire) -> list[Problem]:
    """Return what is wrong with the conditions of a questionnaire.

    A condition asks an earlier item that is answered by choices, a number or a date (words are stored apart, unlinked),
    with an operator and a value that fit it; so there can be no loops. An item whose conditions no possible answers
    meet, its own and those of the items it hangs on, is reported as `never_shown`.

    Returns:
        Problems with places such as ``items[3].show_if[0]``.
    """
    problems: list[Problem] = []
    codes = {item.code for item in questionnaire.items}
    earlier: dict[str, Item] = {}
    sound: set[str] = set()
    for index, item in enumerate(questionnaire.items):
        found = _check_item(item, f"items[{index}].show_if", earlier, codes)
        # What hangs on a mistake cannot be judged.
        if not found and sound.issuperset(condition.field for condition in item.show_if):
            sound.add(item.code)
            if item.show_if and not _can_be_shown(item, earlier):
                found = [Problem("never_shown", f"items[{index}].show_if")]
        problems += found
        earlier.setdefault(item.code, item)
    return problems


def _check_item(item: Item, place: str, earlier: Mapping[str, Item], codes: set[str]) -> list[Problem]:
    return [
        Problem(code, f"{place}[{number}]", parameters)
        for number, condition in enumerate(item.show_if)
        for code, parameters in _check_one(condition, earlier, codes)
    ]


def _check_one(
    condition: Condition, earlier: Mapping[str, Item], codes: set[str]
) -> Iterator[tuple[str, dict[str, object]]]:
    asked = earlier.get(condition.field)
    if asked is None:
        code = "condition_on_later_item" if condition.field in codes else "unknown_item"
        yield code, {"value": condition.field}
    elif asked.is_text or asked.type is ItemType.BLOCK:
        yield "condition_on_words", {"value": condition.field}
    elif condition.operator is not Operator.PRESENT:
        if condition.operator not in (_CHOOSING if asked.is_closed else _ORDERING):
            yield "condition_does_not_fit", {"operator": str(condition.operator)}
            return
        for value in _list_values(condition):
            code = _check_value(value, asked)
            if code:
                yield code, {"value": value}


def _check_value(value: object, asked: Item) -> str:
    """Return what is wrong with a value that answers to an item are compared with, or ""."""
    if asked.is_closed:
        return "" if value in _list_codes(asked) else "condition_on_unknown_choice"
    if asked.type is ItemType.NUMBER:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return "" if is_number and -_BEYOND_NUMBERS < value < _BEYOND_NUMBERS else "condition_without_number"  # type: ignore[operator]
    try:
        return "" if date.fromisoformat(str(value)).isoformat() == value else "condition_without_date"
    except ValueError:
        return "condition_without_date"


def _list_values(condition: Condition) -> tuple[object, ...]:
    return condition.value if isinstance(condition.value, tuple) else (condition.value,)


def _list_codes(item: Item) -> list[str]:
    return [choice.code for choice in item.options if choice.code != NO_ANSWER]


def _can_be_shown(item: Item, earlier: Mapping[str, Item]) -> bool:
    """Tell whether some answers show the item; conditions on different items do not get in each other's way."""
    wanted: dict[str, list[Condition]] = {}
    waiting, seen = [item], {item.code}
    while waiting:
        for condition in waiting.pop().show_if:
            asked = earlier[condition.field]
            wanted.setdefault(asked.code, []).append(condition)
            is_answered = condition.operator is not Operator.PRESENT or condition.value is True
            if is_answered and asked.code not in seen:
                seen.add(asked.code)
                waiting.append(asked)
    return all(_can_be_met(earlier[code], conditions) for code, conditions in wanted.items())


def _can_be_met(asked: Item, conditions: Sequence[Condition]) -> bool:
    """Tell whether one answer to an item meets all conditions, by trying one of each kind that they can tell apart."""
    may_be_empty = not asked.required or bool(asked.show_if) or any(c.code == NO_ANSWER for c in asked.options)
    if may_be_empty and all(is_met(condition, None) for condition in conditions):
        return True
    if asked.type is ItemType.MANY:
        return _can_be_ticked(asked, conditions)
    return any(
        all(is_met(condition, answer) for condition in conditions) for answer in _list_samples(asked, conditions)
    )


def _list_samples(asked: Item, conditions: Iterable[Condition]) -> Iterator[str]:
    values = [value for condition in conditions if not _is_presence(condition) for value in _list_values(condition)]
    if asked.type is ItemType.ONE:
        yield from _list_codes(asked)
    elif asked.type is ItemType.NUMBER:
        yield from (f"{number:f}" for number in _list_numbers(asked, values))
    else:
        yield from (day.isoformat() for day in _list_days(values))


def _is_presence(condition: Condition) -> bool:
    return condition.operator is Operator.PRESENT


def _list_numbers(asked: Item, values: Iterable[object]) -> list[Decimal]:
    """Return the numbers named, one between each two neighbours and one beyond either end, within the item's range."""
    limits = [limit for limit in (asked.minimum, asked.maximum) if limit is not None]
    points = sorted({Decimal(0), *limits, *(Decimal(str(value)) for value in values)})
    points = [points[0] - 1, *points, *((low + high) / 2 for low, high in pairwise(points)), points[-1] + 1]
    return [
        point
        for point in points
        if (asked.minimum is None or point >= asked.minimum) and (asked.maximum is None or point <= asked.maximum)
    ]


def _list_days(values: Iterable[object]) -> list[date]:
    """Return the days named and their neighbours."""
    named = [date.fromisoformat(str(value)) for value in values] or [date(2000, 1, 1)]
    before = [day - _DAY for day in named if day > date.min]
    return [*named, *before, *(day + _DAY for day in named if day < date.max)]


def _can_be_ticked(asked: Item, conditions: Sequence[Condition]) -> bool:
    """Tell whether some ticks meet all conditions; the fewest that can are tried, since more never help."""
    wanted = [
        _list_values(condition) for condition in conditions if condition.operator in (Operator.EQUAL, Operator.IN)
    ]
    groups = [tuple(map(str, values)) for values in wanted] or [tuple(_list_codes(asked))]
    if prod(map(len, groups)) > _MOST_TRIES:
        return True
    return any(
        _may_stand_together(asked, ticks) and all(is_met(condition, ticks) for condition in conditions)
        for ticks in (tuple(dict.fromkeys(picked)) for picked in product(*groups))
    )


def _may_stand_together(asked: Item, ticks: Given) -> bool:
    is_alone = any(choice.stands_alone and choice.code in ticks for choice in asked.options)
    return len(ticks) <= (1 if is_alone else asked.max_choices or len(asked.options))
