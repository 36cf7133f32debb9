"""Shares of answers from survey to survey: changed wording, options that do not fit, trend."""

from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, item, report, survey

from survey_app.evaluation import FormatError, IndicatorResult, Row

YEARLY = {"period": '"calendar_year"', "pooling": '"all"'}


def measure(
    *surveys: dict[str, Any], tier: str = "internal", book: dict[str, Any] | None = None, **keys: str
) -> IndicatorResult:
    return report(goals(indicator(**keys)), facts(*surveys, **(book or {})), tier=tier).indicators[0]


def row_of(*surveys: dict[str, Any], **options: Any) -> Row:
    return measure(*surveys, **options).headline_row


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
