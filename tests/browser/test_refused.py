"""Answers that can no longer be stored stay readable; a server in trouble is asked again, less and less often."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from lossy_proxy import Fate, LossyProxy, lossy_proxy
from playwright.sync_api import BrowserContext, Page, expect

from survey_app.extensions import db
from survey_app.services import housekeeping

from .conftest import Stage
from .phones import WORDS, answer, assert_nothing_left, count_responses, list_stores, send

_EARLIER = "Ihre früheren Antworten konnten nicht gespeichert werden."

OpenBrowser = Callable[..., BrowserContext]


@pytest.fixture
def code(open_survey: Callable[..., str]) -> str:
    return open_survey()


@pytest.fixture
def proxy(stage: Stage) -> Iterator[LossyProxy]:
    with lossy_proxy(int(stage.base.rsplit(":", 1)[1])) as running:
        yield running


def send_offline(page: Page, address: str) -> None:
    page.goto(address)
    answer(page)
    page.context.set_offline(offline=True)
    send(page)
    page.wait_for_selector(".waiting")


def seal(stage: Stage, code: str) -> None:
    with stage.app.app_context():
        session, now, network_id = db.session(), datetime.now(UTC), stage.network.id
        housekeeping.close_collector(session, code, network_id=network_id, now=now)
        housekeeping.seal_collector(session, code, network_id=network_id, now=now, grace=timedelta(0))
        db.session.remove()


def test_answers_can_be_copied_when_the_survey_was_sealed_in_the_meantime(
    stage: Stage, code: str, open_browser: OpenBrowser
) -> None:
    page = open_browser(390).new_page()
    send_offline(page, f"{stage.base}/q/{code}")
    assert list_stores(page) == [1, 0, 0, 0]
    seal(stage, code)
    page.context.set_offline(offline=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Umfrage ist beendet", timeout=20_000)
    assert WORDS in page.inner_text("dl")
    assert count_responses(stage) == 0
    assert_nothing_left(page)


def test_refused_answers_can_be_read_when_their_page_is_long_closed(
    stage: Stage, code: str, open_survey: Callable[..., str], open_browser: OpenBrowser
) -> None:
    browser = open_browser(390)
    page = browser.new_page()
    send_offline(page, f"{stage.base}/q/{code}")
    page.close()
    seal(stage, code)
    browser.set_offline(offline=False)
    later = browser.new_page()
    later.goto(f"{stage.base}/q/{open_survey()}")
    expect(later.locator(".news")).to_contain_text(_EARLIER)
    assert list_stores(later) == [0, 0, 0, 0]
    later.get_by_role("button", name="Ansehen").click()
    assert WORDS in later.inner_text("dl")
    assert count_responses(stage) == 0


def test_mistakes_are_shown_at_their_fields_when_the_answers_do_not_fit(
    stage: Stage, code: str, open_browser: OpenBrowser
) -> None:
    page = open_browser(390).new_page()
    page.goto(f"{stage.base}/q/{code}")
    for name in ("language_education", "transitions", "clubs", "parents"):
        page.check(f"[name=topics_wanted][value={name}]")
    send(page)
    expect(page.locator(".summary")).to_be_focused()
    assert page.title().startswith("Fehler: ")
    assert list_stores(page) == [0, 0, 0, 0]
    page.uncheck("[name=topics_wanted][value=parents]")
    expect(page.locator(".progress")).to_contain_text("1 von 15")
    send(page)
    page.wait_for_selector(".done")
    assert count_responses(stage) == 1


def test_portal_of_the_wifi_is_not_mistaken_for_the_survey(
    stage: Stage, code: str, proxy: LossyProxy, open_browser: OpenBrowser
) -> None:
    statuses = iter([403, 200, 511])

    def choose(method: str, _path: str) -> Fate:
        proxy.refusal = next(statuses, 0) if method == "POST" else 0
        return Fate.REFUSE if proxy.refusal else Fate.PASS

    proxy.choose = choose
    page = open_browser(390).new_page()
    page.goto(f"{proxy.base}/q/{code}")
    answer(page)
    send(page)
    page.wait_for_selector(".waiting")
    expect(page.locator(".done")).to_be_visible(timeout=60_000)
    assert proxy.counted["POST", Fate.REFUSE] == 3
    assert count_responses(stage) == 1
    assert_nothing_left(page)


def test_pauses_grow_when_the_server_stays_in_trouble(
    stage: Stage, code: str, proxy: LossyProxy, open_browser: OpenBrowser
) -> None:
    page = open_browser(390).new_page()
    page.clock.install()
    page.goto(f"{proxy.base}/q/{code}")
    proxy.choose = lambda method, _path: Fate.REFUSE if method == "POST" else Fate.PASS
    answer(page)
    send(page)
    page.wait_for_selector(".waiting")
    for _second in range(300):
        page.clock.run_for(1_000)
        page.wait_for_timeout(10)
    tried = proxy.counted["POST", Fate.REFUSE]
    # 1 + 2 + 4 + … + 60 + 60 …, each times 0.5 to 1.5, in five minutes.
    assert 6 <= tried <= 16
    proxy.choose = lambda _method, _path: Fate.PASS
    page.get_by_role("button", name="Jetzt noch einmal versuchen").click()
    page.wait_for_selector(".done")
    assert count_responses(stage) == 1
