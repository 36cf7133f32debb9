"""What a good colleague would say about a questionnaire: advice by code, never an order; the words stand in `web`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from survey_app.domain.answering_time import measure_time
from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, ItemType, Questionnaire
from survey_app.domain.readability import school_years

LONGEST_QUESTION = 30
MOST_CHOICES = 10
LONGEST_SECONDS = 180
MOST_SCHOOL_YEARS = 10
MOST_GROUPS, MOST_GROUPS_OF_MANY = 8, 12
"""Classes beyond which results are never broken down: somebody would stand alone in one."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing worth a look.

    Attributes:
        item: code of the item; "" for the questionnaire as a whole.
    """

    code: str
    item: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)


_AND = {
    "de": re.compile(r"\b(?:und/oder|und|sowie|als auch)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:and/or|and|as well as)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:et/ou|et|ainsi que)\b", re.IGNORECASE),
}
_AGREEING = re.compile(r"\b(?:stimme|trifft (?:voll|eher|gar|überhaupt)|agree|d’accord|d'accord)\b", re.IGNORECASE)
_PERSONAL = re.compile(
    r"\b(?:ihr(?:en?)? (?:vor|nach|familien)?name|vorname|nachname|anschrift|adresse|wohnort|postleitzahl|telefon\w*|"
    r"handynummer|e-?mail\w*|geburts\w+|wie alt|ihr alter|staatsangehörigkeit|nationalität|religion\w*|herkunftsland|"
    r"aufenthalts\w+|krankheit\w*|behinderung\w*|gewerkschaft\w*|sexuell\w*|your name|address|birth\w*|how old|"
    r"nationality|religion|phone|email)\b",
    re.IGNORECASE,
)
_UNWORDED = re.compile(r"[\W\d_]*")
_NONE = re.compile(r"^(?:kein\w*|nichts|none|aucun\w*|rien)\b", re.IGNORECASE)


def check_design(questionnaire: Questionnaire) -> list[Advice]:
    """Return what is worth a look, item by item in order, and what concerns the whole at the end.

    Only the source language is read: advice about wording knows German, and a little English and French.
    """
    found = [
        advice
        for item in questionnaire.items
        for check in _CHECKS
        for advice in check(item, questionnaire.source_language)
    ]
    return [*found, *_check_whole(questionnaire)]


def _check_wording(item: Item, language: str) -> Iterator[Advice]:
    words = item.texts.get(language, "")
    if item.type is ItemType.BLOCK:
        return
    asked = next((part for part in re.split(r"(?<=\?)", words) if part.strip().endswith("?")), words)
    joint = _AND[language].search(asked) if language in _AND and item.is_closed else None
    if joint:
        yield Advice("two_thoughts", item.code, {"words": joint[0]})
    count = len(words.split())
    if count > LONGEST_QUESTION:
        yield Advice("long_question", item.code, {"count": count, "limit": LONGEST_QUESTION})
    years = school_years(words, language)
    if years is not None and years > MOST_SCHOOL_YEARS:
        yield Advice("hard_to_read", item.code)
    personal = _PERSONAL.search(words)
    if personal:
        yield Advice("personal_data", item.code, {"words": personal[0]})


def _check_choices(item: Item, language: str) -> Iterator[Advice]:
    if not item.is_closed:
        return
    own = [one for one in item.options if one.code != NO_ANSWER and not one.leaves_base]
    if len(own) == len(item.options):
        yield Advice("no_way_out", item.code)
    if len(own) > MOST_CHOICES:
        yield Advice("many_choices", item.code, {"count": len(own), "limit": MOST_CHOICES})
    if item.type is ItemType.ONE:
        yield from _check_scale(item, own, language)
    elif any(_NONE.match(one.texts.get(language, "")) and not one.exclusive for one in own):
        yield Advice("none_beside_others", item.code)


def _check_scale(item: Item, own: list[Choice], language: str) -> Iterator[Advice]:
    is_ranking = all(one.code.startswith("rank_") for one in own)
    bare = [one for one in own if _UNWORDED.fullmatch(one.texts.get(language, ""))]
    if len(own) > 2 and bare and not is_ranking:
        yield Advice("unlabelled_scale", item.code)
    if any(_AGREEING.search(one.texts.get(language, "")) for one in own):
        yield Advice("agreement_scale", item.code)


def _check_groups(item: Item, _language: str) -> Iterator[Advice]:
    most = MOST_GROUPS_OF_MANY if item.type is ItemType.MANY else MOST_GROUPS
    if len(item.key_variable) > most:
        yield Advice("small_groups", item.code, {"count": len(item.key_variable), "limit": most})
    if item.key_variable and item.sensitive:
        yield Advice("sensitive_groups", item.code)
    if item.type in (ItemType.NUMBER, ItemType.DATE) and not item.classes:
        yield Advice("no_classes", item.code)
    if item.required:
        yield Advice("forced_answer", item.code)


_CHECKS: tuple[Callable[[Item, str], Iterator[Advice]], ...] = (_check_wording, _check_choices, _check_groups)


def _check_whole(questionnaire: Questionnaire) -> Iterator[Advice]:
    time = measure_time(questionnaire, questionnaire.source_language)
    if time.usual > LONGEST_SECONDS:
        yield Advice("long_questionnaire", "", {"seconds": time.usual})
    keys = [item for item in questionnaire.items if item.key_variable]
    if len(keys) > 3:
        yield Advice("many_groupings", "", {"count": len(keys)})
    if questionnaire.questions and not questionnaire.texts.get("introduction"):
        yield Advice("no_introduction")
