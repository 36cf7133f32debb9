"""Languages in the headers of columns: ``Deutsch (de)``, a bare tag, or the name of a language."""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale, UnknownLocaleError

from survey_app.domain.text import canonical_tag, is_language_tag

_IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")


def name_language(tag: str) -> str:
    """Return what a language calls itself, with its tag in brackets: ``Deutsch (de)``."""
    try:
        locale = Locale.parse(tag.partition("-")[0])
        name = locale.get_language_name(locale.language)
    except (UnknownLocaleError, ValueError):
        name = None
    return f"{name or tag} ({tag})"


def find_tag(name: str) -> str | None:
    """Return the canonical tag that the header of a column means, or None."""
    bracketed = _IN_BRACKETS.search(name)
    for candidate in (bracketed[1] if bracketed else name, name):
        tag = canonical_tag(candidate)
        if is_language_tag(tag) and (bracketed or _is_known(tag)):
            return tag
    return _tags_by_name().get(_IN_BRACKETS.sub("", name).strip().casefold())


def _is_known(tag: str) -> bool:
    """Tell whether a tag without brackets around it means a language; three letters could be anything."""
    return tag.partition("-")[0] in Locale("en").languages


@cache
def _tags_by_name() -> Mapping[str, str]:
    """Return tags by the names that languages have in English, in German and in themselves."""
    found: dict[str, str] = {}
    for tag in [*Locale("en").languages, "en", "de"]:
        if "_" in tag or not is_language_tag(canonical_tag(tag)):
            continue
        names = [Locale("en").languages.get(tag), Locale("de").languages.get(tag), _own_name(tag)]
        for name in names:
            if name:
                found.setdefault(name.casefold(), canonical_tag(tag))
    return found


def _own_name(tag: str) -> str | None:
    try:
        return Locale.parse(tag).get_language_name(tag)
    except (UnknownLocaleError, ValueError):
        return None
