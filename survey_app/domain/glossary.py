"""The words that all translations of a network's questionnaires should share."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Term:
    """An expression of the source text and what it is called in another language."""

    source: str
    words: str


class Glossary:
    """Terms of one source language.

    Args:
        terms: {expression: {language: expression}}.
    """

    def __init__(self, language: str, terms: Mapping[str, Mapping[str, str]]) -> None:
        self.language = language
        self._terms = terms

    def find_terms(self, source: str, language: str) -> tuple[Term, ...]:
        """Return the terms of a source text that have a translation, longer ones in the place of their parts."""
        rest, found = source, []
        for term in sorted(self._terms, key=len, reverse=True):
            pattern = _compile(term)
            if language in self._terms[term] and pattern.search(rest):
                found.append(Term(term, self._terms[term][language]))
                rest = pattern.sub(" ", rest)
        return tuple(found)


@cache
def _compile(term: str) -> re.Pattern[str]:
    """Return what finds a term as the beginning of a word: German puts endings and further words behind it."""
    return re.compile(rf"(?<!\w){re.escape(term)}", re.IGNORECASE)


def parse_glossary(text: str) -> Glossary:
    """Return the glossary of a shipped document."""
    document = json.loads(text)
    return Glossary(document["language"], document["terms"])
