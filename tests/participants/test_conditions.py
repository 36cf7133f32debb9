"""The page of a questionnaire whose questions are not for everybody, as it is without a script."""

import json
from dataclasses import replace

import pytest
from conditional import LANGUAGES, conditional_questionnaire
from factories import NOW

from survey_app.web.participant_form import build_form

CONDITIONAL = conditional_questionnaire()


@pytest.fixture
def asked(open_survey):
    return open_survey(CONDITIONAL, published_at=NOW)


def test_every_question_is_shown_with_its_condition_when_not_everybody_is_asked(phone, asked):
    notes = {}
    for language in LANGUAGES:
        page = phone.open(f"/q/{asked.code}?lang={language}")
        notes[language] = ["".join(note.itertext()) for note in page.all("small[@class='when']")]
        assert len(notes[language]) == sum(bool(item.show_if) for item in CONDITIONAL.items) == 7
    assert notes["de"][0] == "Nur wenn Sie bei Frage 1 „Ja“ angekreuzt haben."
    assert notes["de"][3] == (
        "Nur wenn Sie bei Frage 3 „Vorträge“ oder „anderes, und zwar“ angekreuzt haben. "
        "Nur wenn Sie Frage 2 beantwortet haben, aber nicht mit 4."
    )
    assert notes["ar"][0] == "فقط إذا اخترتم «نعم» في السؤال 1."


def test_script_learns_the_conditions_from_the_page_when_there_are_any(phone, asked):
    page = phone.open(f"/q/{asked.code}?lang=en")
    told = [json.loads(box.get("data-show-if")) for box in page.all("*[@data-show-if]")]
    assert told == [json.loads(json.dumps(item.show_if)) for item in CONDITIONAL.items if item.show_if]
    assert {"place", "changed"} <= {element.get("value") for element in page.all("template//data")}


def test_page_is_as_before_when_everybody_is_asked_everything(phone, collector):
    page = phone.open(f"/q/{collector.code}")
    assert "show-if" not in page.text
    assert 'class="when"' not in page.text
    assert not {"place", "changed"} & {element.get("value") for element in page.all("template//data")}


def test_condition_carries_the_language_of_the_answer_when_it_is_not_translated(app):
    first, second, *_rest = CONDITIONAL.items
    german = tuple(replace(choice, texts={"de": choice.texts["de"]}) for choice in first.options)
    questionnaire = replace(CONDITIONAL, items=(replace(first, options=german), second))
    with app.test_request_context("/?lang=ar"):
        note = build_form(questionnaire, "ar").questions[1].note
    assert [(part.text, part.foreign and part.foreign.tag) for part in note] == [
        ("فقط إذا اخترتم ", None),
        ("«", None),
        ("Ja", "de"),
        ("»", None),
        (" في السؤال 1.", None),
    ]


@pytest.mark.both_databases
def test_only_what_applies_is_stored_when_everything_was_filled_in(phone, asked, stored_texts, session):
    fields = phone.open(f"/q/{asked.code}").fields
    answers = {
        "met_before": "no",
        "times": "viele",
        "liked": ["talks"],
        "talks": "alle",
        "why_not": "Zeit",
        "again": "no",
    }
    assert phone.send(asked.code, fields | answers).status == 303
    assert stored_texts() == {"why_not": "Zeit"}


def test_everything_typed_stays_when_a_question_that_applies_is_wrong(phone, asked, count_stored):
    fields = phone.open(f"/q/{asked.code}").fields
    answers = {"met_before": ["yes"], "times": ["0"], "why_not": ["Zeit"], "again": ["no"]}
    refused = phone.send(asked.code, fields | answers)
    assert refused.status == 400
    assert [link.get("href") for link in refused.all("div[@class='summary']//a")] == ["#f-times"]
    assert refused.answers == answers
    assert count_stored() == 0


def test_words_beside_an_answer_come_back_with_a_message_when_another_is_ticked(phone, collector):
    fields = phone.open(f"/q/{collector.code}").fields
    refused = phone.send(collector.code, fields | {"topics_wanted": ["parents"], "topics_wanted.other": "Chor"})
    assert refused.status == 400
    assert [link.get("href") for link in refused.all("div[@class='summary']//a")] == ["#f-topics_wanted.other"]
    field = refused.one("textarea[@name='topics_wanted.other']")
    assert (field.text, field.get("aria-invalid")) == ("Chor", "true")
    assert refused.answers == {"topics_wanted": ["parents"], "topics_wanted.other": ["Chor"]}
