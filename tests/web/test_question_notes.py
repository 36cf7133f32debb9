"""To whom a question is put, in words: every kind of condition, in every language, by numbers that the form shows."""

from typing import Any

import pytest
from conditional import conditional_questionnaire
from flask import Flask

from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire
from survey_app.web.catalogues import interface_languages
from survey_app.web.locale import use_language
from survey_app.web.question_notes import describe_conditions

CONDITIONAL = conditional_questionnaire()
PICKS = Item(
    "picks", ItemType.MANY, {}, options=(Choice("a", {"de": "Ä"}), Choice("b", {"de": "B"}), Choice("c", {"de": "C"}))
)
IN_GERMAN = {
    ("picks", "=", "a"): "Nur wenn Sie bei Frage 1 „Ä“ angekreuzt haben.",
    ("picks", "in", ("a", "b", "c")): "Nur wenn Sie bei Frage 1 „Ä“, „B“ oder „C“ angekreuzt haben.",
    ("picks", "!=", "a"): "Nur wenn Sie Frage 1 beantwortet haben, aber nicht mit „Ä“.",
    ("picks", "present", True): "Nur wenn Sie Frage 1 beantwortet haben.",
    ("picks", "present", False): "Nur wenn Sie Frage 1 nicht beantwortet haben.",
    ("age", "=", 1.5): "Nur wenn Sie bei Frage 2 angegeben haben: 1,5.",
    ("age", "in", (3, 4)): "Nur wenn Sie bei Frage 2 angegeben haben: 3 oder 4.",
    ("age", ">=", 1200): "Nur wenn Sie bei Frage 2 angegeben haben: 1.200 oder mehr.",
    ("age", "<=", 5): "Nur wenn Sie bei Frage 2 angegeben haben: 5 oder weniger.",
    ("day", "=", "2013-12-31"): "Nur wenn Sie bei Frage 3 angegeben haben: 31. Dezember 2013.",
    ("day", ">=", "2013-12-31"): "Nur wenn Sie bei Frage 3 angegeben haben: 31. Dezember 2013 oder später.",
    ("day", "<=", "2013-12-31"): "Nur wenn Sie bei Frage 3 angegeben haben: 31. Dezember 2013 oder früher.",
}


def asking(*conditions: Any) -> Questionnaire:
    earlier = (
        Item("hello", ItemType.BLOCK, {}),
        PICKS,
        Item("age", ItemType.NUMBER, {}),
        Item("day", ItemType.DATE, {}),
    )
    return Questionnaire("q", 1, "de", ("de",), (*earlier, Item("last", ItemType.TEXT, {}, show_if=conditions)))


def note_of(app: Flask, language: str, *conditions: Any) -> str:
    asked = asking(*conditions)
    with app.test_request_context():
        use_language(language)
        parts = describe_conditions(asked.items[-1], asked)
    return "".join(part if isinstance(part, str) else part.texts["de"] for part in parts)


@pytest.mark.parametrize(("condition", "note"), list(IN_GERMAN.items()))
def test_note_says_in_german_when_a_question_is_asked(app: Flask, condition: Any, note: str) -> None:
    assert note_of(app, "de", condition) == note


@pytest.mark.parametrize("language", interface_languages())
def test_note_is_in_the_language_of_the_page_when_it_has_words_for_it(app: Flask, language: str) -> None:
    notes = [note_of(app, language, condition) for condition in IN_GERMAN]
    assert all("\0" not in note and "%" not in note for note in notes)
    assert len(set(notes)) == len(notes)
    if not language.startswith("de"):
        assert not set(notes) & set(IN_GERMAN.values())
    assert notes[0].count("Ä") == 1
    assert all(choice in notes[1] for choice in "ÄBC")


def test_note_joins_sentences_when_several_conditions_must_hold(app: Flask) -> None:
    note = note_of(app, "en", ("picks", "=", "a"), ("age", ">=", 3))
    assert note == "Only if you ticked “Ä” in question 1. Only if you entered 3 or more in question 2."


def test_choices_stay_apart_from_the_words_around_them_when_described(app: Flask) -> None:
    with app.test_request_context("/?lang=ar"):
        parts = describe_conditions(CONDITIONAL.items[1], CONDITIONAL)
    assert [part for part in parts if not isinstance(part, str)] == [CONDITIONAL.items[0].options[0]]


def test_nothing_is_said_of_a_question_when_everybody_is_asked(app: Flask) -> None:
    assert describe_conditions(CONDITIONAL.items[0], CONDITIONAL) == ()
