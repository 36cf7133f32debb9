"""How far somebody has come, and how many characters are left: in words, without taking room."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from factories import NOW, make_collector, standard_questionnaire
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Page, expect

from survey_app.domain.text import clean_text
from survey_app.extensions import db
from survey_app.services import designing

from .conftest import Stage
from .phones import count_responses, send

OpenBrowser = Callable[..., BrowserContext]

_DIRECTIONS = "\u202a\u202b\u2066\u2067\u2068"
"""The server closes these at the end of a text, which may add a sign that nobody typed."""

_TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters=_DIRECTIONS),
        st.sampled_from("🎉é e\u0301\u0085\ufeff\ufdd0\u202e\u00a0\t\n\0ﷺ👩\u200d"),
    )
)


@pytest.fixture
def page(stage: Stage, open_survey: Callable[..., str], open_browser: OpenBrowser) -> Page:
    found = open_browser(390).new_page()
    found.goto(f"{stage.base}/q/{open_survey()}")
    return found


def test_characters_are_counted_as_the_server_counts_them(page: Page) -> None:
    texts: list[str] = []

    @settings(max_examples=400)
    @given(_TEXTS)
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    load = "texts => import('/static/participants/counting.js').then(module => texts.map(module.countCharacters))"
    known = [text for text in texts if all(unicodedata.category(sign) != "Cn" or sign == "\ufdd0" for sign in text)]
    assert len(known) > 100
    assert page.evaluate(load, known) == [len(clean_text(text)) for text in known]


def test_what_is_left_is_shown_and_said_when_somebody_writes(page: Page) -> None:
    line = page.locator("#f-remarks-limit")
    assert line.inner_text() == "Höchstens 500 Zeichen"
    page.fill("textarea[name=remarks]", "🎉" * 100)
    expect(line).to_have_text("noch 400 Zeichen")
    spoken = page.locator("p[role=status]")
    assert spoken.inner_text() == "", "nobody wants to hear every letter"
    expect(spoken).to_have_text("noch 400 Zeichen")
    assert page.locator("textarea[name=remarks]").get_attribute("aria-describedby") == "f-remarks-limit"


def test_words_beside_an_answer_have_a_counter_too(page: Page) -> None:
    page.check("input[name=topics_wanted][value=other]")
    page.fill("textarea[name='topics_wanted.other']", "Chor")
    expect(page.locator("[id='f-topics_wanted.other-limit']")).to_have_text("noch 76 Zeichen")


def test_text_that_is_too_long_is_kept_and_not_sent(stage: Stage, page: Page) -> None:
    page.fill("textarea[name=remarks]", "🎉" * 500)
    expect(page.locator("#f-remarks-limit")).to_have_text("noch 0 Zeichen")
    page.fill("textarea[name=remarks]", "🎉" * 503)
    expect(page.locator("#f-remarks-limit")).to_have_text("3 Zeichen zu viel")
    send(page)
    expect(page.locator("textarea[name=remarks]")).to_be_focused()
    assert page.input_value("textarea[name=remarks]") == "🎉" * 503
    assert count_responses(stage) == 0
    page.fill("textarea[name=remarks]", "🎉" * 500)
    send(page)
    expect(page.locator(".done")).to_be_visible()
    assert count_responses(stage) == 1


def test_answered_questions_are_counted_when_answers_come_and_go(page: Page) -> None:
    line = page.locator(".progress")
    expect(line).to_have_text("Beantwortet: 0 von 15 Fragen")
    page.check("input[name=benefit][value=none]")
    page.check("input[name=topics_wanted][value=clubs]")
    page.fill("textarea[name=remarks]", "Danke")
    expect(line).to_have_text("Beantwortet: 3 von 15 Fragen")
    page.uncheck("input[name=topics_wanted][value=clubs]")
    page.fill("textarea[name=remarks]", " ")
    expect(line).to_have_text("Beantwortet: 1 von 15 Fragen")


def test_thin_line_grows_with_the_way_and_takes_no_room(page: Page) -> None:
    line = page.locator(".line")
    expect(line).to_have_css("inline-size", "0px")
    page.locator("#q-benefit").scroll_into_view_if_needed()
    expect(line).to_have_css("inline-size", re.compile(r"1[5-9]\d(\.\d+)?px|2\d\d(\.\d+)?px"))
    page.locator(".send").scroll_into_view_if_needed()
    expect(line).to_have_css("inline-size", f"{page.evaluate('document.documentElement.clientWidth')}px")
    assert line.get_attribute("aria-hidden") == "true"
    assert line.bounding_box()["height"] == 4
    assert page.evaluate("document.getAnimations().length") == 0


def test_what_is_still_needed_is_named_and_linked(stage: Stage, open_browser: OpenBrowser) -> None:
    base = standard_questionnaire()
    needed = {"benefit", "remarks"}
    items = tuple(replace(item, required=item.code in needed) for item in base.items)
    with stage.app.app_context():
        questionnaire = replace(base, version=2, items=items)
        version = designing.publish_questionnaire(db.session(), questionnaire, network_id=stage.network.id, now=NOW)
        code = make_collector(db.session(), stage.network, version_id=version).code
        db.session.remove()
    page = open_browser(390).new_page()
    page.goto(f"{stage.base}/q/{code}")
    line = page.locator(".progress")
    expect(line).to_contain_text("Noch nötig:Frage 8 von 15Frage 15 von 15")
    line.get_by_role("link").first.click()
    page.wait_for_url("**#q-benefit")
    page.check("input[name=benefit][value=none]")
    page.fill("textarea[name=remarks]", "Danke")
    expect(line).to_have_text("Beantwortet: 2 von 15 Fragen")
