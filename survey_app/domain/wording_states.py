"""How far each translated text of a draft is: from which source text it was made, and whether somebody reviewed it.

Only texts in other languages than the source have a state. It names its source text by a fingerprint, so a translation
is outdated as long as the source reads otherwise, and no longer when the source is put back.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import list_texts


class WordingStep(StrEnum):
    """What has been done to a translation."""

    DRAFT = "draft"
    REVIEWED = "reviewed"


class WordingProgress(StrEnum):
    """What a translator sees beside a text."""

    MISSING = "missing"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class WordingState:
    """The state of one text in one language.

    Attributes:
        source: fingerprint of the source text that the translation was made from.
    """

    step: WordingStep
    source: str


WordingStates = Mapping[str, Mapping[str, WordingState]]
"""States by text path (`list_texts`) and language."""


def fingerprint_text(words: str) -> str:
    """Return what tells one source text from another, whatever blanks stand around it."""
    return hashlib.sha256(words.strip().encode("utf-8", "backslashreplace")).hexdigest()[:16]


def assess_wording(questionnaire: Questionnaire, states: WordingStates, path: str, language: str) -> WordingProgress:
    """Return how far one text is in a language.

    Raises:
        KeyError: if the questionnaire has no such text.
    """
    text = dict(list_texts(questionnaire))[path]
    return _assess(text, states.get(path, {}).get(language), language, questionnaire.source_language)


def list_progress(questionnaire: Questionnaire, states: WordingStates, language: str) -> dict[str, WordingProgress]:
    """Return how far every text is in a language, by path, in the order of the questionnaire."""
    return {
        path: _assess(text, states.get(path, {}).get(language), language, questionnaire.source_language)
        for path, text in list_texts(questionnaire)
    }


def _assess(text: Mapping[str, str], state: WordingState | None, language: str, source: str) -> WordingProgress:
    if not text.get(language, "").strip():
        return WordingProgress.MISSING
    if language == source:
        return WordingProgress.REVIEWED
    if state is None:
        return WordingProgress.DRAFT
    if state.source != fingerprint_text(text.get(source, "")):
        return WordingProgress.OUTDATED
    return WordingProgress(state.step.value)


def follow_wording(states: WordingStates, before: Questionnaire | None, after: Questionnaire) -> WordingStates:
    """Return the states after a change of the questionnaire.

    A text that is gone loses its states. A translation that nobody touched keeps its state: it is outdated by that if
    its source changed. New words count as made from the source they came with; those of texts that are new as a whole
    are reviewed if the questionnaire says so of their language.

    Args:
        before: the questionnaire to which `states` belong; None for a new draft.
    """
    earlier = {} if before is None else dict(list_texts(before))
    followed: dict[str, dict[str, WordingState]] = {}
    for path, text in list_texts(after):
        source = fingerprint_text(text.get(after.source_language, ""))
        for language, words in text.items():
            if language == after.source_language or not words.strip():
                continue
            state = states.get(path, {}).get(language)
            if state is None or earlier.get(path, {}).get(language) != words:
                is_reviewed = path not in earlier and after.reviewed.get(language, False)
                state = WordingState(WordingStep.REVIEWED if is_reviewed else WordingStep.DRAFT, source)
            followed.setdefault(path, {})[language] = state
    return followed


def write_wording_states(states: WordingStates) -> dict[str, dict[str, dict[str, str]]]:
    """Return the states as the column keeps them: {path: {language: {"state": …, "source": …}}}."""
    return {
        path: {language: {"state": str(one.step), "source": one.source} for language, one in entries.items()}
        for path, entries in states.items()
    }


def read_wording_states(document: Mapping[str, Any]) -> WordingStates:
    """Return the states of a column; the exact inverse of `write_wording_states`."""
    return {
        path: {language: WordingState(WordingStep(one["state"]), one["source"]) for language, one in entries.items()}
        for path, entries in document.items()
    }
