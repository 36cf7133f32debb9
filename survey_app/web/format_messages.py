"""What is wrong with a goal system, for people: the problems of the file format in the language of the page.

The format speaks English, as files and commands do. Each of its messages is found here by its pattern; a test walks
through all of them. What no pattern knows is shown as it is: better English than nothing.
"""

import re
from collections.abc import Sequence

from flask_babel import LazyString, lazy_gettext

_WRONG_FORM = lazy_gettext("This does not have the form that the file format asks for.")
_TWICE = lazy_gettext("This stands twice; it must be unique.")
_NO_DATE = lazy_gettext("This must be a date such as 2026-11-22.")
_NOT_ASKED = lazy_gettext("This cannot be asked of this field.")
_NO_FIELD = lazy_gettext("There is no such field here: %(name)s")
_NO_TEXT = lazy_gettext("This must be a plain text.")
_NO_FLAG = lazy_gettext("This must be true or false.")

_PATTERNS: Sequence[tuple[str, LazyString]] = (
    (r"is missing|must not be null|must be a text of one line that is not empty", lazy_gettext("This is missing.")),
    (r"unknown key", lazy_gettext("This key is unknown.")),
    (r"must be a text|holds a control character .*", _NO_TEXT),
    (r"must be true or false|present takes true or false", _NO_FLAG),
    (r"must be a whole number", lazy_gettext("This must be a whole number.")),
    (
        r"must lie between (?P<low>\S+) and (?P<high>[^\s,]+).*",
        lazy_gettext("This must lie between %(low)s and %(high)s."),
    ),
    (r"must be at least (?P<limit>\d+).*", lazy_gettext("This must be at least %(limit)s.")),
    (r"must be a number|must be a finite number .*", lazy_gettext("This must be a number of at most 18 digits.")),
    (r"must be a date, .*|\S+ is no date of the calendar|the year must lie .*", _NO_DATE),
    (r"must be a list.*|must be \[.*|must be a table .*|in takes a list .*|is nested too deeply", _WRONG_FORM),
    (r"must not be empty|the field must be a name, .*", _WRONG_FORM),
    (r"holds a code twice|holds a day twice|the id .* is used twice", _TWICE),
    (
        r"(?:'.*' is|must be) one of (?P<choices>.+), (?:not|never) (?P<value>.+)",
        lazy_gettext("%(value)s is not possible here; possible are: %(choices)s"),
    ),
    (r"must name at least one goal", lazy_gettext("Please choose at least one goal.")),
    (r"must name at least one option", lazy_gettext("Please choose at least one answer.")),
    (r"\S+ have no field (?P<name>.+)|(?P<other>'.+') is a field of another type, .*", _NO_FIELD),
    (r"exactly one wording must be current, .*", lazy_gettext("Exactly one wording must be the current one.")),
    (r"there is no \w+ (?P<name>.+)", lazy_gettext("This does not exist: %(name)s")),
    (r"a deferred goal says why it is deferred", lazy_gettext("Please say why the goal is deferred.")),
    (r"must not lie before .*", lazy_gettext("This day must not come before the first one.")),
    (r"goals run in a circle: (?P<names>.+)", lazy_gettext("The goals stand above each other in a circle: %(names)s")),
    (r"a goal of level .*", lazy_gettext("A goal of this level cannot stand below the chosen one.")),
    (r".* belongs to wording .*", lazy_gettext("The goal above belongs to another wording.")),
    (r"\w+ has no period \w+", lazy_gettext("This period does not suit this kind of indicator.")),
    (r"is missing for the period span", lazy_gettext("A fixed period needs this day.")),
    (r"belongs to the period span only", lazy_gettext("Only a fixed period has this day.")),
    (r"belongs to counts since .*", lazy_gettext("Only counts since the beginning have a deadline.")),
    (r".* cannot both affirm .*", lazy_gettext("The same answer cannot agree and leave the base.")),
    (r".* is no answer_share", lazy_gettext("Only a share of answers can be compared.")),
    (r"must not exceed the value", lazy_gettext("This must not be greater than the value.")),
    (r"must not lie below the value", lazy_gettext("This must not be smaller than the value.")),
    (r"there must be at least one goal", lazy_gettext("There must be at least one goal.")),
    (r"must be '[^']+', not .*", lazy_gettext("This is no goal system in the format goals/1.")),
    (r"no valid TOML: (?P<reason>.+)", lazy_gettext("This is no valid TOML: %(reason)s")),
    (
        r"must have at most (?P<limit>\d+) characters",
        lazy_gettext("This is too long; %(limit)s characters are possible."),
    ),
    (
        r"unknown option '(?P<code>.+)' of item '(?P<item>.+)'",
        lazy_gettext("The question %(item)s does not have the answer %(code)s."),
    ),
    (r".* are free texts, .*", lazy_gettext("Answers in free text never enter an indicator.")),
    (r".* allows several answers, .*", lazy_gettext("A question with several answers has no mean.")),
    (
        r".* allows several answers: .*",
        lazy_gettext("Of a question with several answers exactly one can count as agreement."),
    ),
    (r"unknown operator .*|\S+ cannot be asked of .*|.* has no order|any needs a list .*", _NOT_ASKED),
    (r"\S+ takes a single value, .*|\S+ takes something that has .*|.* is compared with .*", _NOT_ASKED),
)
_COMPILED = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _PATTERNS)


def explain(message: str) -> str:
    """Return a message of the file format in the language of the page."""
    for pattern, words in _COMPILED:
        found = pattern.fullmatch(message)
        if found is not None:
            values = {name: value for name, value in found.groupdict().items() if value is not None}
            return str(words) % ({"name": values.get("other", "")} | values) if values else str(words)
    return message


def is_known(message: str) -> bool:
    """Tell whether people read a message in their own language."""
    return any(pattern.fullmatch(message) for pattern, _words in _COMPILED)
