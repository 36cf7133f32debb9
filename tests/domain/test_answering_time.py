"""Estimated answering time: the published figures, and what may change them."""

import pytest
from factories import standard_questionnaire
from hypothesis import given
from strategies import LANGUAGES, questionnaires

from survey_app.domain.answering_time import AnsweringTime, count_words, measure_time
from survey_app.domain.questionnaire import Item, ItemType, Questionnaire
from survey_app.domain.questionnaire_editing import add_item

STANDARD = standard_questionnaire()


def test_the_standard_takes_what_its_specification_says_when_read_in_german() -> None:
    assert count_words(STANDARD, "de") == 398
    assert measure_time(STANDARD, "de") == AnsweringTime(usual=2 * 60 + 23, slow=3 * 60 + 3)


@pytest.mark.parametrize("language", STANDARD.languages)
def test_every_shipped_language_stays_near_the_german_time(language: str) -> None:
    german, other = measure_time(STANDARD, "de"), measure_time(STANDARD, language)
    assert 0.8 * german.usual < other.usual < 1.5 * german.usual


@given(questionnaires())
def test_slow_readers_need_longer_and_a_question_never_shortens_it(questionnaire: Questionnaire) -> None:
    question = Item("", ItemType.ONE, {questionnaire.source_language: "Noch etwas ganz Neues hier?"})
    longer = add_item(questionnaire, question)
    for language in LANGUAGES:
        time = measure_time(questionnaire, language)
        assert 0 <= time.usual <= time.slow
        assert time.usual < measure_time(longer, language).usual


def test_choices_that_repeat_are_read_once() -> None:
    once = count_words(STANDARD, "de")
    copied = add_item(STANDARD, STANDARD.items[0])
    assert count_words(copied, "de") == once + len(STANDARD.items[0].texts["de"].split())
