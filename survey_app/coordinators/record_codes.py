"""Codes in records: narrowing a list of records to one of them, and keeping what nobody changed."""

from collections.abc import Iterable

from survey_app.web.vocabulary import NOT_RECORDED, Words

UNKNOWN = "unknown"
"""Stands in an address for records that have no code."""


def has_code(code: str | None, wanted: str) -> bool:
    """Tell whether a record belongs into a list of one code; without a wish all do."""
    return wanted in ("", code or UNKNOWN)


def offer_codes(words: Words, present: Iterable[str | None]) -> list[tuple[str, str]]:
    """Return codes and their words: those of a vocabulary, others that occur, and the missing one."""
    known = [(str(code), str(text)) for code, text in words.items()]
    others = sorted({code for code in present if code} - {code for code, _text in known})
    return [*known, *((code, code) for code in others), (UNKNOWN, str(NOT_RECORDED))]


def keep_stored(stored: Iterable[str] | None, chosen: Iterable[str]) -> tuple[str, ...] | None:
    """Return the chosen codes, or the stored ones in their order if they are the same; none at all are not recorded.

    So a form that nobody touched changes nothing, not even a list that is known to be empty.
    """
    codes = tuple(dict.fromkeys(chosen))
    if stored is not None and set(stored) == set(codes):
        return tuple(stored)
    return codes or None
