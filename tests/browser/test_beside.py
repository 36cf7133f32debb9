"""Words beside an answer, in a real browser: they tick it, go with it, and are asked about where nobody can know."""

from collections.abc import Callable

import pytest
from factories import make_collector
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select

from survey_app.extensions import db
from survey_app.storage.answer_tables import text_answer

from .conftest import Stage

Browsers = Callable[..., BrowserContext]
_WORDS = "textarea[name='topics_wanted.other']"
_TICK = "input[name=topics_wanted][value=other]"


@pytest.fixture
def address(stage: Stage) -> str:
    with stage.app.app_context():
        collector = make_collector(db.session(), stage.network, version_id=stage.version_id)
        db.session.remove()
    return f"{stage.base}/q/{collector.code}?lang=de"


def open_page(address: str, open_browser: Browsers, **options: bool) -> Page:
    page = open_browser(390, **options).new_page()
    page.goto(address)
    return page


def stored_texts(stage: Stage) -> dict[str, str]:
    with stage.app.app_context():
        found = dict(db.session.execute(select(text_answer.c.item, text_answer.c.text)).all())
        db.session.remove()
    return found


def send(page: Page) -> None:
    page.click(".send")
    page.wait_for_url("**/thanks*")


def show_words(page: Page) -> None:
    """Show the field all the time, as a browser does that does not understand ``:has()``."""
    page.evaluate("document.querySelector('.beside').style.setProperty('display', 'block', 'important')")
    page.evaluate("document.dispatchEvent(new Event('change'))")


def bring_back_with_loose_words(page: Page) -> None:
    """Bring the page back with words beside an answer that is not ticked: without a script nobody ticks it."""
    page.check(_TICK)
    page.fill(_WORDS, "Chor")
    page.uncheck(_TICK)
    page.check("input[name=topics_wanted][value=parents]")
    page.click(".send")
    page.wait_for_selector(".summary")


def test_words_are_asked_about_and_kept_when_no_script_runs(stage: Stage, address: str, open_browser: Browsers) -> None:
    page = open_page(address, open_browser, java_script_enabled=False)
    bring_back_with_loose_words(page)
    assert page.locator(".beside .message").inner_text().startswith("Sie haben hier etwas geschrieben")
    assert page.locator(_WORDS).is_visible()
    assert page.input_value(_WORDS) == "Chor"
    assert page.is_checked("input[name=topics_wanted][value=parents]")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{_WORDS}:target")
    page.check(_TICK)
    send(page)
    assert stored_texts(stage) == {"topics_wanted.other": "Chor"}


def test_words_tick_their_answer_when_somebody_writes_there(stage: Stage, address: str, open_browser: Browsers) -> None:
    page = open_page(address, open_browser)
    show_words(page)
    assert not page.is_checked(_TICK)
    page.type(_WORDS, "Chor")
    assert page.is_checked(_TICK)
    send(page)
    assert stored_texts(stage) == {"topics_wanted.other": "Chor"}


def test_deleting_words_ticks_nothing_when_the_page_asks_about_them(
    stage: Stage, address: str, open_browser: Browsers
) -> None:
    page = open_page(address, open_browser)
    show_words(page)
    page.type(_WORDS, "Chor")
    page.uncheck(_TICK)
    for _letter in "Chor":
        page.press(_WORDS, "Backspace")
        assert not page.is_checked(_TICK)


def test_words_are_not_sent_and_come_back_when_their_tick_goes_and_comes(
    stage: Stage, address: str, open_browser: Browsers
) -> None:
    page = open_page(address, open_browser)
    page.check(_TICK)
    page.fill(_WORDS, "Chor")
    page.uncheck(_TICK)
    assert not page.locator(_WORDS).is_visible()
    page.check(_TICK)
    assert page.input_value(_WORDS) == "Chor"
    page.uncheck(_TICK)
    page.check("input[name=topics_wanted][value=parents]")
    send(page)
    assert stored_texts(stage) == {}
