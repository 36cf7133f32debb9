"""The kinds of questions that can be begun, and what their forms begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, lazy_gettext

from survey_app.domain.questionnaire import NO_ANSWER, ItemType
from survey_app.services.item_library import NOT_APPLICABLE, usual_choice


@dataclass(frozen=True, slots=True)
class ItemKind:
    """One way to ask.

    Attributes:
        codes: choices of the shipped items that the form begins with, translations included.
    """

    type: ItemType
    name: LazyString
    hint: LazyString
    codes: tuple[str, ...] = ()


KINDS: Mapping[str, ItemKind] = {
    "one": ItemKind(ItemType.ONE, lazy_gettext("One answer"), lazy_gettext("Everybody chooses one of several.")),
    "many": ItemKind(ItemType.MANY, lazy_gettext("Several answers"), lazy_gettext("Everybody ticks what fits.")),
    "yes_no": ItemKind(
        ItemType.ONE, lazy_gettext("Yes or no"), lazy_gettext("The shortest question there is."), ("yes", "no")
    ),
    "scale": ItemKind(
        ItemType.ONE,
        lazy_gettext("Scale"),
        lazy_gettext("Steps from high to low, each with words."),
        ("very_large", "rather_large", "rather_small", "none"),
    ),
    "number": ItemKind(ItemType.NUMBER, lazy_gettext("Number"), lazy_gettext("Counted in classes that you set.")),
    "date": ItemKind(ItemType.DATE, lazy_gettext("Date"), lazy_gettext("Counted in classes that you set.")),
    "text": ItemKind(ItemType.TEXT, lazy_gettext("Short text"), lazy_gettext("A line or two in one’s own words.")),
    "long_text": ItemKind(
        ItemType.LONG_TEXT, lazy_gettext("Long text"), lazy_gettext("Several sentences in one’s own words.")
    ),
    "block": ItemKind(
        ItemType.BLOCK, lazy_gettext("Text block"), lazy_gettext("Explains something; nothing is answered.")
    ),
}


def start_values(kind: str, source: str) -> dict[str, Any]:
    """Return what the form of a new item of a kind shows, in the source language of its questionnaire."""
    wanted = [usual_choice(code).texts.get(source, "") for code in KINDS[kind].codes]
    return {
        "options": [{"words": words, "code": "", "beside": "", "exclusive": ""} for words in wanted],
        "no_answer": True,
        "no_answer_words": usual_choice(NO_ANSWER).texts.get(source, ""),
        "not_applicable_words": NOT_APPLICABLE.texts.get(source, ""),
        "meaning": "same",
    }
