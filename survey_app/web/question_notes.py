"""To whom a question is put, in words: "Only if you ticked “Yes” in question 3." – for pages, previews and paper.

A note is a row of parts: text in the language of the page, and choices, whose wording belongs to the questionnaire
and may be in another language.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from babel.lists import format_list
from flask_babel import LazyString, format_date, gettext, lazy_gettext

from survey_app.domain.conditions import Condition, Operator
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire
from survey_app.web.locale import current_language, write_number

Part = str | Choice

_TICKED = lazy_gettext("Only if you ticked %(answers)s in question %(number)s.")
_ENTERED = lazy_gettext("Only if you entered %(answers)s in question %(number)s.")
_ANSWERED = lazy_gettext("Only if you answered question %(number)s.")
_NOT_ANSWERED = lazy_gettext("Only if you did not answer question %(number)s.")
_OTHERWISE = lazy_gettext("Only if you answered question %(number)s, but not with %(answers)s.")
_LIMITS: Mapping[tuple[ItemType, Operator], LazyString] = {
    (ItemType.NUMBER, Operator.AT_LEAST): lazy_gettext(
        "Only if you entered %(answers)s or more in question %(number)s."
    ),
    (ItemType.NUMBER, Operator.AT_MOST): lazy_gettext(
        "Only if you entered %(answers)s or less in question %(number)s."
    ),
    (ItemType.DATE, Operator.AT_LEAST): lazy_gettext(
        "Only if you entered %(answers)s or later in question %(number)s."
    ),
    (ItemType.DATE, Operator.AT_MOST): lazy_gettext(
        "Only if you entered %(answers)s or earlier in question %(number)s."
    ),
}
_GAP = "\0"
"""Stands for what is set in later, and in no catalogue."""


def describe_conditions(item: Item, questionnaire: Questionnaire) -> tuple[Part, ...]:
    """Return when an item is shown; empty for one that everybody is asked.

    Questions are named by their number among the questions of the questionnaire, as the form counts them.
    """
    if not item.show_if:
        return ()
    numbers = {asked.code: number for number, asked in enumerate(questionnaire.questions, 1)}
    notes = [
        _describe(condition, asked, numbers[asked.code])
        for condition in item.show_if
        if (asked := questionnaire.find_item(condition.field)) is not None
    ]
    return tuple(part for note in notes for part in ([" ", *note] if note is not notes[0] else note))


def _describe(condition: Condition, asked: Item, number: int) -> list[Part]:
    sentence = _sentence_for(condition, asked.type) % {"number": write_number(number), "answers": _GAP}
    before, _gap, after = sentence.partition(_GAP)
    answers = _join_answers(condition, asked) if _gap else []
    return [part for part in (before, *answers, after) if part]


def _sentence_for(condition: Condition, kind: ItemType) -> str:
    if condition.operator is Operator.PRESENT:
        return str(_ANSWERED if condition.value else _NOT_ANSWERED)
    if condition.operator is Operator.NOT_EQUAL:
        return str(_OTHERWISE)
    chosen = _TICKED if kind in (ItemType.ONE, ItemType.MANY) else _ENTERED
    return str(_LIMITS.get((kind, condition.operator), chosen))


def _join_answers(condition: Condition, asked: Item) -> list[Part]:
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    between = format_list([_GAP] * len(values), style="or", locale=current_language().spoken.locale).split(_GAP)
    parts: list[Part] = [between[0]]
    for value, joint in zip(values, between[1:], strict=True):
        parts += [*_word_answer(value, asked), joint]
    return parts


def _word_answer(value: object, asked: Item) -> Iterable[Part]:
    if asked.type is ItemType.NUMBER:
        return [write_number(Decimal(str(value)))]
    if asked.type is ItemType.DATE:
        return [format_date(date.fromisoformat(str(value)), "long")]
    choice = next(choice for choice in asked.options if choice.code == value)
    opening, _gap, closing = gettext("“%(words)s”", words=_GAP).partition(_GAP)
    return [opening, choice, closing]
