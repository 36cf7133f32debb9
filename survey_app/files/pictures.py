"""Pictures that people send: read by decoding, and written anew, so that nothing but their pixels is kept."""

import io
import struct
import zlib

from survey_app.domain.announcement import Logo
from survey_app.domain.errors import InvalidRecord, Problem

LARGEST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 16_000_000
"""More are not decoded at all: a file of some kilobytes can hold gigabytes of one colour."""

_LEAST_EDGE = 16
_KEPT = (800, 400)
"""Pixels that are kept of a logo: three hundred to the inch at the size in which a poster shows it."""

_FORMATS = ("PNG", "JPEG")
"""No SVG: it is a program in all but name, and no library here both reads and tames it."""


def read_logo(content: bytes, alternative: str) -> Logo:
    """Return a picture as a logo: made smaller if need be, upright, as PNG without anything else that was in the file.

    Raises:
        InvalidRecord: if it is no PNG or JPEG, broken, too heavy, too large or too small; the place is ``picture``.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415  # only those who change a logo need it

    if len(content) > LARGEST_BYTES:
        raise _refuse("picture_too_heavy", limit=LARGEST_BYTES // 1024**2)
    broken = (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError, struct.error, zlib.error)
    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as sent:
            _check_size(sent.width, sent.height)
            upright = ImageOps.exif_transpose(sent).convert("RGBA")
    except bombs as error:
        raise _refuse("picture_too_large", limit=MOST_PIXELS // 1_000_000) from error
    except broken as error:
        raise _refuse("picture_unreadable") from error
    upright.thumbnail(_KEPT)
    written = io.BytesIO()
    upright.save(written, "png", optimize=True)
    return Logo(written.getvalue(), upright.width, upright.height, alternative)


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _refuse("picture_too_large", limit=MOST_PIXELS // 1_000_000)
    if min(width, height) < _LEAST_EDGE:
        raise _refuse("picture_too_small", limit=_LEAST_EDGE)


def _refuse(code: str, **parameters: int) -> InvalidRecord:
    return InvalidRecord([Problem(code, "picture", dict(parameters))])
