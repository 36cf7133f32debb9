"""Shares of answers over a period: pooling, years, targets that change."""

from fractions import Fraction
from typing import Any

from evaluation_documents import facts, goals, indicator, item, meeting, report, survey

from survey_app.evaluation import IndicatorResult, Row

YEARLY = {"period": '"calendar_year"', "pooling": '"all"'}


def measure(
    *surveys: dict[str, Any], tier: str = "internal", book: dict[str, Any] | None = None, **keys: str
) -> IndicatorResult:
    return report(goals(indicator(**keys)), facts(*surveys, **(book or {})), tier=tier).indicators[0]


def row_of(*surveys: dict[str, Any], **options: Any) -> Row:
    return measure(*surveys, **options).headline_row


def test_answers_are_added_when_a_year_is_pooled() -> None:
    result = measure(
        survey(item(20, 10), attended=40), survey(item(60, 20), id_="S2", date="2024-09-01", attended=200), **YEARLY
    )
    row = result.headline_row
    assert (row.numerator, row.base, row.period.label) == (80, 110, "2024")
    assert row.period.surveys == ("S1", "S2")
    assert row.response is not None
    assert (row.response.answered, row.response.attended) == (110, 240)
    assert row.pooled is not None
    assert (row.pooled.by_attendance, row.pooled.mean_of_meetings) == (Fraction(53, 72), Fraction(17, 24))
    assert result.by_survey is not None
    assert [found.numerator for found in result.by_survey] == [20, 60]


def test_meeting_without_survey_lowers_the_response_when_a_year_is_pooled() -> None:
    book = {
        "meetings": [
            meeting("M1", "2024-03-01", attended_total=40),
            meeting("M2", "2024-06-01", attended_total=60),
            meeting("M3", "2024-07-01", attended_total=500, status="cancelled"),
            meeting("M4", "2023-07-01", attended_total=500),
        ]
    }
    row = row_of(survey(item(20, 10), meeting="M1"), book=book, **YEARLY)
    assert row.response is not None
    assert row.response.attended == 100
    book["meetings"][1]["attended_total"] = None
    unknown = row_of(survey(item(20, 10), meeting="M1"), book=book, **YEARLY)
    assert unknown.response is not None
    assert unknown.response.attended is None


def test_flag_is_raised_when_ways_of_pooling_disagree() -> None:
    row = row_of(
        survey(item(10, 0), attended=90), survey(item(30, 30), id_="S2", date="2024-09-01", attended=60), **YEARLY
    )
    assert row.pooled is not None
    assert row.pooled.pooled < Fraction(3, 5) < row.pooled.mean_of_meetings
    assert "pooling_sensitive" in row.flags


def test_headline_is_the_reporting_year_when_the_running_one_has_answers() -> None:
    surveys = [survey(item(40, 20), id_=f"S{year}", date=f"{year}-03-01") for year in (2022, 2023, 2024)]
    found = facts(*surveys, cut_off="2024-06-30")
    result = report(goals(indicator(**YEARLY)), found).indicators[0]
    assert [row.period.label for row in result.rows] == ["2022", "2023", "2024"]
    assert result.headline_row.period.label == "2023"
    assert result.rows[-1].period.running
    assert "period_running" in result.rows[-1].reasons
    assert (result.full_years, result.full_years_reached) == (2, 2)


def test_latest_year_speaks_when_the_reporting_year_had_no_survey() -> None:
    result = report(goals(indicator(**YEARLY)), facts(survey(item(40, 20), date="2022-03-01"))).indicators[0]
    assert [row.period.label for row in result.rows] == ["2022"]
    assert result.headline == 0


def test_single_empty_row_is_left_when_nobody_was_asked() -> None:
    result = measure(survey(item(1, 1, code="other")), **YEARLY)
    assert len(result.rows) == 1
    assert result.headline_row.period.label == "2024"
    assert list(result.headline_row.reasons) == ["no_answers"]
    assert result.by_survey == ()


def test_latest_survey_of_each_year_counts_when_not_pooled() -> None:
    surveys = [survey(item(40, 20)), survey(item(10, 50), id_="S2", date="2024-09-01", attended=70)]
    result = measure(*surveys, period='"calendar_year"')
    assert (result.headline_row.numerator, result.headline_row.period.surveys) == (10, ("S2",))
    assert result.by_survey is None


def test_first_answers_count_when_people_answer_more_than_once() -> None:
    first = {"counts": {"yes": 12, "no": 3}, "no_answer": 1}
    surveys = [
        survey(item(20, 10, no_answer=2, first_answers=first)),
        survey(item(9, 9), id_="S2", date="2024-09-01"),
    ]
    row = row_of(*surveys, period='"calendar_year"', pooling='"first_answers"')
    assert (row.numerator, row.base, row.period.surveys) == (12, 16, ("S1",))


def test_span_and_start_bound_the_answers_when_they_are_the_period() -> None:
    surveys = [survey(item(10 + n, 10), id_=f"S{n}", date=f"202{n}-03-01") for n in (1, 2, 3, 4)]
    spanned = {"period": '"span"', "from": "2022-01-01", "until": "2023-12-31", "pooling": '"all"'}
    assert row_of(*surveys, **spanned).numerator == 12 + 13
    assert row_of(*surveys, period='"since_start"', pooling='"all"', starts_on="2024-01-01").numerator == 14


def test_partial_year_is_not_judged_when_full_years_are_asked_for() -> None:
    result = report(
        goals(indicator(period='"full_calendar_year"', pooling='"all"')),
        facts(survey(item(50, 10), date="2023-09-01"), survey(item(50, 10), id_="S2"), starts_on="2023-06-01"),
    ).indicators[0]
    assert [row.verdict for row in result.rows] == ["not_assessable", "reached_point"]
    assert "not_a_full_year" in result.rows[0].reasons
    assert result.rows[0].numerator == 50
    assert (result.full_years, result.full_years_reached) == (1, 1)


def test_target_is_that_of_the_period_when_it_was_raised() -> None:
    targets = "[{ from = 2022-01-01, value = 0.5 }, { from = 2024-01-01, value = 0.9 }]"
    surveys = [survey(item(40, 20), id_=f"S{year}", date=f"{year}-03-01") for year in (2021, 2023, 2024)]
    result = measure(*surveys, targets=targets)
    assert [row.target for row in result.rows] == [Fraction(3, 5), Fraction(1, 2), Fraction(9, 10)]
    assert result.target == Fraction(9, 10)
