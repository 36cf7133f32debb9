"""One visit at this door: what was sent, which survey it is about, and in which language to speak."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from flask import current_app, g, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from survey_app.domain.errors import UnknownAccessCode
from survey_app.domain.response import Fields
from survey_app.extensions import db
from survey_app.participants.kept import memory
from survey_app.services.collecting import Entry, enter
from survey_app.web.locale import choose_language, interface_languages, use_language

MOST_FIELDS = 1_000
"""More fields than the longest questionnaire has choices; hostile forms have more."""

KEPT_SHARE = 4
"""Up to so many times the allowed size a form is still read, so that its page can come back with the answers."""

_CODE = re.compile(r"[a-z0-9]{1,16}")
URL_ENCODED = "application/x-www-form-urlencoded"
_FORMS = (URL_ENCODED, "multipart/form-data")


@dataclass(slots=True)
class Visit:
    """What is known about the current request; more the further it gets.

    Attributes:
        code: access code as in the address.
        fields: the submitted form; empty for a page that is only looked at.
        is_too_large: whether the form exceeds the size that may be stored.
        entry: the survey, once it has been found.
        language: tag of the language of the page.
    """

    code: str
    fields: Fields = field(default_factory=dict)
    is_too_large: bool = False
    entry: Entry | None = None
    language: str = ""


def begin_visit(code: str) -> Entry:
    """Find the survey behind the code of the address and the language of its page; return the survey.

    Raises:
        UnknownAccessCode: if there is none.
        BadRequest, RequestEntityTooLarge, UnsupportedMediaType: if a submitted form cannot be read.
    """
    visit = g.visit = Visit(code)
    if request.method == "POST":
        visit.fields, visit.is_too_large = _read_fields()
    entry = visit.entry = memory().recent_entry(code, lambda: _load_entry(code))
    visit.language = _choose_content_language(visit, entry)
    return entry


def current_visit() -> Visit:
    """Return the visit of this request; an empty one for pages without a survey."""
    if "visit" not in g:
        g.visit = Visit((request.view_args or {}).get("code", ""))
    found: Visit = g.visit
    return found


def speak() -> str:
    """Let the rest of this request speak the language of the visit, and return its tag."""
    visit = current_visit()
    if not visit.language and visit.entry is not None:
        visit.language = _choose_content_language(visit, visit.entry)
    return use_language(visit.language or _choose_frame_language(visit)).tag


def first_value(fields: Fields, name: str) -> str:
    """Return the first submitted value of a field, or ""."""
    return next(iter(fields.get(name, ())), "")


def _load_entry(code: str) -> Entry:
    # Anything else cannot be a code, and some of it (NUL) a database would choke on.
    if not _CODE.fullmatch(code):
        raise UnknownAccessCode(code)
    return enter(db.session(), code)


def _choose_content_language(visit: Visit, entry: Entry) -> str:
    return choose_language(_asked(visit), _accepted(), entry.collector.languages, entry.network.default_language)


def _choose_frame_language(visit: Visit) -> str:
    default = current_app.config["DEFAULT_LANGUAGE"]
    offered = interface_languages() or (default,)
    return choose_language(_asked(visit), _accepted(), offered, default)


def _accepted() -> str:
    return str(request.environ.get("HTTP_ACCEPT_LANGUAGE", ""))


def _asked(visit: Visit) -> str:
    # Most visits come from a QR code: nothing to parse.
    asked = first_value(visit.fields, "lang") or (request.args.get("lang", "") if request.query_string else "")
    return asked[:35]


def _read_fields() -> tuple[Fields, bool]:
    """Return the submitted form within bounds, and whether it is larger than may be stored."""
    limit = current_app.config["SETTINGS"].max_answer_bytes
    request.max_content_length = KEPT_SHARE * limit
    request.max_form_memory_size = KEPT_SHARE * limit
    request.max_form_parts = MOST_FIELDS
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType
    body = request.get_data(parse_form_data=False)
    if request.mimetype not in _FORMS and body:
        raise UnsupportedMediaType
    fields = parse_form(body) if request.mimetype == URL_ENCODED else dict(request.form.lists())
    return fields, len(body) > limit


def parse_form(body: bytes) -> dict[str, list[str]]:
    """Return the fields of an urlencoded form; Werkzeug's parser has no bound on their number.

    Raises:
        BadRequest: for more fields than `MOST_FIELDS`.
    """
    fields: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise BadRequest from error
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields
