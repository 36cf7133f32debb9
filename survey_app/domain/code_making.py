"""Codes for what people name in words: readable, language-free in form, never the same twice."""

import re
import unicodedata
from collections.abc import Container

from survey_app.domain.item_document import RESERVED_CODES
from survey_app.domain.questionnaire import NO_ANSWER

LONGEST_CODE = 63
"""What the format and the database columns keep."""

_USUAL_LENGTH = 28
"""Long enough to be recognised, short enough for a column of a table."""

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WORD = re.compile(r"[a-z0-9]+")
_KEPT = RESERVED_CODES | {NO_ANSWER}


def make_code(words: str, taken: Container[str], *, otherwise: str) -> str:
    """Return a code for a text that is not taken yet.

    Args:
        words: what the code should remind of, in any language; only its Latin letters and digits count.
        otherwise: the code of a text without any, itself a code.
    """
    stem = _shorten(_WORD.findall(_plain(words)))
    if not stem or not stem[0].isalpha():
        stem = f"{otherwise}_{stem}" if stem else otherwise
    return free_code(stem, taken)


def free_code(stem: str, taken: Container[str]) -> str:
    """Return a code, with a number behind it where it is taken or has a meaning of its own."""
    code, number = stem[:LONGEST_CODE], 1
    while code in taken or code in _KEPT:
        number += 1
        suffix = f"_{number}"
        code = stem[: LONGEST_CODE - len(suffix)] + suffix
    return code


def _plain(words: str) -> str:
    lowered = unicodedata.normalize("NFC", words).casefold().translate(_GERMAN)
    return unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()


def _shorten(parts: list[str]) -> str:
    """Return the first words as far as they fit, at least a piece of the first one."""
    code = ""
    for part in parts:
        longer = f"{code}_{part}" if code else part[:_USUAL_LENGTH]
        if len(longer) > _USUAL_LENGTH:
            break
        code = longer
    return code
