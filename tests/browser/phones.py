"""What walks on a phone have in common: answering, and looking at what is stored here and there."""

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page
from sqlalchemy import func, select

from survey_app.extensions import db
from survey_app.storage.answer_tables import response, text_answer

from .conftest import Stage

KEY = "input[name=submission_key]"
WORDS = "Danke 🎉"
_STORES = """async () => [
    localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
]"""


def answer(page: Page) -> None:
    page.check("input[name=benefit][value=none]")
    page.fill("textarea[name=remarks]", WORDS)


def send(page: Page) -> None:
    page.click("form .send", no_wait_after=True)


def count_responses(stage: Stage) -> int:
    return _ask(stage, select(func.count()).select_from(response))


def count_texts(stage: Stage) -> int:
    """Return how often the words of `answer` are stored: one that lost its words is a response all the same."""
    return _ask(stage, select(func.count()).select_from(text_answer).where(text_answer.c.text == WORDS))


def _ask(stage: Stage, statement: Any) -> int:
    with stage.app.app_context():
        found = db.session.scalar(statement)
        db.session.remove()
    return int(found or 0)


def list_stores(page: Page) -> list[int]:
    """Return how much stands in each store that a page can fill, cookies apart."""
    return page.evaluate(_STORES)


def assert_nothing_left(page: Page) -> None:
    assert list_stores(page) == [0, 0, 0, 0]
    assert page.context.cookies() == []


def list_copies(page: Page) -> dict[str, str]:
    """Return the copies of answers that the device keeps."""
    return page.evaluate("() => ({...localStorage})")


def block_cookies(folder: Path) -> None:
    """Prepare the profile of a browser whose owner has forbidden every site to store anything."""
    preferences = folder / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text('{"profile": {"default_content_setting_values": {"cookies": 2}}}', encoding="utf-8")


def watch_origins(context: BrowserContext) -> set[str]:
    """Return a set that fills with every origin that pages of this browser ask for something."""
    origins: set[str] = set()
    context.on("request", lambda request: origins.add("/".join(request.url.split("/")[:3])))
    return origins
