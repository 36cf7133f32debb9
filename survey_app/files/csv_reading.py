"""Tables that people keep in a spreadsheet: from whatever bytes Excel writes in Germany to rows of text.

A German Excel writes semicolons, either with a byte order mark in UTF-8 or in Windows-1252, depending on what was
chosen; "Unicode text" is UTF-16 with tabs. All of these are read; what had to be guessed is said.
"""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from survey_app.domain.errors import InvalidRecord, Problem
from survey_app.domain.text import clean_text

_DELIMITERS = (";", "\t", ",")
MOST_ROWS = 2000
_LONGEST_CELL = 4000
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")


class Encoding(StrEnum):
    """How the bytes were read."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    WINDOWS_1252 = "windows-1252"


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of texts.

    Attributes:
        header: names of the columns as they stand in the file.
        rows: number of the row as a spreadsheet counts it, from 2, and its cells, as many as the header has.
        encoding: Windows-1252 was guessed: nothing in such a file says so.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: Encoding


def read_table(data: bytes) -> TextTable:
    """Return the table of a CSV file.

    Raises:
        InvalidRecord: with what makes it unreadable; the place is "row 7" or empty.
    """
    text, encoding = _decode(data)
    found = _parse(text)
    if not found:
        raise InvalidRecord([Problem("file_is_empty", "")])
    header = tuple(cell.strip() for cell in found[0][1])
    rows = tuple((number, _fit(number, cells, len(header))) for number, cells in found[1:])
    return TextTable(header, rows, encoding)


def write_table(header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> bytes:
    """Return a table as a German Excel opens it: semicolons, UTF-8 with a byte order mark, every cell inert."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guard_cell(cell) for cell in row] for row in rows)
    return BOM_UTF8 + text.getvalue().encode()


def guard_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; `_open_cell` takes the guard away again."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def _open_cell(cell: str) -> str:
    return clean_text(cell[1:] if _GUARDED.match(cell) else cell)


def _decode(data: bytes) -> tuple[str, Encoding]:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        codec, encoding = "utf-16", Encoding.UTF_16
    elif _is_utf8(data):
        codec, encoding = "utf-8-sig", Encoding.UTF_8
    else:
        codec, encoding = "cp1252", Encoding.WINDOWS_1252
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise InvalidRecord([Problem("file_is_no_text", "")]) from error
    if "\x00" in text:
        raise InvalidRecord([Problem("file_is_no_text", "")])
    return text, encoding


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _parse(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not blank, with their numbers."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_find_delimiter(first), strict=True)
    found: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            cells = [_open_cell(cell) for cell in row]
            if any(cells):
                found.append((number, cells))
            if len(found) > 1 + MOST_ROWS:
                raise InvalidRecord([Problem("file_is_too_long", "", {"limit": MOST_ROWS})])
    except csv.Error as error:
        raise InvalidRecord([Problem("row_is_broken", f"row {number + 1}", {"row": number + 1})]) from error
    return found


def _find_delimiter(header: str) -> str:
    """Return what separates the names in the first line; a file of one column has none."""
    unquoted = re.sub(r'"[^"]*"', "", header)
    counts = Counter({delimiter: unquoted.count(delimiter) for delimiter in _DELIMITERS})
    return max(_DELIMITERS, key=lambda delimiter: counts[delimiter])


def _fit(number: int, cells: list[str], width: int) -> tuple[str, ...]:
    """Return as many cells as the header has; text beyond it would be lost, so it is a mistake."""
    if any(cells[width:]):
        raise InvalidRecord([Problem("row_is_too_wide", f"row {number}", {"row": number})])
    if any(len(cell) > _LONGEST_CELL for cell in cells):
        raise InvalidRecord([Problem("cell_is_too_long", f"row {number}", {"row": number, "limit": _LONGEST_CELL})])
    return (*cells[:width], *[""] * (width - len(cells)))
