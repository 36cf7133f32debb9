"""The express lane: a page that was shown a moment ago is answered without waking the framework.

When a meeting ends, 240 phones ask for the same few pages within seconds. The first request of each kind goes the
usual way and leaves its headers here; for as long as the survey behind it counts as fresh, the next ones get the same
page with a submission key of their own. Opening and closing times are asked each time. Whatever is not exactly that
case goes the usual way.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from survey_app.domain.collector import Collector
from survey_app.domain.errors import CollectorError
from survey_app.participants.express_sending import Headers, Sending
from survey_app.participants.kept import Kept, Passage
from survey_app.participants.page import PASSAGE, order_of
from survey_app.services.collecting import new_submission_key

_PREFIX = "/q/"
_NAMES = ("PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING")
_LONGEST = 400

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Express:
    """A WSGI application in front of another."""

    application: Application
    kept: Kept
    sending: Sending

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer the request at once if it can be, else let the application behind do it, and learn."""
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if not path.startswith(_PREFIX) or method not in ("GET", "POST"):
            return self.application(environ, start_response)
        if method == "POST":
            return self.sending.receive(environ, start_response, path[len(_PREFIX) :])
        key = tuple(environ.get(name, "") for name in _NAMES)
        passage = self.kept.passages.find(key)
        body = self._body_of(passage) if passage else None
        if passage is None or body is None:
            return self._learn(environ, start_response, key)
        start_response("200 OK", [*passage.headers, ("Content-Length", str(len(body)))])
        return (body,)

    def _body_of(self, passage: Passage) -> bytes | None:
        """Return the page, or None if it has to be asked for anew."""
        if self.kept.fresh_entry(passage.entry.collector.code) is not passage.entry:
            return None
        if not _is_readable(passage.entry.collector):
            return None
        submission_key = new_submission_key()
        page = self.kept.pages.find((*passage.place, order_of(submission_key) if passage.is_shuffled else 0))
        if page is None:
            return None
        return page.fill(submission_key.encode(), passage.packing)

    def _learn(
        self, environ: dict[str, Any], start_response: Callable[..., Any], key: tuple[str, ...]
    ) -> Iterable[bytes]:
        """Let the application answer; keep the headers if its view says that the page may be shown again."""

        def keep_headers(status: str, headers: Headers, *rest: Any) -> Any:
            passage = environ.get(PASSAGE)
            if passage is not None and sum(map(len, key)) <= _LONGEST:
                kept = tuple(pair for pair in headers if pair[0].lower() != "content-length")
                self.kept.passages.keep(key, replace(passage, headers=kept))
            return start_response(status, headers, *rest)

        return self.application(environ, keep_headers)


def _is_readable(collector: Collector) -> bool:
    try:
        collector.ensure_readable(datetime.now(UTC))
    except CollectorError:
        return False
    return True
