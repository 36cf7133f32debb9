"""Translating a questionnaire, text by text: what is asked of translators, and putting in what they wrote.

Nobody overwrites anybody: a form says with which words it began, and from which source text. Where other words stand
by now, both are shown; where the source reads otherwise by now, the translation is outdated at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey_app.domain.errors import Problem
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import list_texts
from survey_app.domain.questionnaire_editing import map_texts, reword
from survey_app.domain.text import Text
from survey_app.domain.wording_states import (
    WordingProgress,
    WordingState,
    WordingStates,
    WordingStep,
    fingerprint_text,
    list_progress,
)

LONGEST_WORDS = 4_000
"""Characters of one text; introductions are the longest."""
_LONGER, _AT_LEAST = 1.6, 15


@dataclass(frozen=True, slots=True)
class TextToTranslate:
    """One text of a questionnaire as a translator sees it.

    Attributes:
        place: number of the question it belongs to, counted from 1; 0 for texts around the questions.
        words: the translation, "" if it is missing.
    """

    path: str
    place: int
    source: str
    words: str
    progress: WordingProgress

    @property
    def is_open(self) -> bool:
        """Tell whether somebody has to write or look at it."""
        return self.progress in (WordingProgress.MISSING, WordingProgress.OUTDATED)

    @property
    def is_long(self) -> bool:
        """Tell whether the translation is so much longer than its source that it may not fit a phone."""
        return len(self.words) > max(len(self.source) * _LONGER, len(self.source) + _AT_LEAST)


@dataclass(frozen=True, slots=True)
class Translated:
    """What somebody wrote for one text.

    Attributes:
        begun: fingerprint of the words that the form began with.
        source: fingerprint of the source text that was read.
        is_reviewed: whether a second person has looked at it.
    """

    path: str
    words: str
    begun: str
    source: str
    is_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class WordingConflict:
    """Two translations of one text, written at the same time; `theirs` is None if the text is gone."""

    path: str
    ours: str
    theirs: str | None


def list_texts_to_translate(
    questionnaire: Questionnaire, states: WordingStates, language: str
) -> tuple[TextToTranslate, ...]:
    """Return every text that has source words, in the order of the form."""
    places = {item.code: place for place, item in enumerate(questionnaire.items, 1)}
    progress = list_progress(questionnaire, states, language)
    return tuple(
        TextToTranslate(
            path=path,
            place=0 if path.startswith("texts.") else places[path.partition(".")[0]],
            source=text[questionnaire.source_language],
            words=text.get(language, ""),
            progress=progress[path],
        )
        for path, text in list_texts(questionnaire)
        if text.get(questionnaire.source_language, "").strip()
    )


def check_translations(given: Iterable[Translated]) -> list[Problem]:
    """Return what is wrong with what somebody wrote, by path."""
    return [
        Problem("text_too_long", one.path, {"length": len(one.words), "limit": LONGEST_WORDS})
        for one in given
        if len(one.words) > LONGEST_WORDS
    ]


def find_conflicts(
    questionnaire: Questionnaire, language: str, given: Iterable[Translated]
) -> tuple[WordingConflict, ...]:
    """Return the texts for which somebody else wrote other words meanwhile; who changed nothing has no conflict."""
    texts = dict(list_texts(questionnaire))
    found = []
    for one in given:
        theirs = texts[one.path].get(language, "") if one.path in texts else None
        if fingerprint_text(one.words) != one.begun and _differs(one, theirs):
            found.append(WordingConflict(one.path, one.words, theirs))
    return tuple(found)


def _differs(one: Translated, theirs: str | None) -> bool:
    return theirs is None or fingerprint_text(theirs) not in (one.begun, fingerprint_text(one.words))


def put_translations(questionnaire: Questionnaire, language: str, given: Sequence[Translated]) -> Questionnaire:
    """Return the questionnaire with the words that somebody wrote; where they changed nothing, others' words stay."""
    wanted = {one.path: one.words.strip() for one in given if fingerprint_text(one.words) != one.begun}

    def change(path: str, text: Text) -> Text:
        return reword(text, language, wanted[path]) if path in wanted else text

    return map_texts(questionnaire, change)


def mark_translations(
    questionnaire: Questionnaire, states: WordingStates, language: str, given: Sequence[Translated]
) -> WordingStates:
    """Return the states after `put_translations`: made from the source that was read, reviewed where somebody says so.

    Whoever leaves an outdated text as it is has not said that it still fits, unless by marking it as reviewed.
    """
    texts = dict(list_texts(questionnaire))
    marked = {path: dict(entries) for path, entries in states.items()}
    for one in given:
        current = marked.get(one.path, {}).get(language)
        words = texts.get(one.path, {}).get(language, "")
        if current is None or fingerprint_text(words) != fingerprint_text(one.words):
            continue
        is_written = fingerprint_text(one.words) != one.begun
        step = WordingStep.REVIEWED if one.is_reviewed else WordingStep.DRAFT
        if is_written or one.is_reviewed or current.source == one.source:
            marked[one.path][language] = WordingState(step, one.source)
    return marked
