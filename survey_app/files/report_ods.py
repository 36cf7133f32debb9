"""A report as a spreadsheet of the open document format: the cells of the workbook, headers that stay in sight."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from survey_app.evaluation import Report, format_number, format_percent
from survey_app.files.report_imprint import Imprint
from survey_app.files.report_tables import build_tables
from survey_app.files.table_cells import Cell, Shape, Table

_LANGUAGE = "de-DE"
_MADE_BY = "Resonanz"
_SPACES = re.compile(r"^ +| {2,}| +$")
_PART_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that an archive knows; without the time of writing, equal reports give equal bytes."""

_PLACE = '<table:table table:name="sheets"/>'
"""Where the sheets are put into the document that the library makes around them."""

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
    from odfdo import Document, Element  # noqa: PLC0415 – heavy, and few requests need it

    document = Document("spreadsheet")
    document.body.clear()
    tables = build_tables(report, imprint)
    _add_styles(document, tables)
    document.body.append(Element.from_tag(_PLACE))
    _freeze_headers(document, tables)
    _describe(document, report, imprint)
    data = io.BytesIO()
    document.save(data)
    return _pack_again(data, "".join(map(_write_table, tables)))


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


def _write_table(table: Table) -> str:
    """Return a sheet; made cell by cell, the library takes more than a millisecond for each."""
    columns = (f'<table:table-column table:style-name="width-{width}"/>' for width in table.widths)
    header = "".join(_write_text(name, "header") for name in table.header)
    rows = ("".join(_write_cells(cells)) for cells in table.rows)
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in (header, *rows))
    return f"<table:table table:name={quoteattr(table.name)}>{''.join(columns)}{lines}</table:table>"


def _write_cells(cells: Sequence[Cell]) -> Iterator[str]:
    """Yield the cells of a row; empty ones that follow each other are one with a number."""
    for is_empty, group in groupby(cells, key=lambda cell: cell.value is None):
        if is_empty:
            yield f'<table:table-cell table:number-columns-repeated="{len(list(group))}"/>'
        else:
            yield from map(_write_cell, group)


def _write_cell(cell: Cell) -> str:
    value, style = cell.value, _name_style(cell)
    if isinstance(value, str):
        return _write_text(value, style)
    kept = f'office:date-value="{value}"' if isinstance(value, date) else f'office:value="{value!r}"'
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="{_TYPES[cell.shape]}" {kept}>'
        f"<text:p>{_write_shown(cell)}</text:p></table:table-cell>"
    )


def _write_text(text: str, style: str) -> str:
    """Return a cell with words, each line a paragraph; spaces that XML would swallow are counted."""
    lines = (_SPACES.sub(_count_spaces, escape(line)).replace("\t", "<text:tab/>") for line in text.split("\n"))
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{paragraphs}</table:table-cell>'


def _count_spaces(spaces: re.Match[str]) -> str:
    return f'<text:s text:c="{len(spaces[0])}"/>'


def _write_shown(cell: Cell) -> str:
    """Return what is read in a cell that is no text."""
    if isinstance(cell.value, date):
        return f"{cell.value:%d.%m.%Y}"
    if not isinstance(cell.value, int | float):
        return ""
    is_share = cell.shape is Shape.PERCENT
    return format_percent(cell.value, decimals=cell.decimals) if is_share else format_number(cell.value)


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


def _pack_again(data: io.BytesIO, tables: str) -> bytes:
    """Return the archive with the sheets in their place and one date for every part.

    The first part stays the first and unpacked, as the format asks for.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.infolist():
            dated = zipfile.ZipInfo(part.filename, _PART_DATE)
            dated.compress_type = part.compress_type
            new.writestr(dated, old.read(part).replace(_PLACE.encode(), tables.encode()))
    return packed.getvalue()
