"""The gate before a questionnaire is published: what is missing, language by language."""

from dataclasses import dataclass, replace

from survey_app.domain.errors import Problem
from survey_app.domain.questionnaire import Questionnaire, TranslationStatus
from survey_app.domain.wording_states import WordingProgress, WordingStates, list_progress

NEEDED = ("title", "thanks")
"""Texts without which a page of those who answer would have no heading."""


@dataclass(frozen=True, slots=True)
class LanguageWording:
    """How far the wording of one language is, as paths of texts.

    Attributes:
        unreviewed: complete and up to date, but nobody has reviewed it; said, not demanded.
    """

    language: str
    missing: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    unreviewed: tuple[str, ...] = ()
    text_count: int = 0

    @property
    def is_complete(self) -> bool:
        """Tell whether every text has wording made from the present source."""
        return not self.missing and not self.outdated


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands between a draft and its publication.

    Attributes:
        blocking: problems that no reason overrides: without them nobody could answer.
        gaps: wording that is missing or outdated in other languages; a reason overrides them, and people then read
            the source language there.
        languages: every language that the draft announces.
    """

    blocking: tuple[Problem, ...]
    gaps: tuple[Problem, ...]
    languages: tuple[LanguageWording, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return everything that has to be mended or overridden."""
        return (*self.blocking, *self.gaps)

    @property
    def is_open(self) -> bool:
        """Tell whether the draft can be published without a reason."""
        return not self.problems


def inspect_wording(questionnaire: Questionnaire, states: WordingStates) -> Gate:
    """Return what the publication of a draft needs; whether it contradicts itself is not asked here."""
    languages = tuple(_inspect_language(questionnaire, states, language) for language in questionnaire.languages)
    source = questionnaire.source_language
    blocking = [Problem("nothing_asked", "items")] if not questionnaire.questions else []
    blocking += [Problem(f"missing_{key}", f"texts.{key}") for key in NEEDED if key not in questionnaire.texts]
    gaps: list[Problem] = []
    for one in languages:
        found = blocking if one.language == source else gaps
        found += [Problem("missing_wording", path, {"language": one.language}) for path in one.missing]
        found += [Problem("outdated_wording", path, {"language": one.language}) for path in one.outdated]
    return Gate(tuple(blocking), tuple(gaps), languages)


def _inspect_language(questionnaire: Questionnaire, states: WordingStates, language: str) -> LanguageWording:
    progress = list_progress(questionnaire, states, language)

    def at(wanted: WordingProgress) -> tuple[str, ...]:
        return tuple(path for path, one in progress.items() if one is wanted)

    missing, outdated = at(WordingProgress.MISSING), at(WordingProgress.OUTDATED)
    return LanguageWording(language, missing, outdated, at(WordingProgress.DRAFT), len(progress))


def release_languages(questionnaire: Questionnaire, states: WordingStates) -> Questionnaire:
    """Return the questionnaire as it is published: all its languages released, reviewed those without a draft text."""
    status = dict.fromkeys(questionnaire.languages, TranslationStatus.RELEASED)
    reviewed = {
        one.language: one.is_complete and not one.unreviewed
        for one in (_inspect_language(questionnaire, states, language) for language in questionnaire.languages)
    }
    return replace(questionnaire, status=status, reviewed=reviewed)
