"""The express lane for answers: an ordinary form is stored and thanked without waking the framework.

When a meeting ends, 240 phones send within a minute. Whatever is not an ordinary form for a survey that was seen a
moment ago – a mistake in it, a language switch, a repeat, a survey that has changed – goes the usual way, with its
body put back.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import BadRequest

from survey_app.domain.errors import SurveyError
from survey_app.domain.response import Fields
from survey_app.participants.kept import Kept
from survey_app.participants.visits import URL_ENCODED, first_value, parse_form
from survey_app.services.collecting import submit_at_once

THANKED = "resonanz.thanked"
"""Name in the WSGI environment under which a view leaves the language in which it sent somebody to the thanks."""

TROUBLE = "resonanz.trouble"
"""Name in the WSGI environment of the database's error: the view answers it and does not wait a second time."""

Headers = list[tuple[str, str]]
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sending:
    """Receives forms in front of another WSGI application."""

    application: Callable[..., Iterable[bytes]]
    kept: Kept
    engine: Engine
    most_bytes: int

    def receive(self, environ: dict[str, Any], start_response: Callable[..., Any], code: str) -> Iterable[bytes]:
        """Store the form at once if that can be done, else let the application behind answer, and learn."""
        fields = self._read(environ)
        language = first_value(fields, "lang")
        key = (environ.get("SCRIPT_NAME", ""), code, language)
        headers = self.kept.acknowledgements.find(key)
        if headers is None:
            return self._learn(environ, start_response, key)
        if not self._store(environ, code, fields, language):
            return self.application(environ, start_response)
        start_response("303 SEE OTHER", list(headers))
        return (b"",)

    def _read(self, environ: dict[str, Any]) -> Fields:
        """Return the fields of an ordinary form, else nothing; the body can be read once more afterwards."""
        length = environ.get("CONTENT_LENGTH") or ""
        is_ordinary = environ.get("CONTENT_TYPE", "").partition(";")[0].strip() == URL_ENCODED
        if not is_ordinary or not length.isdecimal() or int(length) > self.most_bytes or _is_unusual(environ):
            return {}
        body = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = BytesIO(body)
        try:
            return parse_form(body)
        except BadRequest:
            return {}

    def _store(self, environ: dict[str, Any], code: str, fields: Fields, language: str) -> bool:
        entry = self.kept.fresh_entry(code)
        if entry is None or language not in entry.collector.languages or "switch_language" in fields:
            return False
        try:
            return submit_at_once(
                self.engine,
                entry,
                fields=fields,
                submission_key=first_value(fields, "submission_key"),
                language=language,
                receipt_key=self.kept.receipt_key,
                now=datetime.now(UTC),
            )
        except SurveyError:
            return False
        except (OperationalError, InterfaceError, NoConnectionFree) as error:
            environ[TROUBLE] = error
            return False
        except SQLAlchemyError:
            # Whatever this is, the usual way is another one: the receipt keeps it from storing twice.
            _LOG.exception("the express lane is blocked")
            return False

    def _learn(
        self, environ: dict[str, Any], start_response: Callable[..., Any], key: tuple[str, str, str]
    ) -> Iterable[bytes]:
        """Let the application answer; keep the headers with which it sent somebody to the thanks."""

        def keep_headers(status: str, headers: Headers, *rest: Any) -> Any:
            if environ.get(THANKED) == key[2]:
                self.kept.acknowledgements.keep(key, tuple(headers))
            return start_response(status, headers, *rest)

        return self.application(environ, keep_headers)


def _is_unusual(environ: dict[str, Any]) -> bool:
    return environ.get("HTTP_SEC_FETCH_SITE") == "cross-site" or "HTTP_CONTENT_ENCODING" in environ
