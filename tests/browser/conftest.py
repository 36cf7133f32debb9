"""What browser tests share: a real Chromium, a live server, people in front of it."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import which

import pytest
from compiled_templates import TEMPLATES
from databases import SECRET
from factories import PASSWORD, freiburg_goals, make_collector, make_network, publish_standard
from flask import Flask
from flask_security import hash_password
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from survey_app import create_app
from survey_app.config import Settings
from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.extensions import db
from survey_app.services import accounts, designing

from factories import NOW  # isort: skip

_NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder: it drives a browser."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    executable = next(filter(None, map(which, _NAMES)), None)
    if executable is None and os.environ.get("CI") == "true":
        pytest.fail("no Chromium on this machine")
    if executable is None:
        pytest.skip("no Chromium on this machine; install the package 'chromium'")
    return executable


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Stage:
    """A served application with one network that has goals and the standard questionnaire."""

    app: Flask
    base: str
    network: Network
    version_id: int

    @property
    def root(self) -> str:
        """Return the address below which the network's pages lie."""
        return f"{self.base}/n/{self.network.slug}"


@pytest.fixture
def stage(database_url: str, tmp_path: Path) -> Iterator[Stage]:
    """Serve the application on a free port, in threads of this process."""
    settings = Settings(secret_key=SECRET, database_url=database_url)
    server = make_server("127.0.0.1", 0, Flask("not yet"), threaded=True)
    base = f"http://127.0.0.1:{server.server_port}"
    app = create_app(replace(settings, base_url=base), instance_path=str(tmp_path))
    app.jinja_env.bytecode_cache = TEMPLATES
    server.app = app
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with app.app_context():
        session = db.session()
        network = make_network(session)
        version_id = publish_standard(session, network)
        designing.publish_goal_system(session, freiburg_goals(), network_id=network.id, now=NOW)
        hashed = hash_password(PASSWORD)
        for role in (Role.VIEWER, Role.COORDINATOR, Role.NETWORK_ADMIN):
            accounts.create_account(
                session,
                email=f"{role}@example.org",
                password=PASSWORD,
                hash_password=lambda _password: hashed,
                network_id=network.id,
                role=role,
            )
        db.session.remove()
    yield Stage(app, base, network, version_id)
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def open_browser(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a browser of its own: width, language, light."""
    contexts: list[BrowserContext] = []

    def open_one(width: int = 1280, language: str = "de", **options: object) -> BrowserContext:
        context = chromium.new_context(viewport={"width": width, "height": 844}, locale=language, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def open_survey(stage: Stage) -> Callable[..., str]:
    """Return a function that opens a survey and gives its code."""

    def open_one(**values: object) -> str:
        with stage.app.app_context():
            collector = make_collector(db.session(), stage.network, version_id=stage.version_id, **values)
            db.session.remove()
        return collector.code

    return open_one


def sign_in(page: Page, base: str, role: Role) -> None:
    """Sign in through the page, as a person does."""
    page.goto(f"{base}/login")
    page.fill("input[name=email]", f"{role}@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url(lambda address: "/login" not in address)
