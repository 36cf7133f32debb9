"""A report as a spreadsheet of the open document format: the cells of the workbook, headers that stay in sight."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from xml.sax.saxutils import quoteattr

from survey_app.evaluation import Report, format_number, format_percent
from survey_app.files.report_imprint import Imprint
from survey_app.files.report_tables import build_tables
from survey_app.files.table_cells import Cell, Shape, Table

_LANGUAGE = "de-DE"
_MADE_BY = "Resonanz"
_UNEVEN = re.compile(r"[\n\t]| {2}")
_PART_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that an archive knows; without the time of writing, equal reports give equal bytes."""

_TYPES = {Shape.COUNT: "float", Shape.NUMBER: "float", Shape.PERCENT: "percentage", Shape.DAY: "date"}
_CHARACTER = 0.2
"""Width of a character, in centimetres."""

_SHOWN = {
    Shape.COUNT: '<number:number-style style:name="{}"><number:number number:decimal-places="0"'
    ' number:min-integer-digits="1"/></number:number-style>',
    Shape.NUMBER: '<number:number-style style:name="{}"><number:number number:decimal-places="3"'
    ' number:min-decimal-places="0" number:min-integer-digits="1"/></number:number-style>',
    Shape.PERCENT: '<number:percentage-style style:name="{}"><number:number number:decimal-places="{}"'
    ' number:min-integer-digits="1"/><number:text>\u00a0%</number:text></number:percentage-style>',
    Shape.DAY: '<number:date-style style:name="{}"><number:day number:style="long"/><number:text>.</number:text>'
    '<number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/>'
    "</number:date-style>",
}
_CELL = (
    '<style:style style:name="{}" style:family="table-cell"{}><style:table-cell-properties'
    ' style:vertical-align="top" fo:wrap-option="wrap"/>{}</style:style>'
)
_COLUMN = (
    '<style:style style:name="{}" style:family="table-column">'
    '<style:table-column-properties style:column-width="{:.1f}cm"/></style:style>'
)
_BOLD = '<style:text-properties fo:font-weight="bold"/>'
_FROZEN = (
    "<config:config-item-map-entry config:name={}>"
    '<config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item>'
    '<config:config-item config:name="VerticalSplitPosition" config:type="int">1</config:config-item>'
    '<config:config-item config:name="ActiveSplitRange" config:type="short">2</config:config-item>'
    '<config:config-item config:name="PositionBottom" config:type="int">1</config:config-item>'
    "</config:config-item-map-entry>"
)


def write_report(report: Report, imprint: Imprint) -> bytes:
    """Return the report as a spreadsheet; equal reports give equal bytes."""
    from odfdo import Document  # noqa: PLC0415 – heavy, and few requests need it

    document = Document("spreadsheet")
    document.body.clear()
    tables = build_tables(report, imprint)
    _add_styles(document, tables)
    for table in tables:
        document.body.append(_build_table(table))
    _freeze_headers(document, tables)
    _describe(document, report, imprint)
    data = io.BytesIO()
    document.save(data)
    return _pack_again(data)


def _describe(document: Any, report: Report, imprint: Imprint) -> None:
    about = document.meta
    about.set_title(report.goal_system.title)
    about.set_description(imprint.stamp)
    about.set_language(_LANGUAGE)
    about.set_generator(_MADE_BY)
    about.set_creation_date(datetime.combine(report.cut_off, time()))
    document.set_language(_LANGUAGE)


def _add_styles(document: Any, tables: Sequence[Table]) -> None:
    from odfdo import Element  # noqa: PLC0415 – see above

    cells = {_name_style(cell): cell for table in tables for row in table.rows for cell in row}
    widths = sorted({width for table in tables for width in table.widths})
    made = [
        _CELL.format("header", "", _BOLD),
        *(_COLUMN.format(f"width-{width}", width * _CHARACTER) for width in widths),
    ]
    for name, cell in sorted(cells.items()):
        shown = _SHOWN.get(cell.shape)
        if shown is not None:
            made.append(shown.format(f"shown-{name}", cell.decimals))
        made.append(_CELL.format(name, f' style:data-style-name="shown-{name}"' if shown else "", ""))
    styles = document.get_part("content.xml").get_element("//office:automatic-styles")
    for style in made:
        styles.append(Element.from_tag(style))


def _name_style(cell: Cell) -> str:
    return f"{cell.shape}-{cell.decimals}"


def _build_table(table: Table) -> Any:
    from odfdo import Cell as Written, Column, Row, Table as Sheet  # noqa: I001, PLC0415 – see above

    sheet = Sheet(table.name)
    rows = [Row(), *(Row() for _ in table.rows)]
    rows[0].extend_cells([Written(name, style="header") for name in table.header])
    for row, cells in zip(rows[1:], table.rows, strict=True):
        row.extend_cells(list(_write_cells(cells)))
    sheet.extend_rows(rows)
    for number, width in enumerate(table.widths):
        sheet.set_column(number, Column(style=f"width-{width}"))
    return sheet


def _write_cells(cells: Sequence[Cell]) -> Iterator[Any]:
    """Yield the cells of a row; empty ones that follow each other are one with a number."""
    from odfdo import Cell as Written, Paragraph  # noqa: I001, PLC0415 – see above

    empty = 0
    for cell in cells:
        if cell.value is None:
            empty += 1
            continue
        if empty:
            yield Written(repeated=empty)
            empty = 0
        kind = _TYPES.get(cell.shape, "string")
        written = Written(cell.value, text=_write_shown(cell), cell_type=kind, style=_name_style(cell))
        if cell.shape is Shape.PERCENT:
            written.text_content = _write_shown(cell)
        if isinstance(cell.value, str) and _UNEVEN.search(cell.value):
            written.clear()
            written.set_attribute("office:value-type", "string")
            written.set_attribute("table:style-name", _name_style(cell))
            for line in cell.value.split("\n"):
                written.append(Paragraph(line))
        yield written
    if empty:
        yield Written(repeated=empty)


def _write_shown(cell: Cell) -> str:
    """Return what is read in the cell; the library itself cuts percentages off instead of rounding them."""
    if isinstance(cell.value, int | float):
        if cell.shape is Shape.PERCENT:
            return format_percent(cell.value, decimals=cell.decimals)
        return format_number(cell.value)
    return f"{cell.value:%d.%m.%Y}" if isinstance(cell.value, date) else str(cell.value)


def _freeze_headers(document: Any, tables: Sequence[Table]) -> None:
    from odfdo import Element  # noqa: PLC0415 – see above

    settings = document.get_part("settings.xml")
    settings.get_element('//config:config-item[@config:name="ActiveTable"]').text = tables[0].name
    settings.get_element('//config:config-item-map-named[@config:name="ScriptConfiguration"]').delete()
    views = settings.get_element('//config:config-item-map-named[@config:name="Tables"]')
    views.clear()
    views.set_attribute("config:name", "Tables")
    for table in tables:
        views.append(Element.from_tag(_FROZEN.format(quoteattr(table.name))))


def _pack_again(data: io.BytesIO) -> bytes:
    """Return the archive with one date for every part; the first part stays the first and unpacked, as it must."""
    packed = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.infolist():
            dated = zipfile.ZipInfo(part.filename, _PART_DATE)
            dated.compress_type = part.compress_type
            new.writestr(dated, old.read(part))
    return packed.getvalue()
