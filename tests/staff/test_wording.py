"""Every code that a report can hold has words."""

from enum import StrEnum

import pytest
from flask import Flask

from survey_app.domain.conditions import Operator
from survey_app.domain.duties import Duty
from survey_app.evaluation import Averaging, Base, Flag, Reason, Trend, Verdict
from survey_app.evaluation.goals.goals import GoalState, Level, Tier
from survey_app.evaluation.goals.indicators import Kind, PeriodKind, Pooling
from survey_app.evaluation.goals.sources import FIELDS, Field, Source
from survey_app.staff import wording
from survey_app.web.locale import use_language

TABLES = [
    (wording.VERDICTS, Verdict),
    (wording.EXPLANATIONS, Verdict),
    (wording.EXPLANATIONS_OF_ALL, Verdict),
    (wording.REASONS, Reason),
    (wording.FLAGS, Flag),
    (wording.KINDS, Kind),
    (wording.LEVELS, Level),
    (wording.STATES, GoalState),
    (wording.PERIODS, PeriodKind),
    (wording.BASES, Base),
    (wording.POOLINGS, Pooling),
    (wording.AVERAGINGS, Averaging),
    (wording.TIERS, Tier),
    (wording.TRENDS, Trend),
    (wording.SOURCES, Source),
    (wording.DUTIES, Duty),
]


@pytest.mark.parametrize(("table", "codes"), TABLES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_table_has_words_for_every_code_and_no_other(table: wording.Words, codes: type[StrEnum]) -> None:
    assert set(table) == set(codes)
    assert all(str(words) for words in table.values())


def test_every_field_that_a_goal_system_can_name_has_words() -> None:
    assert set(wording.FIELDS) == set(_names(FIELDS.values()))


def _names(tables) -> list[str]:
    fields: list[tuple[str, Field]] = [pair for table in tables for pair in table.items()]
    return [name for name, _ in fields] + [name for _, field in fields for name in field.fields]


def test_operators_that_compare_have_a_sign() -> None:
    assert set(wording.OPERATORS) == set(Operator) - {Operator.PRESENT, Operator.ANY}


def test_every_rung_of_the_ladder_has_words() -> None:
    assert sorted(wording.STEPS) == [1, 2, 3, 4, 5, 6, 7]


def test_an_open_verdict_says_that_the_period_runs_when_it_does() -> None:
    assert wording.verdict_label("open", running=True) == wording.RUNNING
    assert wording.verdict_label("open") == wording.VERDICTS[Verdict.OPEN]
    assert wording.verdict_label("missed", running=True) == wording.VERDICTS[Verdict.MISSED]


@pytest.mark.parametrize("running", [False, True])
@pytest.mark.parametrize("verdict", Verdict)
def test_german_labels_are_those_of_the_evaluation(app: Flask, verdict: Verdict, running: bool) -> None:
    with app.test_request_context("/"):
        use_language("de")
        assert str(wording.verdict_label(verdict, running=running)) == verdict.label_when(running=running)
