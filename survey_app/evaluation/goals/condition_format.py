"""Reading conditions of a goal file and checking them against the fields of their source."""

from collections.abc import Callable, Mapping
from datetime import date

from survey_app.domain.conditions import Condition, InvalidCondition, Operator, parse_conditions
from survey_app.evaluation.formats.table_reading import Refused, read_date
from survey_app.evaluation.goals.indicators import Conditions
from survey_app.evaluation.goals.sources import FIELDS, Field, FieldType, Source

_ORDERED = (FieldType.NUMBER, FieldType.DATE)
_VALUE_TYPES: Mapping[FieldType, tuple[type, str]] = {
    FieldType.TEXT: (str, "a text"),
    FieldType.NUMBER: (int, "a whole number"),
    FieldType.DATE: (date, "a date"),
    FieldType.FLAG: (bool, "true or false"),
}


def read_conditions(source: Source) -> Callable[[object], Conditions]:
    """Return a reader of conditions on the records of a source."""

    def read(raw: object) -> Conditions:
        try:
            conditions = parse_conditions(raw)
        except InvalidCondition as invalid:
            raise Refused(invalid.reason, invalid.path) from None
        return _check_list(conditions, FIELDS[source], str(source), "")

    return read


def _check_list(conditions: Conditions, fields: Mapping[str, Field], owner: str, step: str) -> Conditions:
    return tuple(_check_one(condition, fields, owner, f"{step}[{index}]") for index, condition in enumerate(conditions))


def _check_one(condition: Condition, fields: Mapping[str, Field], owner: str, step: str) -> Condition:
    field = fields.get(condition.field)
    if field is None:
        raise Refused(f"{owner} have no field {condition.field!r}", f"{step}[0]")
    return Condition(condition.field, condition.operator, _check_value(condition, field, step))


def _check_value(condition: Condition, field: Field, step: str) -> object:
    operator, value = condition.operator, condition.value
    if operator is Operator.PRESENT:
        return value
    if operator is Operator.ANY:
        if field.type is not FieldType.TABLES:
            raise Refused(f"any needs a list of tables, and {condition.field!r} is none", f"{step}[1]")
        return _check_list(value, field.fields, condition.field, f"{step}[2]")  # type: ignore[arg-type]
    if field.type not in _VALUE_TYPES:
        raise Refused(f"{operator} cannot be asked of the list {condition.field!r}", f"{step}[1]")
    if operator in (Operator.AT_LEAST, Operator.AT_MOST) and field.type not in _ORDERED:
        raise Refused(f"{condition.field!r} has no order", f"{step}[1]")
    if operator is Operator.IN:
        return tuple(_check_single(entry, condition.field, field, f"{step}[2]") for entry in value)  # type: ignore[attr-defined]
    return _check_single(value, condition.field, field, f"{step}[2]")


def _check_single(value: object, name: str, field: Field, step: str) -> object:
    if field.type is FieldType.DATE and isinstance(value, str):
        value = read_date(value)
    wanted, words = _VALUE_TYPES[field.type]
    if type(value) is not wanted:
        raise Refused(f"{name!r} is compared with {words}, not with {value!r}", step)
    if field.choices and value not in field.choices:
        raise Refused(f"{name!r} is one of {', '.join(field.choices)}, never {value!r}", step)
    return value
