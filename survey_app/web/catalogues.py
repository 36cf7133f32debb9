"""The catalogues of the interface: which there are, for whom each is complete, who has read it.

A language is one file below ``translations/`` and nothing else. What is particular about it stands in the header of
that file: ``X-Scope: participants`` if it holds no words for people who sign in, ``X-Reviewed: no`` as long as no
native speaker has read it, ``X-Language-Name`` where Babel does not know what the language calls itself.
"""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser
from babel.support import NullTranslations, Translations

from survey_app.domain.text import PLAIN_GERMAN, canonical_tag

FALLBACK = "de"
"""What pages speak where a language has no catalogue."""

_PACKAGE = Path(__file__).parent.parent
_FOLDERS = (_PACKAGE / "translations", _PACKAGE.parent / "translations")
_FILE = Path("LC_MESSAGES", "messages.po")
_OWN_HEADER = re.compile(r'^"(X-[\w-]+): (.*?)\\n"$', re.MULTILINE)


class Scope(StrEnum):
    """For whom a catalogue has words."""

    EVERYBODY = "everybody"
    PARTICIPANTS = "participants"


@dataclass(frozen=True, slots=True)
class Header:
    """What a catalogue says about itself.

    Attributes:
        scope: for whom it is complete.
        is_reviewed: False while no native speaker has read it.
        name: what the language calls itself, where the catalogue has to say it; else "".
    """

    scope: Scope = Scope.EVERYBODY
    is_reviewed: bool = True
    name: str = ""


class FrameCatalogue(Catalog):
    """A catalogue that keeps our own headers and knows which messages stand in its file twice.

    Attributes:
        own_headers: the headers beginning with ``X-``.
        repeated: the later ones of messages with the same id and context.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.own_headers: dict[str, str] = {}
        self.repeated: list[Message] = []
        super().__init__(*args, **kwargs)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return all headers in the order in which they are written."""
        *known, last = super().mime_headers
        return [*known, *self.own_headers.items(), last]

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        found = list(headers)
        self.own_headers |= {name: value for name, value in found if name.startswith("X-")}
        Catalog.mime_headers.fset(self, found)

    def __setitem__(self, id: Any, message: Message) -> None:  # noqa: A002  # Babel's name for it
        """Add a message; one that is there already is noted, since Babel would drop the second without a word."""
        if id and self.get(id, message.context) is not None:
            self.repeated.append(message)
        super().__setitem__(id, message)


@cache
def translations_folder() -> Path:
    """Return the folder with the catalogues: inside an installed package, beside the package in a checkout."""
    return next(folder for folder in _FOLDERS if folder.is_dir())


def catalogue_path(tag: str) -> Path:
    """Return where the catalogue of a language stands, or would stand."""
    name = "de@simple" if tag == PLAIN_GERMAN else tag.replace("-", "_")
    return translations_folder() / name / _FILE


@cache
def interface_languages() -> tuple[str, ...]:
    """Return the tags of all languages that have a catalogue; German first, then by tag."""
    folders = [path.parent.parent.name for path in translations_folder().glob(f"*/{_FILE.as_posix()}")]
    tags = {FALLBACK} | {canonical_tag(name.replace("@", "-")) for name in folders}
    return tuple(sorted(tags, key=lambda tag: (not tag.startswith(FALLBACK), tag)))


@cache
def staff_languages() -> tuple[str, ...]:
    """Return the tags of the languages whose catalogue has words for people who sign in as well."""
    return tuple(tag for tag in interface_languages() if read_header(tag).scope is Scope.EVERYBODY)


@cache
def unreviewed_languages() -> tuple[str, ...]:
    """Return the tags of the languages whose catalogue no native speaker has read yet."""
    return tuple(tag for tag in interface_languages() if not read_header(tag).is_reviewed)


@cache
def read_header(tag: str) -> Header:
    """Return what the catalogue of a language says about itself; reads no further than its header."""
    path = catalogue_path(tag)
    if not path.is_file():
        return Header()
    head, _gap, _messages = path.read_text(encoding="utf-8").partition("\n\n")
    found = dict(_OWN_HEADER.findall(head))
    return Header(
        scope=Scope.PARTICIPANTS if found.get("X-Scope") == Scope.PARTICIPANTS else Scope.EVERYBODY,
        is_reviewed=found.get("X-Reviewed") != "no",
        name=found.get("X-Language-Name", ""),
    )


@cache
def find_frame(tag: str) -> str:
    """Return the tag of the catalogue for pages in a language: its own, a wider one (fa for fa-AF), else German's."""
    parts = tag.split("-")
    candidates = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((wider for wider in candidates if wider in interface_languages()), FALLBACK)


def read_catalogue(path: Path, locale: str | None) -> FrameCatalogue:
    """Return a catalogue as it stands in its file.

    Raises:
        PoFileError: with the number of the line that cannot be read, counted from 0.
    """
    catalogue = FrameCatalogue(locale=locale, domain="messages")
    with path.open("rb") as file:
        PoFileParser(catalogue, abort_invalid=True).parse(file)
    return catalogue


@cache
def load_messages(tag: str, locale: str) -> NullTranslations:
    """Return the messages of a catalogue; plain German falls back to German, string by string.

    Args:
        tag: language of the catalogue.
        locale: what Babel knows the language by.
    """
    path = catalogue_path(tag)
    if not path.is_file():
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(path, locale))
    compiled.seek(0)
    catalogue = Translations(compiled)
    if tag == PLAIN_GERMAN:
        catalogue.add_fallback(load_messages(FALLBACK, FALLBACK))
    return catalogue
