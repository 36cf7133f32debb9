"""Breaking files on purpose, by a seed: the same seed breaks the same file in the same way."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping

BOMB = 60_000_000
"""Bytes of one part that packs well and is larger unpacked than any file may be."""

ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def repack(
    data: bytes, change: Mapping[str, Callable[[bytes], bytes]], extra: Mapping[str, bytes] | None = None
) -> bytes:
    """Return an archive with some of its parts changed and others added."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change[part.filename](content) if part.filename in change else content)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return packed.getvalue()


def truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data) - 30)]


def swap_bytes(data: bytes, chance: random.Random) -> bytes:
    """Break the directory at the end of an archive."""
    broken = bytearray(data)
    for _time in range(12):
        broken[-chance.randrange(1, 60)] ^= chance.randrange(1, 256)
    return bytes(broken)


def add_bomb(data: bytes, _chance: random.Random) -> bytes:
    return repack(data, {}, {"xl/media/bomb.xml": b"0" * BOMB})


def add_entities(data: bytes, chance: random.Random) -> bytes:
    part = chance.choice(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/styles.xml"])
    return repack(data, {part: lambda xml: xml.replace(b"?>", b"?>" + ENTITIES, 1)})


def change_encoding(data: bytes, _chance: random.Random) -> bytes:
    return repack(data, {"xl/workbook.xml": lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")})


def rename_sheet(data: bytes, chance: random.Random) -> bytes:
    name = chance.choice(["Tabelle1", "surveys", "questions"])
    wanted = name.encode()
    return repack(
        data,
        {
            "xl/workbook.xml": lambda xml: xml.replace(b'name="survey"', b'name="%s"' % wanted).replace(
                b'name="wording"', b'name="%s"' % wanted
            )
        },
    )


def add_formula(data: bytes, chance: random.Random) -> bytes:
    row = chance.randrange(2, 9)
    cell = b'<c r="A%d"><f>1+1</f><v>2</v></c>' % row
    return repack(data, {"xl/worksheets/sheet1.xml": lambda xml: put_cell(xml, row, cell)})


def add_error(data: bytes, chance: random.Random) -> bytes:
    row = chance.randrange(2, 9)
    cell = b'<c r="A%d" t="e"><v>#REF!</v></c>' % row
    return repack(data, {"xl/worksheets/sheet1.xml": lambda xml: put_cell(xml, row, cell)})


def put_cell(xml: bytes, row: int, cell: bytes) -> bytes:
    """Return a sheet with another first cell in one of its rows."""
    start = xml.index(b'<row r="%d"' % row)
    first = xml.index(b"<c ", start)
    return xml[:first] + cell + xml[xml.index(b"</c>", first) + 4 :]


def add_many_rows(data: bytes, chance: random.Random) -> bytes:
    number = chance.randrange(20_000, 1_000_000)
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row></sheetData>' % (number, number)
    return repack(data, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", row)})


def add_many_columns(data: bytes, _chance: random.Random) -> bytes:
    cell = b'<c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'
    return repack(data, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</row>", cell, 1)})


def drop_part(data: bytes, chance: random.Random) -> bytes:
    part = chance.choice(["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
    return repack(data, {part: lambda _xml: b""})


def cut_part(data: bytes, chance: random.Random) -> bytes:
    part = chance.choice(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
    return repack(data, {part: lambda xml: xml[: chance.randrange(60, len(xml) - 40)]})


def rename_language(data: bytes, chance: random.Random) -> bytes:
    name = chance.choice([b"Hausmundart", b"Nirgendwo (q-q-q)", b"(zzzz)"])
    return repack(data, {"xl/sharedStrings.xml": lambda xml: xml.replace("français (fr)".encode(), name)})


def replace_all(data: bytes, chance: random.Random) -> bytes:
    return chance.choice(
        [b"", b"%PDF-1.7 not a table", bytes(chance.randbytes(400)), b"PK\x03\x04" + chance.randbytes(90)]
    )


WORKBOOK_BREAKS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    truncate,
    swap_bytes,
    add_bomb,
    add_entities,
    change_encoding,
    rename_sheet,
    add_formula,
    add_error,
    add_many_rows,
    add_many_columns,
    drop_part,
    cut_part,
    rename_language,
    replace_all,
)
