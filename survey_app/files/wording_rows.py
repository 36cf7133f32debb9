"""What translations from a file may change: rows that fit the questionnaire as it is now, and nothing else."""

from survey_app.domain.errors import Problem
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import list_texts
from survey_app.domain.text import clean_text
from survey_app.domain.translating import LONGEST_WORDS
from survey_app.domain.wording import TranslatedText, WordingImport


class RowCollector:
    """Takes the rows of a file one by one and sorts them into what fits and what does not."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        language = questionnaire.source_language
        self._sources = {path: clean_text(text.get(language, "")) for path, text in list_texts(questionnaire)}
        self._seen: set[tuple[str, str]] = set()
        self._texts: list[TranslatedText] = []
        self._refused: list[Problem] = []

    def refuse(self, code: str, place: str, **parameters: object) -> None:
        """Leave a row out."""
        self._refused.append(Problem(code, place, parameters))

    def accepts_source(self, path: str, source: str, place: str) -> bool:
        """Tell whether a row belongs to the questionnaire as it is now; otherwise it is refused."""
        if path not in self._sources:
            self.refuse("unknown_string", place, value=path)
        elif self._sources[path] != clean_text(source):
            self.refuse("outdated_text", place, value=path)
        else:
            return True
        return False

    def take(self, path: str, language: str, words: str, place: str) -> None:
        """Take a translation of a row that was accepted; empty words change nothing."""
        clean = clean_text(words)
        if not clean:
            return
        if (path, language) in self._seen:
            self.refuse("double_text", place, value=path)
            return
        if len(clean) > LONGEST_WORDS:
            self.refuse("cell_is_too_long", place, limit=LONGEST_WORDS)
            return
        self._seen.add((path, language))
        self._texts.append(TranslatedText(path, language, clean))

    def finish(self) -> WordingImport:
        """Return what was found."""
        return WordingImport(tuple(self._texts), tuple(self._refused))
