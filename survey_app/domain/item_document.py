"""The item part of ``questionnaire/1``: reading, writing and checking one item."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from survey_app.domain.conditions import Condition, InvalidCondition, parse_conditions
from survey_app.domain.document_reading import Reader
from survey_app.domain.errors import Problem
from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, ItemType, ValueClass

_ITEM_KEYS = {
    "number", "code", "version", "type", "required", "sensitive", "indicators", "texts", "hint", "module",
    "max_choices", "max_length", "minimum", "maximum", "shuffle", "options", "classes", "show_if",
    "key_variable", "equivalent_to",
}  # fmt: skip
_CHOICE_KEYS = {"code", "texts", "leaves_base", "set_off", "exclusive", "last", "text_length"}
_CLASS_KEYS = {"code", "texts", "low", "high"}
RESERVED_CODES = frozenset({"lang", "submission_key", "switch_language", "ticket", "csrf_token", "texts"})
"""Names that the form uses for itself, or paths of wording for the questionnaire's own texts: no item may have them."""

_MOST_DIGITS = 30
_FLAGS = ("leaves_base", "set_off", "exclusive", "last")


def read_item(reader: Reader, value: object, place: str) -> Item:
    """Return one item of a document; problems go to the reader."""
    document = reader.mapping(value, place, keys=_ITEM_KEYS, required={"code", "type", "texts"})
    kind = reader.member(document.get("type", ItemType.BLOCK), f"{place}.type", ItemType, ItemType.BLOCK)
    options = tuple(
        _read_choice(reader, choice, f"{place}.options[{index}]")
        for index, choice in enumerate(reader.sequence(document.get("options", []), f"{place}.options"))
    )
    return Item(
        code=reader.code(document.get("code", "missing"), f"{place}.code"),
        type=kind,
        texts=reader.text(document.get("texts", {}), f"{place}.texts"),
        version=reader.integer(document.get("version", 1), f"{place}.version", minimum=1),
        number=_optional_string(reader, document.get("number"), f"{place}.number"),
        required=reader.boolean(document.get("required", False), f"{place}.required"),
        sensitive=reader.boolean(document.get("sensitive", False), f"{place}.sensitive"),
        indicators=reader.strings(document.get("indicators", []), f"{place}.indicators"),
        hint=_optional_string(reader, document.get("hint"), f"{place}.hint"),
        module=_optional_string(reader, document.get("module"), f"{place}.module"),
        max_choices=reader.optional_integer(document.get("max_choices"), f"{place}.max_choices", minimum=1),
        max_length=reader.optional_integer(document.get("max_length"), f"{place}.max_length", minimum=1),
        minimum=_optional_number(reader, document.get("minimum"), f"{place}.minimum"),
        maximum=_optional_number(reader, document.get("maximum"), f"{place}.maximum"),
        shuffle=reader.boolean(document.get("shuffle", False), f"{place}.shuffle"),
        options=options,
        classes=tuple(
            _read_class(reader, entry, f"{place}.classes[{index}]", kind)
            for index, entry in enumerate(reader.sequence(document.get("classes", []), f"{place}.classes"))
        ),
        show_if=_read_show_if(reader, document.get("show_if", []), f"{place}.show_if"),
        key_variable=_read_key_variable(reader, document.get("key_variable", False), f"{place}.key_variable", options),
        equivalent_to=tuple(
            reader.integer(version, f"{place}.equivalent_to", minimum=1)
            for version in reader.sequence(document.get("equivalent_to", []), f"{place}.equivalent_to")
        ),
    )


def _read_choice(reader: Reader, value: object, place: str) -> Choice:
    document = reader.mapping(value, place, keys=_CHOICE_KEYS, required={"code", "texts"})
    flags = {flag: reader.boolean(document.get(flag, False), f"{place}.{flag}") for flag in _FLAGS}
    return Choice(
        code=reader.code(document.get("code", "missing"), f"{place}.code"),
        texts=reader.text(document.get("texts", {}), f"{place}.texts"),
        text_length=reader.optional_integer(document.get("text_length"), f"{place}.text_length", minimum=1),
        **flags,
    )


def _read_class(reader: Reader, value: object, place: str, kind: ItemType) -> ValueClass:
    document = reader.mapping(value, place, keys=_CLASS_KEYS, required={"code", "texts"})
    read_limit = _optional_date if kind is ItemType.DATE else _optional_number
    return ValueClass(
        code=reader.code(document.get("code", "missing"), f"{place}.code"),
        texts=reader.text(document.get("texts", {}), f"{place}.texts"),
        low=read_limit(reader, document.get("low"), f"{place}.low"),
        high=read_limit(reader, document.get("high"), f"{place}.high"),
    )


