"""A browser for forms: reads what a page would send, lets a test change some of it, and sends it."""

import re
from functools import cached_property
from typing import Any

import html5lib
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

_SPACE = re.compile(r"\s+")


class Sheet:
    """A page that came back."""

    def __init__(self, answer: TestResponse) -> None:
        self.status = answer.status_code
        self.location = answer.headers.get("Location", "")
        self.html = answer.get_data(as_text=True)

    @cached_property
    def root(self) -> Any:
        """Return the parsed page; parsing is slow, so only for tests that look."""
        return html5lib.parse(self.html, namespaceHTMLElements=False)

    @property
    def words(self) -> str:
        """Return everything there is to read."""
        return _SPACE.sub(" ", "".join(self.root.itertext())).strip()

    def words_of(self, path: str) -> str:
        """Return what stands in the only element at this path."""
        found = self.root.findall(f".//{path}")
        assert len(found) == 1, f"{len(found)} times {path}"
        return _SPACE.sub(" ", "".join(found[0].itertext())).strip()

    def links(self) -> dict[str, str]:
        """Return the address of every link by its words; the last one wins."""
        found = {}
        for link in self.root.iter("a"):
            found[_SPACE.sub(" ", "".join(link.itertext())).strip()] = link.get("href")
        return found

    def message_at(self, field: str) -> str:
        """Return the message at a field."""
        return self.words_of(f"*[@id='{field}-error']")

    def fields(self) -> MultiDict[str, str]:
        """Return what a browser sends for the form in or around the main part, without its submit buttons."""
        form = next(form for form in self.root.iter("form") if form.get("method") == "post" and self._is_main(form))
        sent: MultiDict[str, str] = MultiDict()
        for element in form.iter():
            name = element.get("name")
            if name:
                for value in values_of(element):
                    sent.add(name, value)
        return sent

    def _is_main(self, form: Any) -> bool:
        main = next(self.root.iter("main"))
        return any(child is form for child in main.iter()) or any(child is main for child in form.iter())


def values_of(element: Any) -> list[str]:
    """Return what a browser sends for one element of a form."""
    if element.tag == "textarea":
        return ["".join(element.itertext()).removeprefix("\n")]
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return [str(option.get("value")) for option in chosen]
    if element.tag != "input" or element.get("type") == "submit":
        return []
    if element.get("type") in ("checkbox", "radio") and element.get("checked") is None:
        return []
    return [element.get("value", "on" if element.get("type") == "checkbox" else "")]
