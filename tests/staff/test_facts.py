"""What stands beside a headline, and what does not where the headline is withheld."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from evaluation_documents import facts as facts_document
from evaluation_documents import goals, indicator, item, report, survey
from flask import Flask

from survey_app.evaluation import Verdict
from survey_app.evaluation.goals.goals import Parameters
from survey_app.evaluation.measures.rows import IndicatorResult, OtherBase
from survey_app.staff import facts
from survey_app.web.locale import use_language


@pytest.fixture(autouse=True)
def page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        use_language("en")
        yield


def result_with(*counts: tuple[int, int]) -> IndicatorResult:
    """Return the result of surveys, one a year, in which so many agreed and disagreed."""
    surveys = [
        survey(item(*count), id_=f"S{year}", date=f"{year}-03-01", attended=150)
        for year, count in enumerate(counts, start=2019)
    ]
    return report(goals(indicator()), facts_document(*surveys)).indicators[0]


def terms(result: IndicatorResult) -> dict[str, str]:
    return dict(facts.list_facts(result, Parameters()))


def test_a_trend_stands_beside_a_value() -> None:
    assert terms(result_with((20, 60), (40, 40), (60, 20)))["Trend"] == "rising"


def test_there_is_no_trend_when_the_headline_is_withheld() -> None:
    result = result_with((20, 60), (40, 40), (60, 20), (2, 1))
    assert result.trend is not None
    assert result.headline_row.value is None
    assert "Trend" not in terms(result)


def test_the_other_base_is_left_out_when_its_share_is_withheld() -> None:
    result = result_with((60, 20))
    row = replace(result.headline_row, other_base=OtherBase("valid", 78, Fraction(60, 78), "77 %", Verdict.OPEN))
    assert "77% of" in terms(replace(result, rows=(row,)))["Counted differently"]
    withheld = replace(row, other_base=OtherBase("valid", 4, None, None, Verdict.NOT_ASSESSABLE))
    assert "Counted differently" not in terms(replace(result, rows=(withheld,)))
