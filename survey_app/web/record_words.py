"""What tables of partners, needs and offers call their columns and values, in every language that staff can read.

A table is written in the language of the page and read in all of them: colleagues pass tables on.
"""

from collections.abc import Mapping, Sequence

from babel import Locale
from flask_babel import lazy_gettext

from survey_app.domain.text import PLAIN_GERMAN, canonical_tag
from survey_app.web.catalogues import staff_languages
from survey_app.web.locale import current_language, find_language, use_language
from survey_app.web.vocabulary import ACTOR_GROUPS, EDUCATION_FIELDS, NEED_STATUSES, Words

HEADERS: Words = {
    "id": lazy_gettext("Record number"),
    "name": lazy_gettext("Name"),
    "title": lazy_gettext("Title"),
    "actor_group": lazy_gettext("Actor group"),
    "inside": lazy_gettext("Part of the administration"),
    "fields": lazy_gettext("Fields of education"),
    "field": lazy_gettext("Field of education"),
    "identified_on": lazy_gettext("Identified on"),
    "informed_on": lazy_gettext("Informed on"),
    "won_on": lazy_gettext("Won on"),
    "recognised_on": lazy_gettext("Recognised on"),
    "meeting": lazy_gettext("Meeting"),
    "status": lazy_gettext("Status"),
    "offer": lazy_gettext("Offer"),
    "decided_on": lazy_gettext("Decided on"),
    "started_on": lazy_gettext("Began on"),
    "places": lazy_gettext("Places"),
    "participants": lazy_gettext("Participants"),
    "languages": lazy_gettext("Languages"),
}
_TRUTH: Words = {"yes": lazy_gettext("yes"), "no": lazy_gettext("no")}
_VALUES: Mapping[str, Words] = {
    "actor_group": ACTOR_GROUPS,
    "inside": _TRUTH,
    "fields": EDUCATION_FIELDS,
    "field": EDUCATION_FIELDS,
    "status": NEED_STATUSES,
}

Names = Mapping[str, Sequence[str]]


def name_columns() -> Names:
    """Return what people call each column by its key, in the language of the page first."""
    return _in_languages(HEADERS)


def name_values() -> Mapping[str, Names]:
    """Return what people call the codes of each column that has some."""
    return {**{key: _in_languages(words) for key, words in _VALUES.items()}, "languages": _name_languages()}


def name_language(tag: str) -> str:
    """Return what the language of the page calls a language; its own name, or the tag, where it has no name for it."""
    if tag == PLAIN_GERMAN:
        return find_language(tag).autonym
    named = Locale.parse(current_language().spoken.locale).languages.get(tag.replace("-", "_"))
    return str(named or find_language(tag).autonym)


def _in_languages(words: Words) -> Names:
    page = current_language().tag
    spoken = [_speak(words, tag) for tag in dict.fromkeys((page, *staff_languages()))]
    use_language(page)
    return {str(code): tuple(dict.fromkeys(one[code] for one in spoken)) for code in words}


def _speak(words: Words, tag: str) -> Mapping[str, str]:
    use_language(tag)
    return {code: str(text) for code, text in words.items()}


def _name_languages() -> Names:
    names: dict[str, list[str]] = {PLAIN_GERMAN: [find_language(PLAIN_GERMAN).autonym]}
    for spoken in dict.fromkeys((current_language().tag, *staff_languages())):
        for code, name in Locale.parse(find_language(spoken).locale).languages.items():
            names.setdefault(canonical_tag(code), []).append(str(name))
    return names
