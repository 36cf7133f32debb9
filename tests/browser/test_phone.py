"""The participants' page in a real browser: the way back, lost connections, keys, fingers, small screens."""

from collections.abc import Callable

import pytest
from factories import make_collector
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import func, select

from survey_app.extensions import db
from survey_app.storage.answer_tables import response

from .conftest import Stage

_TARGETS = (
    "a, button:not([hidden]), fieldset > label, input:not([type=radio], [type=checkbox], [type=hidden]), textarea"
)
_KEY = "input[name=submission_key]"


@pytest.fixture
def address(stage: Stage) -> str:
    with stage.app.app_context():
        collector = make_collector(db.session(), stage.network, version_id=stage.version_id)
        db.session.remove()
    return f"{stage.base}/q/{collector.code}"


def _count(stage: Stage) -> int:
    with stage.app.app_context():
        count = db.session.scalar(select(func.count()).select_from(response))
        db.session.remove()
    return int(count or 0)


def _answer(page: Page) -> None:
    page.check("input[name=benefit][value=none]")
    page.fill("textarea[name=remarks]", "Danke 🎉")


def _is_answered(page: Page) -> bool:
    is_checked = page.is_checked("input[name=benefit][value=none]")
    return is_checked and page.input_value("textarea[name=remarks]") == "Danke 🎉"


def _go_back(page: Page) -> None:
    page.go_back(wait_until="commit")
    page.wait_for_selector(_KEY, state="attached")


@pytest.mark.parametrize("query", ["", "?lang=de"])
def test_one_response_is_stored_when_sent_again_after_going_back(
    stage: Stage, address: str, open_browser: Callable[..., BrowserContext], query: str
) -> None:
    page = open_browser(390, java_script_enabled=False).new_page()
    page.goto(address + query)
    key = page.get_attribute(_KEY, "value")
    _answer(page)
    page.click(".send")
    page.wait_for_url("**/thanks*")
    _go_back(page)
    assert page.get_attribute(_KEY, "value") == key
    page.click(".send")
    page.wait_for_url("**/thanks*")
    page.click(".next")
    assert page.get_attribute(_KEY, "value") != key
    assert _count(stage) == 1


def test_answers_survive_when_the_connection_is_lost_at_the_moment_of_sending(
    stage: Stage, address: str, open_browser: Callable[..., BrowserContext]
) -> None:
    browser = open_browser(390, java_script_enabled=False)
    page = browser.new_page()
    page.goto(address)
    _answer(page)
    browser.set_offline(offline=True)
    page.click(".send", no_wait_after=True)
    page.wait_for_timeout(500)
    browser.set_offline(offline=False)
    _go_back(page)
    assert _is_answered(page)
    page.click(".send")
    page.wait_for_url("**/thanks*")
    assert _count(stage) == 1


def test_nothing_is_left_in_the_browser_when_answered(
    address: str, open_browser: Callable[..., BrowserContext]
) -> None:
    browser = open_browser(390)
    page = browser.new_page()
    origins: set[str] = set()
    page.on("request", lambda request: origins.add("/".join(request.url.split("/")[:3])))
    page.goto(address)
    _answer(page)
    page.click(".send")
    page.wait_for_url("**/thanks*")
    assert browser.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert origins == {address.split("/q/", maxsplit=1)[0]}


def test_first_paint_needs_one_request_when_opened(address: str, open_browser: Callable[..., BrowserContext]) -> None:
    page = open_browser(390).new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.resource_type))
    page.goto(address, wait_until="networkidle")
    # The icon comes last, and not at all where the browser has it from a page before.
    assert fetched in (["document", "script", "other"], ["document", "script"])
    blocking = "() => performance.getEntriesByType('resource').map(entry => entry.renderBlockingStatus)"
    assert set(page.evaluate(blocking)) == {"non-blocking"}


def test_enter_in_a_group_sends_nothing_when_half_filled(
    stage: Stage, address: str, open_browser: Callable[..., BrowserContext]
) -> None:
    page = open_browser(390).new_page()
    page.goto(address)
    page.focus("input[name=benefit][value=none]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.is_checked("input[name=benefit][value=none]")
    assert _count(stage) == 0


def test_focus_is_on_what_is_wrong_when_answers_do_not_fit(
    address: str, open_browser: Callable[..., BrowserContext]
) -> None:
    page = open_browser(390, java_script_enabled=False).new_page()
    page.goto(address)
    page.click(".send")
    page.wait_for_selector(".summary:focus")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#q-attendance_count:target")
    assert page.title().startswith("Fehler: ")


def test_words_beside_a_choice_appear_when_it_is_ticked(
    address: str, open_browser: Callable[..., BrowserContext]
) -> None:
    page = open_browser(390, java_script_enabled=False).new_page()
    page.goto(address)
    words = page.locator("textarea[name='topics_wanted.other']")
    assert not words.is_visible()
    page.check("input[name=topics_wanted][value=other]")
    assert words.is_visible()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_fingers_find_every_target_and_nothing_sticks_out_when_the_screen_is_small(
    address: str, open_browser: Callable[..., BrowserContext], language: str
) -> None:
    page = open_browser(320).new_page()
    for path in (f"{address}?lang={language}", f"{address}/thanks?lang={language}", f"{address}x?lang={language}"):
        page.goto(path)
        boxes = [target.bounding_box() for target in page.locator(_TARGETS).all() if target.is_visible()]
        assert len(boxes) > 8
        # The first one is the skip link, which shows itself on focus.
        assert min(min(box["width"], box["height"]) for box in boxes[1:] if box) >= 44
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
