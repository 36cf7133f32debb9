"""What can be wrong with a catalogue: one line for each flaw, with file, line, reason and message."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError

from survey_app.commands.plural_rules import check_plural_rule, list_counted
from survey_app.domain.text import PLAIN_GERMAN
from survey_app.web.catalogues import (
    FrameCatalogue,
    Scope,
    catalogue_path,
    read_catalogue,
    read_header,
    translations_folder,
)
from survey_app.web.locale import find_language

_CONVERSION = re.compile(r"%(?:\((\w+)\))?([#0 +-]*[\d.]*[a-zA-Z%])?")
_NUMBER = "num"
_LONGEST = 70
_WORDS = re.compile(r"[^\W\d_]{2,}")
_SOURCE_LANGUAGE = "en"
_HIDDEN_MARKS = re.compile("[\u202a-\u202e\x00-\x08\x0b-\x1f\x7f]")


class Flaw(NamedTuple):
    """One thing that is wrong.

    Attributes:
        line: in the catalogue, counted from 1; 0 for a message that is not there.
        message: what it is about; None for the catalogue as a whole.
        source: where the code has the message, for one that is not there.
    """

    line: int
    reason: str
    message: Message | None = None
    source: str = ""


def check_file(tag: str, templates: Mapping[Scope, Catalog]) -> Iterator[str]:
    """Yield one line for each flaw in the catalogue of a language.

    Args:
        templates: all messages there are, by the scope of a catalogue.
    """
    path = catalogue_path(tag)
    shown = path.relative_to(translations_folder().parent).as_posix()
    try:
        catalogue = read_catalogue(path, find_language(tag).locale)
    except PoFileError as error:
        yield f"{shown}:{error.lineno + 1}: cannot be read: {error}"
        return
    except ValueError as error:
        yield f"{shown}:1: cannot be read: {error}"
        return
    flaws = [*check_header(catalogue, tag), *check_catalogue(catalogue, templates[read_header(tag).scope], tag)]
    for flaw in sorted(flaws, key=lambda flaw: (flaw.line, flaw.source)):
        place = flaw.source or f"{shown}:{flaw.line}"
        reason = f"{flaw.reason} ({shown})" if flaw.source else flaw.reason
        yield f"{place}: {reason}" + (f": {_quote(flaw.message)}" if flaw.message else "")


def _quote(message: Message) -> str:
    text = message.id[0] if isinstance(message.id, tuple) else message.id
    line = text.replace("\n", "\\n")
    words = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
    return f'"{words}"' + (f" [{message.context}]" if message.context else "")


def check_header(catalogue: FrameCatalogue, tag: str) -> Iterator[Flaw]:
    """Yield what is wrong with what a catalogue says about itself."""
    scope, reviewed = (catalogue.own_headers.get(name, "") for name in ("X-Scope", "X-Reviewed"))
    if scope not in {"", *Scope}:
        yield Flaw(1, f"X-Scope is {scope}, possible are {' and '.join(Scope)}")
    if reviewed not in {"", "yes", "no"}:
        yield Flaw(1, f"X-Reviewed is {reviewed}, possible are yes and no")
    locale = find_language(tag).locale
    if str(catalogue.locale_identifier).split("_")[0] != locale.split("_")[0]:
        yield Flaw(1, f"Language is {catalogue.locale_identifier}, but the folder is for {locale}")
    problem = check_plural_rule(locale, catalogue.num_plurals, catalogue.plural_expr)
    if problem:
        yield Flaw(1, f"Plural-Forms {problem}")


def check_catalogue(catalogue: FrameCatalogue, template: Catalog, tag: str) -> Iterator[Flaw]:
    """Yield what is wrong with the messages of a catalogue; plain German may leave messages to German."""
    wanted = {(message.id, message.context): message for message in template if message.id}
    have = {(message.id, message.context): message for message in catalogue if message.id}
    for message in catalogue.repeated:
        yield Flaw(message.lineno or 0, "stands here a second time", message)
    for key in wanted.keys() - have.keys():
        file, line = wanted[key].locations[0] if wanted[key].locations else ("?", 0)
        yield Flaw(0, "not in the catalogue, run the update", wanted[key], f"survey_app/{file}:{line}")
    for key in have.keys() - wanted.keys():
        yield Flaw(have[key].lineno or 0, "obsolete, run the update", have[key])
    for key in wanted.keys() & have.keys():
        message = have[key]
        for reason in _check_message(catalogue, message, tag):
            yield Flaw(message.lineno or 0, reason, message)


def is_translated(message: Message) -> bool:
    """Tell whether a message has all its forms."""
    return all(_strings_of(message))


def _strings_of(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def _check_message(catalogue: FrameCatalogue, message: Message, tag: str) -> Iterator[str]:
    strings = _strings_of(message)
    if message.fuzzy:
        yield "doubtful (fuzzy)"
    if not all(strings):
        if any(strings):
            yield f"a plural form is missing, {len(strings)} are needed"
        elif tag != PLAIN_GERMAN:
            yield "missing"
        return
    source = message.id[-1] if isinstance(message.id, tuple) else message.id
    for index, string in enumerate(strings):
        where = f" in form {index}" if len(strings) > 1 else ""
        counted = list_counted(catalogue.plural_expr, index) if isinstance(message.id, tuple) else ()
        for reason in (*_check_placeholders(source, string, counted), *_check_letters(source, string, tag)):
            yield f"{reason}{where}"


def _check_placeholders(source: str, string: str, counted: tuple[int, ...]) -> Iterator[str]:
    """Yield how the placeholders of a translation differ from those of its source.

    Args:
        counted: the numbers that the form stands for; a form for one number may write it as a word.
    """
    wanted, found = (dict(_CONVERSION.findall(text)) for text in (source, string))
    spelled_out = {_NUMBER} if len(counted) == 1 else set()
    for name in sorted(wanted.keys() - found.keys() - spelled_out - {""}):
        yield f"placeholder %({name})s is missing"
    for name in sorted(found.keys() - wanted.keys() - {""}):
        yield f"placeholder %({name}) is unknown"
    for name in sorted(found.keys() & wanted.keys() - {""}):
        if found[name] != wanted[name]:
            yield f"placeholder %({name}){wanted[name]} has another format: %({name}){found[name]}"
    stray = [kind for name, kind in _CONVERSION.findall(string) if not name and kind != "%"]
    if stray:
        yield "a per cent sign stands alone, write %%"


def _check_letters(source: str, string: str, tag: str) -> Iterator[str]:
    """Yield what is wrong with the characters of a translation."""
    if unicodedata.normalize("NFC", string) != string:
        yield "not in normal form (NFC)"
    if _HIDDEN_MARKS.search(string):
        yield "has hidden control characters"
    if any(letter.isdecimal() and not letter.isascii() for letter in string):
        yield "has other digits than 0 to 9"
    if [text[: len(text) - len(text.lstrip())] for text in (source, string)] not in (["", ""], [source[:1]] * 2):
        yield "begins with other white space"
    if source.rstrip() + string[len(string.rstrip()) :] != source:
        yield "ends with other white space"
    if tag != _SOURCE_LANGUAGE and string == source and len(_WORDS.findall(_CONVERSION.sub("", source))) > 2:
        yield "repeats the English"
