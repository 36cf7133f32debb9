"""Every code that a goal system can hold has words, and every kind of indicator is defined in words."""

from enum import StrEnum

import pytest
from factories import freiburg_goals
from flask import Flask

from survey_app.content import GOAL_TEMPLATES, read_document
from survey_app.domain.book import NeedStatus
from survey_app.evaluation import Comparison, parse_goals
from survey_app.evaluation.goals.indicators import Against, Population
from survey_app.web import goal_words, vocabulary
from survey_app.web.definition import list_definition
from survey_app.web.locale import use_language

TABLES = [
    (goal_words.POPULATIONS, Population),
    (goal_words.AGAINST, Against),
    (goal_words.COMPARISONS, Comparison),
    (vocabulary.NEED_STATUSES, NeedStatus),
]


@pytest.mark.parametrize(("table", "codes"), TABLES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_table_has_words_for_every_code_and_no_other(table: vocabulary.Words, codes: type[StrEnum]) -> None:
    assert set(table) == set(codes)


def test_no_shipped_definition_shows_a_code_of_ours(app: Flask) -> None:
    systems = [parse_goals(read_document(name)) for name in GOAL_TEMPLATES]
    with app.test_request_context("/?lang=en"):
        use_language("en")
        for system in systems:
            for indicator in system.indicators:
                facts = list_definition(indicator, system.parameters)
                assert len(facts) >= 3
                words = " ".join(
                    value for term, value in facts if term not in ("Question", "Counts as agreement", "Leaves the base")
                )
                assert "_" not in words, (indicator.id, words)


def test_a_change_and_a_typed_in_value_say_where_they_come_from(app: Flask) -> None:
    district = parse_goals(read_document("district-goals.toml"))
    several = parse_goals(read_document("mittelsachsen-goals.toml"))
    typed, change = district.find_indicator("L4"), several.find_indicator("M4")
    assert typed is not None
    assert change is not None
    with app.test_request_context("/?lang=en"):
        use_language("en")
        assert ("Compared with", "the year before") in list_definition(change, several.parameters)
        assert dict(list_definition(typed, district.parameters))["As of"] == "1 January 2016"


def test_the_freiburg_partners_are_counted_once_each(app: Flask) -> None:
    system = parse_goals(freiburg_goals())
    with app.test_request_context("/?lang=en"):
        use_language("en")
        assert ("Counted once each", "name") in list_definition(system.indicators[0], system.parameters)
