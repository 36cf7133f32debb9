from datetime import UTC, datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from factories import NOW, make_collector, standard_questionnaire
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire, TranslationStatus
from survey_app.participants.routes import read_code
from survey_app.web.locale import interface_languages

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


# Entering a code


def test_start_page_asks_for_the_code_when_opened(phone):
    page = phone.open("/", **{"Accept-Language": "fr-CH,fr;q=0.9"})
    assert page.status == 200
    assert page.root.get("lang") == "fr"
    assert [element.get("name") for element in page.all("form//input")] == ["code", "lang"]
    assert [link.get("lang") for link in page.all("nav[@class='languages']/a")] == list(interface_languages())


def test_start_page_speaks_the_language_when_asked(phone):
    for language in interface_languages():
        page = phone.open(f"/?lang={language}")
        assert page.root.get("lang") == language
        assert page.root.get("dir") == ("rtl" if language in ("ar", "fa") else "ltr")
        assert page.one("nav/a[@aria-current]").get("lang") == language


def test_code_is_understood_when_typed_in_many_ways(phone):
    ways = ("bcd23456", "BCD23456", " bcd2 3456 ", "bcd2-3456", "/q/BCD23456/", "umfrage.example/q/bcd23456#x",
            "https://umfrage.example/q/bcd23456?lang=ar")  # fmt: skip
    for typed in ways:
        assert read_code(typed) == "bcd23456"
        page = phone.client.get("/", query_string={"code": typed, "lang": "tr"})
        assert page.status_code == 302
        assert page.headers["Location"] == "/q/bcd23456?lang=tr"


@given(st.text(max_size=60))
def test_code_leads_nowhere_else_when_anything_is_typed(typed):
    code = read_code(typed)
    assert code == "" or (code.isascii() and code.isalnum() and code == code.lower() and len(code) <= 16)


def test_start_page_says_what_is_wrong_when_there_is_no_code(phone):
    for typed in ("", "  ", "???", "//evil.example/", "a" * 17, "ä1", "\x00"):
        page = phone.client.get("/", query_string={"code": typed})
        assert page.status_code == 400
        assert b'aria-invalid="true"' in page.data
        assert b"autofocus" in page.data


def test_address_without_code_leads_to_the_start_page_when_opened(phone):
    assert phone.client.get("/q/").headers["Location"] == "/"


def test_capital_letters_lead_to_the_survey_when_in_the_address(phone, collector):
    answer = phone.client.get(f"/q/{collector.code.upper()}?lang=fa")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/q/{collector.code}?lang=fa"


# Opening the survey


def test_survey_is_in_the_language_when_asked(phone, collector):
    for language in LANGUAGES:
        page = phone.open(f"/q/{collector.code}?lang={language}", **{"Accept-Language": "de"})
        assert page.status == 200
        assert page.root.get("lang") == page.headers["Content-Language"] == language
        assert page.root.get("dir") == ("rtl" if language in ("ar", "fa") else "ltr")
        assert page.words("h1") == standard_questionnaire().texts["title"][language]
        assert len(page.all("fieldset")) == 13
        assert len(page.all("textarea")) == 3


def test_language_is_the_best_offered_when_browser_and_address_wish(phone, collector):
    wishes = [
        ("", "ar-SY,ar;q=0.9,de;q=0.5", "ar"),
        ("", "ja,ko", "de"),
        ("", "", "de"),
        ("?lang=xx", "uk", "uk"),
        ("?lang=de-simple", "uk", "de-x-simple"),
        ("?lang=%00%ff" + "x" * 99, "ru;q=0.4, xx", "ru"),
    ]
    for asked, accepted, got in wishes:
        page = phone.open(f"/q/{collector.code}{asked}", **{"Accept-Language": accepted})
        assert page.root.get("lang") == got


def test_only_languages_of_the_collector_are_offered_when_there_are_few(phone, session, network):
    collector = make_collector(session, network, languages=("de", "uk"))
    page = phone.open(f"/q/{collector.code}", **{"Accept-Language": "fr"})
    assert page.root.get("lang") == "de"
    assert [button.get("value") for button in page.all("button[@name='switch_language']")] == ["de", "uk"]


