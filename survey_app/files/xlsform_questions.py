"""Questions of an XLSForm as items."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from survey_app.domain.conditions import Condition
from survey_app.domain.questionnaire import DEFAULT_TEXT_LENGTH, Choice, Item, ItemType
from survey_app.domain.text import Text
from survey_app.files.sheet_guard import refuse
from survey_app.files.xlsform_choices import OTHER, ChoiceList
from survey_app.files.xlsform_limits import Limits, read_constraint
from survey_app.files.xlsform_relevance_reading import AskedQuestion
from survey_app.files.xlsform_rows import QuestionKind, Row

_MULTILINE = "multiline"
_RANGE = {"start": Decimal(1), "end": Decimal(10)}
"""What a slider shows if the form does not say: XLSForm standard, `range`."""

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


def read_question(
    row: Row,
    kind: QuestionKind,
    *,
    code: str,
    lists: Mapping[str, ChoiceList],
    source_language: str,
) -> AskedQuestion:
    """Return the item of a row, without hint and conditions; what is not carried is noted in the row.

    Raises:
        InvalidDocument: if its list of choices does not exist.
    """
    kind = replace(kind, type=_find_long(row, kind.type))
    limits = read_constraint(row.cell("constraint"), kind=kind.type, is_whole=kind.is_whole)
    choices = _find_choices(row, kind, lists, source_language)
    parameters = _read_parameters(row, kind)
    item = Item(
        code=code,
        type=kind.type,
        texts=row.text("label"),
        required=row.read_required(),
        shuffle=parameters.get("randomize") == "true",
        options=_mark_exclusive(choices, limits),
        max_choices=limits.max_choices,
        max_length=limits.max_length,
        minimum=limits.minimum,
        maximum=limits.maximum,
    )
    if row.cell("type").lower() == "range":
        item = _limit_range(item, parameters)
    _note_rest(row, kind, limits, choices)
    return AskedQuestion(item, choices.codes, kind.is_whole)


def add_text_beside(question: AskedQuestion, choice_code: str, row: Row) -> AskedQuestion:
    """Return a question with the text beside one of its choices that a row of its own asks for."""
    limits = read_constraint(row.cell("constraint"), kind=ItemType.TEXT)
    if not limits.is_whole:
        row.note("limit_left_out", "constraint", row.cell("constraint"))
    length = limits.max_length or DEFAULT_TEXT_LENGTH[ItemType.TEXT]
    options = tuple(
        replace(choice, text_length=length) if choice.code == choice_code else choice
        for choice in question.item.options
    )
    return replace(question, item=replace(question.item, options=options))


def show_if(item: Item, conditions: Iterable[Condition]) -> Item:
    """Return the item with conditions, each only once."""
    return replace(item, show_if=tuple(dict.fromkeys(conditions)))


def make_block(code: str, texts: Text, conditions: Iterable[Condition]) -> Item:
    """Return a block of text."""
    return show_if(Item(code, ItemType.BLOCK, texts), conditions)


def _find_long(row: Row, kind: ItemType) -> ItemType:
    """Return long text instead of text where the form shows several lines; note any other appearance."""
    words = row.cell("appearance").split()
    is_long = kind is ItemType.TEXT and (_MULTILINE in words or "rows" in row.read_parameters())
    rest = [word for word in words if not (is_long and word == _MULTILINE)]
    if rest:
        row.note("column_not_carried", "appearance", f"appearance {' '.join(rest)}")
    return ItemType.LONG_TEXT if is_long else kind


def _find_choices(row: Row, kind: QuestionKind, lists: Mapping[str, ChoiceList], source_language: str) -> ChoiceList:
    if not kind.list_name:
        return ChoiceList()
    if kind.list_name not in lists:
        raise refuse("list_missing", row.place("type"), value=kind.list_name)
    choices = lists[kind.list_name].copy()
    if kind.has_other:
        if OTHER not in choices.codes:
            choices.add(OTHER, {source_language: "Other"})
        beside = choices.codes[OTHER]
        length = DEFAULT_TEXT_LENGTH[ItemType.TEXT]
        choices.choices = [replace(one, text_length=length) if one.code == beside else one for one in choices.choices]
        row.note("other_added", "type")
    return choices


def _read_parameters(row: Row, kind: QuestionKind) -> dict[str, str]:
    parameters = row.read_parameters()
    used = {"start", "end"} if row.cell("type").lower() == "range" else set()
    used |= {"randomize"} if kind.list_name else set()
    used |= {"rows"} if kind.type is ItemType.LONG_TEXT else set()
    unused = sorted(parameters.keys() - used)
    if unused or (row.cell("parameters") and not parameters):
        row.note("column_not_carried", "parameters", f"parameters {' '.join(unused)}".strip())
    return parameters


def _limit_range(item: Item, parameters: Mapping[str, str]) -> Item:
    limits = {name: _read_decimal(parameters.get(name, ""), default) for name, default in _RANGE.items()}
    low, high = sorted(limits.values())
    return replace(
        item,
        minimum=low if item.minimum is None else item.minimum,
        maximum=high if item.maximum is None else item.maximum,
    )


def _read_decimal(text: str, default: Decimal) -> Decimal:
    return Decimal(text) if _PLAIN_NUMBER.fullmatch(text) else default


def _mark_exclusive(choices: ChoiceList, limits: Limits) -> tuple[Choice, ...]:
    alone = {choices.codes.get(name) for name in limits.exclusive}
    return tuple(replace(choice, exclusive=True) if choice.code in alone else choice for choice in choices.choices)


def _note_rest(row: Row, kind: QuestionKind, limits: Limits, choices: ChoiceList) -> None:
    if kind.is_changed:
        row.note("type_changed", "type", row.cell("type"))
    if not limits.is_whole or any(name not in choices.codes for name in limits.exclusive):
        row.note("limit_left_out", "constraint", row.cell("constraint"))
    row.note_references()
    row.note_unread()
