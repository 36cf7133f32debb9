"""Reading a form whose questions are not for everybody: what was not asked is neither stored nor missed."""

from typing import Any

import pytest
from conditional import conditional_questionnaire
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import fields_of, questionnaires, valid_fields

from survey_app.domain.errors import InvalidAnswers, Problem
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Answers, read_answers
from survey_app.domain.showing import list_asked

CONDITIONAL = conditional_questionnaire()
AGAIN = {"again": ["yes"]}


def read_or_refuse(questionnaire: Questionnaire, fields: dict[str, list[str]]) -> Answers | list[Problem]:
    try:
        return read_answers(questionnaire, fields)
    except InvalidAnswers as error:
        return list(error.problems)


@settings(max_examples=60)
@given(st.data())
def test_fields_of_hidden_items_change_nothing_when_sent(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    fields = data.draw(valid_fields(questionnaire) | fields_of(questionnaire))
    found = read_or_refuse(questionnaire, fields)
    if not isinstance(found, Answers):
        return
    shown = {item.code for item in list_asked(questionnaire, found.closed)}
    visible = {name: values for name, values in fields.items() if name.partition(".")[0] in shown}
    assert read_or_refuse(questionnaire, visible) == found
    assert set(found.closed) <= shown


@settings(max_examples=60)
@given(st.data())
def test_problems_are_those_of_shown_items_when_a_form_is_refused(data: st.DataObject) -> None:
    fields = data.draw(valid_fields(CONDITIONAL) | fields_of(CONDITIONAL))
    found = read_or_refuse(CONDITIONAL, fields)
    if isinstance(found, Answers):
        return
    assert {problem.place for problem in found} <= {item.code for item in CONDITIONAL.items} | {
        "pioneer.other",
        "liked.other",
    }
    if "met_before" not in fields:
        hidden = {"times", "liked", "talks", "since", "pioneer", "why_not"}
        assert not hidden & {problem.place.partition(".")[0] for problem in found}


@pytest.mark.parametrize(
    ("fields", "closed", "texts"),
    [
        ({}, {}, {}),
        ({"times": ["5"], "why_not": ["Zeit"]}, {}, {}),
        ({"met_before": ["no"], "why_not": ["Zeit"], "times": ["x"]}, {"met_before": "no"}, {"why_not": "Zeit"}),
        (
            {"met_before": ["yes"], "times": ["2"], "liked": ["talks"], "talks": ["alle"], "since": ["2013-01-01"]},
            {"met_before": "yes", "times": "2", "since": "2013-01-01"},
            {},
        ),
        (
            {"met_before": ["yes"], "times": ["3"], "liked": ["other"], "liked.other": ["Essen"], "talks": ["alle"]},
            {"met_before": "yes", "times": "3", "liked": ("other",)},
            {"liked.other": "Essen", "talks": "alle"},
        ),
        (
            {"met_before": ["yes"], "times": ["1"], "since": ["2010-01-01"], "pioneer.other": ["fast"]},
            {"met_before": "yes", "times": "1", "since": "2010-01-01", "pioneer": "other"},
            {"pioneer.other": "fast"},
        ),
    ],
)
def test_only_what_applies_is_stored_when_more_is_sent(fields: Any, closed: Any, texts: Any) -> None:
    assert read_answers(CONDITIONAL, fields | AGAIN) == Answers(closed | {"again": "yes"}, texts)


def test_required_item_is_missed_when_it_is_shown_only() -> None:
    assert read_or_refuse(CONDITIONAL, {"met_before": ["yes"], **AGAIN}) == [Problem("required", "times")]
    assert isinstance(read_or_refuse(CONDITIONAL, {"met_before": ["no"], **AGAIN}), Answers)


def test_form_is_empty_when_only_hidden_items_are_answered() -> None:
    without_last = Questionnaire("small", 1, "de", ("de",), CONDITIONAL.items[:-1])
    assert read_or_refuse(without_last, {"times": ["3"], "liked": ["talks"]}) == [Problem("empty_form", "")]
