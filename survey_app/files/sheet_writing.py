"""Writing spreadsheets: tables of texts as an XLSX file in which nothing is a formula, a link or a number."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from survey_app.files.sheet_guard import refuse
from survey_app.files.sheet_reading import place_of

LONGEST_CELL = 32_767
"""UTF-16 units that a cell can hold."""

_MADE_AT = datetime(2000, 1, 1)  # noqa: DTZ001 – files have no time zone; one day for all, so equal tables give equal bytes
_WIDEST = 60

Table = Sequence[Sequence[str]]
"""Rows of texts, the header first; rows may be shorter than the header."""


def write_sheets(tables: Mapping[str, Table], *, rtl: Sequence[int] = ()) -> bytes:
    """Return a workbook with one sheet for each table; the header stays in sight.

    Args:
        tables: by the name of the sheet.
        rtl: columns, counted from 0, whose texts run from right to left.

    Raises:
        InvalidDocument: if a text is longer than a cell can hold.
    """
    import xlsxwriter  # noqa: PLC0415 – heavy, and few requests need it

    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"created": _MADE_AT})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        mirrored = book.add_format({"text_wrap": True, "valign": "top", "reading_order": 2})
        for name, table in tables.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, width in enumerate(_measure_widths(table)):
                sheet.set_column(column, column, width)
            for number, row in enumerate(table):
                for column, text in enumerate(row):
                    if text:
                        _ensure_short(text, place_of(name, number + 1, column))
                        kind = bold if number == 0 else mirrored if column in rtl else plain
                        sheet.write_string(number, column, text, kind)
    return data.getvalue()


def _ensure_short(text: str, place: str) -> None:
    if len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise refuse("cell_is_too_long", place, limit=LONGEST_CELL)


def _measure_widths(table: Table) -> list[int]:
    """Return a readable width for each column of the header."""
    header = table[0] if table else ()
    return [
        min(_WIDEST, 2 + max(len(row[column]) if column < len(row) else 0 for row in table))
        for column in range(len(header))
    ]
