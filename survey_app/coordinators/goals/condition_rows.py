"""Conditions of a goal system as rows of a form, one per field; what the rows cannot say is kept as it is.

A row asks one thing of one field: "format is one of …", "won is recorded". What is asked of the topics of a meeting
becomes one condition "there is a topic with all of this", as in the file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from survey_app.domain.conditions import Condition, Operator, parse_conditions
from survey_app.evaluation.formats.table_reading import Refused
from survey_app.evaluation.goals.condition_format import read_conditions
from survey_app.evaluation.goals.sources import FIELDS, Field, FieldType, Source
from survey_app.web.conditions import VALUES

Conditions = tuple[Condition, ...]
ABSENT = "absent"
TOPICS = "topics"
_LISTED = (Operator.EQUAL, Operator.IN)
_OPERATORS: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.TEXT: ("=", "!=", "present", ABSENT),
    FieldType.NUMBER: (">=", "<=", "=", "!=", "present", ABSENT),
    FieldType.DATE: (">=", "<=", "=", "!=", "present", ABSENT),
    FieldType.FLAG: ("=", "present", ABSENT),
    FieldType.CODES: ("present", ABSENT),
    FieldType.TABLES: ("present", ABSENT),
}
_CHOICE_OPERATORS = ("in", "!=", "present", ABSENT)
_FLAGS = {"yes": True, "no": False}
_LONGEST_NUMBER = 9


@dataclass(slots=True)
class Row:
    """One row as it stands in the form.

    Attributes:
        name: the field, "topics.origin" for one of a topic.
        message: what is wrong with it, set when it is read.
    """

    name: str
    operator: str = ""
    values: list[str] = field(default_factory=list)
    message: str = ""

    @property
    def needs_value(self) -> bool:
        """Tell whether the operator compares with something."""
        return self.operator not in (Operator.PRESENT, ABSENT)


def list_names(source: Source) -> list[str]:
    """Return what a row can ask of the records of a source, topics by their own fields."""
    names = []
    for name, entry in FIELDS[source].items():
        names.append(name)
        names += [f"{name}.{inner}" for inner in entry.fields]
    return names


def find_field(source: Source, name: str) -> Field | None:
    """Return the field that a row asks, None if the source has none of this name."""
    outer, _dot, inner = name.partition(".")
    entry = FIELDS[source].get(outer)
    return entry.fields.get(inner) if entry is not None and inner else entry


def list_operators(source: Source, name: str) -> tuple[str, ...]:
    """Return what can be asked of a field."""
    entry = find_field(source, name)
    if entry is None:
        return ()
    return _CHOICE_OPERATORS if has_choices(source, name) else _OPERATORS[entry.type]


def has_choices(source: Source, name: str) -> bool:
    """Tell whether people choose the value from a list of words."""
    entry = find_field(source, name)
    return entry is not None and entry.type is FieldType.TEXT and name.rsplit(".", maxsplit=1)[-1] in VALUES


def list_choices(source: Source, row: Row) -> list[str]:
    """Return the codes to choose from, those of the row included even if no vocabulary has them."""
    entry = find_field(source, row.name)
    known = list(entry.choices) if entry is not None and entry.choices else [*VALUES[row.name.split(".")[-1]]]
    return [*map(str, known), *(value for value in row.values if value not in known)]


def show_rows(source: Source, conditions: Conditions) -> list[Row] | None:
    """Return conditions as rows, None if rows cannot say exactly this."""
    rows = []
    for condition in conditions:
        found = _show(source, condition)
        if found is None:
            return None
        rows += found
    try:
        is_same = is_equivalent(read_rows(source, rows), conditions)
    except Refused:
        return None
    return rows if is_same else None


def _show(source: Source, condition: Condition) -> list[Row] | None:
    if condition.operator is not Operator.ANY:
        row = _show_one(source, condition.field, condition)
        return None if row is None else [row]
    inner = condition.value if isinstance(condition.value, tuple) else ()
    rows = [_show_one(source, f"{condition.field}.{one.field}", one) for one in inner]
    return [row for row in rows if row is not None] if rows and all(rows) else None


def _show_one(source: Source, name: str, condition: Condition) -> Row | None:
    operator, value = condition.operator, condition.value
    if operator is Operator.PRESENT:
        return Row(name, str(operator) if value else ABSENT)
    listed = list(value) if isinstance(value, tuple) else [value]
    if has_choices(source, name) and operator in _LISTED:
        return Row(name, str(Operator.IN), [str(one) for one in listed])
    if operator is Operator.IN or operator not in list_operators(source, name):
        return None
    return Row(name, str(operator), [_write(one) for one in listed])


def _write(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def read_rows(source: Source, rows: Iterable[Row]) -> Conditions:
    """Return the conditions that rows say.

    Raises:
        Refused: for a row that does not fit its field; the row carries the message.
    """
    raw: list[Any] = []
    for row in rows:
        outer, _dot, inner = row.name.partition(".")
        try:
            entries = [[inner or outer, operator, value] for operator, value in _read(source, row)]
            read_conditions(source)([[outer, "any", entries]] if inner else entries)
        except Refused as refused:
            row.message = refused.message
            raise
        if not inner:
            raw += entries
        elif raw and raw[-1][0] == outer and raw[-1][1] == "any":
            raw[-1][2] += entries
        else:
            raw.append([outer, "any", entries])
    return read_conditions(source)(raw)


def _read(source: Source, row: Row) -> list[tuple[str, object]]:
    if row.operator in (ABSENT, Operator.PRESENT):
        return [(str(Operator.PRESENT), row.operator != ABSENT)]
    entry = find_field(source, row.name)
    given = [value for value in row.values if value]
    if entry is None or row.operator not in list_operators(source, row.name) or not given:
        raise Refused("is missing")
    if row.operator == Operator.IN:
        return [(str(Operator.IN), given) if len(given) > 1 else (str(Operator.EQUAL), given[0])]
    return [(row.operator, _convert(entry, value)) for value in given]


def _convert(entry: Field, value: str) -> object:
    if entry.type is FieldType.FLAG:
        return _FLAGS.get(value, value)
    if entry.type is not FieldType.NUMBER:
        return value
    if not value.isdecimal() or len(value) > _LONGEST_NUMBER:
        raise Refused("must be a whole number")
    return int(value)


def is_equivalent(one: Sequence[object], other: Sequence[object]) -> bool:
    """Tell whether two lists of conditions ask the same, whatever the order of values and "in" with a single one."""
    return [_normal(condition) for condition in one] == [_normal(condition) for condition in other]


def _normal(condition: object) -> tuple[object, ...]:
    (found,) = parse_conditions([condition])
    name, operator, value = found
    if operator is Operator.ANY and isinstance(value, tuple):
        return name, operator, tuple(_normal(one) for one in value)
    if operator in _LISTED:
        listed = value if isinstance(value, tuple) else (value,)
        return name, Operator.IN, tuple(sorted(map(str, listed)))
    return name, operator, value
