"""Sending answers through the door: stored once, unchanged, in every language."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from factories import NOW, make_collector, standard_questionnaire

from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire, TranslationStatus

LANGUAGES = standard_questionnaire().languages
WORDS = "„Grüße“ \u200fسلام\u200e می\u200cخواهم 👩‍👩‍👧 <b>&amp;\"' \u2066isolate\u2069\nzweite Zeile"


def every_type() -> Questionnaire:
    german = lambda words: {"de": words}  # noqa: E731
    return Questionnaire(
        id="every-type",
        version=1,
        source_language="de",
        languages=("de",),
        items=(
            Item("intro", ItemType.BLOCK, german("Vorweg")),
            Item("one", ItemType.ONE, german("Eins?"), options=(Choice("a", german("A")), Choice("b", german("B")))),
            Item(
                "many",
                ItemType.MANY,
                german("Mehrere?"),
                max_choices=2,
                options=(
                    Choice("a", german("A")),
                    Choice("b", german("B"), text_length=10),
                    Choice("none", german("nichts"), exclusive=True),
                ),
            ),
            Item("number", ItemType.NUMBER, german("Wie viele?"), minimum=Decimal(1), maximum=Decimal(99)),
            Item("day", ItemType.DATE, german("Wann?")),
            Item("words", ItemType.TEXT, german("Was?"), max_length=20),
            Item("story", ItemType.LONG_TEXT, german("Erzählen Sie."), required=True),
        ),
        texts={"title": german("Titel"), "introduction": german("Hallo"), "thanks": german("Danke")},
        status={"de": TranslationStatus.RELEASED},
    )


def test_answers_are_stored_and_thanked_when_sent(phone, collector, stored, stored_languages):
    for count, language in enumerate(LANGUAGES, start=1):
        page = phone.open(f"/q/{collector.code}?lang={language}")
        sent = phone.send(collector.code, page.fields | {"topics_central": "yes_fully", "topics_wanted": ["clubs"]})
        assert sent.status == 303
        assert sent.headers["Location"] == f"/q/{collector.code}/thanks?lang={language}"
        thanks = phone.open(sent.headers["Location"])
        assert thanks.one("h1").text == standard_questionnaire().texts["thanks"][language]
        assert stored() == [{"topics_central": "yes_fully", "topics_wanted": ["clubs"]}] * count
    assert sorted(stored_languages()) == sorted(LANGUAGES)


def test_one_response_is_stored_when_the_same_form_is_sent_again_and_again(phone, collector, stored):
    fields = phone.open(f"/q/{collector.code}").fields | {"benefit": "none"}
    answers = [phone.send(collector.code, fields | {"benefit": value}) for value in ("none", "very_large", "none")]
    assert [answer.status for answer in answers] == [303] * 3
    assert stored() == [{"benefit": "none"}]


def test_two_responses_are_stored_when_another_person_answers_on_the_same_phone(phone, collector, stored):
    for value in ("none", "very_large"):
        page = phone.open(f"/q/{collector.code}")
        sent = phone.send(collector.code, page.fields | {"benefit": value})
        following = phone.open(sent.headers["Location"]).one("a[@class='next']")
        assert following.get("href") == f"/q/{collector.code}?lang=de"
    assert sorted(entry["benefit"] for entry in stored()) == ["none", "very_large"]


@pytest.mark.both_databases
def test_words_come_back_unchanged_when_stored(phone, collector, stored, stored_texts):
    page = phone.open(f"/q/{collector.code}?lang=fa")
    fields = page.fields | {"topics_wanted": ["other", "parents"], "topics_wanted.other": WORDS, "remarks": WORDS}
    assert phone.send(collector.code, fields).status == 303
    assert stored() == [{"topics_wanted": ["parents", "other"]}]
    assert stored_texts() == {"topics_wanted.other": WORDS, "remarks": WORDS}


def test_multipart_form_is_taken_when_a_tool_sends_one(phone, collector, stored):
    fields = phone.open(f"/q/{collector.code}").fields | {"benefit": "none"}
    answer = phone.client.post(f"/q/{collector.code}", data=fields, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert stored() == [{"benefit": "none"}]


def test_every_type_of_question_is_shown_and_stored_when_asked(phone, open_survey, session):
    collector = open_survey(every_type(), published_at=NOW)
    page = phone.open(f"/q/{collector.code}")
    assert page.words("p[@class='block']") == "Vorweg"
    assert [element.get("type") for element in page.all("input[@name='one']")] == ["radio", "radio"]
    assert page.one("input[@name='number']").get("inputmode") == "decimal"
    assert page.one("input[@name='day']").get("type") == "date"
    assert page.one("textarea[@name='story']").get("required") is not None
    answers = {"one": "b", "many": ["a", "b"], "many.b": "zwölf", "number": "12,50", "day": "2026-05-04"}
    refused = phone.send(collector.code, page.fields | answers | {"words": "kurz"})
    assert refused.status == 400
    assert [link.get("href") for link in refused.all("div[@class='summary']//a")] == ["#f-story"]
    assert refused.answers == {
        name: [value] if isinstance(value, str) else value for name, value in answers.items()
    } | {"words": ["kurz"]}
    assert phone.send(collector.code, refused.fields | {"story": "lang"}).status == 303


# Changing the language


def test_everything_typed_stays_when_the_language_changes(phone, collector, count_stored):
    first = page = phone.open(f"/q/{collector.code}?lang=de")
    answers = {
        "benefit": ["none"],
        "topics_wanted": ["clubs", "other"],
        "topics_wanted.other": ["Chor"],
        "remarks": [WORDS],
    }
    sent = page.fields | answers
    for language in LANGUAGES:
        page = phone.send(collector.code, sent | {"switch_language": language})
        assert page.status == 200
        assert page.root.get("lang") == page.fields["lang"][0] == language
        assert {name: sorted(values) for name, values in page.answers.items()} == answers
        assert page.fields["submission_key"] == first.fields["submission_key"]
        assert page.words("h1") == standard_questionnaire().texts["title"][language]
        assert page.all("div[@class='summary']") == []
        sent = page.fields
    assert count_stored() == 0


def test_choices_keep_their_order_when_the_language_changes(phone, collector):
    def order(page):
        return [element.get("value") for element in page.all("input[@name='topics_wanted']")]

    page = phone.open(f"/q/{collector.code}?lang=de")
    changed = phone.send(collector.code, page.fields | {"switch_language": "ar"})
    assert order(changed) == order(page)


def test_language_stays_when_the_wanted_one_is_not_offered(phone, collector):
    page = phone.open(f"/q/{collector.code}?lang=tr")
    assert phone.send(collector.code, page.fields | {"switch_language": "xx"}).root.get("lang") == "tr"


def test_switch_names_every_language_in_itself_when_shown(phone, collector):
    page = phone.open(f"/q/{collector.code}?lang=tr")
    buttons = {button.get("value"): button for button in page.all("form//button[@name='switch_language']")}
    assert tuple(buttons) == LANGUAGES
    assert all(button.get("lang") == tag for tag, button in buttons.items())
    assert (buttons["ar"].get("dir"), buttons["uk"].get("dir")) == ("rtl", "ltr")
    assert "العربية" in buttons["ar"].text
    assert [tag for tag, button in buttons.items() if button.get("aria-current")] == ["tr"]


def test_enter_in_a_field_sends_nothing_when_half_filled(phone, collector):
    first = phone.open(f"/q/{collector.code}").all("form[@method='post']//button")[0]
    assert first.get("disabled") is not None
    assert first.get("hidden") is not None


# The QR code


def test_qr_code_carries_the_configured_origin_when_the_request_lies(phone, collector):
    honest = phone.open(f"/q/{collector.code}/qr.svg")
    lying = phone.open(f"/q/{collector.code}/qr.svg", Host="evil.example", **{"X-Forwarded-Host": "evil.example"})
    assert honest.headers["Content-Type"].startswith("image/svg+xml")
    title = ET.fromstring(honest.text).find("{http://www.w3.org/2000/svg}title").text  # noqa: S314  # our own picture
    assert f"http://127.0.0.1:8000/q/{collector.code}" in title
    assert "evil" not in lying.text
    assert lying.status == 400 or lying.text == honest.text


def test_qr_code_stays_readable_when_the_survey_is_not_open_yet(phone, session, network):
    later = datetime.now(UTC) + timedelta(days=1)
    collector = make_collector(session, network, opens_at=later, closes_at=later + timedelta(days=1))
    assert phone.open(f"/q/{collector.code}/qr.svg").status == 200


def test_nothing_is_there_when_nobody_gave_the_code(phone):
    for path in ("", "/thanks", "/qr.svg"):
        assert phone.open(f"/q/zzzzzzzz{path}").status == 404
