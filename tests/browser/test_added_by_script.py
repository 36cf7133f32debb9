"""What the script adds to a page is as accessible as the page: waiting answers, warnings, notices, voices, news."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Stage
from .phones import answer, send
from .test_accessibility import check_page
from .test_read_aloud import _DEVICE_WITH_VOICES as DEVICE_WITH_VOICES

OpenBrowser = Callable[..., BrowserContext]
_LOOKS = [{}, {"color_scheme": "dark"}, {"forced_colors": "active", "reduced_motion": "reduce"}]
_SMALL = """() => [...document.querySelectorAll('.aloud, .news button, .waiting button, dialog button, .progress a')]
    .map(target => target.getBoundingClientRect()).filter(box => box.width)
    .some(box => box.width < 44 || box.height < 44)"""


def assert_sound(page: Page) -> None:
    problems = list(check_page(page))
    assert not problems, "\n".join(problems)
    assert not page.evaluate(_SMALL)
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.slow
@pytest.mark.parametrize("look", _LOOKS)
@pytest.mark.parametrize("language", ["de", "ar"])
def test_nothing_that_the_script_adds_has_a_violation(
    stage: Stage, open_survey: Callable[..., str], open_browser: OpenBrowser, language: str, look: dict[str, str]
) -> None:
    browser = open_browser(320, language, **look)
    browser.add_init_script(DEVICE_WITH_VOICES)
    page = browser.new_page()
    page.goto(f"{stage.base}/q/{open_survey()}")
    answer(page)
    page.locator(".aloud").first.click()
    page.fill("textarea[name=missing_offer]", "x" * 301)
    assert_sound(page)
    page.fill("textarea[name=missing_offer]", "")
    browser.set_offline(offline=True)
    send(page)
    expect(page.locator(".waiting")).to_be_focused()
    assert_sound(page)
    page.close()
    page = browser.new_page()
    browser.set_offline(offline=False)
    page.goto(f"{stage.base}/q/unknown1?lang={language}")
    expect(page.locator(".news p")).to_be_visible()
    assert_sound(page)


@pytest.mark.slow
@pytest.mark.parametrize("look", _LOOKS)
def test_warnings_and_notices_of_a_tablet_have_no_violation(
    stage: Stage, open_survey: Callable[..., str], open_browser: OpenBrowser, look: dict[str, str]
) -> None:
    page = open_browser(800, "de", **look).new_page()
    page.clock.install()
    page.goto(f"{stage.base}/q/{open_survey()}?device=kiosk")
    answer(page)
    page.locator("footer a").first.click()
    expect(page.locator("dialog")).to_be_visible()
    assert_sound(page)
    page.clock.run_for(95_000)
    expect(page.locator("dialog output")).to_be_visible()
    assert page.locator("dialog").count() == 1
    assert_sound(page)


def test_focus_stays_where_it_is_when_nobody_asked_for_something_else(
    stage: Stage, open_survey: Callable[..., str], open_browser: OpenBrowser
) -> None:
    browser = open_browser(390)
    page = browser.new_page()
    code = open_survey()
    page.goto(f"{stage.base}/q/{code}")
    answer(page)
    browser.set_offline(offline=True)
    send(page)
    page.wait_for_selector(".waiting")
    page.close()
    again = browser.new_page()
    browser.set_offline(offline=False)
    again.goto(f"{stage.base}/q/{code}")
    again.focus("textarea[name=remarks]")
    expect(again.locator(".news")).to_contain_text("Ihre früheren Antworten")
    expect(again.locator("textarea[name=remarks]")).to_be_focused()
    focused = again.locator("textarea[name=remarks]").bounding_box()
    assert focused["y"] + focused["height"] <= again.locator(".news").bounding_box()["y"], "WCAG 2.4.11"
