"""The help text of an item: a text of the questionnaire that may serve several items."""

from dataclasses import replace

from survey_app.domain.code_making import free_code
from survey_app.domain.questionnaire import Item, Questionnaire
from survey_app.domain.questionnaire_editing import OWN_TEXTS, put_text, reword
from survey_app.domain.text import Text


def help_of(questionnaire: Questionnaire, item: Item) -> Text:
    """Return the help text of an item by language; empty if it has none."""
    return questionnaire.texts.get(item.hint or "", {})


def put_help(questionnaire: Questionnaire, code: str, words: str) -> Questionnaire:
    """Return the questionnaire with these words of the source language as the help of an item, none if empty.

    A text that other items show as well stays theirs; this item then gets one of its own.

    Raises:
        KeyError: if there is no such item.
    """
    item = questionnaire.find_item(code)
    if item is None:
        raise KeyError(code)
    text = help_of(questionnaire, item)
    source = questionnaire.source_language
    if text.get(source, "") == words:
        return questionnaire
    others = (one.hint for one in questionnaire.items if one.code != code)
    is_shared = item.hint in OWN_TEXTS or item.hint in others
    if not words:
        return (
            _show(questionnaire, code, None) if is_shared or not item.hint else put_text(questionnaire, item.hint, None)
        )
    if item.hint and not is_shared:
        return put_text(questionnaire, item.hint, reword(text, source, words))
    key = free_code(f"help_{code}", questionnaire.texts)
    return _show(put_text(questionnaire, key, {source: words}), code, key)


def _show(questionnaire: Questionnaire, code: str, key: str | None) -> Questionnaire:
    items = tuple(replace(one, hint=key) if one.code == code else one for one in questionnaire.items)
    return replace(questionnaire, items=items)
