"""Reports read back from spreadsheets by programs that know nothing of us, and held against the document report/1."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pikepdf
import pypdfium2
import pytest
import python_calamine
from pdf_reading import read_pdf

from survey_app.domain.text import clean_text
from survey_app.evaluation import Report

Line = Mapping[str, Any]
Sheets = Mapping[str, list[Line]]
SHEETS = ["Überblick", "Indikatoren", "Zahlen", "Erhebungen", "Methode"]
_FIGURES = {
    "Wert": "value",
    "Zähler": "numerator",
    "Basis": "base",
    "Unsicherheit von": "low",
    "Unsicherheit bis": "high",
    "Gesichert von": "low_s",
    "Gesichert bis": "high_s",
    "Spanne ohne Annahme von": "manski_low",
    "Spanne ohne Annahme bis": "manski_high",
    "Kipppunkt": "tipping_point",
}
_OTHERS = {
    "Wert auf anderer Basis": ("other_base", "value"),
    "Andere Basis": ("other_base", "n"),
    "Geantwortet": ("response", "answered"),
    "Anwesend": ("response", "attended"),
    "Rücklauf": ("response", "rate"),
}
PARTS = {
    "affirming": "stimmten zu",
    "not_affirming": "stimmten nicht zu",
    "no_answer": "gaben keine Antwort",
    "not_applicable": "Frage traf nicht zu",
    "not_shown": "kamen nicht bis zur Frage",
    "true": "erfüllt",
    "false": "nicht erfüllt",
    "unknown": "nicht dokumentiert",
    "known": "mit Zahlen",
    "pooled": "Verhältnis der Summen",
}


def read_sheets(content: bytes) -> Sheets:
    """Return the sheets of an XLSX or ODS file: each line by the names of its columns, empty cells as None."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: list(_name_cells(book.get_sheet_by_name(name).to_python())) for name in book.sheet_names}


def _name_cells(rows: list[list[Any]]) -> Iterator[Line]:
    header, *lines = rows
    for line in lines:
        yield {name: None if cell == "" else cell for name, cell in zip(header, line, strict=True)}


