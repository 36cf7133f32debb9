"""What is lost when a questionnaire is written as an XLSForm: where it differs from what the form gives back."""

from collections.abc import Iterator
from dataclasses import Field, fields, replace
from typing import Any

from survey_app.domain.conditions import Condition, Operator
from survey_app.domain.errors import Problem
from survey_app.domain.questionnaire import Item, Questionnaire
from survey_app.domain.text import Text


def list_losses(original: Questionnaire, returned: Questionnaire) -> tuple[Problem, ...]:
    """Return a problem for each field that differs somewhere; its place is the name of the field.

    Wording without words is no wording, and "one of (a)" means "a": neither counts as a difference.
    """
    found: dict[str, list[str]] = {}
    for name, where in _compare(_plain(original), _plain(returned)):
        found.setdefault(name, []).append(where)
    return tuple(
        Problem("field_not_carried", name, {"value": ", ".join(dict.fromkeys(places))})
        for name, places in found.items()
    )


def _compare(original: Questionnaire, returned: Questionnaire) -> Iterator[tuple[str, str]]:
    """Yield the name of each field that differs, and where."""
    for one in fields(Questionnaire):
        before, after = getattr(original, one.name), getattr(returned, one.name)
        if one.name == "texts":
            yield from (("texts", key) for key in before.keys() | after.keys() if before.get(key) != after.get(key))
        elif one.name != "items" and before != after:
            yield one.name, one.name
    for item in original.items:
        back = returned.find_item(item.code)
        if back is None:
            yield "item", item.code
        else:
            yield from _compare_items(item, back)


def _compare_items(original: Item, returned: Item) -> Iterator[tuple[str, str]]:
    for name in _names(fields(Item)):
        if name != "options" and getattr(original, name) != getattr(returned, name):
            yield f"item.{name}", original.code
    codes = [choice.code for choice in original.options]
    if codes != [choice.code for choice in returned.options]:
        yield "item.options", original.code
        return
    for choice, back in zip(original.options, returned.options, strict=True):
        for name in _names(fields(choice)):
            if getattr(choice, name) != getattr(back, name):
                yield f"choice.{name}", f"{original.code}.{choice.code}"


def _names(all_fields: tuple[Field[Any], ...]) -> list[str]:
    return [one.name for one in all_fields if one.compare]


def _plain(questionnaire: Questionnaire) -> Questionnaire:
    texts = {key: _with_words(text) for key, text in questionnaire.texts.items()}
    return replace(questionnaire, texts=texts, items=tuple(map(_plain_item, questionnaire.items)))


def _plain_item(item: Item) -> Item:
    return replace(
        item,
        texts=_with_words(item.texts),
        options=tuple(replace(choice, texts=_with_words(choice.texts)) for choice in item.options),
        show_if=tuple(map(_plain_condition, item.show_if)),
    )


def _with_words(text: Text) -> Text:
    return {tag: words for tag, words in text.items() if words.strip()}


def _plain_condition(condition: Condition) -> Condition:
    if condition.operator is Operator.IN and isinstance(condition.value, tuple) and len(set(condition.value)) == 1:
        return Condition(condition.field, Operator.EQUAL, condition.value[0])
    return condition
