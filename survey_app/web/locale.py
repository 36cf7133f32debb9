"""Which language a page is in, and what follows from it: catalogue, formats, direction, its own name.

A language of the interface is a folder in ``translations/`` and nothing else. Content languages are open-ended:
a tag without a catalogue still gets its direction and formats, its frame falls back as the catalogue does.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request, session
from flask_babel import Domain, refresh
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from survey_app.domain.text import PLAIN_GERMAN, canonical_tag
from survey_app.extensions import babel

_PACKAGE = Path(__file__).parent.parent
_FOLDERS = (_PACKAGE / "translations", _PACKAGE.parent / "translations")
_FALLBACK = "de"


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that follows from a language tag.

    Attributes:
        tag: canonical content tag, the value of ``lang`` attributes.
        catalogue: folder of the catalogue under ``translations/``.
        locale: what Babel formats dates, numbers and plurals by.
        direction: "ltr" or "rtl".
    """

    tag: str
    catalogue: str
    locale: str
    direction: str

    @property
    def autonym(self) -> str:
        """Return the language's name in itself, as its catalogue gives it."""
        named = str(load_catalogue(self.tag).pgettext("language name in itself", "English"))
        if named != "English" or self.tag == "en":
            return named
        return str(Locale.parse(self.locale).get_display_name(self.locale))


@cache
def find_language(tag: str) -> Language:
    """Return what follows from a tag; the only place that derives catalogue and locale from it."""
    tag = canonical_tag(tag)
    if tag == PLAIN_GERMAN:
        return Language(tag, "de@simple", "de", "ltr")
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        try:
            locale = Locale.parse(tag.split("-")[0])
        except (UnknownLocaleError, ValueError):
            return Language(tag, tag, _FALLBACK, "ltr")
    return Language(tag, str(locale), str(locale), locale.text_direction)


@cache
def translations_folder() -> Path:
    """Return the folder with the catalogues: inside an installed package, beside the package in a checkout."""
    return next(folder for folder in _FOLDERS if folder.is_dir())


@cache
def interface_languages() -> tuple[str, ...]:
    """Return the tags of all languages that have a catalogue; German first, then by tag."""
    folders = [path.parent.parent.name for path in translations_folder().glob("*/LC_MESSAGES/messages.po")]
    tags = {_FALLBACK} | {canonical_tag(name.replace("@", "-")) for name in folders}
    return tuple(sorted(tags, key=lambda tag: (not tag.startswith("de"), tag)))


@cache
def load_catalogue(tag: str) -> NullTranslations:
    """Return the messages of a language; plain German falls back to German, string by string."""
    language = find_language(tag)
    path = translations_folder() / language.catalogue / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return load_catalogue(_FALLBACK) if tag != _FALLBACK else NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language.locale, domain="messages"))
    compiled.seek(0)
    catalogue = Translations(compiled)
    if tag == PLAIN_GERMAN:
        catalogue.add_fallback(load_catalogue(_FALLBACK))
    return catalogue


class FrameDomain(Domain):
    """Flask-Babel's source of messages, chosen by our language tag instead of the formatting locale."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue of the language the current page is in."""
        return load_catalogue(current_language().tag)


def configure_locale(app: Flask) -> None:
    """Let Flask-Babel follow the language of the page."""
    app.config["BABEL_DEFAULT_LOCALE"] = _FALLBACK
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Berlin"
    babel.init_app(app, locale_selector=lambda: current_language().locale)
    app.extensions["babel"].instance.domain_instance = FrameDomain()
    app.jinja_env.globals |= {"current_language": current_language, "find_language": find_language}


def current_language() -> Language:
    """Return the language of the current page; outside a request German."""
    if not has_request_context():
        return find_language(_FALLBACK)
    if "language" not in g:
        g.language = find_language(_staff_language())
    found: Language = g.language
    return found


def _staff_language() -> str:
    """Return the language of pages for people who sign in: asked for, chosen before, or the browser's."""
    asked = request.args.get("lang", "")
    if canonical_tag(asked) in interface_languages() and asked:
        return canonical_tag(asked)
    chosen = session.get("language") if request.cookies else None
    return chosen or choose_language(
        "", request.headers.get("Accept-Language", ""), interface_languages(), current_app.config["DEFAULT_LANGUAGE"]
    )


def use_language(tag: str) -> Language:
    """Render the rest of this request in a language."""
    g.language = find_language(tag)
    refresh()
    return find_language(tag)


@lru_cache(maxsize=512)
def choose_language(asked: str, accepted: str, offered: Sequence[str], default: str) -> str:
    """Return the offered language that suits best.

    Args:
        asked: the tag of an explicit wish, or "".
        accepted: the browser's Accept-Language header.
        offered: tags to choose from.
        default: taken if nothing fits; the first offered one if it is not offered itself.
    """
    if asked and canonical_tag(asked) in offered:
        return canonical_tag(asked)
    # Nobody's browser asks for plain German, so it never wins over German by its header.
    candidates = [tag for tag in offered if tag != PLAIN_GERMAN]
    header = parse_accept_header(accepted[:200], LanguageAccept)
    best = header.best_match(candidates) if candidates else None
    if best is not None:
        return best
    return default if default in offered else offered[0]
