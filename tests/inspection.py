"""A test client that inspects every page it fetches, so that an invariant broken anywhere breaks a test."""

import contextvars
import re
from collections import Counter
from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_SPACE = re.compile(r"\s+")
_XHTML = "{http://www.w3.org/1999/xhtml}"
_LABELLED = {"select", "textarea", "input"}
_UNLABELLED_INPUTS = {"hidden", "submit", "button"}


class InspectingClient(FlaskClient):
    """Werkzeug's client plus `inspect_page` on each HTML response."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; raise AssertionError for a page that breaks a rule of the house."""
        # A context of its own, as on a server: a test that holds an application context would otherwise lend its
        # `g` to every request, and with it the person who signed in last.
        response = contextvars.Context().run(super().open, *args, **kwargs)
        inspect_response(response)
        return response


def inspect_response(response: TestResponse) -> None:
    """Check headers of every response and the markup of every page."""
    assert response.status_code < 500 or response.status_code == 503, f"{response.request.path}: {response.status}"
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control"):
        assert name in response.headers, f"{response.request.path}: {name} missing"
    is_page = response.mimetype == "text/html" and not 300 <= response.status_code < 400
    if is_page and response.data and "Content-Encoding" not in response.headers:
        inspect_page(response.get_data(as_text=True), response.request.path)


def inspect_page(html: str, where: str) -> None:
    """Check one page: valid HTML, language, one heading, title, ids, labels, nothing inline."""
    document = html5lib.HTMLParser(strict=True).parse(html)
    elements = list(document.iter())
    assert document.get("lang"), f"{where}: html without lang"
    assert document.get("dir") in ("ltr", "rtl"), f"{where}: html without dir"
    headings = [_text(element) for element in elements if element.tag == f"{_XHTML}h1"]
    assert len(headings) == 1, f"{where}: {len(headings)} h1"
    title = next(_text(element) for element in elements if element.tag == f"{_XHTML}title")
    assert headings[0], f"{where}: empty h1"
    assert headings[0] in title, f"{where}: title {title!r} does not say {headings[0]!r}"
    doubled = [name for name, count in Counter(e.get("id") for e in elements if e.get("id")).items() if count > 1]
    assert not doubled, f"{where}: ids used twice: {doubled}"
    assert not [e.tag for e in elements if e.get("style") is not None], f"{where}: style attribute"
    handlers = [name for e in elements for name in e.attrib if str(name).startswith("on")]
    assert not handlers, f"{where}: inline handlers {handlers}"
    inline = [e for e in elements if e.tag == f"{_XHTML}script" and not e.get("src")]
    assert not inline, f"{where}: inline script"
    _inspect_labels(elements, where)


def _inspect_labels(elements: list[Any], where: str) -> None:
    labels = {element.get("for") for element in elements if element.tag == f"{_XHTML}label"}
    wrapped = {id(child) for e in elements if e.tag == f"{_XHTML}label" for child in e.iter()}
    for element in elements:
        name = str(element.tag).removeprefix(_XHTML)
        if name not in _LABELLED or (name == "input" and element.get("type") in _UNLABELLED_INPUTS):
            continue
        named = element.get("id") in labels or id(element) in wrapped or element.get("aria-label")
        assert named or element.get("aria-labelledby"), f"{where}: {element.get('name')} has no label"


def _text(element: Any) -> str:
    return _SPACE.sub(" ", "".join(element.itertext())).strip()
