"""Wording in several languages, language tags, and what becomes of typed text at the edge of the system."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

Text = Mapping[str, str]
"""Wording by canonical BCP 47 tag."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words with the tag of the language they really are in, and its direction: "ltr" or "rtl"."""

    text: str
    language: str
    direction: str


PLAIN_GERMAN = "de-x-simple"
_ALIASES = {"de-simple": PLAIN_GERMAN, "de-si": PLAIN_GERMAN, "de_x_simple": PLAIN_GERMAN, "prs": "fa-AF"}
_WIDER = {"kmr": "ku", "pes": "fa"}
"""Languages that others call by a narrower name (the Integreat app, some phones) than the locale libraries do."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?(-x-[a-z0-9]{1,8})?")

# Control characters carry no meaning in an answer, break XML and, in the case of NUL, PostgreSQL; lone
# surrogates cannot be encoded, noncharacters make a page invalid. Overrides of direction (U+202D, U+202E) make text
# read otherwise than it is stored, and no language needs them. Directional marks, isolates, embeddings and joiners
# stay: Arabic and Persian text needs them.
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_UNSTORABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff{_NONCHARACTERS}]")
_EMBEDDINGS, _ISOLATES = "\u202a\u202b", "\u2066\u2067\u2068"
_END_OF_EMBEDDING, _END_OF_ISOLATE = "\u202c", "\u2069"
_OPENING = re.compile(f"[{_EMBEDDINGS}{_ISOLATES}]")


def canonical_tag(tag: str) -> str:
    """Return the tag as we store it: known aliases resolved, case by convention (``DE-at`` is ``de-AT``)."""
    parts = tag.strip().replace("_", "-").split("-")
    if tag.lower() in _ALIASES:
        return _ALIASES[tag.lower()]
    private = False
    shaped = [_WIDER.get(parts[0].lower(), parts[0].lower())]
    for part in parts[1:]:
        private = private or part.lower() == "x"
        shaped.append(_shape_subtag(part, private=private))
    return _ALIASES.get("-".join(shaped), "-".join(shaped))


def _shape_subtag(part: str, *, private: bool) -> str:
    if private or len(part) not in (2, 4):
        return part.lower()
    return part.upper() if len(part) == 2 else part.title()


def is_language_tag(tag: str) -> bool:
    """Tell whether the tag is a canonical language tag of the form that documents may use."""
    return _TAG.fullmatch(tag) is not None


def clean_text(raw: str) -> str:
    """Return typed text as every database stores it alike: NFC, line feeds only, nothing unstorable, stripped.

    Directions that it opens are closed at its end, so that none reaches into what stands behind it.
    """
    unified = raw.replace("\r\n", "\n").replace("\r", "\n")
    clean = unicodedata.normalize("NFC", _UNSTORABLE.sub("", unified)).strip()
    return clean + _missing_ends(clean) if _OPENING.search(clean) else clean


def _missing_ends(text: str) -> str:
    """Return what closes the directions still open at the end of the text; each line closes its own.

    Source: Unicode Standard Annex 9, X1 to X8; depth is not limited here.
    """
    open_ones: list[str] = []
    for sign in text.rpartition("\n")[2]:
        if sign in _EMBEDDINGS:
            open_ones.append(_END_OF_EMBEDDING)
        elif sign in _ISOLATES:
            open_ones.append(_END_OF_ISOLATE)
        elif sign == _END_OF_EMBEDDING and open_ones[-1:] == [sign]:
            open_ones.pop()
        elif sign == _END_OF_ISOLATE and sign in open_ones:
            # The end of an isolate ends the embeddings within it, too.
            while open_ones.pop() != sign:
                pass
    return "".join(reversed(open_ones))


def wording(text: Text, language: str, *, source: str) -> tuple[str, str]:
    """Return the wording and the language it really is in.

    Falls back to the source language, and from there to any language that has it, so that a gap is visible
    (the caller marks the fallback with its own ``lang`` and ``dir``) but never an empty label.
    """
    for tag in (language, source):
        if text.get(tag):
            return text[tag], tag
    return next(((words, tag) for tag, words in text.items() if words), ("", source))
