"""Tables of records as files: read from an upload, carried through the page that asks, written for download."""

import base64
import binascii
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from survey_app.domain.errors import InvalidRecord, Problem
from survey_app.files.csv_reading import Encoding
from survey_app.files.record_columns import REQUIRED, build_columns
from survey_app.files.record_csv import Column, read_records, write_records
from survey_app.services.record_desks import Values
from survey_app.services.record_import import RowValues
from survey_app.web.record_words import name_columns, name_values

LARGEST_FILE = 1024 * 1024
"""Far more than the most rows a table may have; a file beyond it is another kind of file."""

_NUMBER_COLUMN = "id"
_CODED = ("actor_group", "fields", "field", "status")


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The rows of a table, and whether its letters had to be guessed."""

    rows: tuple[RowValues, ...]
    is_guessed: bool


def read_rows(kind: str, data: bytes, stored: Iterable[Values]) -> ReadTable:
    """Return the rows of a CSV file.

    Args:
        stored: what is stored: its codes are known, even those that no vocabulary has.

    Raises:
        InvalidRecord: if the file as a whole cannot be used.
    """
    if len(data) > LARGEST_FILE:
        raise InvalidRecord([Problem("file_is_too_large", "", {"limit": LARGEST_FILE // 1024})])
    table = read_records(data, list_columns(kind, stored), name_columns(), required=REQUIRED[kind])
    if not table.lines:
        raise InvalidRecord([Problem("file_is_empty", "")])
    rows = tuple(RowValues(line.number, line.values, line.problems) for line in table.lines)
    return ReadTable(rows, is_guessed=table.encoding is Encoding.WINDOWS_1252)


def write_rows(kind: str, stored: Sequence[Values]) -> bytes:
    """Return what is stored as a CSV file that `read_rows` reads back unchanged."""
    return write_records(list_columns(kind, stored), name_columns(), stored)


def write_template(kind: str) -> bytes:
    """Return a CSV file that has nothing but the names of the columns."""
    columns = [column for column in list_columns(kind) if column.key != _NUMBER_COLUMN]
    return write_records(columns, name_columns(), [])


def list_columns(kind: str, stored: Iterable[Values] = ()) -> tuple[Column, ...]:
    """Return the columns of a table, in words that people know."""
    words = {key: dict(codes) for key, codes in name_values().items()}
    for values in stored:
        for key in _CODED:
            for code in _codes_in(values, key):
                words[key].setdefault(code, (code,))
    return build_columns(kind, words)


def _codes_in(values: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = values.get(key)
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()


def pack(data: bytes) -> str:
    """Return a file as a text that a form can carry; nothing of it is kept on the server until somebody agrees."""
    return base64.urlsafe_b64encode(zlib.compress(data)).decode("ascii")


def unpack(text: str) -> bytes:
    """Return the file that a form carried.

    Raises:
        InvalidRecord: if it is no such text, or would unfold to more than a file may have.
    """
    unfolding = zlib.decompressobj()
    try:
        data = unfolding.decompress(base64.urlsafe_b64decode(text.encode()), LARGEST_FILE + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise InvalidRecord([Problem("file_is_lost", "")]) from error
    if not unfolding.eof or not data:
        raise InvalidRecord([Problem("file_is_lost", "")])
    return data
