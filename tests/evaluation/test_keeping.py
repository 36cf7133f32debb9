"""A stored report is the report: every figure, every name, without computing anything again."""

import json
from dataclasses import replace
from datetime import date

import pytest
from evaluation_documents import facts as facts_of
from evaluation_documents import goals, indicator, item, survey
from evaluation_documents import report as report_on
from evaluation_strategies import goal_systems
from facts_strategies import facts
from hypothesis import given, settings

from survey_app.evaluation import Facts, GoalSystem, Report, Row, evaluate
from survey_app.evaluation.keeping.annex import write_annex
from survey_app.evaluation.keeping.reading import read_report
from survey_app.files import report_csv, report_json, report_text


def store(report: Report) -> Report:
    """Return the report as it comes back from two texts."""
    document, annex = (json.loads(json.dumps(part)) for part in (report.to_dict(), write_annex(report)))
    return read_report(document, annex, replace(report.goal_system))


def forget_pooling(report: Report) -> Report:
    """Leave out what is used while judging only; limits that a document rounds stand in the annex exactly."""

    def plain(row: Row) -> Row:
        stages = row.stages and tuple(replace(stage, condition=_write_dates(stage.condition)) for stage in row.stages)
        return replace(row, pooled=None, named=dict(row.named), stages=stages)

    results = [
        replace(
            result,
            rows=tuple(map(plain, result.rows)),
            by_survey=None if result.by_survey is None else tuple(map(plain, result.by_survey)),
            overall=None if result.overall is None else plain(result.overall),
            trend=None,
        )
        for result in report.indicators
    ]
    return replace(report, indicators=tuple(results))


def _write_dates(value: object) -> object:
    if isinstance(value, tuple | list):
        return tuple(_write_dates(entry) for entry in value)
    return value.isoformat() if isinstance(value, date) else value


@settings(max_examples=60)
@given(goal_systems(), facts())
def test_a_report_comes_back_as_it_was_when_stored(goal_system: GoalSystem, found: Facts) -> None:
    for tier in ("internal", "public"):
        report = evaluate(goal_system, found.book, found.tallies, found.cut_off, tier=tier)
        back = store(report)
        assert forget_pooling(back) == forget_pooling(report)
        assert report_json.write_report(back) == report_json.write_report(report)
        assert report_csv.write_report(back) == report_csv.write_report(report)
        assert report_text.write_report(back) == report_text.write_report(report)


def test_another_goal_system_is_refused_when_read() -> None:
    report = report_on(goals(indicator()), facts_of(survey(item(20, 10))))
    with pytest.raises(KeyError):
        read_report(report.to_dict(), write_annex(report), replace(report.goal_system, indicators=()))
