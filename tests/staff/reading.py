"""Reading pages as a person does: by their parts and their visible words."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import html5lib

_SVG = "{http://www.w3.org/2000/svg}"
_SPACE = re.compile(r"[ \t\n]+")


@lru_cache(maxsize=8)
def parse(html: str) -> Any:
    return html5lib.parse(html, namespaceHTMLElements=False)


def part(html: str, name: str) -> Any:
    """Return the element with this id."""
    return next(element for element in parse(html).iter() if element.get("id") == name)


def section(html: str, name: str) -> Any:
    """Return the section under the heading with this id."""
    return next(element for element in parse(html).iter("section") if element.get("aria-labelledby") == name)


def drawn(element: Any, shape: str) -> list[Any]:
    """Return the pictures in an element, or what of one shape is drawn in them."""
    return list(element.iter(f"{_SVG}{shape}"))


def words(element: Any) -> str:
    """Return the visible words and the alternative texts of an element, in the order in which they stand."""
    return _SPACE.sub(" ", " ".join(_pieces(element))).strip()


def _pieces(element: Any) -> Iterator[str]:
    yield element.get("aria-label") or ""
    yield element.get("title") or ""
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""


def main_of(html: str) -> Any:
    return next(element for element in parse(html).iter("main"))


def numbers_in(text: str) -> set[str]:
    """Return every whole number that stands in a text, in whatever company."""
    return set(re.findall(r"\d+", text))


def without_survey_codes(indicator: dict) -> str:
    """Return a document as text; the codes of surveys are drawn by lot and may hold any number."""
    codes = {code for row in indicator["periods"] + indicator.get("by_survey", []) for code in row["period"]["surveys"]}
    text = json.dumps(indicator)
    for code in codes:
        text = text.replace(code, "")
    return text