def test_no_language_switch_is_shown_when_there_is_one_language(phone, session, network):
    collector = make_collector(session, network, languages=("en",))
    page = phone.open(f"/q/{collector.code}")
    assert page.root.get("lang") == "en"
    assert page.all("button[@name='switch_language']") == []


def test_fields_follow_the_contract_when_a_tool_reads_the_page(phone, collector):
    page = phone.open(f"/q/{collector.code}?lang=en")
    names = {element.get("name") for element in page.all("form//*") if element.get("name")}
    questions = {item.code for item in standard_questionnaire().questions}
    assert names == questions | {"submission_key", "lang", "switch_language", "topics_wanted.other"}
    assert urlsplit(page.one("form[@method='post']").get("action")).path == f"/q/{collector.code}"
    chosen = {element.get("value") for element in page.all("input[@name='benefit']")}
    assert chosen == {"very_large", "rather_large", "rather_small", "none", "no_answer"}
    assert page.one("textarea[@name='remarks']").get("maxlength") == "500"
    assert all(area.get("dir") == "auto" for area in page.all("textarea"))


def test_no_answer_is_set_off_when_a_question_is_closed(phone, collector):
    page = phone.open(f"/q/{collector.code}")
    for group in page.all("fieldset"):
        apart = [label.find("input").get("value") for label in group.findall("label[@class='apart']")]
        assert apart == ["no_answer"]
        assert group.findall("label")[-1].get("class") == "apart"


def test_every_page_has_a_key_of_its_own_when_opened(phone, collector):
    keys = {phone.open(f"/q/{collector.code}").fields["submission_key"][0] for _ in range(8)}
    assert len(keys) == 8
    assert {len(key) for key in keys} == {22}


def test_page_tells_about_privacy_and_synthetic_answers_when_there_are_some(phone, session, network):
    collector = make_collector(session, network, is_synthetic=True)
    page = phone.open(f"/q/{collector.code}?lang=en")
    assert page.words("p[@class='made-up']").startswith("Demonstration")
    assert "no name" in page.words("p[@class='privacy']")
    assert page.words("p[@class='network']") == network.name


def test_no_cookie_is_set_and_nothing_is_kept_when_somebody_answers(phone, collector):
    first = phone.open(f"/q/{collector.code}")
    sent = phone.send(collector.code, first.fields | {"benefit": "none"})
    thanks = phone.open(sent.headers["Location"])
    assert [("Set-Cookie" in page.headers) for page in (first, sent, thanks)] == [False] * 3
    assert [page.headers["Cache-Control"] for page in (sent, thanks)] == ["no-store"] * 2
    assert not any("Cookie" in page.headers.get("Vary", "") for page in (first, sent, thanks))


def test_page_lives_only_for_the_way_back_when_opened(phone, collector):
    page = phone.open(f"/q/{collector.code}")
    assert page.headers["Cache-Control"] == "private, no-cache"
    action = page.one("form[@method='post']").get("action")
    assert action not in (f"/q/{collector.code}", f"/q/{collector.code}?lang=de")
    assert phone.client.post(action, data=page.fields | {"benefit": "none"}).status_code == 303


def test_head_has_the_headers_and_no_body_when_asked(phone, collector):
    for address in ("/", f"/q/{collector.code}", f"/q/{collector.code}/thanks", f"/q/{collector.code}/qr.svg"):
        answer = phone.client.head(address)
        assert answer.status_code == 200
        assert answer.data == b""
        assert int(answer.headers["Content-Length"]) > 500


def test_database_is_not_asked_again_when_a_crowd_arrives(phone, collector, queries):
    phone.open(f"/q/{collector.code}?lang=de")
    queries.clear()
    for language in ("de", "ar", "de"):
        assert phone.open(f"/q/{collector.code}?lang={language}").status == 200
    assert queries == []


# Sending


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