def _read_show_if(reader: Reader, value: object, place: str) -> tuple[Condition, ...]:
    conditions: list[Condition] = []
    for index, condition in enumerate(reader.sequence(value, place)):
        try:
            conditions += parse_conditions([condition])
        except InvalidCondition:
            reader.add("malformed_condition", f"{place}[{index}]")
    return tuple(conditions)


def _read_key_variable(
    reader: Reader, value: object, place: str, options: tuple[Choice, ...]
) -> Mapping[str, tuple[str, ...]]:
    if value is False:
        return {}
    if value is True:
        return {choice.code: (choice.code,) for choice in options if choice.code != NO_ANSWER}
    return {code: reader.strings(codes, f"{place}.{code}") for code, codes in reader.codes(value, place).items()}


def _optional_string(reader: Reader, value: object, place: str) -> str | None:
    return None if value is None else reader.string(value, place)


def _optional_number(reader: Reader, value: object, place: str) -> Decimal | None:
    if value is None:
        return None
    try:
        number = Decimal(str(value)) if isinstance(value, (int, float, str, Decimal)) else Decimal("NaN")
    except (InvalidOperation, ValueError):  # ValueError: an integer of thousands of digits
        number = Decimal("NaN")
    # Written out, a number with a large exponent would fill the memory.
    is_plain = number.is_finite() and abs(number.adjusted()) <= _MOST_DIGITS and not isinstance(value, bool)
    if is_plain and len(number.as_tuple().digits) <= _MOST_DIGITS:
        return number
    reader.add("not_a_number", place)
    return None


def _optional_date(reader: Reader, value: object, place: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(reader.string(value, place))
    except ValueError:
        reader.add("not_a_date", place)
        return None


def item_document(item: Item) -> dict[str, Any]:
    """Return the document of an item: what differs from the defaults, in the order of the format."""
    document: dict[str, Any] = {
        "number": item.number,
        "code": item.code,
        "version": item.version,
        "type": str(item.type),
    }
    document |= {"required": item.required, "sensitive": item.sensitive, "indicators": list(item.indicators)}
    document |= {"texts": dict(item.texts), "hint": item.hint, "module": item.module}
    document |= {"max_choices": item.max_choices, "max_length": item.max_length, "shuffle": item.shuffle}
    document |= {"minimum": _plain(item.minimum), "maximum": _plain(item.maximum)}
    document["options"] = [_choice_document(choice) for choice in item.options]
    document["classes"] = [
        {"code": entry.code, "texts": dict(entry.texts), "low": _plain(entry.low), "high": _plain(entry.high)}
        for entry in item.classes
    ]
    document["show_if"] = [_plain_condition(condition) for condition in item.show_if]
    document["key_variable"] = {code: list(codes) for code, codes in item.key_variable.items()}
    document["equivalent_to"] = list(item.equivalent_to)
    always = {"code", "version", "type", "texts"}
    return {key: value for key, value in document.items() if key in always or value not in (None, False, [], {})}


def _choice_document(choice: Choice) -> dict[str, Any]:
    document: dict[str, Any] = {"code": choice.code, "texts": dict(choice.texts)}
    document |= {flag: True for flag in _FLAGS if getattr(choice, flag)}
    return document | ({"text_length": choice.text_length} if choice.text_length else {})


def _plain(value: Decimal | date | None) -> str | None:
    return None if value is None else str(value)


def _plain_condition(condition: Condition) -> list[object]:
    value = condition.value
    return [condition.field, str(condition.operator), list(value) if isinstance(value, tuple) else value]


def check_item(item: Item, place: str) -> list[Problem]:
    """Return what contradicts itself within one item."""
    problems = []
    codes = [choice.code for choice in item.options]
    if item.is_closed and not codes:
        problems.append(Problem("no_choices", f"{place}.options"))
    if not item.is_closed and codes:
        problems.append(Problem("choices_without_use", f"{place}.options"))
    if item.code in RESERVED_CODES:
        problems.append(Problem("reserved_code", f"{place}.code", {"value": item.code}))
    problems += _duplicate_codes(codes, f"{place}.options")
    problems += _duplicate_codes([entry.code for entry in item.classes], f"{place}.classes")
    problems += [
        Problem("unknown_choice", f"{place}.key_variable.{name}", {"value": code})
        for name, members in item.key_variable.items()
        for code in members
        if code not in codes
    ]
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        problems.append(Problem("empty_range", f"{place}.minimum"))
    return problems


def _duplicate_codes(codes: list[str], place: str) -> list[Problem]:
    return [
        Problem("duplicate_code", f"{place}[{index}].code", {"value": code})
        for index, code in enumerate(codes)
        if code in codes[:index]
    ]
