"""What tables of partners, needs and offers call their columns and values: in the page's language, and in German."""

from collections.abc import Mapping, Sequence

from flask import has_request_context
from flask_babel import lazy_gettext

from survey_app.web.locale import FALLBACK, current_language, use_language
from survey_app.web.vocabulary import ACTOR_GROUPS, EDUCATION_FIELDS, NEED_STATUSES, Words

_SOURCE_LANGUAGE = "en"

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
_VALUES: Mapping[str, Words] = {
    "actor_group": ACTOR_GROUPS,
    "fields": EDUCATION_FIELDS,
    "field": EDUCATION_FIELDS,
    "status": NEED_STATUSES,
}

Names = Mapping[str, Sequence[str]]


def name_columns() -> Names:
    """Return what people call each column by its key, in the language of the page first, then in German and English."""
    return _in_languages(HEADERS)


def name_values() -> Mapping[str, Names]:
    """Return what people call the codes of each column that has some."""
    return {key: _in_languages(words) for key, words in _VALUES.items()}


def _in_languages(words: Words) -> Names:
    page = current_language().tag
    spoken = [_speak(words, tag) for tag in dict.fromkeys((page, FALLBACK, _SOURCE_LANGUAGE))]
    if has_request_context():
        use_language(page)
    return {str(code): tuple(dict.fromkeys(one[code] for one in spoken)) for code in words}


def _speak(words: Words, tag: str) -> Mapping[str, str]:
    """Return words in a language; outside a request there is only German."""
    if has_request_context():
        use_language(tag)
    return {code: str(text) for code, text in words.items()}
