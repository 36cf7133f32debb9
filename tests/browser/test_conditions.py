"""Questions that are not for everybody, in a real browser: they come and go with the answers, nothing else moves."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from conditional import conditional_questionnaire
from factories import NOW, make_collector
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select

from survey_app.domain.errors import InvalidAnswers
from survey_app.domain.questionnaire import Item, ItemType, Questionnaire
from survey_app.domain.response import read_answers
from survey_app.domain.showing import list_asked
from survey_app.extensions import db
from survey_app.services import designing
from survey_app.storage.answer_tables import response, text_answer

from .conftest import Stage
from .test_accessibility import check_page

CONDITIONAL = conditional_questionnaire()
Browsers = Callable[..., BrowserContext]
_VISIBLE = """() => [...document.querySelectorAll('form .question, form .block')]
    .filter((box) => box.offsetParent)
    .map((box) => (box.id || box.querySelector('textarea, input').id).replace(/^[qf]-/, ''))"""
_PLACES = """() => [...document.querySelectorAll('.question')]
    .filter((question) => question.offsetParent)
    .map((question) => question.querySelector('small').firstChild.data)"""
_FILL = """(answers) => {
    document.querySelector('form').reset();
    for (const [name, values] of Object.entries(answers)) {
        for (const field of document.querySelectorAll(`[name="${name}"]`)) {
            if (['radio', 'checkbox'].includes(field.type)) field.checked = values.includes(field.value);
            else field.value = values[0];
        }
    }
    document.querySelector('form').dispatchEvent(new Event('input', { bubbles: true }));
}"""


@pytest.fixture
def address(stage: Stage) -> str:
    with stage.app.app_context():
        session = db.session()
        version = designing.publish_questionnaire(session, CONDITIONAL, network_id=stage.network.id, now=NOW)
        collector = make_collector(session, stage.network, version_id=version, languages=CONDITIONAL.languages)
        db.session.remove()
    return f"{stage.base}/q/{collector.code}"


def open_page(address: str, open_browser: Browsers, language: str = "de", **options: Any) -> Page:
    page = open_browser(390, **options).new_page()
    page.goto(f"{address}?lang={language}")
    return page


def stored(stage: Stage) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return the closed answers of every response, and all texts by field."""
    with stage.app.app_context():
        answers = [json.loads(document) for document in db.session.scalars(select(response.c.answers))]
        texts = dict(db.session.execute(select(text_answer.c.item, text_answer.c.text)).all())
        db.session.remove()
    return answers, texts


def test_questions_come_and_go_with_the_answers_when_a_script_runs(address: str, open_browser: Browsers) -> None:
    page = open_page(address, open_browser)
    assert page.evaluate(_VISIBLE) == ["met_before", "again"]
    page.check("[name=met_before][value=yes]")
    assert page.evaluate(_VISIBLE) == ["met_before", "times", "since", "again"]
    page.type("[name=times]", "٣")
    assert page.evaluate(_VISIBLE) == ["met_before", "times", "regulars", "liked", "since", "again"]
    page.check("[name=met_before][value=no]")
    assert page.evaluate(_VISIBLE) == ["met_before", "why_not", "again"]
    page.check("[name=met_before][value=yes]")
    assert page.input_value("[name=times]") == "٣"
    assert page.evaluate(_VISIBLE) == ["met_before", "times", "regulars", "liked", "since", "again"]


def test_numbers_are_those_of_the_questions_shown_when_some_are_not(address: str, open_browser: Browsers) -> None:
    page = open_page(address, open_browser)
    assert page.evaluate(_PLACES) == ["Frage 1 von 2", "Frage 2 von 2"]
    page.check("[name=met_before][value=yes]")
    assert page.evaluate(_PLACES) == [f"Frage {number} von 4" for number in range(1, 5)]
    assert page.locator(".when").count() == 0


def test_focus_stays_and_the_change_is_told_when_a_question_appears(address: str, open_browser: Browsers) -> None:
    page = open_page(address, open_browser)
    page.focus("[name=met_before][value=yes]")
    before = page.evaluate("scrollY")
    page.keyboard.press("Space")
    page.wait_for_selector("[role=status] >> text=Die folgenden Fragen haben sich geändert. Anzahl der Fragen: 4")
    assert page.evaluate("document.activeElement.value") == "yes"
    assert page.evaluate("scrollY") == before
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "times"


def test_next_question_is_reached_by_keys_when_typing_makes_it_appear(address: str, open_browser: Browsers) -> None:
    page = open_page(address, open_browser)
    page.check("[name=met_before][value=yes]")
    page.type("[name=times]", "12")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "liked"


def test_hidden_answers_stay_in_the_page_and_are_not_sent_when_it_is_sent(
    stage: Stage, address: str, open_browser: Browsers
) -> None:
    page = open_page(address, open_browser)
    page.check("[name=met_before][value=yes]")
    page.fill("[name=times]", "7")
    page.check("[name=liked][value=talks]")
    page.fill("[name=talks]", "alle")
    page.check("[name=met_before][value=no]")
    page.fill("[name=why_not]", "Zeit")
    page.check("[name=again][value=yes]")
    assert set(page.evaluate("[...new FormData(document.forms[0]).keys()]")) == {
        "met_before", "why_not", "again", "lang", "submission_key",
    }  # fmt: skip
    page.click(".send")
    page.wait_for_url("**/thanks*")
    assert stored(stage) == ([{"met_before": "no", "again": "yes"}], {"why_not": "Zeit"})


