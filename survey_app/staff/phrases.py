"""Texts of questions and goals with the language they are in, so that a page can mark them."""

from dataclasses import dataclass

from survey_app.domain.text import Text, wording
from survey_app.web.locale import current_language


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words and the language they are in."""

    text: str
    language: str


def phrase_of(texts: Text, source: str) -> Phrase:
    """Return a text in the page's language, else in the language it was written in."""
    return Phrase(*wording(texts, current_language().tag, source=source))
