"""Walking over all pages that visitors can reach, and reading their words with the language these claim to be in."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_SILENT = frozenset({"script", "style"})
_SPOKEN = ("aria-label", "title", "alt", "placeholder")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of a page.

    Attributes:
        language: what the page says they are in.
        direction: from where they are said to run.
        is_given: whether somebody typed them: a name, an address, something in a field.
        place: the elements they stand in, from the outside to the inside.
    """

    text: str
    language: str
    direction: str
    is_given: bool
    place: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    name: str
    language: str
    direction: str
    is_given: bool


class _Reader(HTMLParser):
    """Collects the words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[_Open] = [_Open("", "", "", is_given=False)]
        self.found: list[Words] = []
        self.links: list[str] = []
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        above = self.open[-1]
        is_given = above.is_given or tag in {"bdi", "code", "textarea"} or given.get("dir") == "auto"
        here = _Open(tag, given.get("lang", above.language), given.get("dir", above.direction), is_given)
        for name in _SPOKEN:
            self._note(given.get(name, ""), here)
        if tag not in _VOID:
            self.open.append(here)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        self._note_form(tag, given)

    def _note_form(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif self.forms and tag == "input" and given.get("type") == "hidden":
            self.forms[-1].hidden[given.get("name", "")] = given.get("value", "")
        elif self.forms and tag in {"input", "select", "textarea"} and given.get("name"):
            self.forms[-1].fields.append(given["name"])

    def handle_endtag(self, tag: str) -> None:
        depth = next((index for index in range(len(self.open) - 1, 0, -1) if self.open[index].name == tag), None)
        if depth is not None:
            del self.open[depth:]

    def handle_data(self, data: str) -> None:
        if self.open[-1].name not in _SILENT:
            self._note(data, self.open[-1])

    def _note(self, text: str, where: _Open) -> None:
        words = _SPACE.sub(" ", text).strip()
        if words:
            place = (*(one.name for one in self.open[1:]), where.name)
            self.found.append(Words(words, where.language, where.direction, where.is_given, place))


@dataclass(slots=True)
class Form:
    """A form of a page."""

    action: str
    method: str
    hidden: dict[str, str] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was answered."""

    address: str
    status: int
    language: str
    words: tuple[Words, ...]
    links: tuple[str, ...]
    forms: tuple[Form, ...]


def read_page(html: str, address: str = "", status: int = 200) -> Page:
    """Return the words, links and forms of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    language = next((words.language for words in reader.found if words.language), "")
    return Page(address, status, language, tuple(reader.found), tuple(reader.links), tuple(reader.forms))


def open_page(client: FlaskClient, address: str, language: str) -> Page | None:
    """Return a page as a browser that asks for a language gets it; None for what is no page."""
    response = client.get(address, headers={"Accept-Language": language}, follow_redirects=True)
    if response.mimetype != "text/html":
        return None
    return read_page(response.get_data(as_text=True), address, response.status_code)


def send_empty(client: FlaskClient, page: Page, form: Form, language: str) -> Page | None:
    """Return what comes back when a form is sent as it is, without anything typed."""
    address = urljoin(page.address, form.action or page.address)
    response = client.post(
        address, data=form.hidden, headers={"Accept-Language": language, "Referer": f"http://localhost{page.address}"}
    )
    if response.mimetype != "text/html" or 300 <= response.status_code < 400:
        return None
    return read_page(response.get_data(as_text=True), f"POST {address}", response.status_code)


class Walk:
    """Which pages can be reached, each kind of page a few times."""

    def __init__(self, app: Flask, most: int = 2) -> None:
        self._addresses = app.url_map.bind("localhost")
        self._most = most
        self._seen: set[str] = set()
        self._visits: Counter[tuple[str, ...]] = Counter()

    def pages(self, client: FlaskClient, starts: Iterable[str], language: str) -> Iterator[Page]:
        """Yield the pages that links lead to, the nearest first."""
        waiting = list(starts)
        for address in waiting:
            kind = self._kind(address)
            if address in self._seen or kind is None or self._visits[kind] >= self._most:
                continue
            self._seen.add(address)
            page = open_page(client, address, language)
            self._visits[kind] += 1
            if page is not None:
                waiting += [_follow(address, link) for link in page.links]
                yield page

    def _kind(self, address: str) -> tuple[str, ...] | None:
        parts = urlsplit(address)
        if parts.netloc:
            return None
        try:
            endpoint, values = self._addresses.match(parts.path, "GET")
        except RequestRedirect:
            endpoint, values = "redirect", {}
        except HTTPException:
            endpoint, values = "nothing", {}
        return (endpoint, *sorted(values), *sorted(name for name, _value in parse_qsl(parts.query)))


def _follow(address: str, link: str) -> str:
    """Return where a link leads, in whatever language the browser asks for."""
    parts = urlsplit(urljoin(address, link))
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name != "lang"])
    return parts._replace(query=query, fragment="").geturl()
