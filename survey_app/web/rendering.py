"""Turns at what takes long: reports and printed forms never starve those who answer a survey at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from flask import Response, abort, make_response, render_template
from flask_babel import gettext

AT_ONCE = 2
"""Renderings at once in a process; the rest of its threads stays free for participants."""

WAITING = 1
"""Requests that may wait for their turn: each of them holds a thread as well."""

PATIENCE_SECONDS = 1.0

_places = BoundedSemaphore(AT_ONCE)
_queue = BoundedSemaphore(WAITING)


@contextmanager
def rendering_turn() -> Iterator[None]:
    """Hold one of the few places for rendering; without one soon, answer the request with 429 and when to retry."""
    if not (_places.acquire(blocking=False) or _wait()):
        abort(_refuse())
    try:
        yield
    finally:
        _places.release()


def _wait() -> bool:
    if not _queue.acquire(blocking=False):
        return False
    try:
        return _places.acquire(timeout=PATIENCE_SECONDS)
    finally:
        _queue.release()


def _refuse() -> Response:
    page = render_template(
        "web/error.html",
        heading=gettext("Busy at the moment"),
        advice=gettext("Please try again in a few seconds."),
        status=429,
    )
    return make_response(page, 429, {"Retry-After": "5"})
