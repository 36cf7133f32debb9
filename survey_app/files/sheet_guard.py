"""What an XLSX file must not be before anything in it is parsed: a bomb, a torso, or XML with definitions of its own.

The directory of the archive says how large every part is unpacked, and `zipfile` gives no more than it says; so limits
on the directory are limits on memory. Parts are searched for document types, because the library that reads them
expands entities (it leaves that protection to others).
"""

import io
import re
import zipfile
import zlib

from survey_app.domain.errors import InvalidDocument, Problem

LARGEST_FILE = 5_000_000
LARGEST_CONTENT = 40_000_000
"""Bytes of all parts together, unpacked."""

_MOST_PARTS = 300
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS = (b"utf-8", b"us-ascii")


def ensure_sound(data: bytes) -> None:
    """Make sure that a file is an archive of moderate size whose XML defines nothing.

    Raises:
        InvalidDocument: with one problem that concerns the file as a whole.
    """
    if not data:
        raise refuse("file_is_empty")
    if len(data) > LARGEST_FILE:
        raise refuse("file_is_too_large", limit=LARGEST_FILE // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist())
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_part(archive.read(part))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        # RuntimeError: the archive is encrypted; NotImplementedError: it is packed in a way nobody uses for this.
        raise refuse("file_is_no_workbook") from error


def refuse(code: str, place: str = "document", **parameters: object) -> InvalidDocument:
    """Return the error for one problem."""
    return InvalidDocument([Problem(code, place, parameters)])


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    size = sum(part.file_size for part in parts)
    if size > LARGEST_CONTENT or len(parts) > _MOST_PARTS:
        raise refuse("file_is_too_large_inside", limit=LARGEST_CONTENT // 1_000_000)


def _check_part(content: bytes) -> None:
    declared = _ENCODING.match(content.lstrip(b"\xef\xbb\xbf")[:200])
    # Other encodings could write a definition in letters that the search does not see.
    if b"\x00" in content or (declared and declared[1].lower() not in _ENCODINGS):
        raise refuse("file_is_no_workbook")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise refuse("file_defines_entities")
