"""From a typst template and values to a tagged PDF: fonts, PDF/UA-1, and characters that no font has.

Templates lie in ``typst/`` beside this module and begin with ``#import "frame.typ"``. They get every value as data,
never as markup, so nothing that people wrote can run or break them. Equal values give equal bytes.
"""

import json
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FONTS = ("noto-sans", "ibm-plex-sans-arabic")
"""Packages of the fonts, in the order in which `frame.typ` asks for them. Noto's own Arabic font is not among them:
it composes letters of strokes and dots, and a PDF then gives every dotted letter twice to those who listen to it."""

MISSING = "\u25a1"
"""Stands for a character that no font has; `frame.typ` draws it, since no font has it either."""

_TEMPLATES = Path(__file__).parent / "typst"
_INVISIBLE = re.compile("[\u034f\u180b-\u180d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]")
_JOINED = re.compile(f"{MISSING}(?:\u200d+{MISSING}?)+")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_OVERRIDES = re.compile("[\u202a-\u202e]")
_UNBROKEN = re.compile(r"\S{32}(?=\S)")
_BREAK = "\u200b"


class BadDocument(Exception):
    """A template and its values give a document that is not accessible or not as meant; each line says why."""


def render_pdf(template: str, values: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Return a document as tagged PDF (PDF/UA-1) without any time or chance in it.

    Args:
        template: file name in ``typst/``.
        values: what the template reads as ``values``: strings, numbers, lists and mappings. It must have `title`,
            `language` and `direction` ("ltr" or "rtl") of the document. What no font has is replaced here, also a
            title of which nothing is left; other headings have to have words.
        pictures: PNG files by the names under which `frame.typ` gives them to the template.

    Raises:
        BadDocument: if typst refuses the document or warns about it.
    """
    return _compile(template, values, pictures, pdf_standards=["ua-1"])


def draw_page(
    template: str, values: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None, *, resolution: float
) -> bytes:
    """Return a document of one page as PNG with so many pixels per inch; the arguments are those of `render_pdf`.

    Raises:
        BadDocument: if typst refuses the document or warns about it.
    """
    return _compile(template, values, pictures, format="png", ppi=resolution)


def _compile(template: str, values: Mapping[str, Any], pictures: Mapping[str, bytes] | None, **options: Any) -> bytes:
    import typst  # noqa: PLC0415  # 80 MB that only those who print need

    shown = _make_printable(values)
    shown["title"] = shown["title"].strip() or MISSING
    drawn = {name: b64encode(content).decode("ascii") for name, content in (pictures or {}).items()}
    try:
        document, warnings = typst.compile_with_warnings(
            str(_TEMPLATES / template),
            root=str(_TEMPLATES),
            font_paths=_load_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"values": json.dumps(shown, ensure_ascii=False), "pictures": json.dumps(drawn)},
            **options,
        )
    except typst.TypstError as error:
        raise BadDocument(f"{template}: {error.diagnostic or error.message}") from error
    if warnings:
        raise BadDocument("\n".join(f"{template}: {warning.message}" for warning in warnings))
    return bytes(document)


def base_language(tag: str) -> str:
    """Return what typst and readers of PDFs know a language by: plain German is German."""
    return tag.split("-", maxsplit=1)[0]


def printable(text: str) -> str:
    """Return the text with `MISSING` for every character that no font has, and with breaks in endless words."""
    covered = _load_coverage()
    # What turns the direction of everything behind it round has no place on paper; marks and isolates stay.
    lines = _LINE_ENDS.sub("\n", _OVERRIDES.sub("", text)).split("\n")
    shown = ("".join(_find_sign(sign, covered) for sign in line) for line in lines)
    return "\n".join(_UNBROKEN.sub(rf"\g<0>{_BREAK}", _JOINED.sub(MISSING, line)) for line in shown)


def is_visible(text: str) -> bool:
    """Tell whether anything of the text can be seen on paper."""
    return any(unicodedata.category(sign)[0] not in "CZ" for sign in printable(text))


def list_missing_scripts(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the scripts whose letters no font has, in alphabetical order; empty if all can be printed."""
    covered = _load_coverage()
    letters = {sign for text in texts for sign in text if ord(sign) not in covered and sign.isalpha()}
    return tuple(sorted({unicodedata.name(letter, "UNKNOWN").split()[0].title() for letter in letters}))


def _find_sign(sign: str, covered: frozenset[int]) -> str:
    if sign.isspace() and ord(sign) not in covered:
        return " "
    kind = unicodedata.category(sign)
    if ord(sign) in covered and kind != "Cc":
        return sign
    return "" if kind in ("Cc", "Cf", "Cs") or _INVISIBLE.match(sign) else MISSING


def _make_printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {name: _make_printable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_make_printable(part) for part in value]
    return value


@cache
def _load_fonts() -> Any:
    import typst  # noqa: PLC0415  # see above

    folders = sorted({str(path.parent) for font in FONTS for path in _list_files(font)})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def _load_coverage() -> frozenset[int]:
    """Return the code points that the fonts have between them; all styles of one have the same."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # a fifth of a second that only those who print need

    covered: set[int] = set()
    for font in FONTS:
        with TTFont(_list_files(font)[0], lazy=True) as file:
            covered |= file.getBestCmap().keys()
    return frozenset(covered)


def _list_files(font: str) -> list[Path]:
    import fontpkg  # noqa: PLC0415  # looks through all installed packages

    return sorted(file.path for file in fontpkg.family(font).files)
