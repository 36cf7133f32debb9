"""Sending on a bad Wi-Fi: whatever gets lost, each walk ends with one stored response, a thank-you, nothing left."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lossy_proxy import Fate, LossyProxy, lossy_proxy, random_fates
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import ARGUMENTS, Stage
from .phones import (
    KEY,
    answer,
    assert_nothing_left,
    block_cookies,
    count_responses,
    count_texts,
    list_copies,
    list_stores,
    send,
    watch_origins,
)

_SEED, _PHONES = 5, 3
_HOUR = 3_600_000
_PATIENCE = 60_000

OpenBrowser = Callable[..., BrowserContext]


@pytest.fixture
def code(open_survey: Callable[..., str]) -> str:
    return open_survey()


@pytest.fixture
def proxy(stage: Stage) -> Iterator[LossyProxy]:
    with lossy_proxy(int(stage.base.rsplit(":", 1)[1])) as running:
        yield running


def expect_thanks(page: Page) -> None:
    expect(page.locator(".done")).to_be_visible(timeout=_PATIENCE)
    page.wait_for_url("**/thanks*")


def assert_stored_once(stage: Stage) -> None:
    assert count_responses(stage) == 1
    assert count_texts(stage) == 1


@pytest.mark.parametrize("seconds", [3, pytest.param(30, marks=pytest.mark.soak)])
def test_answers_wait_and_go_by_themselves_when_offline_at_the_moment_of_sending(
    stage: Stage, code: str, open_browser: OpenBrowser, seconds: int
) -> None:
    browser = open_browser(390)
    origins = watch_origins(browser)
    page = browser.new_page()
    page.goto(f"{stage.base}/q/{code}")
    answer(page)
    assert list_stores(page) == [0, 0, 0, 0], "nothing is stored before send is pressed"
    browser.set_offline(offline=True)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Antworten sind noch unterwegs")
    assert "auf diesem Gerät" in page.inner_text(".waiting")
    assert not page.locator(".question").first.is_visible()
    assert list_stores(page) == [1, 0, 0, 0]
    page.wait_for_timeout(1000 * seconds)
    assert count_responses(stage) == 0
    browser.set_offline(offline=False)
    expect_thanks(page)
    assert_stored_once(stage)
    assert_nothing_left(page)
    assert origins == {stage.base}


def test_answers_go_with_the_next_visit_when_the_page_was_closed(
    stage: Stage, code: str, open_browser: OpenBrowser
) -> None:
    browser = open_browser(390)
    page = browser.new_page()
    page.goto(f"{stage.base}/q/{code}")
    answer(page)
    browser.set_offline(offline=True)
    send(page)
    page.wait_for_selector(".waiting")
    page.close()
    browser.set_offline(offline=False)
    later = browser.new_page()
    later.goto(f"{stage.base}/q/unknown1")
    expect(later.get_by_role("status").first).to_contain_text("Ihre früheren Antworten sind angekommen")
    assert_stored_once(stage)
    assert_nothing_left(later)
    later.locator(".close").click()
    expect(later.locator(".news")).to_be_empty()


def test_response_is_stored_once_when_its_acknowledgement_is_lost(
    stage: Stage, code: str, proxy: LossyProxy, open_browser: OpenBrowser
) -> None:
    fates = iter([Fate.DROP_RESPONSE, Fate.DROP_REQUEST, Fate.REFUSE])
    proxy.choose = lambda method, _path: next(fates, Fate.PASS) if method == "POST" else Fate.PASS
    page = open_browser(390).new_page()
    page.goto(f"{proxy.base}/q/{code}")
    answer(page)
    send(page)
    page.wait_for_selector(".waiting")
    assert count_responses(stage) == 1, "it was committed before its answer got lost"
    expect_thanks(page)
    assert [proxy.counted["POST", fate] for fate in Fate] == [1, 1, 1, 1]
    assert_stored_once(stage)
    assert_nothing_left(page)


def test_response_is_stored_once_when_the_thanks_get_lost(
    stage: Stage, code: str, proxy: LossyProxy, open_browser: OpenBrowser
) -> None:
    losses = iter([Fate.DROP_RESPONSE])
    proxy.choose = lambda _method, path: next(losses, Fate.PASS) if "/thanks" in path else Fate.PASS
    page = open_browser(390).new_page()
    page.goto(f"{proxy.base}/q/{code}")
    answer(page)
    send(page)
    expect_thanks(page)
    assert_stored_once(stage)


def test_everybody_is_thanked_once_when_half_of_everything_is_lost(
    stage: Stage, code: str, proxy: LossyProxy, open_browser: OpenBrowser
) -> None:
    proxy.choose = random_fates(_SEED, drop_request=0.25, drop_response=0.25)
    pages = [open_browser(390).new_page() for _phone in range(_PHONES)]
    for page in pages:
        page.goto(f"{proxy.base}/q/{code}")
        answer(page)
        send(page)
    for page in pages:
        expect_thanks(page)
        assert_nothing_left(page)
    assert count_responses(stage) == count_texts(stage) == len(pages)
    assert proxy.counted["POST", Fate.PASS] < sum(proxy.counted["POST", fate] for fate in Fate)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_response_is_stored_once_when_send_is_tapped_three_times(
    stage: Stage, code: str, proxy: LossyProxy, open_browser: OpenBrowser, has_scripts: bool
) -> None:
    proxy.delay = 0.3
    page = open_browser(390, java_script_enabled=has_scripts).new_page()
    page.goto(f"{proxy.base}/q/{code}")
    answer(page)
    page.locator("form .send").click(click_count=3, no_wait_after=True)
    expect_thanks(page)
    assert_stored_once(stage)


def test_form_is_not_behind_the_thanks_when_somebody_goes_back(
    stage: Stage, code: str, open_browser: OpenBrowser
) -> None:
    page = open_browser(390).new_page()
    page.goto(f"{stage.base}/")
    page.goto(f"{stage.base}/q/{code}")
    first = page.get_attribute(KEY, "value")
    answer(page)
    send(page)
    expect_thanks(page)
    page.go_back()
    assert page.url == f"{stage.base}/"
    page.go_forward()
    expect_thanks(page)
    page.click(".next")
    page.wait_for_selector(KEY, state="attached")
    assert page.get_attribute(KEY, "value") != first
    assert not page.is_checked("input[name=benefit][value=none]")
    assert_stored_once(stage)


@pytest.fixture
def forbidding(chromium: Browser, chromium_path: str, tmp_path: Path) -> Iterator[BrowserContext]:
    """Somebody whose browser lets no site store anything."""
    block_cookies(tmp_path / "profile")
    context = chromium.browser_type.launch_persistent_context(
        tmp_path / "profile", executable_path=chromium_path, args=ARGUMENTS, locale="de"
    )
    yield context
    context.close()


def test_page_asks_to_stay_open_when_nothing_may_be_stored(stage: Stage, code: str, forbidding: BrowserContext) -> None:
    page = forbidding.new_page()
    page.goto(f"{stage.base}/q/{code}")
    with pytest.raises(Exception, match="SecurityError"):
        page.evaluate("localStorage.length")
    answer(page)
    forbidding.set_offline(offline=True)
    send(page)
    expect(page.locator(".waiting")).to_contain_text("Bitte lassen Sie diese Seite so lange offen.")
    forbidding.set_offline(offline=False)
    expect_thanks(page)
    assert_stored_once(stage)


def test_copy_is_deleted_when_a_day_has_passed(stage: Stage, code: str, open_browser: OpenBrowser) -> None:
    browser = open_browser(390)
    page = browser.new_page()
    page.clock.install()
    page.goto(f"{stage.base}/q/{code}")
    answer(page)
    browser.set_offline(offline=True)
    send(page)
    page.wait_for_selector(".waiting")
    page.clock.fast_forward(23 * _HOUR)
    assert list(list_copies(page))
    page.clock.fast_forward(2 * _HOUR)
    expect(page.get_by_role("status").first).to_contain_text("gelöscht")
    assert list_stores(page) == [0, 0, 0, 0]
    assert page.is_checked("input[name=benefit][value=none]"), "what was entered is still in the form"
    browser.set_offline(offline=False)
    send(page)
    expect_thanks(page)
    assert_stored_once(stage)
