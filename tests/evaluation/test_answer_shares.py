"""Shares of answers: edge cases, bases, attendance, which surveys count."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, item, meeting, report, survey

from survey_app.evaluation import IndicatorResult, Row

YEARLY = {"period": '"calendar_year"', "pooling": '"all"'}


def measure(
    *surveys: dict[str, Any], tier: str = "internal", book: dict[str, Any] | None = None, **keys: str
) -> IndicatorResult:
    return report(goals(indicator(**keys)), facts(*surveys, **(book or {})), tier=tier).indicators[0]


def row_of(*surveys: dict[str, Any], **options: Any) -> Row:
    return measure(*surveys, **options).headline_row


@pytest.mark.parametrize(
    ("counts", "attended", "verdict", "reasons", "display"),
    [
        (item(0, 0), 20, "not_assessable", ["no_answers"], None),
        (item(3, 1), 20, "not_assessable", ["below_disclosure_threshold"], None),
        (item(5, 2), 40, "not_assessable", ["small_base"], "5 von 7"),
        (item(5, 2), 7, "reached_secure", [], "5 von 7"),
        (item(50, 10), 55, "reached_point", ["attendance_implausible"], "83\u00a0%"),
        (item(12, 8), 20, "reached_secure", [], "12 von 20 (60\u00a0%)"),
        (item(149, 101), 260, "open", [], "59,6\u00a0%"),
        (item(0, 20), 40, "missed", [], "0 von 20 (0\u00a0%)"),
        (item(40, 20, not_shown=10), 100, "reached_point", [], "67\u00a0%"),
    ],
)
def test_verdict_is_that_of_the_edge_case_when_measured(
    counts: dict[str, Any], attended: int, verdict: str, reasons: list[str], display: str | None
) -> None:
    row = row_of(survey(counts, attended=attended))
    assert (row.verdict, list(row.reasons), row.display) == (verdict, reasons, display)


def test_blank_answers_stay_in_the_base_when_everybody_asked_counts() -> None:
    row = row_of(survey(item(70, 40, no_answer=10), attended=150))
    assert (row.numerator, row.base, row.verdict) == (70, 120, "open")
    assert row.other_base is not None
    assert (row.other_base.base, row.other_base.n, row.other_base.verdict) == ("valid", 110, "reached_point")
    assert list(row.flags) == ["base_sensitive"]
    assert row.response is not None
    assert row.response.rate == Fraction(4, 5)


def test_valid_answers_are_the_base_when_the_indicator_says_so() -> None:
    row = row_of(survey(item(70, 40, no_answer=10), attended=150), base='"valid"')
    assert (row.base, row.verdict) == (110, "reached_point")
    assert row.other_base is not None
    assert row.other_base.base == "asked"


def test_first_timers_leave_the_base_when_the_option_says_so() -> None:
    counts = item(40, 20) | {"counts": {"yes": 40, "no": 20, "first_time": 10}}
    row = row_of(survey(counts, attended=100), not_applicable='["first_time"]')
    assert (row.numerator, row.base) == (40, 60)
    assert row.base_parts is not None
    assert row.base_parts["not_applicable"] == 10
    assert row.response is not None
    assert row.response.answered == 70
    assert row.missing == 30


def test_attendance_is_that_of_the_meeting_when_the_survey_has_none() -> None:
    book = {"meetings": [meeting("M1", "2024-03-01", attended_total=80)]}
    row = row_of(survey(item(40, 8), meeting="M1"), book=book)
    assert row.response is not None
    assert row.response.attended == 80
    assert row_of(survey(item(40, 8), meeting="M1", attended=60), book=book).response != row.response


def test_attendance_is_unknown_when_all_members_are_meant() -> None:
    row = row_of(survey(item(40, 8), attended=60), population='"members"')
    assert "attendance_unknown" in row.reasons
    assert row.verdict == "reached_point"


def test_only_sealed_surveys_count_when_some_are_not() -> None:
    made = report(
        goals(indicator()),
        facts(
            survey(item(40, 8)),
            survey(item(1, 60), id_="S2", date="2024-05-01", state="closed"),
            survey(item(30, 18), id_="S3", date="2024-06-01", state="erased"),
            survey(item(1, 60), id_="S4", date="2025-06-01"),
        ),
    )
    assert [line.id for line in made.surveys] == ["S1", "S3"]
    assert made.not_yet_sealed == ("S2",)
    assert [row.period.surveys for row in made.indicators[0].rows] == [("S1",), ("S3",)]
    assert made.indicators[0].headline_row.numerator == 30


def test_survey_has_no_row_when_it_lacks_the_item() -> None:
    result = measure(survey(item(40, 8)), survey(item(9, 9, code="other"), id_="S2", date="2024-06-01"))
    assert len(result.rows) == 1
    assert result.headline_row.period.label == "2024-03-01"


def test_survey_does_not_count_when_its_meeting_is_another_one() -> None:
    book = {
        "meetings": [
            meeting("M1", "2024-03-01", format="workshop"),
            meeting("M2", "2024-04-01", status="cancelled"),
            meeting("M3", "2024-05-01"),
        ]
    }
    surveys = [survey(item(40, 8), id_=f"S{n}", meeting=f"M{n}", date=f"2024-0{n + 2}-01") for n in (1, 2, 3)]
    universe = '[["format", "=", "network_meeting"], ["status", "=", "held"]]'
    assert [row.period.surveys for row in measure(*surveys, book=book).rows] == [("S1",), ("S3",)]
    assert [row.period.surveys for row in measure(*surveys, book=book, universe=universe).rows] == [("S3",)]


def test_rows_are_mirrored_when_little_is_wanted() -> None:
    row = row_of(survey(item(5, 95), attended=120), target="0.1", comparison='"<="')
    assert row.verdict == "reached_point"
    assert "höchstens 10\u00a0%" in row.sentence_de
    assert "mehr als" in row.sentence_de


def test_indicator_is_left_out_when_it_is_not_valid_at_the_cut_off() -> None:
    made = report(goals(indicator(valid_until="2023-12-31"), indicator(id_="J", valid_from="2024-12-31")), facts())
    assert [result.indicator.id for result in made.indicators] == ["J"]


def test_earlier_day_is_another_report_when_the_cut_off_moves() -> None:
    surveys = [survey(item(40, 20)), survey(item(30, 30), id_="S2", date="2024-09-01")]
    made = report(goals(indicator()), facts(*surveys), cut_off=date(2024, 8, 31))
    assert made.indicators[0].headline_row.numerator == 40
