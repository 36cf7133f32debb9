"""Which words of a page are in a language that the page does not say: German, English, codes, another script."""

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache

from crawling import Page, Words

from survey_app.web.catalogues import catalogue_path, read_catalogue
from survey_app.web.locale import find_language

_PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
_SPACE = re.compile(r"\s+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
_EDGES = " :.,;–-·()„“”\"'«»•…*"
_OTHER_SCRIPTS = frozenset({"ar", "fa", "ru", "uk", "ti"})
_MARKS = re.compile(r"\S+[@/]\S+|\w+\.[a-z]{2,}\S*|\b[IVX]+(\.\d+)*\b|\b[a-z2-9]{8}\b")
"""Addresses, numbers of goals, codes of surveys."""

_SAME_EVERYWHERE = frozenset({"Resonanz", "QR", "PDF", "SVG", "CSV", "JSON", "TOML", "PNG", "IP"})


@cache
def strings_of(tag: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words of a catalogue by message id; plain German has German's where it has none."""
    catalogue = read_catalogue(catalogue_path(tag), find_language(tag).locale)
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if message.id:
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            given = tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)
            found[key] = tuple(_SPACE.sub(" ", text) for text in given if text)
    return found


class Vocabulary:
    """What a language says in another way than a page in `tag` would."""

    def __init__(self, foreign: Set[str], tag: str) -> None:
        own = {text for texts in strings_of(tag).values() for text in texts}
        strange = {text for text in foreign if text not in own and len(text.strip(_EDGES)) > 1}
        self.whole = {text.strip(_EDGES) for text in strange if not _PLACEHOLDER.search(text)}
        self.whole -= {text.strip(_EDGES) for text in own}
        parts = [text for text in strange if _PLACEHOLDER.search(text)]
        self.patterns = [re.compile(_pattern(text)) for text in parts if len(_LATIN.findall(_bare(text))) > 1]

    def says(self, words: str) -> bool:
        """Tell whether the words are of this language."""
        bare = words.strip(_EDGES)
        return bare in self.whole or any(pattern.fullmatch(bare) for pattern in self.patterns)


def _bare(text: str) -> str:
    return _PLACEHOLDER.sub(" ", text)


def _pattern(text: str) -> str:
    return ".+?".join(re.escape(part) for part in _PLACEHOLDER.split(text.strip(_EDGES)))


class Judge:
    """Tells what does not belong on pages in one language.

    Args:
        tag: the language of the pages.
        german: German words that are no messages: questions, answers.
        known: words in Latin letters that pages in another script may have: names in their own content.
    """

    def __init__(self, tag: str, german: frozenset[str], known: frozenset[str] = frozenset()) -> None:
        self.tag = tag
        self._german = Vocabulary({text for texts in strings_of("de").values() for text in texts} | german, tag)
        self._english = Vocabulary(set() if tag == "en" else set(strings_of("en")), tag)
        messages = (text for texts in strings_of(tag).values() for text in texts)
        self._known = {word for text in (*messages, *known) for word in _LATIN.findall(text)} | _SAME_EVERYWHERE
        self._reasons: dict[tuple[str, bool], str] = {}

    def list_strangers(self, page: Page) -> Iterator[str]:
        """Yield one line for each piece of text that is not in the language it is said to be in."""
        for words in page.words:
            reason = self._judge(words)
            if reason:
                yield f"{reason}: {words.text[:90]!r} in {'>'.join(words.place[-3:])} of {page.address} [{self.tag}]"

    def _judge(self, words: Words) -> str:
        if not words.language:
            return "no language"
        if words.is_given or words.language != self.tag:
            return ""
        # A title cannot mark the name of a network in it.
        key = (words.text, "title" in words.place)
        if key not in self._reasons:
            self._reasons[key] = self._judge_own(*key)
        return self._reasons[key]

    def _judge_own(self, text: str, is_title: bool) -> str:
        if _CODE.fullmatch(text):
            return "a code instead of words"
        if any(sign.isdecimal() and not sign.isascii() for sign in text):
            return "other digits than 0 to 9"
        if self._german.says(text):
            return "German"
        if self._english.says(text):
            return "English"
        strange = set() if is_title or self.tag not in _OTHER_SCRIPTS else self._strange_letters(text)
        return f"letters of another script {sorted(strange)}" if strange else ""

    def _strange_letters(self, text: str) -> set[str]:
        return set(_LATIN.findall(_MARKS.sub("", text))) - self._known
