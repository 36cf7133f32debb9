"""A report as an XLSX workbook: typed cells, headers that stay in sight, no formula and no link."""

import io
from datetime import date, datetime, time
from typing import Any

from survey_app.evaluation import Report
from survey_app.files.report_imprint import Imprint
from survey_app.files.report_tables import build_tables
from survey_app.files.table_cells import Cell, Shape, Table

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MIDNIGHT = time()
_FORMATS = {Shape.COUNT: "0", Shape.NUMBER: "0.###", Shape.DAY: "dd.mm.yyyy"}


def write_report(report: Report, imprint: Imprint) -> bytes:
    """Return the report as a workbook; equal reports give equal bytes."""
    import xlsxwriter  # noqa: PLC0415 – heavy, and few requests need it

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, _OPTIONS) as book:
        book.set_properties(
            {"title": report.goal_system.title, "comments": imprint.stamp, "created": _at_midnight(report.cut_off)}
        )
        styles = _Styles(book)
        for table in build_tables(report, imprint):
            _write_table(book.add_worksheet(table.name), table, styles)
    return data.getvalue()


class _Styles:
    """Formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[Shape, int], Any] = {}
        self.header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})

    def find(self, cell: Cell) -> Any:
        key = (cell.shape, cell.decimals)
        if key not in self._made:
            self._made[key] = self._book.add_format(_describe(cell))
        return self._made[key]


def _describe(cell: Cell) -> dict[str, object]:
    if cell.shape is Shape.TEXT:
        return {"text_wrap": True, "valign": "top"}
    shown = f"0{'.' if cell.decimals else ''}{'0' * cell.decimals}\u00a0%"
    return {"valign": "top", "num_format": _FORMATS.get(cell.shape, shown)}


def _write_table(sheet: Any, table: Table, styles: _Styles) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for column, width in enumerate(table.widths):
        sheet.set_column(column, column, width)
    for column, name in enumerate(table.header):
        sheet.write_string(0, column, name, styles.header)
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            _write_cell(sheet, number, column, cell, styles)


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, styles: _Styles) -> None:
    value = cell.value
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value, styles.find(cell))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, _at_midnight(value), styles.find(cell))
    else:
        sheet.write_number(row, column, value, styles.find(cell))


def _at_midnight(day: date) -> datetime:
    return datetime.combine(day, _MIDNIGHT)
