"""From submitted form fields to answers that fit a questionnaire version, and never anything else."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from survey_app.domain.errors import InvalidAnswers, Problem
from survey_app.domain.questionnaire import Item, ItemType, Questionnaire
from survey_app.domain.showing import is_asked
from survey_app.domain.text import clean_text

AnswerValue = str | tuple[str, ...]
"""A choice code, several, or the canonical text of a number or date."""

Fields = Mapping[str, Sequence[str]]
"""Submitted values by field name, in the order they came."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What one person answered.

    Attributes:
        closed: choice codes, numbers and dates by item code; an item without an entry was skipped.
        texts: own words by field name (item, or item and choice joined by a dot); stored apart, unlinked.
    """

    closed: Mapping[str, AnswerValue] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def read_answers(questionnaire: Questionnaire, fields: Fields) -> Answers:
    """Return the answers that a submitted form holds.

    Fields that belong to no item are ignored, so an old page or a foreign client does no harm; so are those of items
    that are not shown to somebody with these answers.

    Raises:
        InvalidAnswers: with one problem per faulty field, or `empty_form` if nothing at all was answered.
    """
    problems: list[Problem] = []
    closed: dict[str, AnswerValue] = {}
    texts: dict[str, str] = {}
    for item in questionnaire.questions:
        if item.show_if and not is_asked(item, closed):
            continue
        read = _READERS.get(item.type)
        value = read(item, fields, problems) if read else ""
        if item.text_fields:
            found = _read_texts(item, fields)
            if found and not item.is_text:
                value = _join_words(item, value, found, fields, problems)
            _check_lengths(item, found, problems)
            texts |= found
        if value:
            closed[item.code] = value
        elif item.required and item.code not in texts:
            problems.append(Problem("required", item.code))
    if not problems and not closed and not texts:
        problems.append(Problem("empty_form", ""))
    if problems:
        raise InvalidAnswers(problems)
    return Answers(closed, texts)


def _read_one(item: Item, fields: Fields, problems: list[Problem]) -> AnswerValue:
    chosen = _chosen(item, fields, problems)
    if len(chosen) > 1:
        problems.append(Problem("several_choices", item.code))
    return chosen[0] if chosen else ""


def _read_many(item: Item, fields: Fields, problems: list[Problem]) -> AnswerValue:
    chosen = _chosen(item, fields, problems)
    exclusive = [choice.code for choice in item.options if choice.stands_alone and choice.code in chosen]
    if exclusive and len(chosen) > 1:
        problems.append(Problem("exclusive_choice", item.code, {"choice": exclusive[0]}))
    if item.max_choices is not None and len(chosen) > item.max_choices:
        problems.append(Problem("too_many_choices", item.code, {"limit": item.max_choices}))
    return chosen


def _chosen(item: Item, fields: Fields, problems: list[Problem]) -> tuple[str, ...]:
    """Return the chosen codes in the order of the questionnaire: the order of ticking would be a trace."""
    sent = {value for value in fields.get(item.code, ()) if value}
    if not sent:
        return ()
    known = tuple(choice.code for choice in item.options if choice.code in sent)
    if len(known) < len(sent):
        problems.append(Problem("unknown_choice", item.code))
    return known


_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})")
_SEPARATORS = str.maketrans({",": ".", "٫": ".", "−": "-"} | dict.fromkeys(" \u00a0\u202f٬"))


def _read_number(item: Item, fields: Fields, problems: list[Problem]) -> AnswerValue:
    """Return the number in canonical form: digits of any script, decimal comma or point, nothing of scientists."""
    raw = _single(item, fields).translate(_SEPARATORS)
    if not raw:
        return ""
    if not _NUMBER.fullmatch(raw):
        problems.append(Problem("not_a_number", item.code))
        return ""
    number = Decimal(raw) + 0  # minus zero is zero
    if item.minimum is not None and number < item.minimum:
        problems.append(Problem("number_too_small", item.code, {"limit": item.minimum}))
    if item.maximum is not None and number > item.maximum:
        problems.append(Problem("number_too_large", item.code, {"limit": item.maximum}))
    return f"{number.normalize():f}"


def _read_date(item: Item, fields: Fields, problems: list[Problem]) -> AnswerValue:
    raw = _single(item, fields)
    try:
        return date.fromisoformat(raw).isoformat() if raw else ""
    except ValueError:
        problems.append(Problem("not_a_date", item.code))
        return ""


def _single(item: Item, fields: Fields) -> str:
    return clean_text(next(iter(fields.get(item.code, ())), ""))


_READERS: Mapping[ItemType, Callable[[Item, Fields, list[Problem]], AnswerValue]] = {
    ItemType.ONE: _read_one,
    ItemType.MANY: _read_many,
    ItemType.NUMBER: _read_number,
    ItemType.DATE: _read_date,
}


def _read_texts(item: Item, fields: Fields) -> dict[str, str]:
    """Return what was typed into the item's fields for own words, by field name."""
    typed = {name: clean_text(fields[name][0]) for name, _limit in item.text_fields if fields.get(name)}
    return {name: text for name, text in typed.items() if text}


def _join_words(
    item: Item, value: AnswerValue, found: dict[str, str], fields: Fields, problems: list[Problem]
) -> AnswerValue:
    """Return the item's answer once the words beside its choices are heard; words that fit none become a problem.

    Where one choice is possible and none is ticked, words beside one tick it, as on paper. Anything else would be a
    guess: somebody may have typed first and changed their mind.
    """
    ticked = {f"{item.code}.{code}" for code in fields.get(item.code, ())}
    loose = [name for name in found if name not in ticked]
    if item.type is ItemType.ONE and not value and len(loose) == 1:
        return loose[0].removeprefix(f"{item.code}.")
    for name in loose:
        problems.append(Problem("text_without_choice", name))
        del found[name]
    return value


def _check_lengths(item: Item, found: Mapping[str, str], problems: list[Problem]) -> None:
    for name, limit in item.text_fields:
        length = len(found.get(name, ""))
        if length > limit:
            problems.append(Problem("text_too_long", name, {"limit": limit, "length": length}))
