"""Reads a tagged PDF as a screen reader does: along its structure tree, with the text that its fonts declare."""

import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pdfua
import pikepdf

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")


@dataclass
class Node:
    """An element of the structure tree: its role, alternative text, own text and children in reading order."""

    role: str
    alternative: str
    parts: list["str | Node"] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Return everything to be read in this element, spaces unified."""
        parts = (part if isinstance(part, str) else part.alternative or part.words for part in self.parts)
        return " ".join("".join(parts).split())

    def walk(self) -> Iterator["Node"]:
        """Yield this element and all below it, in reading order."""
        yield self
        for part in self.parts:
            if isinstance(part, Node):
                yield from part.walk()

    def words_of(self, role: str) -> list[str]:
        """Return the words of every element with a role."""
        return [node.words for node in self.walk() if node.role == role]


@dataclass
class Reading:
    """A PDF as read back."""

    language: str
    title: str
    shows_title: bool
    conformance: str
    page_count: int
    fonts: dict[str, bool]
    root: Node


def read_pdf(content: bytes) -> Reading:
    """Return what a PDF says about itself and in which order; fonts by name, with whether they are embedded."""
    with pikepdf.open(io.BytesIO(content)) as document:
        catalogue = document.Root
        metadata = document.open_metadata()
        texts = {page.obj.objgen: _read_page(page) for page in document.pages}
        fonts = {str(font.BaseFont): _is_embedded(font) for page in document.pages for font in _fonts(page).values()}
        return Reading(
            language=str(catalogue.get("/Lang", "")),
            title=str(metadata.get("dc:title", "")),
            shows_title=bool(catalogue.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
            conformance=str(metadata.get("pdfuaid:part", "")),
            page_count=len(document.pages),
            fonts=fonts,
            root=_read_node(catalogue.StructTreeRoot, texts, None),
        )


def check_accessibility(pdf: bytes) -> list[str]:
    """Return what an independent checker of PDF/UA-1 finds."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return [f"{found.rule_id}: {found.message}" for found in pdfua.validate(file.name).findings]


def _fonts(page: Any) -> dict[str, Any]:
    return dict(page.obj.Resources.get("/Font", {}))


def _is_embedded(font: Any) -> bool:
    description = font.DescendantFonts[0].FontDescriptor
    return any(f"/FontFile{kind}" in description for kind in ("", "2", "3"))


def _read_node(element: Any, texts: dict[Any, dict[int, str]], page: Any) -> Node:
    node = Node(str(element.get("/S", "/Root"))[1:], str(element.get("/Alt", "")))
    page = element.get("/Pg", page)
    kids = element.get("/K", pikepdf.Array([]))
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            if "/MCID" in kid:
                node.parts.append(texts[kid.get("/Pg", page).objgen].get(int(kid.MCID), ""))
            elif "/S" in kid:
                node.parts.append(_read_node(kid, texts, page))
        else:
            node.parts.append(texts[page.objgen].get(int(kid), ""))
    return node


def _read_page(page: Any) -> dict[int, str]:
    """Return the text of each marked piece of a page."""
    tables = {name: _read_table(font) for name, font in _fonts(page).items()}
    texts: dict[int, str] = {}
    open_marks: list[tuple[str, Any, list[str]]] = []
    table: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in ("BDC", "BMC"):
            open_marks.append((str(operands[0]), operands[1] if len(operands) > 1 else {}, []))
        elif operator == "EMC":
            tag, properties, shown = open_marks.pop()
            words = _join(tag, properties, shown)
            if "/MCID" in properties:
                texts[int(properties["/MCID"])] = words
            elif open_marks:
                open_marks[-1][2].append(words)
        elif operator == "Tf":
            table = tables[str(operands[0])]
        elif operator in ("Tj", "TJ") and open_marks:
            open_marks[-1][2].extend(_decode(operands[0], table))
    return texts


def _join(tag: str, properties: Any, shown: list[str]) -> str:
    if "/ActualText" in properties:
        return str(properties["/ActualText"])
    return "".join(reversed(shown) if tag == "/ReversedChars" else shown)


def _decode(operand: Any, table: dict[int, str]) -> Iterator[str]:
    for part in operand if isinstance(operand, pikepdf.Array) else [operand]:
        if isinstance(part, pikepdf.String):
            raw = bytes(part)
            yield from (table.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw), 2))


def _read_table(font: Any) -> dict[int, str]:
    """Return the text of each glyph as the font declares it; typst writes single characters only, no ranges."""
    content = font.ToUnicode.read_bytes()
    assert b"beginbfrange" not in content
    body = content.partition(b"endcodespacerange")[2]
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in _PAIR.findall(body)}
