"""Taking items over from another questionnaire: with their wording and help, without what they cannot bring along."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from survey_app.domain.code_making import free_code
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire
from survey_app.domain.questionnaire_editing import add_item, put_text


def take_items(questionnaire: Questionnaire, origin: Questionnaire, codes: Iterable[str]) -> Questionnaire:
    """Return the questionnaire with items of another one behind its own.

    Their codes stay where they are free, since results are compared by them. Conditions on items that are not here
    before them are dropped.
    """
    wanted = set(codes)
    for item in origin.items:
        if item.code in wanted:
            questionnaire = _take(questionnaire, origin, item)
    return questionnaire


def _take(questionnaire: Questionnaire, origin: Questionnaire, item: Item) -> Questionnaire:
    known = {one.code: one for one in questionnaire.items}
    kept = tuple(one for one in item.show_if if known.get(one.field) == origin.find_item(one.field))
    hint = item.hint
    if hint is not None:
        text = origin.texts[hint]
        if questionnaire.texts.get(hint) != text:
            hint = free_code(hint, questionnaire.texts)
            questionnaire = put_text(questionnaire, hint, text)
    return add_item(questionnaire, replace(item, show_if=kept, hint=hint))


def find_choice(questionnaire: Questionnaire, code: str) -> Choice | None:
    """Return the first choice with this code anywhere in a questionnaire."""
    return next((choice for item in questionnaire.items for choice in item.options if choice.code == code), None)


def add_series(
    questionnaire: Questionnaire, introduction: Mapping[str, str], texts: Iterable[str], options: tuple[Choice, ...]
) -> Questionnaire:
    """Return the questionnaire with one item per row behind a text block: a rating grid, or a ranking.

    On a phone the rows follow each other as questions; each is counted by itself. Each row has the same choices.

    Args:
        introduction: what stands above all rows, by language.
        texts: the rows in the source language.
    """
    source = questionnaire.source_language
    result = add_item(questionnaire, Item("", ItemType.BLOCK, introduction))
    for words in texts:
        result = add_item(result, Item("", ItemType.ONE, {source: words}, options=options))
    return result


def list_series(questionnaire: Questionnaire, code: str) -> tuple[Item, ...]:
    """Return the items around one that have the same choices as it, without anything between: the rows of a grid.

    A single item is no series: then the result is empty. Choices are the same if their codes are; their words may have
    been changed in one row only.
    """
    codes = [item.code for item in questionnaire.items]
    if code not in codes:
        return ()
    here = codes.index(code)

    def is_alike(place: int) -> bool:
        one, item = questionnaire.items[place], questionnaire.items[here]
        own = [choice.code for choice in item.options]
        return bool(own) and one.type is item.type and [choice.code for choice in one.options] == own

    first, last = here, here
    while first > 0 and is_alike(first - 1):
        first -= 1
    while last + 1 < len(codes) and is_alike(last + 1):
        last += 1
    return questionnaire.items[first : last + 1] if last > first else ()


def rank_choices(count: int, languages: Iterable[str], no_answer: Choice) -> tuple[Choice, ...]:
    """Return the places 1 to `count` as choices, written alike in every language, and the way out behind them."""
    tags = tuple(languages)
    places = (Choice(f"rank_{place}", dict.fromkeys(tags, str(place))) for place in range(1, count + 1))
    return (*places, no_answer)
