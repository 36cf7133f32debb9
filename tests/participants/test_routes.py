from urllib.parse import urlsplit

from factories import make_collector, standard_questionnaire
from hypothesis import given
from hypothesis import strategies as st

from survey_app.participants.routes import read_code
from survey_app.web.locale import interface_languages

LANGUAGES = standard_questionnaire().languages
WORDS = "„Grüße“ \u200fسلام\u200e می\u200cخواهم 👩‍👩‍👧 <b>&amp;\"' \u2066isolate\u2069\nzweite Zeile"


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