def unzip(content: bytes) -> bytes:
    """Return everything that stands in an archive, unpacked, with the names of its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return b"".join(part.filename.encode() + archive.read(part) for part in archive.infolist())


def unpack(content: bytes) -> bytes:
    """Return everything that can be searched in a file of any format: parts of archives, streams and words of a PDF."""
    if content.startswith(b"PK"):
        return unzip(content)
    return read_words(content).encode() if content.startswith(b"%PDF") else content


def read_words(content: bytes) -> str:
    """Return what is written on the pages of a PDF, its alternatives and what it says about itself."""
    pdf = pypdfium2.PdfDocument(content)
    pages = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    with pikepdf.open(io.BytesIO(content)) as document:
        said = str(document.open_metadata()) + "".join(map(repr, dict(document.docinfo).values()))
    reading = read_pdf(content)
    return "\n".join([pages, said, reading.title, *(node.alternative for node in reading.root.walk())])


def compare(sheets: Sheets, report: Report) -> None:
    """Check that the sheets have every figure of a report, no other one, and a reason where there is none."""
    document: Any = report.to_dict()
    assert list(sheets) == SHEETS
    _compare_counts(sheets["Zahlen"], document)
    _compare_headlines(sheets["Indikatoren"], document)
    overview = {line["Angabe"]: line["Wert"] for line in sheets["Überblick"]}
    assert overview["Indikatoren mit Zielwert"] == document["summary"]["with_target"]
    assert read_day(overview["Stand"]) == report.cut_off
    counted = [value for name, value in overview.items() if name.startswith("Bewertung: ")]
    assert counted == [value for name, value in document["summary"].items() if name != "with_target"]
    for line, survey in zip(sheets["Erhebungen"], document["surveys"], strict=True):
        assert line["Erhebung"] == survey["id"]
        assert read_day(line["Datum"]).isoformat() == survey["date"]
        assert_equal(line["Vollständig"], survey["completed"])
        assert_equal(line["Teilweise"], survey["partial"])
        assert_equal(line["Anwesend"], survey["attended"])
        assert_equal(line["Rücklauf (RR2)"], survey["rr2"])


def _compare_counts(lines: list[Line], document: Any) -> None:
    rest = iter(lines)
    for entry in document["indicators"]:
        overall = [entry["overall"]] if "overall" in entry else []
        for row in (*entry["periods"], *entry.get("by_survey", ()), *overall):
            line = next(rest)
            assert line["Indikator"] == (clean_text(entry["id"]) or None)
            _compare_row(line, row)
            for stage in row.get("stages", ()):
                assert_equal(next(rest)["Zähler"], stage["count"])
            for breakdown in row.get("groups", ()):
                _compare_groups(rest, breakdown)
    assert next(rest, None) is None


def _compare_row(line: Line, row: Any) -> None:
    for column, key in _FIGURES.items():
        assert_equal(line[column], row[key])
    for column, (outer, inner) in _OTHERS.items():
        assert_equal(line[column], (row.get(outer) or {}).get(inner))
    parts = row["base_parts"] or {}
    for name, words in PARTS.items():
        assert_equal(line.get(f"Basis: {words}"), parts.get(name))
    assert line["Wert in Worten"] == row["display"]
    if row["reasons"]:
        assert line["Gründe"].endswith(".")
    for name, key in (("Von", "from"), ("Bis", "until")):
        assert (line[name] and read_day(line[name]).isoformat()) == row["period"][key]


def _compare_groups(rest: Iterator[Line], breakdown: Any) -> None:
    pooled = [] if breakdown["pooled"] is None else [breakdown["pooled"]]
    for group in (*breakdown["shown"], *pooled):
        line = next(rest)
        assert line["Gruppe nach"] == breakdown["by"]
        for column, key in (("Wert", "value"), ("Zähler", "numerator"), ("Basis", "base")):
            assert_equal(line[column], group[key])
        assert line["Wert in Worten"] == group["display"]
    for code in breakdown["hidden"]:
        line = next(rest)
        assert line["Gruppe"] == code
        assert (line["Wert"], line["Zähler"], line["Basis"]) == (None, None, None)
        assert line["Gründe"].startswith("Zu wenige Antworten")


def _compare_headlines(lines: list[Line], document: Any) -> None:
    """Check the sheet of headlines: each indicator once, in whatever order the goals stand."""
    found = {line["Indikator"]: line for line in lines if line["Art"] is not None}
    assert len(found) == sum(line["Art"] is not None for line in lines)
    for entry in document["indicators"]:
        line, row = found.pop(clean_text(entry["id"])), entry["periods"][entry["headline"]]
        for column in ("Wert", "Zähler", "Basis", "Unsicherheit von", "Unsicherheit bis"):
            assert_equal(line[column], row[_FIGURES[column]])
        for column in ("Geantwortet", "Anwesend", "Rücklauf"):
            assert_equal(line[column], (row.get("response") or {}).get(_OTHERS[column][1]))
        assert_equal(line["Zielwert"], entry["target"])
        assert_equal(line["Volle Jahre"], entry.get("full_years"))
        assert_equal(line["Prozentpunkte pro Jahr"], (entry.get("trend") or {}).get("points_per_year"))
        assert line["Satz"] == (clean_text(row["sentence_de"]) or None)
    assert found == {}


def assert_equal(cell: object, written: object) -> None:
    """Check a cell against a number of the document: a fraction "a/b", a float of 12 digits, a count or nothing."""
    if written is None:
        assert cell is None
        return
    assert isinstance(cell, int | float)
    number = float(Fraction(written)) if isinstance(written, str) else float(written)
    assert float(cell) == pytest.approx(number, rel=1e-11, abs=1e-12)


def read_day(cell: object) -> date:
    """Return the day in a cell."""
    assert isinstance(cell, date)
    return cell.date() if isinstance(cell, datetime) else cell
