"""Texts of a goal system in forms: what nobody changed stays as it was written, to the last blank."""

import re

from survey_app.domain.text import clean_text

_BLANKS = re.compile(r"[ \t\n]+")


def keep_text(typed: str | None, original: str | None) -> str | None:
    """Return a text as it was typed, the original where it is only what the form made of it, None for an empty one.

    A browser changes line ends and our forms clean what people type; verbatim texts must survive both.
    """
    cleaned = clean_text(original or "")
    if (typed or "") in (cleaned, _BLANKS.sub(" ", cleaned)):
        return original
    return typed or None
