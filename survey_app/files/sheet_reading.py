"""Spreadsheets that people send us: from the bytes of an XLSX file to texts by sheet, row and column.

Nothing in them is trusted: size, number of rows and columns, formulas and error values are refused with their place.
The library does not tell a text such as "_x000D_" from the escape that spreadsheets write for a sign; it is taken for
the escape, since no real text holds it and files from Excel do.
"""

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from survey_app.domain.errors import InvalidDocument, Problem
from survey_app.domain.text import clean_text
from survey_app.files.sheet_guard import ensure_sound, refuse

MOST_ROWS = 10_000
MOST_COLUMNS = 200
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as texts.

    Attributes:
        header: names of the columns as they stand in the first row.
        rows: number of the row as the spreadsheet counts it, from 2, and its cells, as many as the header has.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def place(self, row: int, column: int) -> str:
        """Return a cell as spreadsheets name it, ``survey!B7``; columns count from 0."""
        return place_of(self.name, row, column)


def place_of(sheet: str, row: int, column: int) -> str:
    """Return a cell as spreadsheets name it, ``survey!B7``; columns count from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{row}"


def read_sheets(data: bytes, wanted: Sequence[str]) -> Mapping[str, Sheet]:
    """Return the sheets with the wanted names, as far as the file has them, in the order of `wanted`.

    Args:
        data: content of the file.
        wanted: names in lower case; the file may write them in any case.

    Raises:
        InvalidDocument: for what is no workbook or is too large, for formulas, error values and text beyond the
            header; places are cells such as ``survey!B7``.
    """
    ensure_sound(data)
    problems: list[Problem] = []
    found: dict[str, Sheet] = {}
    try:
        with _opened(data) as book:
            for sheet in book.worksheets:
                name = sheet.title.strip().lower()
                if name in wanted and name not in found:
                    sheet.reset_dimensions()  # a file may say anything about its own size
                    found[name] = _read_sheet(name, sheet.iter_rows(), problems)
    except InvalidDocument:
        raise
    except Exception as error:  # a parser of other people's bytes raises whatever it stumbles over
        raise refuse("file_is_no_workbook") from error
    if problems:
        raise InvalidDocument(problems)
    return {name: found[name] for name in wanted if name in found}


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    """Give the workbook, its rows read on demand."""
    from openpyxl import load_workbook  # noqa: PLC0415 – heavy, and few requests need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about decorations that nobody asked for
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def _read_sheet(name: str, cells: Iterator[Sequence[Any]], problems: list[Problem]) -> Sheet:
    header: tuple[str, ...] = ()
    rows = []
    for number, row in enumerate(islice(cells, MOST_ROWS + 2), 1):
        if number > MOST_ROWS + 1:
            raise refuse("file_is_too_long", place_of(name, number, 0), limit=MOST_ROWS)
        texts = _trim([_read_cell(cell, place_of(name, number, index), problems) for index, cell in enumerate(row)])
        if len(texts) > MOST_COLUMNS:
            raise refuse("row_is_too_wide", place_of(name, number, len(texts) - 1), limit=MOST_COLUMNS)
        if number == 1:
            header = texts
        elif texts:
            rows.append((number, _fit(name, number, texts, len(header), problems)))
    return Sheet(name, header, tuple(rows))


def _trim(texts: Sequence[str]) -> tuple[str, ...]:
    width = len(texts)
    while width and not texts[width - 1]:
        width -= 1
    return tuple(texts[:width])


def _fit(name: str, number: int, texts: tuple[str, ...], width: int, problems: list[Problem]) -> tuple[str, ...]:
    """Return as many cells as the header has; text beyond it would be lost, so it is a mistake."""
    beyond = next((index for index in range(width, len(texts)) if texts[index]), None)
    if beyond is not None:
        problems.append(Problem("text_without_column", place_of(name, number, beyond)))
    return (*texts[:width], *[""] * (width - len(texts)))


def _read_cell(cell: Any, place: str, problems: list[Problem]) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        problems.append(Problem("formula_in_cell", place))
        return ""
    if cell.data_type == "e":
        problems.append(Problem("error_in_cell", place, {"value": str(cell.value)[:20]}))
        return ""
    return _write_value(cell.value)


def _write_value(value: object) -> str:
    """Return a value as somebody would have typed it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return clean_text(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value)))
