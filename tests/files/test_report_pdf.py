"""The report as tagged PDF: what stands in its tables is the report, and those who cannot see it are told the same."""

import io
import itertools
import re
from typing import Any

import pikepdf
import pypdfium2
import pytest
from evaluation_strategies import goal_systems
from facts_strategies import facts
from files.test_report_sheets import IMPRINT, PAYLOADS, slide, spell, withheld_report
from hypothesis import given, settings
from pdf_reading import Node, check_accessibility, read_pdf
from report_reading import unpack

from survey_app.domain.network import Network
from survey_app.evaluation import Facts, GoalSystem, IndicatorResult, Report, evaluate
from survey_app.files.report_formats import FORMATS
from survey_app.files.report_imprint import Imprint, imprint_draft
from survey_app.files.report_pdf import build_values
from survey_app.files.typesetting import printable

write = FORMATS["pdf"].write
HEADER = ["Zeitraum", "Wert", "Anzahl", "Unsicherheit", "Gesichert", "Ziel", "Rücklauf", "Bewertung"]


def read_tables(root: Node) -> list[list[list[str]]]:
    """Return the words of every table by row and cell, in reading order."""
    tables = [node for node in root.walk() if node.role == "Table"]
    return [
        [
            [plain(cell.words) for cell in row.walk() if cell.role in ("TH", "TD")]
            for row in table.walk()
            if row.role == "TR"
        ]
        for table in tables
    ]


def plain(words: str | None) -> str:
    """Return words as they are read back: spaces unified, without signs of direction."""
    return " ".join(re.sub("[\u200b\u2066-\u2069]", "", printable(words or "")).split())


def list_rows(result: IndicatorResult) -> list[Any]:
    overall = () if result.overall is None else (result.overall,)
    return [*result.rows, *(result.by_survey or ()), *overall]


def compare(content: bytes, report: Report) -> None:
    """Check that each table of the details has the figures of its indicator, and dashes for what is withheld."""
    _glance, *details = read_tables(read_pdf(content).root)
    placed = {result.indicator.id: result for result in report.indicators}
    ids = [one["id"] for one in list_described(report)]
    assert sorted(ids) == sorted(placed)
    for table, id_ in zip(details, ids, strict=True):
        assert table[0] == HEADER
        for cells, row in zip(table[1:], list_rows(placed[id_]), strict=True):
            assert plain(cells[1]) == (plain(row.display) or "–")
            counted = row.numerator is not None and row.base is not None
            assert cells[2] == (f"{row.numerator} von {row.base}" if counted else "")
            assert (row.value is None) <= (cells[3] == cells[4] == "")
            assert plain(row.label) in cells[7]
            assert row.response is None or cells[6].startswith(str(row.response.answered))


def list_described(report: Report) -> list[dict[str, Any]]:
    values = build_values(report, IMPRINT)
    return [*itertools.chain.from_iterable(section["results"] for section in values["sections"]), *values["appendix"]]


@pytest.mark.parametrize("tier", ["internal", "public"])
def test_tables_hold_the_figures_of_the_report_when_the_slide_is_read_back(tier: str) -> None:
    report = slide(tier)
    content = write(report, IMPRINT)
    compare(content, report)
    reading = read_pdf(content)
    glance = read_tables(reading.root)[0]
    assert glance[0] == ["Indikator", "Ergebnis", "Balken 0 bis 100 %", "Bewertung"]
    contacts = next(row for row in glance if row[0].startswith("I5 "))
    assert contacts[1] == "50 % 75 von 150Rücklauf 150 von 240 (63 %)"  # two paragraphs
    paragraphs = [plain(node.words) for node in reading.root.walk() if node.role == "P"]
    assert {"50 % 75 von 150", "Rücklauf 150 von 240 (63 %)", "Unsicherheit 45 % bis 55 %"} <= set(paragraphs)
    assert contacts[2].startswith("Balken von 0 bis 100 %: Wert 50 %, Unsicherheit 45 % bis 55 %, Ziel mindestens 60 %")
    assert contacts[3] == "Ziel verfehlt"
    missing = next(row for row in glance if row[0].startswith("I1 "))
    assert missing[1:] == ["–Ziel mindestens 100", "Dazu ist nichts erfasst.", "zu wenig Daten"]


