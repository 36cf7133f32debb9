from datetime import UTC, datetime
from decimal import Decimal

import pytest
from factories import standard_questionnaire
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.errors import InvalidAnswers, Problem
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire, TranslationStatus
from survey_app.domain.response import read_answers
from survey_app.web.participant_form import build_form, is_shuffled, list_answers

NOW = datetime(2026, 11, 20, tzinfo=UTC)
STANDARD = standard_questionnaire()
LANGUAGES = STANDARD.languages


def question(form, code):
    return next(entry for entry in form.questions if entry.code == code)


def codes(form, code):
    return [option.code for option in question(form, code).options]


def own_questionnaire(*items: Item) -> Questionnaire:
    return Questionnaire(
        id="own",
        version=1,
        source_language="de",
        languages=("de", "ar"),
        items=items,
        texts={"title": {"de": "Titel", "ar": "عنوان"}, "introduction": {"de": "Einleitung"}},
        status=dict.fromkeys(("de", "ar"), TranslationStatus.RELEASED),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_in_the_language_when_all_is_translated(language):
    form = build_form(STANDARD, language)
    words = [form.title, form.introduction]
    for entry in form.questions:
        words += [entry.wording, *(option.wording for option in entry.options), *([entry.hint] if entry.hint else [])]
    assert all(word.text and word.foreign is None for word in words)
    assert form.count == 15


def test_words_carry_their_own_language_when_a_translation_is_missing():
    item = Item("a", ItemType.ONE, {"ar": "سؤال"}, options=(Choice("x", {"de": "ja"}),))
    form = build_form(own_questionnaire(item), "ar")
    assert form.title.foreign is None
    assert (form.introduction.text, form.introduction.foreign.tag) == ("Einleitung", "de")
    assert form.questions[0].options[0].wording.foreign.direction == "ltr"


@given(st.text(max_size=22))
def test_last_choices_stay_last_and_all_stay_when_shuffled(order):
    shown = codes(build_form(STANDARD, "de", order=order), "topics_wanted")
    item = STANDARD.find_item("topics_wanted")
    assert sorted(shown) == sorted(choice.code for choice in item.options)
    assert shown[-3:] == ["other", "none_of_these", "no_answer"]


def test_order_follows_its_seed_when_shuffled():
    orders = {tuple(codes(build_form(STANDARD, "de", order=str(n)), "topics_wanted")) for n in range(4)}
    again = {tuple(codes(build_form(STANDARD, "ar", order=str(n)), "topics_wanted")) for n in range(4)}
    assert len(orders) == 4
    assert orders == again


def test_order_is_that_of_the_questionnaire_when_not_shuffled():
    form = build_form(STANDARD, "de", order="7")
    assert codes(form, "topics_central")[:4] == ["yes_fully", "yes_mostly", "rather_not", "not_at_all"]
    assert is_shuffled(STANDARD)
    assert not is_shuffled(own_questionnaire(Item("t", ItemType.TEXT, {"de": "?"})))


def test_entries_stand_in_their_fields_when_given():
    fields = {"topics_wanted": ["clubs", "other"], "topics_wanted.other": ["Chor"], "remarks": ["  Danke\r\nsehr "]}
    form = build_form(STANDARD, "en", fields=fields)
    ticked = [option.code for option in question(form, "topics_wanted").options if option.is_ticked]
    beside = next(option.free_text for option in question(form, "topics_wanted").options if option.free_text)
    assert sorted(ticked) == ["clubs", "other"]
    assert (beside.name, beside.value, beside.limit) == ("topics_wanted.other", "Chor", 80)
    assert question(form, "remarks").text.value == "Danke\nsehr"


def test_positions_count_questions_only_when_there_are_text_blocks():
    items = (
        Item("intro", ItemType.BLOCK, {"de": "Hallo"}),
        Item("n", ItemType.NUMBER, {"de": "Wie viele?"}, minimum=Decimal(0), required=True),
        Item("more", ItemType.BLOCK, {"de": "Weiter"}),
        Item("d", ItemType.DATE, {"de": "Wann?"}),
    )
    form = build_form(own_questionnaire(*items), "de", fields={"n": ["12,5"], "d": ["2026-01-02"]})
    assert [entry.position for entry in form.questions] == [0, 1, 0, 2]
    assert [entry.value for entry in form.questions] == ["", "12,5", "", "2026-01-02"]
    assert form.first_anchor == "f-n"
    assert [entry.is_required for entry in form.questions] == [False, True, False, False]


def test_every_problem_has_a_place_when_answers_are_wrong(app: Flask):
    fields = {
        "attendance_count": ["first", "four_plus"],
        "topics_wanted": ["clubs", "parents", "business", "other", "no_such"],
        "topics_wanted.other": ["x" * 81],
        "remarks": ["y" * 501],
    }
    with pytest.raises(InvalidAnswers) as caught:
        read_answers(STANDARD, fields)
    with app.test_request_context():
        form = build_form(STANDARD, "de", fields=fields, problems=caught.value.problems)
    anchors = [anchor for entry in form.questions for anchor, _message in entry.mistakes]
    assert len(anchors) == len(caught.value.problems) == 5
    assert set(anchors) == {"q-attendance_count", "q-topics_wanted", "f-topics_wanted.other", "f-remarks"}


def test_message_belongs_to_the_whole_form_when_nothing_was_answered(app: Flask):
    with app.test_request_context():
        form = build_form(STANDARD, "de", problems=[Problem("empty_form", "")])
    assert len(form.messages) == 1
    assert not any(entry.mistakes for entry in form.questions)
    assert form.first_anchor == "q-attendance_count"


def test_answers_are_listed_in_words_when_they_shall_be_copied():
    fields = {"topics_wanted": ["clubs", "other"], "topics_wanted.other": ["Chor"], "remarks": ["Danke"]}
    form = build_form(STANDARD, "en", fields=fields)
    listed = [(asked.text, {word.text for word in words}) for asked, words in list_answers(form)]
    assert listed == [
        (
            "Which topics are especially important or urgent for your work? Three at most.",
            {"education in clubs and associations", "something else:", "Chor"},
        ),
        ("Is there anything else you would like to tell us? Please do not mention names. (optional)", {"Danke"}),
    ]
