"""The wording audit: what the indicator says and the question does not, and the other way round."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from factories import freiburg_goals
from hypothesis import given
from hypothesis import strategies as st

from survey_app.content import read_document
from survey_app.evaluation import parse_goals
from survey_app.evaluation.goals.indicators import AnswerShare, DatedTarget
from survey_app.evaluation.goals.wording_audit import WordingDifference, audit_wording, find_contradicting_number

FREIBURG = parse_goals(freiburg_goals())
QUESTIONS = {
    item["code"]: item["texts"]["de"] for item in json.loads(read_document("post-meeting-questionnaire.json"))["items"]
}


def audit(indicator_id: str) -> WordingDifference:
    indicator = FREIBURG.find_indicator(indicator_id)
    assert indicator is not None
    assert isinstance(indicator.measure, AnswerShare)
    return audit_wording(indicator.text, QUESTIONS[indicator.measure.item])


@pytest.mark.parametrize("indicator_id", ["I5", "I9", "O5"])
def test_nothing_is_said_when_the_question_asks_what_the_indicator_says(indicator_id: str) -> None:
    assert audit(indicator_id).is_empty


@pytest.mark.parametrize(
    ("indicator_id", "missing", "added"),
    [
        ("I4", {"Gründung", "Freiburg"}, {"Stadt", "Landkreis"}),
        ("I7", set(), {"Netzwerk", "gemeinsam", "gemacht", "fest", "verabredet"}),
        ("O2", {"Transparenz", "Akteurslandschaft"}, {"besser", "tätig"}),
    ],
)
def test_words_are_named_when_one_side_lacks_them(indicator_id: str, missing: set[str], added: set[str]) -> None:
    found = audit(indicator_id)
    assert missing <= set(found.only_in_indicator)
    assert added <= set(found.only_in_question)


@pytest.mark.parametrize(
    ("indicator", "question"),
    [
        ("60 % kennen neue Bildungsangebote", "Kennen Sie ein neues Bildungsangebot?"),
        ("gewinnen Kooperationspartner/innen", "Haben Sie Kooperationspartnerinnen gewinnen können?"),
        ("dass das Netzwerk Themen aufgreift", "Greift das Netzwerk Themen auf?"),
        ("Beratungsstellen", "Gibt es eine Beratungsstelle?"),
    ],
)
def test_endings_and_prefixes_make_no_difference(indicator: str, question: str) -> None:
    assert audit_wording(indicator, question).is_empty


def test_a_negation_makes_a_difference() -> None:
    assert audit_wording("fühlen sich nicht wohl", "Fühlen Sie sich wohl?").only_in_indicator == ("nicht",)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_compared_and_agrees_with_itself(one: str, other: str) -> None:
    assert audit_wording(one, one).is_empty
    there, back = audit_wording(one, other), audit_wording(other, one)
    assert there.only_in_indicator == back.only_in_question
    assert all(word in other for word in there.only_in_question)


@pytest.mark.parametrize(
    ("text", "target", "number"),
    [
        ("mindestens 60% der Befragten", Fraction(1, 2), Fraction(3, 5)),
        ("mindestens 60 % der Befragten", Fraction(3, 5), None),
        ("mindestens 62,5 Prozent", Fraction(5, 8), None),
        ("mindestens 3 Treffen", Fraction(2), Fraction(3)),
        ("jedes Treffen", Fraction(1), None),
        ("von 2017 bis 2021 mindestens 3", Fraction(2), None),
        ("mindestens 60 %", None, None),
    ],
)
def test_a_number_in_the_text_is_named_when_the_target_is_another(
    text: str, target: Fraction | None, number: Fraction | None
) -> None:
    indicator = replace(FREIBURG.indicators[1], text=text, target=target, targets=())
    assert find_contradicting_number(indicator) == number


def test_a_number_agrees_with_any_of_the_targets() -> None:
    later = replace(
        FREIBURG.indicators[3],
        text="ab 2027 …",
        target=Fraction(1, 2),
        targets=(DatedTarget(FREIBURG.starts_on, Fraction(2027)),),
    )
    assert find_contradicting_number(later) is None


def test_no_shipped_indicator_contradicts_its_target() -> None:
    assert [one.id for one in FREIBURG.indicators if find_contradicting_number(one) is not None] == []
