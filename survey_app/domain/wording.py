"""Translations on their way between a questionnaire and files: what a file gave, and putting it in."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey_app.domain.errors import Problem
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import list_texts
from survey_app.domain.questionnaire_editing import map_texts
from survey_app.domain.text import Text


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """The words of one text in one language.

    Attributes:
        path: as `questionnaire_document.list_texts` names it.
    """

    path: str
    language: str
    words: str


@dataclass(frozen=True, slots=True)
class WordingImport:
    """What a file with translations gave.

    Attributes:
        texts: what fits the questionnaire, also where the same words stand there already, in the order of the file.
        refused: one problem for each row that was left out, with its place in the file.
    """

    texts: tuple[TranslatedText, ...]
    refused: tuple[Problem, ...] = ()


def apply_wording(questionnaire: Questionnaire, texts: Iterable[TranslatedText]) -> Questionnaire:
    """Return the questionnaire with the given words in place of those it had; nothing but wording changes.

    Raises:
        KeyError: for a path that the questionnaire does not have.
    """
    wanted: dict[str, dict[str, str]] = {}
    for text in texts:
        wanted.setdefault(text.path, {})[text.language] = text.words
    unknown = wanted.keys() - dict(list_texts(questionnaire)).keys()
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))

    def change(path: str, text: Text) -> Text:
        return {**text, **wanted.get(path, {})}

    return map_texts(questionnaire, change)
