"""Devices that are not one's own: nothing of a person is left for the next one; a tablet at the door begins anew."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from survey_app.domain.collector import Device
from survey_app.extensions import db
from survey_app.services import housekeeping

from .conftest import Stage
from .phones import KEY, answer, assert_nothing_left, count_responses, count_texts, list_stores, send

_BENEFIT = "input[name=benefit][value=none]"

OpenBrowser = Callable[..., BrowserContext]


def key_of(page: Page) -> str:
    return page.get_attribute(KEY, "value") or ""


def expect_blank(page: Page, language: str = "de") -> None:
    expect(page.locator("form[data-send]")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert not page.locator("input:checked").count()
    assert page.input_value("textarea[name=remarks]") == ""


@pytest.fixture
def tablet(stage: Stage, open_survey: Callable[..., str], open_browser: OpenBrowser) -> Page:
    """A tablet at the door, opened by the address that the survey's page names; its clock is ours."""
    page = open_browser(800).new_page()
    page.clock.install()
    page.goto(f"{stage.base}/q/{open_survey()}?device=kiosk")
    return page


@pytest.mark.parametrize("device", [Device.SHARED, Device.KIOSK])
def test_nothing_is_stored_when_the_device_is_not_ones_own(
    stage: Stage, open_survey: Callable[..., str], open_browser: OpenBrowser, device: Device
) -> None:
    browser = open_browser(800)
    page = browser.new_page()
    page.goto(f"{stage.base}/q/{open_survey(device=device)}")
    answer(page)
    browser.set_offline(offline=True)
    send(page)
    waiting = page.locator(".waiting")
    expect(waiting).to_contain_text("werden von selbst gesendet")
    assert "auf diesem Gerät" not in waiting.inner_text()
    assert ("so lange offen" in waiting.inner_text()) is (device is Device.SHARED)
    assert list_stores(page) == [0, 0, 0, 0]
    browser.set_offline(offline=False)
    expect(page.locator(".done")).to_be_visible(timeout=20_000)
    assert count_responses(stage) == count_texts(stage) == 1
    assert_nothing_left(page)


def test_nobody_sees_earlier_answers_when_going_back_on_a_shared_device(
    stage: Stage, open_survey: Callable[..., str], open_browser: OpenBrowser
) -> None:
    page = open_browser(800).new_page()
    page.goto(f"{stage.base}/")
    page.goto(f"{stage.base}/q/{open_survey(device=Device.SHARED)}")
    answer(page)
    page.click("[name=switch_language][value=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.is_checked(_BENEFIT)
    assert page.evaluate("document.activeElement.value") == "en"
    send(page)
    page.wait_for_selector(".done")
    page.go_back()
    assert page.url == f"{stage.base}/"
    page.go_forward()
    page.wait_for_selector(".done")


def test_typed_answers_are_gone_when_a_shared_device_comes_back_to_the_page(
    stage: Stage, open_survey: Callable[..., str], open_browser: OpenBrowser
) -> None:
    page = open_browser(800).new_page()
    page.goto(f"{stage.base}/q/{open_survey(device=Device.SHARED)}")
    answer(page)
    page.goto(f"{stage.base}/")
    page.go_back()
    expect_blank(page)


def test_notices_open_above_the_form_and_keep_what_is_entered(tablet: Page) -> None:
    answer(tablet)
    address = tablet.url
    tablet.locator("footer a").nth(1).click()
    dialog = tablet.get_by_role("dialog", name="Datenschutz")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Kein Name, keine Adresse")
    assert tablet.evaluate("document.activeElement.tagName") == "H1"
    dialog.get_by_role("button", name="Schließen").click()
    expect(dialog).to_have_count(0)
    assert tablet.is_checked(_BENEFIT)
    assert tablet.url == address


def test_next_person_finds_a_fresh_form_when_somebody_has_answered(stage: Stage, tablet: Page) -> None:
    keys = [key_of(tablet)]
    answer(tablet)
    send(tablet)
    tablet.wait_for_selector(".done")
    expect(tablet.locator("main")).to_contain_text("beginnt gleich von selbst von vorn")
    tablet.clock.run_for(16_000)
    expect_blank(tablet)
    keys.append(key_of(tablet))
    answer(tablet)
    send(tablet)
    tablet.click("a.next")
    expect_blank(tablet)
    keys.append(key_of(tablet))
    assert len(set(keys)) == 3
    assert {len(key) for key in keys} == {22}
    assert count_responses(stage) == count_texts(stage) == 2
    assert_nothing_left(tablet)


def test_page_begins_anew_when_somebody_has_gone_away(tablet: Page) -> None:
    first = key_of(tablet)
    answer(tablet)
    tablet.click("[name=switch_language][value=ar]")
    expect(tablet.locator("html")).to_have_attribute("dir", "rtl")
    tablet.clock.run_for(80_000)
    assert tablet.locator("dialog").count() == 0
    tablet.clock.run_for(11_000)
    warning = tablet.get_by_role("dialog", name="هل ما زلتم هنا؟")
    expect(warning).to_be_visible()
    assert int(warning.locator("output").inner_text()) >= 20, "at least 20 seconds to react (WCAG 2.2.1)"
    warning.get_by_role("button").click()
    expect(warning).to_have_count(0)
    assert tablet.is_checked(_BENEFIT)
    tablet.clock.run_for(121_000)
    expect(tablet.locator("dialog")).to_have_count(0)
    expect_blank(tablet)
    assert tablet.locator("html").get_attribute("dir") == "ltr"
    assert key_of(tablet) != first
    assert_nothing_left(tablet)


def test_any_key_is_enough_to_stay(tablet: Page) -> None:
    answer(tablet)
    for _time in range(10):
        tablet.clock.run_for(100_000)
        expect(tablet.locator("dialog output")).to_be_visible()
        tablet.keyboard.press("Shift")
        expect(tablet.locator("dialog")).to_have_count(0)
    assert tablet.is_checked(_BENEFIT)


def test_nobody_is_disturbed_when_nothing_was_entered(tablet: Page) -> None:
    key = key_of(tablet)
    tablet.clock.run_for(600_000)
    assert tablet.locator("dialog").count() == 0
    assert key_of(tablet) == key


def test_tablet_goes_on_when_there_is_no_connection(stage: Stage, tablet: Page) -> None:
    tablet.context.set_offline(offline=True)
    for _person in range(2):
        answer(tablet)
        send(tablet)
        tablet.wait_for_selector(".waiting")
        tablet.clock.run_for(16_000)
        expect_blank(tablet)
        assert list_stores(tablet) == [0, 0, 0, 0]
    tablet.context.set_offline(offline=False)
    for _second in range(60):
        tablet.clock.run_for(1_000)
        if count_responses(stage) == 2:
            break
    assert count_responses(stage) == count_texts(stage) == 2
    expect_blank(tablet)
    expect(tablet.locator(".news")).to_be_empty()


def test_tablet_says_that_the_survey_is_closed_when_it_begins_anew(stage: Stage, tablet: Page) -> None:
    code = tablet.url.split("/q/")[1].split("?")[0]
    answer(tablet)
    send(tablet)
    tablet.wait_for_selector(".done")
    with stage.app.app_context():
        now = datetime.now(UTC)
        housekeeping.close_collector(db.session(), code, network_id=stage.network.id, now=now)
        db.session.remove()
    tablet.wait_for_timeout(1_100)
    tablet.clock.run_for(16_000)
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Diese Umfrage ist beendet")
