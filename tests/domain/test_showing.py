"""Who is asked what: conditions on earlier answers, as brute force and common sense would decide."""

from typing import Any

import pytest
from conditional import conditional_questionnaire
from hypothesis import given, settings
from hypothesis import strategies as st
from showing_by_hand import shown_by_hand
from strategies import questionnaires, valid_fields

from survey_app.domain.errors import InvalidAnswers
from survey_app.domain.questionnaire import NO_ANSWER, Item, ItemType, Questionnaire
from survey_app.domain.response import read_answers
from survey_app.domain.showing import is_asked, is_met, list_asked

CONDITIONAL = conditional_questionnaire()


@st.composite
def answered(draw: st.DrawFn) -> tuple[Questionnaire, dict[str, Any]]:
    """A questionnaire and answers to any of its items, whether or not they are shown."""
    questionnaire = draw(questionnaires(max_items=6))
    everything = Questionnaire("all", 1, "de", ("de",), tuple(without_rules(item) for item in questionnaire.items))
    try:
        return questionnaire, dict(read_answers(everything, draw(valid_fields(questionnaire))).closed)
    except InvalidAnswers:
        return questionnaire, {}


def without_rules(item: Item) -> Item:
    return Item(item.code, item.type, {}, options=item.options, minimum=item.minimum, maximum=item.maximum)


@settings(max_examples=80)
@given(answered())
def test_items_shown_are_those_by_hand_when_anything_is_answered(given_answers: Any) -> None:
    questionnaire, answers = given_answers
    assert [item.code for item in list_asked(questionnaire, answers)] == shown_by_hand(questionnaire, answers)


@settings(max_examples=40)
@given(answered())
def test_items_shown_stay_when_answers_to_hidden_ones_are_forgotten(given_answers: Any) -> None:
    questionnaire, answers = given_answers
    shown = {item.code for item in list_asked(questionnaire, answers)}
    kept = {code: value for code, value in answers.items() if code in shown}
    assert {item.code for item in list_asked(questionnaire, kept)} == shown
    assert {item.code for item in questionnaire.items if is_asked(item, kept)} == shown


@given(questionnaires())
def test_everything_without_conditions_is_shown_when_nothing_is_answered(questionnaire: Questionnaire) -> None:
    shown = {item.code for item in list_asked(questionnaire, {})}
    assert {item.code for item in questionnaire.items if not item.show_if} <= shown


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, []),
        ({"met_before": "no"}, ["why_not"]),
        ({"met_before": NO_ANSWER}, []),
        ({"met_before": "yes"}, ["times", "since"]),
        ({"met_before": "yes", "times": "2"}, ["times", "since"]),
        ({"met_before": "yes", "times": "3"}, ["times", "regulars", "liked", "since"]),
        ({"met_before": "no", "times": "3", "liked": ["talks"]}, ["why_not"]),
        (
            {"met_before": "yes", "times": "5", "liked": ["talks", "people"]},
            ["times", "regulars", "liked", "talks", "since"],
        ),
        ({"met_before": "yes", "times": "4", "liked": ["talks"]}, ["times", "regulars", "liked", "since"]),
        ({"met_before": "yes", "since": "2013-12-31"}, ["times", "since", "pioneer"]),
        ({"met_before": "yes", "since": "2014-01-01"}, ["times", "since"]),
    ],
)
def test_chain_is_followed_when_an_answer_hides_what_hangs_on_it(answers: dict[str, Any], shown: list[str]) -> None:
    codes = [item.code for item in list_asked(CONDITIONAL, answers) if item.show_if]
    assert codes == shown


@pytest.mark.parametrize("nothing", [None, "", (), [], NO_ANSWER, (NO_ANSWER,), [NO_ANSWER]])
def test_no_answer_meets_nothing_but_absence_when_compared(nothing: Any) -> None:
    item = Item("x", ItemType.TEXT, {}, show_if=(("a", "=", "b"), ("a", "!=", "b"), ("a", "in", ("b",))))
    assert not any(is_met(condition, nothing) for condition in item.show_if)
    present, absent = Item("x", ItemType.TEXT, {}, show_if=(("a", "present", True), ("a", "present", False))).show_if
    assert not is_met(present, nothing)
    assert is_met(absent, nothing)
