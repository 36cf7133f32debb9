"""Show-if rules as rows of a form: one earlier question, a comparison, and answers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from flask_babel import LazyString, lazy_gettext
from werkzeug.datastructures import MultiDict

from survey_app.domain.conditions import Condition, Operator
from survey_app.domain.questionnaire import NO_ANSWER, Item, ItemType, Questionnaire

ABSENT = "absent"
_ROW = re.compile(r"rule-(\d{1,2})-(field|operator|value)")
_NUMBER = re.compile(r"[-\u2212]?\d{1,12}(?:[.,]\d{1,6})?")
_MOST_ROWS = 20
_CHOOSING: Mapping[str, LazyString] = {
    Operator.IN: lazy_gettext("is one of these"),
    Operator.NOT_EQUAL: lazy_gettext("is answered, but with none of these"),
}
_ORDERING: Mapping[str, LazyString] = {
    Operator.AT_LEAST: lazy_gettext("is at least"),
    Operator.AT_MOST: lazy_gettext("is at most"),
    Operator.EQUAL: lazy_gettext("is exactly"),
}
_PRESENCE: Mapping[str, LazyString] = {
    Operator.PRESENT: lazy_gettext("is answered"),
    ABSENT: lazy_gettext("is not answered"),
}


@dataclass(slots=True)
class RuleRow:
    """One rule as it stands in the form."""

    field: str
    operator: str = Operator.IN
    values: list[str] = field(default_factory=list)
    message: str = ""


def list_askable(questionnaire: Questionnaire, code: str) -> list[Item]:
    """Return the items before one that its rules can ask: those answered by choices, a number or a date."""
    earlier: list[Item] = []
    for item in questionnaire.items:
        if item.code == code:
            return earlier
        if item.is_closed or item.type in (ItemType.NUMBER, ItemType.DATE):
            earlier.append(item)
    return earlier


def list_operators(item: Item) -> Mapping[str, LazyString]:
    """Return the comparisons that suit an item, in words."""
    return {**(_CHOOSING if item.is_closed else _ORDERING), **_PRESENCE}


def list_choices(item: Item) -> list[tuple[str, Mapping[str, str]]]:
    """Return the answers of an item that a rule can name."""
    return [(choice.code, choice.texts) for choice in item.options if choice.code != NO_ANSWER]


def show_rows(conditions: Iterable[Condition]) -> list[RuleRow]:
    """Return stored conditions as rows; several exclusions of one question become one row."""
    rows: list[RuleRow] = []
    for one in conditions:
        values = [str(value) for value in (one.value if isinstance(one.value, tuple) else (one.value,))]
        if one.operator is Operator.PRESENT:
            rows.append(RuleRow(one.field, Operator.PRESENT if one.value else ABSENT))
        elif rows and one.operator is Operator.NOT_EQUAL == rows[-1].operator and rows[-1].field == one.field:
            rows[-1].values += values
        else:
            rows.append(RuleRow(one.field, str(one.operator), values))
    return rows


def find_rows(posted: MultiDict[str, str]) -> list[RuleRow]:
    """Return the rows of a posted form, with what its buttons ask for."""
    found: dict[int, RuleRow] = {}
    for key in posted:
        match = _ROW.fullmatch(key)
        if match is None or (int(match[1]) not in found and len(found) >= _MOST_ROWS):
            continue
        row = found.setdefault(int(match[1]), RuleRow(""))
        if match[2] == "value":
            row.values = [value.strip() for value in posted.getlist(key)]
        else:
            setattr(row, match[2], posted[key])
    pressed = posted.get("refresh", "")
    removed = pressed.removeprefix("remove:") if pressed.startswith("remove:") else ""
    rows = [row for number, row in sorted(found.items()) if str(number) != removed]
    if pressed == "add" and posted.get("new"):
        rows.append(RuleRow(posted["new"], ""))
    return rows


def read_rows(rows: Iterable[RuleRow], items: Mapping[str, Item], missing: str) -> list[Condition]:
    """Return the conditions that rows say; a row without a sound answer carries the message `missing`."""
    conditions: list[Condition] = []
    for row in rows:
        item = items.get(row.field)
        if item is None:
            continue
        found = _read_row(row, item)
        if not found:
            row.message = missing
        conditions += found
    return conditions


def _read_row(row: RuleRow, item: Item) -> list[Condition]:
    if row.operator in (Operator.PRESENT, ABSENT):
        return [Condition(item.code, Operator.PRESENT, row.operator != ABSENT)]
    if row.operator not in list_operators(item):
        return []
    values = [value for value in (_read_value(one, item) for one in row.values) if value is not None]
    if not values:
        return []
    if row.operator == Operator.IN:
        one = len(values) == 1
        return [Condition(item.code, Operator.EQUAL if one else Operator.IN, values[0] if one else tuple(values))]
    return [Condition(item.code, Operator(row.operator), value) for value in values]


def _read_value(typed: str, item: Item) -> object:
    """Return a typed value as the document keeps it; numbers as JSON has them."""
    if item.is_closed or item.type is ItemType.DATE:
        return typed or None
    if not _NUMBER.fullmatch(typed):
        return None
    number = Decimal(typed.replace(",", ".").replace("\u2212", "-"))
    return int(number) if number == number.to_integral_value() else float(number)
