"""Which language a page is in, and what follows from it: catalogue, formats, direction, its own name.

Content languages are open-ended: a tag without a catalogue still gets its direction and formats, its frame is
German and says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, TypeVar

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import format_decimal
from babel.support import NullTranslations
from flask import Flask, current_app, g, has_request_context, request, session
from flask_babel import Domain, refresh
from jinja2 import pass_context
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from survey_app.domain.text import PLAIN_GERMAN, canonical_tag
from survey_app.extensions import babel
from survey_app.web.catalogues import (
    FALLBACK,
    find_frame,
    interface_languages,
    load_messages,
    read_header,
    staff_languages,
)

_LOCALES = {PLAIN_GERMAN: "de", "en": "en_GB"}
"""Formats that do not follow from the tag: English of Europe writes the day before the month and counts to 24."""

_FROM_RIGHT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
"""Scripts in use today that run from the right."""

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that follows from a language tag.

    Attributes:
        tag: canonical content tag, the value of ``lang`` attributes.
        frame: tag of the catalogue that its pages use.
        locale: what Babel formats dates, numbers and plurals by.
        direction: "ltr" or "rtl".
    """

    tag: str
    frame: str
    locale: str
    direction: str

    @property
    def autonym(self) -> str:
        """Return the language's name in itself: Babel's, or what its catalogue says; the tag if nobody knows."""
        named = read_header(self.tag).name or _name_by_babel(self.tag)
        return named[:1].upper() + named[1:] if named else self.tag

    @property
    def spoken(self) -> "Language":
        """Return the language that the frame of its pages is really in: German's stands in for a missing one."""
        is_kindred = self.frame.split("-")[0] == self.tag.split("-")[0]
        return self if is_kindred else find_language(self.frame)


def _name_by_babel(tag: str) -> str:
    locale = _parse_locale(tag)
    return str(locale.get_display_name(locale)) if locale else ""


@cache
def find_language(tag: str) -> Language:
    """Return what follows from a tag; the only place that derives catalogue and locale from it."""
    tag = canonical_tag(tag)
    locale = _LOCALES.get(tag) or _parse_locale(tag) or _parse_locale(tag.split("-")[0])
    return Language(tag, find_frame(tag), str(locale or FALLBACK), _find_direction(tag))


def _parse_locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _find_direction(tag: str) -> str:
    """Return the direction of the script: that of the tag, else the one the language is usually written in."""
    subtags = tag.split("-x-", maxsplit=1)[0].split("-")
    written = next((part for part in subtags[1:] if len(part) == 4 and part.isalpha()), "")
    likely = get_global("likely_subtags")
    known = (likely[key] for key in ("_".join(subtags), subtags[0]) if key in likely)
    script = written or next((full.split("_")[1] for full in known), "")
    return "rtl" if script in _FROM_RIGHT else "ltr"


@cache
def load_catalogue(tag: str) -> NullTranslations:
    """Return the messages for pages in a language."""
    language = find_language(tag)
    return load_messages(language.frame, find_language(language.frame).locale)


class FrameDomain(Domain):
    """Flask-Babel's source of messages, chosen by our language tag instead of the formatting locale."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue of the language the current page is in."""
        return load_catalogue(current_language().tag)

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        """Return the form for a number, with the number as the language writes it."""
        found = self.get_translations().ngettext(singular, plural, num)
        return found % {"num": write_number(num), **variables}


def write_number(number: int | Decimal) -> str:
    """Return a number, with all its decimals, as the language of the page writes it."""
    return str(format_decimal(number, locale=current_language().spoken.locale, decimal_quantization=False))


def configure_locale(app: Flask) -> None:
    """Let Flask-Babel follow the language of the page."""
    app.config["BABEL_DEFAULT_LOCALE"] = FALLBACK
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Berlin"
    babel.init_app(app, locale_selector=lambda: current_language().spoken.locale)
    app.extensions["babel"].instance.domain_instance = FrameDomain()
    choose_form = app.jinja_env.globals["ngettext"]

    @pass_context
    def ngettext(context: Any, singular: str, plural: str, num: int, **variables: Any) -> str:
        return choose_form(context, singular, plural, num, **{"num": write_number(num), **variables})

    app.jinja_env.globals |= {
        "current_language": current_language,
        "find_language": find_language,
        "interface_languages": interface_languages,
        "offered_languages": offered_languages,
        "ngettext": ngettext,
        "write_number": write_number,
    }


def current_language() -> Language:
    """Return the language of the current page; outside a request German."""
    if not has_request_context():
        return find_language(FALLBACK)
    if "language" not in g:
        g.language = find_language(_choose_page_language())
    found: Language = g.language
    return found


def for_everybody(view: View) -> View:
    """Mark a page that participants read as well: it speaks every language there is a catalogue for."""
    view.is_for_everybody = True  # type: ignore[attr-defined]
    return view


def offered_languages() -> tuple[str, ...]:
    """Return the tags of the languages that the current page can be read in.

    Those whose catalogue is for participants only are left out where people sign in. An address that does not exist
    is more likely a participant's slip, unless it lies within a network.
    """
    if request.endpoint is None:
        is_open = not request.path.startswith("/n/")
    else:
        is_open = hasattr(current_app.view_functions.get(request.endpoint), "is_for_everybody")
    return interface_languages() if is_open else staff_languages()


def _choose_page_language() -> str:
    """Return the language of a page: asked for, chosen before by somebody signed in, or the browser's."""
    offered = offered_languages()
    asked = canonical_tag(request.args.get("lang", "")[:35])
    if asked in offered:
        return asked
    chosen = session.get("language") if request.cookies else None
    accepted = request.headers.get("Accept-Language", "")
    return chosen or choose_language("", accepted, offered, current_app.config["DEFAULT_LANGUAGE"])


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
    wishes = (_find_offered(canonical_tag(tag), candidates) for tag, quality in header if quality > 0)
    return next(filter(None, wishes), default if default in offered else offered[0])


def _find_offered(tag: str, offered: Sequence[str]) -> str:
    """Return the offered language that a tag means: itself, a wider one, a narrower one, or ""."""
    parts = tag.split("-")
    wider = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    narrower = (other for other in offered if other.startswith(f"{tag}-"))
    return next((found for found in (*wider, *narrower) if found in offered), "")
