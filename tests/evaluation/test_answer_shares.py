"""Shares of answers: edge cases, pooling, versions, groups, trend."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, item, meeting, report, survey

from survey_app.evaluation import FormatError, IndicatorResult, Row

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


# ---------------------------------------------------------------- pooling


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


# ---------------------------------------------------------------- wording


def test_series_goes_on_when_versions_are_equivalent() -> None:
    surveys = [
        survey(item(40, 20, version=1)),
        survey(item(30, 30, version=2, equivalent_to=[1]), id_="S2", date="2024-09-01"),
    ]
    row = row_of(*surveys, **YEARLY)
    assert row.base == 120
    assert list(row.flags) == []


def test_new_series_begins_when_versions_are_not_equivalent() -> None:
    surveys = [survey(item(40, 20, version=1)), survey(item(30, 30, version=2), id_="S2", date="2024-09-01")]
    result = measure(*surveys, **YEARLY)
    assert result.headline_row.base == 60
    assert list(result.headline_row.flags) == ["version_changed"]
    by_day = measure(*surveys)
    assert [list(row.flags) for row in by_day.rows] == [[], ["version_changed"]]
    assert by_day.headline_row.numerator == 30


def test_older_wording_needs_no_new_options_when_it_is_another_series() -> None:
    older = item(0, 0) | {"counts": {"agree": 40, "disagree": 20}}
    result = measure(survey(older), survey(item(30, 30, version=2), id_="S2", date="2024-09-01"))
    assert [row.period.surveys for row in result.rows] == [("S2",)]


@pytest.mark.parametrize(
    ("counts", "keys", "problem"),
    [
        (item(4, 4), {"affirming": '["maybe"]'}, "indicator[0].affirming: unknown option 'maybe' of item 'benefit'"),
        (item(4, 4), {"not_applicable": '["new"]'}, "indicator[0].not_applicable: unknown option 'new'"),
        (item(4, 4, type="text", counts={}, answered=8), {}, "are free texts, which never enter an indicator"),
        (item(4, 4, type="many", answered=6), {"affirming": '["yes", "no"]'}, "name one affirming option"),
    ],
)
def test_evaluation_is_refused_when_item_and_indicator_do_not_fit(
    counts: dict[str, Any], keys: dict[str, str], problem: str
) -> None:
    with pytest.raises(FormatError) as caught:
        measure(survey(counts), **keys)
    assert problem in str(caught.value)


def test_ticks_are_shares_of_those_who_ticked_when_several_answers_are_allowed() -> None:
    ticks = item(12, 15, type="many", answered=20, no_answer=10)
    row = row_of(survey(ticks, completed=30))
    assert (row.numerator, row.base) == (12, 20)


# ---------------------------------------------------------------- trend


def test_trend_rises_when_three_surveys_do() -> None:
    surveys = [
        survey(item(k, 100 - k), id_=f"S{k}", date=f"{year}-03-01") for year, k in ((2021, 30), (2022, 50), (2023, 70))
    ]
    trend = measure(*surveys).trend
    assert trend is not None
    assert trend.label == "rising"
    assert trend.scores_days == (0, 365, 730)
    assert float(trend.points_per_year or 0) == pytest.approx(20, abs=0.1)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([(30, 100), (50, 100)], None),
        ([(3, 9), (50, 100), (70, 100)], "no_clear_trend"),
        ([(2, 4), (50, 100), (70, 100)], None),
    ],
)
def test_trend_is_careful_when_surveys_are_few_or_small(sizes: list[tuple[int, int]], expected: str | None) -> None:
    surveys = [survey(item(k, n - k), id_=f"S{year}", date=f"202{year}-03-01") for year, (k, n) in enumerate(sizes)]
    trend = measure(*surveys).trend
    assert (trend.label if trend else None) == expected


def test_trend_has_no_test_when_all_affirm() -> None:
    surveys = [survey(item(20, 0), id_=f"S{year}", date=f"202{year}-03-01") for year in range(3)]
    trend = measure(*surveys).trend
    assert trend is not None
    assert (trend.chi2, trend.z, trend.p_value, trend.label) == (None, None, None, "no_clear_trend")


def test_indicator_is_left_out_when_it_is_not_valid_at_the_cut_off() -> None:
    made = report(goals(indicator(valid_until="2023-12-31"), indicator(id_="J", valid_from="2024-12-31")), facts())
    assert [result.indicator.id for result in made.indicators] == ["J"]


def test_earlier_day_is_another_report_when_the_cut_off_moves() -> None:
    surveys = [survey(item(40, 20)), survey(item(30, 30), id_="S2", date="2024-09-01")]
    made = report(goals(indicator()), facts(*surveys), cut_off=date(2024, 8, 31))
    assert made.indicators[0].headline_row.numerator == 40
