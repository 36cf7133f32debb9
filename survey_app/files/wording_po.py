"""The wording of a questionnaire in one language as a PO file, which translators' programs open, and back.

An entry has the path of the string as its context and the words in the source language as its id. Strings without
words in the source language cannot stand in such a file.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, normalize

from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import list_texts
from survey_app.domain.text import PLAIN_GERMAN, canonical_tag
from survey_app.domain.wording import WordingImport
from survey_app.files.sheet_guard import refuse
from survey_app.files.text_reading import read_text
from survey_app.files.wording_rows import RowCollector

_LINE = re.compile(r'((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s*)?"(?:[^"\\]|\\.)*"')
_LANGUAGE = re.compile(r"^Language:[ \t]*(\S+)[ \t]*$", re.MULTILINE)
_GETTEXT_NAMES = {PLAIN_GERMAN: "de@simple"}


def write_po(questionnaire: Questionnaire, language: str) -> bytes:
    """Return the wording in one language; strings that it lacks stand there empty.

    Raises:
        InvalidDocument: for the source language itself, or one that the questionnaire does not have.
    """
    _ensure_target(questionnaire, language, "document")
    header = "".join(
        [
            f"Project-Id-Version: {questionnaire.id} {questionnaire.version}\n",
            f"Language: {_GETTEXT_NAMES.get(language, language.replace('-', '_'))}\n",
            "MIME-Version: 1.0\n",
            "Content-Type: text/plain; charset=utf-8\n",
            "Content-Transfer-Encoding: 8bit\n",
        ]
    )
    entries = [_entry(None, "", header)]
    source = questionnaire.source_language
    entries += [
        _entry(path, text[source], text.get(language, ""))
        for path, text in list_texts(questionnaire)
        if text.get(source)
    ]
    return "\n".join(entries).encode()


def read_po(data: bytes, questionnaire: Questionnaire) -> WordingImport:
    """Return the translations of a PO file that fit a questionnaire, and the entries that do not.

    Empty entries change nothing. Places are lines of the file.

    Raises:
        InvalidDocument: for what is no PO file, says no language, or one that cannot be translated into.
    """
    entries = _parse(read_text(data))
    language = _find_language(entries, questionnaire)
    rows = RowCollector(questionnaire)
    for message in entries:
        place = f"line {message.lineno}"
        if not message.id and not message.context:
            continue
        if not isinstance(message.id, str) or not isinstance(message.string, str):
            rows.refuse("text_with_plural", place)
        elif rows.accepts_source(message.context or "", message.id, place):
            if "fuzzy" in message.flags:
                rows.refuse("fuzzy_text", place, value=message.context)
            else:
                rows.take(message.context or "", language, message.string, place)
    return rows.finish()


class _Entries(Catalog):
    """A catalogue that keeps every entry as it stands in the file; Babel's own would merge entries and read dates."""

    def __init__(self) -> None:
        self.entries: list[Message] = []
        super().__init__()

    def __setitem__(self, id: Any, message: Message) -> None:  # noqa: A002 – Babel's name for it
        """Keep an entry."""
        self.entries.append(message)


def _entry(path: str | None, source: str, words: str) -> str:
    context = [] if path is None else [f"msgctxt {normalize(path, width=0)}"]
    lines = [*context, f"msgid {normalize(source, width=0)}", f"msgstr {normalize(words, width=0)}"]
    return "\n".join(lines) + "\n"


def _parse(text: str) -> Sequence[Message]:
    catalogue = _Entries()
    try:
        PoFileParser(catalogue, ignore_obsolete=True, abort_invalid=True).parse(_sound_lines(text))
    except PoFileError as error:
        raise refuse("line_is_broken", f"line {error.lineno + 1}") from error
    except (ValueError, IndexError, AttributeError) as error:  # keywords in an order that no file has
        raise refuse("file_is_no_po") from error
    if not catalogue.entries:
        raise refuse("file_is_no_po")
    return catalogue.entries


def _sound_lines(text: str) -> Iterator[str]:
    """Yield the lines; Babel takes the first and the last sign of a text for quotes without looking at them."""
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if bare and not bare.startswith("#") and not _LINE.fullmatch(bare):
            raise refuse("line_is_broken", f"line {number}")
        yield line


def _find_language(entries: Sequence[Message], questionnaire: Questionnaire) -> str:
    header = next((entry for entry in entries if not entry.id and not entry.context), None)
    named = _LANGUAGE.search(str(header.string)) if header else None
    if header is None or named is None:
        raise refuse("language_missing", "line 1")
    language = canonical_tag(named[1].replace("@", "-"))
    _ensure_target(questionnaire, language, f"line {header.lineno}")
    return language


def _ensure_target(questionnaire: Questionnaire, language: str, place: str) -> None:
    if language not in questionnaire.languages:
        raise refuse("language_not_in_questionnaire", place, value=language)
    if language == questionnaire.source_language:
        raise refuse("language_is_the_source", place, value=language)
