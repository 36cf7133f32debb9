import csv
import io
import json

import pytest
from evaluation_documents import facts, goals, indicator, item, meeting, report, survey
from hypothesis import given
from hypothesis import strategies as st

from survey_app.files import report_csv

COLUMNS = [
    "indicator", "goal", "kind", "period", "from", "until", "running", "value", "display", "numerator", "base", "low",
    "high", "low_s", "high_s", "target", "comparison", "verdict", "label", "reasons", "flags", "answered", "attended",
]  # fmt: skip
TRIGGERS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢")


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_file_is_what_german_spreadsheets_open_when_a_report_is_written() -> None:
    content = report_csv.write_report(report(goals(indicator()), facts(survey(item(40, 24), attended=118))))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[0].split(";") == COLUMNS
    row = read(content)[0]
    assert (row["indicator"], row["goal"], row["kind"], row["period"]) == ("I", "1", "answer_share", "2024-03-01")
    assert (row["value"], row["numerator"], row["base"], row["target"]) == ("0,625", "40", "64", "0,6")
    assert (row["answered"], row["attended"], row["running"]) == ("64", "118", "false")
    assert row["display"] == "63\u00a0%"
    assert row["label"] == "Ziel erreicht – nur im Messwert"
    assert float(row["low"].replace(",", ".")) == pytest.approx(0.54207, abs=0.00001)


def test_numbers_are_those_of_the_report_when_they_are_read_back() -> None:
    made = report(goals(indicator()), facts(survey(item(47, 17)), survey(item(3, 61), id_="S2", date="2024-09-01")))
    rows = read(report_csv.write_report(made))
    document = json.loads(json.dumps(made.to_dict()))["indicators"][0]["periods"]
    assert [row["low"].replace(",", ".") for row in rows] == [str(row["low"]) for row in document]
    assert [row["verdict"] for row in rows] == [row["verdict"] for row in document]


def test_every_row_is_a_line_when_answers_are_pooled_and_ratios_averaged() -> None:
    text = goals(indicator(period='"calendar_year"', pooling='"all"'), indicator("mean_ratio", id_="R"))
    met = meeting("M", "2024-02-01", attended_invited=40, invited=100)
    rows = read(report_csv.write_report(report(text, facts(survey(item(40, 24)), meetings=[met]))))
    assert [(row["indicator"], row["period"]) for row in rows] == [
        ("I", "2024"), ("I", "2024-03-01"), ("R", "2024"), ("R", "since_start"),
    ]  # fmt: skip


def test_every_line_is_stamped_when_the_data_are_made_up() -> None:
    made = report(goals(indicator()), facts(survey(item(47, 17)), survey(item(3, 61), id_="S2", date="2024-09-01")))
    plain, stamped = (read(report_csv.write_report(made, stamp=stamp)) for stamp in (None, "erfunden; nur so"))
    assert list(stamped[0]) == [*COLUMNS, "note"]
    assert stamped == [row | {"note": "erfunden; nur so"} for row in plain]


def test_cells_are_empty_when_a_figure_is_withheld() -> None:
    row = read(report_csv.write_report(report(goals(indicator()), facts(survey(item(3, 1))))))[0]
    for column in ("value", "display", "numerator", "base", "low", "high", "low_s", "high_s", "answered", "attended"):
        assert row[column] == ""
    assert row["reasons"] == "attendance_unknown below_disclosure_threshold"


def test_negative_number_stays_a_number_when_a_share_falls() -> None:
    change = indicator(
        "share_change", id_="C", indicator='"I"', against='"first_survey"', period='"survey"', target="-0.1"
    )
    recorded = facts(survey(item(50, 50)), survey(item(40, 60), id_="S2", date="2024-09-01"))
    rows = read(report_csv.write_report(report(goals(indicator(), change), recorded)))
    assert rows[-1]["value"] == "-0,1"
    assert rows[-1]["target"] == "-0,1"


@pytest.mark.parametrize("name", ["=1+1", " =1+1", "\u00a0+1", "＝1", "-x", "@SUM(A1)", "\ufeff=1", "\u200b=1"])
def test_text_is_no_formula_when_its_author_wrote_one(name: str) -> None:
    text = goals(indicator(), head=goals("").split("[[goal]]", maxsplit=1)[0]).replace(
        'id = "I"', f"id = {json.dumps(name, ensure_ascii=False)}"
    )
    row = read(report_csv.write_report(report(text, facts())))[0]
    assert row["indicator"] == f"'{name}"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_never_begins_a_formula_when_read_by_a_spreadsheet(text: str) -> None:
    escaped = report_csv.escape_text(text)
    assert not escaped.lstrip(" \t\r\n\u00a0\ufeff\u200b").startswith(TRIGGERS)
    assert escaped in (text, f"'{text}")


@pytest.mark.parametrize("text", ["Ziel erreicht – gesichert", "12 von 20 (60\u00a0%)", "", "a=b", "'=x"])
def test_text_is_unchanged_when_it_is_harmless(text: str) -> None:
    assert report_csv.escape_text(text) == text