def test_an_independent_checker_finds_nothing_when_the_document_is_read_aloud() -> None:
    content = write(slide(), IMPRINT)
    assert check_accessibility(content) == []
    reading = read_pdf(content)
    assert (reading.language, reading.conformance, reading.shows_title) == ("de", "1", True)
    assert reading.title == "Wirkungsbericht – Netzwerk Bildung und Migration (LEIF, Freiburg) – Stand 26.04.2017"
    assert all(reading.fonts.values())
    headings = [node.words for node in reading.root.walk() if node.role == "H2"]
    assert headings == [
        "Auf einen Blick", "Einzelheiten", "Was nicht gemessen wird", "Methode", "Was die Bewertungen bedeuten",
        "Ansprechperson",
    ]  # fmt: skip
    words = plain(reading.root.words)
    for said in ("Nicht freigegeben", "netz@example.org", "Stand: 26.04.2017", "7 zu wenig Daten"):
        assert said in words, said
    figures = [node for node in reading.root.walk() if node.role == "Figure"]
    assert len(figures) == 7
    assert all(node.alternative.startswith("Balken von 0 bis 100\u00a0%: Wert ") for node in figures)


def test_everything_at_a_glance_is_one_page_and_the_details_begin_on_the_next() -> None:
    pdf = pypdfium2.PdfDocument(write(slide(), IMPRINT))
    first, second = (pdf[number].get_textpage().get_text_bounded() for number in (0, 1))
    pdf.close()
    assert "I7 mindestens" in first
    assert "Einzelheiten" not in first
    assert second.startswith("Einzelheiten")


@settings(max_examples=25)
@given(goal_systems(), facts())
def test_every_figure_is_that_of_the_report_when_random_ones_are_read_back(
    goal_system: GoalSystem, found: Facts
) -> None:
    for tier in ("internal", "public"):
        report = evaluate(goal_system, found.book, found.tallies, found.cut_off, tier=tier)
        content = write(report, IMPRINT)
        compare(content, report)
        assert check_accessibility(content) == []


def test_equal_reports_give_equal_bytes() -> None:
    assert write(slide(), IMPRINT) == write(slide(), IMPRINT)


def test_withheld_numbers_are_nowhere_in_the_document() -> None:
    shown, hidden = (unpack(write(withheld_report(tier), IMPRINT)) for tier in ("internal", "public"))
    withheld = re.compile(rb"347|294|54 ?,?\d? ?\xc2\xa0%|459")
    assert withheld.search(shown), "the search finds what is shown"
    assert withheld.findall(hidden) == []
    assert b"Zu wenige Antworten: Ergebnisse kleiner Gruppen werden nicht gezeigt." in b" ".join(hidden.split())


@pytest.mark.parametrize(
    "payload", [*PAYLOADS[::9], "#import", '"); #panic()', "$x$ _y_ *z*", "<script>", "\U0001f600"]
)
def test_nothing_that_people_wrote_is_markup(payload: str) -> None:
    content = write(spell(payload), imprint_draft(Network(1, "netz", payload, contact_email=payload)))
    assert check_accessibility(content) == []
    assert plain(payload) in plain(read_pdf(content).root.words)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert not any("/Annots" in page for page in document.pages)


def test_numbers_of_a_release_stand_on_every_page() -> None:
    stamp = "Freigabe 7 vom 01.02.2025, öffentlich"
    pdf = pypdfium2.PdfDocument(write(slide("public"), Imprint("Netz", stamp)))
    assert all(stamp in page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
