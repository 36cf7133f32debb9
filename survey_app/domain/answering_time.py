"""How long it takes to answer a questionnaire, in every language.

Every word of questions, choices and texts is read once (choices that repeat are read once in all), each tick takes a
moment, and free texts are left empty: the model of the post-meeting questionnaire, whose German wording it puts at 2:23
minutes for most people and at 3:03 for slow readers.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from survey_app.domain.questionnaire import Item, ItemType, Questionnaire
from survey_app.domain.text import wording

USUAL_SPEED, SLOW_SPEED = 200, 150
"""German words read in a minute, by most people and by slow readers (or on a phone)."""

_GERMAN_SPEED = 179
_SPEEDS: Mapping[str, int] = {
    "ar": 138, "de": 179, "en": 228, "es": 218, "fi": 161, "fr": 195, "he": 187, "it": 188, "nl": 202, "pl": 166,
    "pt": 181, "ru": 184, "sl": 180, "sv": 199, "tr": 166, "zh": 158,
}  # fmt: skip
"""Words that adults read in a minute: languages pack different amounts into a word. Only the ratio to German is used.

Source: Trauzettel-Klosinski and Dietz, Standardized assessment of reading performance: the new international reading
speed texts IReST, 2012, table of means. Languages without a figure take that of a related one, or of German.
"""

_RELATED = {"uk": "ru", "bg": "ru", "fa": "ar", "ku": "tr", "ro": "it"}
_ONE, _LIMITED, _MANY, _ENTERED = Fraction(3, 2), Fraction(4), Fraction(3), Fraction(4)
"""Seconds for one tick, for choosing up to a limit, for several ticks, and for a number or a date."""

TITLE = "title"


@dataclass(frozen=True, slots=True)
class AnsweringTime:
    """Seconds that it takes to answer, if everything is shown to somebody."""

    usual: int
    slow: int


def measure_time(questionnaire: Questionnaire, language: str) -> AnsweringTime:
    """Return how long it takes to answer in a language; wording that it lacks is read in the source language."""
    words, ticks = count_words(questionnaire, language), sum((_tick(item) for item in questionnaire.items), Fraction(0))
    base = language.split("-", maxsplit=1)[0]
    ratio = Fraction(_GERMAN_SPEED, _SPEEDS.get(_RELATED.get(base, base), _GERMAN_SPEED))
    return AnsweringTime(*(math.ceil(words * ratio * 60 / speed + ticks) for speed in (USUAL_SPEED, SLOW_SPEED)))


def count_words(questionnaire: Questionnaire, language: str) -> int:
    """Return how many words somebody reads from the introduction to the thanks."""
    source = questionnaire.source_language
    choices = {
        wording(choice.texts, language, source=source)[0] for item in questionnaire.items for choice in item.options
    }
    texts = [wording(item.texts, language, source=source)[0] for item in questionnaire.items]
    texts += [wording(text, language, source=source)[0] for key, text in questionnaire.texts.items() if key != TITLE]
    return sum(len(text.split()) for text in (*texts, *choices))


def _tick(item: Item) -> Fraction:
    if item.type is ItemType.ONE:
        return _ONE
    if item.type is ItemType.MANY:
        return _LIMITED if item.max_choices else _MANY
    return _ENTERED if item.type in (ItemType.NUMBER, ItemType.DATE) else Fraction(0)