def test_hidden_answers_survive_when_the_language_changes(address: str, open_browser: Browsers) -> None:
    page = open_page(address, open_browser)
    page.check("[name=met_before][value=yes]")
    page.fill("[name=times]", "7")
    page.check("[name=liked][value=other]")
    page.fill("[name='liked.other']", "Essen")
    page.uncheck("[name=liked][value=other]")
    page.check("[name=met_before][value=no]")
    page.click("button[value=ar]")
    page.wait_for_selector("html[lang=ar]")
    assert page.evaluate(_VISIBLE) == ["met_before", "why_not", "again"]
    page.check("[name=met_before][value=yes]")
    assert page.input_value("[name=times]") == "7"
    page.check("[name=liked][value=other]")
    assert page.input_value("[name='liked.other']") == "Essen"


def test_page_shows_what_applies_when_it_comes_back_with_mistakes(address: str, open_browser: Browsers) -> None:
    page = open_page(address, open_browser)
    page.check("[name=met_before][value=yes]")
    page.fill("[name=times]", "700")
    page.click(".send")
    page.wait_for_selector(".summary")
    assert page.evaluate(_VISIBLE) == ["met_before", "times", "regulars", "liked", "since", "again"]
    links = [link.inner_text() for link in page.locator(".summary li a").all()]
    assert [link.split(":")[0] for link in links] == ["Frage 2 von 5", "Frage 5 von 5"]
    page.check("[name=met_before][value=no]")
    assert [link.split(":")[0] for link in page.locator(".summary li:not([hidden])").all_inner_texts()] == [
        "Frage 3 von 3"
    ]


def test_form_can_be_answered_when_no_script_runs(stage: Stage, address: str, open_browser: Browsers) -> None:
    page = open_page(address, open_browser, java_script_enabled=False)
    assert [one.get_attribute("name") for one in page.locator("[name=times], [name=why_not]").all()] == [
        "times",
        "why_not",
    ]
    assert page.locator("label[for=f-times] .when").inner_text() == "Nur wenn Sie bei Frage 1 „Ja“ angekreuzt haben."
    page.check("[name=met_before][value=no]")
    page.fill("[name=why_not]", "Zeit")
    page.fill("[name=times]", "zu oft")
    page.check("[name=again][value=yes]")
    page.click(".send")
    page.wait_for_url("**/thanks*")
    assert stored(stage) == ([{"met_before": "no", "again": "yes"}], {"why_not": "Zeit"})


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_page_has_no_violation_when_questions_come_and_go_or_all_are_shown(
    address: str, open_browser: Browsers, language: str, width: int
) -> None:
    page = open_browser(width).new_page()
    page.goto(f"{address}?lang={language}")
    page.check("[name=met_before][value=yes]")
    page.fill("[name=times]", "5")
    assert list(check_page(page)) == []
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{address}?lang={language}")
    assert page.locator(".when").count() == 7
    assert list(check_page(page)) == []


@pytest.mark.parametrize("language", ["de", "ar"])
def test_browser_and_server_agree_when_anything_is_answered(
    address: str, open_browser: Browsers, language: str
) -> None:
    page = open_page(address, open_browser, language)
    chance = Random(7)
    everything = Questionnaire("all", 1, "de", ("de",), tuple(without_rules(item) for item in CONDITIONAL.items))
    for _round in range(60):
        fields = {item.code: invent(item, chance) for item in CONDITIONAL.questions if chance.random() < 0.9}
        page.evaluate(_FILL, fields)
        expected = [item.code for item in list_asked(CONDITIONAL, read_or_nothing(everything, fields))]
        assert page.evaluate(_VISIBLE) == expected, fields


def without_rules(item: Item) -> Item:
    return Item(item.code, item.type, {}, options=item.options)


def read_or_nothing(questionnaire: Questionnaire, fields: dict[str, list[str]]) -> Any:
    """Return the closed answers, those that cannot be read left out."""
    try:
        return read_answers(questionnaire, fields).closed
    except InvalidAnswers as error:
        wrong = {problem.place for problem in error.problems}
        rest = {name: values for name, values in fields.items() if name not in wrong}
        return read_answers(questionnaire, rest).closed if rest else {}


def invent(item: Item, chance: Random) -> list[str]:
    codes = [choice.code for choice in item.options]
    if item.type is ItemType.ONE:
        return [chance.choice(codes)]
    if item.type is ItemType.MANY:
        return chance.choice([chance.sample(codes[:-1], chance.randint(1, 3)), codes[-1:]])
    if item.type is ItemType.NUMBER:
        return [chance.choice(["2", "3", "4", "۴", " ٣,٠ ", "4.0", "+4", "1e9", "drei", "−3", "3,5", "1 000"])]
    if item.type is ItemType.DATE:
        return [chance.choice(["2013-12-31", "2014-01-01", "1999-01-01"])]
    return ["Wörter"]
