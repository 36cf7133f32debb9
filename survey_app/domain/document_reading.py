"""Reading a document of unknown shape: each method takes a value with its path and notes what is wrong."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from survey_app.domain.errors import Problem
from survey_app.domain.text import Text, canonical_tag, clean_text, is_language_tag

Member = TypeVar("Member", bound=StrEnum)
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,62}")
_LARGEST = 2**31 - 1  # of an integer column


class Reader:
    """Collects every problem of one document, so that its author sees all of them at once.

    Each method returns a harmless value of the right type when the input is wrong.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, code: str, place: str, **parameters: Any) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, place, parameters))

    def mapping(
        self, value: object, place: str, *, keys: set[str] | None = None, required: set[str] | None = None
    ) -> Mapping[str, Any]:
        """Return an object; unknown and missing keys are problems that name the key."""
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            self.add("not_an_object", place)
            return {}
        prefix = "" if place == "document" else f"{place}."
        for key in value if keys is not None else ():
            if keys is not None and key not in keys:
                self.add("unknown_key", f"{prefix}{_printable(key)}")
        for key in sorted((required or set()) - value.keys()):
            self.add("missing_key", f"{prefix}{key}")
        return value

    def sequence(self, value: object, place: str) -> Sequence[Any]:
        """Return a list."""
        if isinstance(value, (list, tuple)):
            return value
        self.add("not_a_list", place)
        return ()

    def string(self, value: object, place: str) -> str:
        """Return a string as it may be stored."""
        if isinstance(value, str):
            return clean_text(value)
        self.add("not_a_string", place)
        return ""

    def strings(self, value: object, place: str) -> tuple[str, ...]:
        """Return a list of strings."""
        return tuple(self.string(entry, f"{place}[{index}]") for index, entry in enumerate(self.sequence(value, place)))

    def code(self, value: object, place: str) -> str:
        """Return a language-free code: lower case letters, digits, ``_`` and ``-``."""
        code = self.string(value, place)
        if isinstance(value, str) and not _CODE.fullmatch(code):
            self.add("malformed_code", place, value=code)
        return code

    def codes(self, value: object, place: str) -> Mapping[str, Any]:
        """Return an object whose keys are codes."""
        return {
            self.code(key, f"{place}.{_printable(key)}"): entry for key, entry in self.mapping(value, place).items()
        }

    def tags(self, value: object, place: str) -> Mapping[str, Any]:
        """Return an object by language, tags in canonical form and each only once."""
        found: dict[str, Any] = {}
        for raw, entry in self.mapping(value, place).items():
            tag = self.tag(raw, f"{place}.{_printable(raw)}")
            if tag in found:
                self.add("duplicate_language", f"{place}.{_printable(raw)}", value=tag)
            found[tag] = entry
        return found

    def tag(self, value: object, place: str) -> str:
        """Return a language tag in canonical form."""
        tag = canonical_tag(self.string(value, place))
        if isinstance(value, str) and not is_language_tag(tag):
            self.add("unknown_language", place, value=tag)
        return tag

    def integer(self, value: object, place: str, *, minimum: int) -> int:
        """Return a whole number of at least the minimum."""
        if isinstance(value, int) and not isinstance(value, bool) and minimum <= value <= _LARGEST:
            return value
        self.add("not_a_whole_number", place, minimum=minimum)
        return minimum

    def optional_integer(self, value: object, place: str, *, minimum: int) -> int | None:
        """Return a whole number or None."""
        return None if value is None else self.integer(value, place, minimum=minimum)

    def boolean(self, value: object, place: str) -> bool:
        """Return true or false, nothing that merely looks like it."""
        if isinstance(value, bool):
            return value
        self.add("not_a_boolean", place)
        return False

    def member(self, value: object, place: str, kind: type[Member], default: Member) -> Member:
        """Return the member of an enumeration that the value names."""
        try:
            return kind(value)  # type: ignore[arg-type]  # an unhashable or foreign value raises, as wanted
        except (ValueError, TypeError):
            self.add("unknown_value", place, value=value)
            return default

    def text(self, value: object, place: str) -> Text:
        """Return wording by language."""
        return {tag: self.string(words, f"{place}.{tag}") for tag, words in self.tags(value, place).items()}


def _printable(key: str) -> str:
    """Return a key as a place may show it: empty or unprintable ones in quotes and escaped."""
    return key if key and key.isprintable() else ascii(key)
