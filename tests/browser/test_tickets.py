"""A closed group in a real browser: a card opens the form once, with and without a script, and prints as it should."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from factories import make_collector
from playwright.sync_api import BrowserContext, Page, expect

from survey_app.domain.membership import Role
from survey_app.extensions import db
from survey_app.services.convening import load_collector
from survey_app.services.tickets import give_out_tickets
from survey_app.web.keys import receipt_key_of

from .conftest import Stage, sign_in
from .phones import WORDS, answer, assert_nothing_left, count_responses, send

OpenBrowser = Callable[..., BrowserContext]
_A4 = (595, 842)


@pytest.fixture
def code(stage: Stage) -> str:
    with stage.app.app_context():
        collector = make_collector(db.session(), stage.network, version_id=stage.version_id, needs_ticket=True)
        db.session.remove()
    return collector.code


@pytest.fixture
def cards(stage: Stage, code: str) -> list[str]:
    """Return the addresses on two cards."""
    with stage.app.app_context():
        collector = load_collector(db.session(), code, network_id=stage.network.id)
        tickets, _after = give_out_tickets(db.session(), collector, count=2, receipt_key=receipt_key_of(stage.app))
        db.session.remove()
    return [f"{stage.base}/q/{code}?ticket={ticket}&lang=en" for ticket in tickets]


def expect_thanks(page: Page) -> None:
    page.wait_for_url("**/thanks*")
    expect(page.locator(".done")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False])
def test_card_is_good_once_and_going_back_stores_nothing_twice(
    stage: Stage, cards: list[str], open_browser: OpenBrowser, has_script: bool
) -> None:
    page = open_browser(390, java_script_enabled=has_script).new_page()
    page.goto(cards[0])
    answer(page)
    send(page)
    expect_thanks(page)
    if has_script:
        assert_nothing_left(page)
    page.go_back()
    if page.locator("form .send").count():
        send(page)
        expect_thanks(page)
    assert count_responses(stage) == 1
    page.goto(cards[0])
    expect(page.locator("#ticket")).to_be_focused()
    expect(page.locator(".message")).to_contain_text("used already")


@pytest.mark.parametrize("has_script", [True, False])
def test_typed_code_opens_the_form_and_a_used_one_keeps_the_answers(
    stage: Stage, code: str, cards: list[str], open_browser: OpenBrowser, has_script: bool
) -> None:
    first, second = (card.split("ticket=")[1][:10] for card in cards)
    page = open_browser(320, java_script_enabled=has_script).new_page()
    page.goto(f"{stage.base}/q/{code}?lang=en")
    page.fill("#ticket", "bcdfg-hjkmn")
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_contain_text("does not exist")
    page.fill("#ticket", f"{first[:5]} – {first[5:]}".upper())
    page.click(".send")
    answer(page)
    other = page.context.new_page()
    other.goto(cards[0])
    answer(other)
    send(other)
    expect_thanks(other)
    send(page)
    expect(page.locator("[role=alert]")).to_contain_text("used already")
    assert page.input_value("textarea[name=remarks]") == WORDS
    page.fill("#ticket", second)
    send(page)
    expect_thanks(page)
    assert count_responses(stage) == 2


def test_thirteen_cards_are_two_pages_of_a4(stage: Stage, code: str, open_browser: OpenBrowser) -> None:
    page = open_browser(1280).new_page()
    sign_in(page, stage.base, Role.COORDINATOR)
    page.goto(f"{stage.root}/surveys/{code}/cards?lang=de")
    page.fill("[name=count]", "13")
    page.click("main form .kern-btn--primary")
    expect(page.locator(".ticket")).to_have_count(13)
    printed = pikepdf.open(BytesIO(page.pdf(prefer_css_page_size=True)))
    sizes = [tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in printed.pages]
    assert sizes == [_A4, _A4]
    page.emulate_media(media="print")
    words = page.locator(".ticket").first
    box, code_box = words.bounding_box(), page.locator(".ticket__code").first.bounding_box()
    assert box is not None
    assert code_box is not None
    assert code_box["y"] + code_box["height"] <= box["y"] + box["height"]
    assert words.evaluate("card => card.scrollHeight <= card.clientHeight + 1")
