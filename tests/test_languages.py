"""Every page in every language: no German, no English, no codes where the page says it speaks something else."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawling import Page, Walk, open_page, read_page, send_empty
from databases import SECRET, SqliteDatabases
from factories import make_collector, standard_questionnaire
from flask import Flask
from flask.testing import FlaskClient
from judging_words import Judge
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app import create_app
from survey_app.config import Settings
from survey_app.extensions import db
from survey_app.services.collecting import enter
from survey_app.storage.account_tables import AccountRow
from survey_app.web.catalogues import interface_languages, staff_languages

CLOSE = "ar"
"""Looked at in every run: what breaks in one language mostly breaks in all, another script shows it best."""

LANGUAGES = tuple(tag for tag in staff_languages() if not tag.startswith("de"))
ADDED = tuple(tag for tag in interface_languages() if tag not in staff_languages())


class House:
    """The demonstration, and visitors of it."""

    def __init__(self, folder: Path, databases: SqliteDatabases) -> None:
        self.app = create_app(
            Settings(secret_key=SECRET, database_url=databases.fresh(folder)), instance_path=str(folder)
        )
        self.app.testing = True
        self.app.config["PROPAGATE_EXCEPTIONS"] = False
        result = self.app.test_cli_runner().invoke(args=["demo"])
        assert result.exit_code == 0, result.output
        self.demo = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
        with self.app.app_context():
            self._open_more(db.session())

    def _open_more(self, session: Session) -> None:
        """Open surveys of other kinds beside that of the demonstration: with cards for few people, and tomorrow."""
        entry = enter(session, self.demo["open_collector"]["code"])
        likeness = {name: getattr(entry.collector, name) for name in ("meeting_id", "version_id", "languages")}
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        self.closed_group = make_collector(session, entry.network, needs_ticket=True, expected_count=4, **likeness).code
        self.later = make_collector(session, entry.network, opens_at=tomorrow, **likeness).code

    def visit(self, role: str = "") -> FlaskClient:
        """Return a browser, signed in if a role is named."""
        browser = FlaskClient(self.app, self.app.response_class, use_cookies=True)
        if role:
            email = next(account["email"] for account in self.demo["accounts"] if account["role"] == role)
            with self.app.app_context():
                person = db.session.scalars(select(AccountRow).where(AccountRow.email == email)).one().fs_uniquifier
            with browser.session_transaction() as session:
                session["_user_id"] = person
                session["_fresh"] = True
        return browser

    @property
    def public(self) -> list[str]:
        """Return where people without an account begin, refusals among it."""
        code, past = self.demo["open_collector"]["code"], self.demo["past_collectors"][0]["code"]
        surveys = [f"/q/{code}", f"/q/{code}/thanks", f"/q/{code}?device=kiosk", f"/q/{past}", "/q/zzzzzz"]
        return ["/", "/?code=!!", *surveys, "/imprint", "/nothing-here", "/login", "/reset"]

    @property
    def inside(self) -> list[str]:
        """Return where people with an account begin."""
        return [f"/n/{self.demo['network']}/", "/networks", "/change", f"/n/{self.demo['network']}/nothing-here"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, sqlite_databases: SqliteDatabases) -> Iterator[House]:
    found = House(tmp_path_factory.mktemp("languages"), sqlite_databases)
    yield found
    with found.app.app_context():
        db.engine.dispose()


def judge_of(tag: str) -> Judge:
    questionnaire = standard_questionnaire()
    texts = [*questionnaire.texts.values()]
    for item in questionnaire.items:
        texts += [item.texts, *(choice.texts for choice in item.options)]
    german = frozenset(text["de"] for text in texts if len(text.get("de", "")) > 3)
    own = frozenset(text[tag] for text in texts if tag in text)
    return Judge(tag, german - own, own)


def walk(app: Flask, browser: FlaskClient, starts: list[str], language: str) -> Iterator[Page]:
    """Yield all kinds of pages, and what forms answer when nothing was entered."""
    for page in Walk(app, most=1).pages(browser, starts, language):
        assert page.status < 500, page.address
        yield page
        for form in page.forms:
            answer = send_empty(browser, page, form, language) if form.method == "post" and form.fields else None
            if answer is not None:
                assert answer.status < 500, answer.address
                yield answer


def list_strangers(house: House, role: str, starts: list[str], tag: str) -> list[str]:
    judge = judge_of(tag)
    pages = list(walk(house.app, house.visit(role), starts, tag))
    assert {page.language for page in pages} == {tag}
    return [line for page in pages for line in judge.list_strangers(page)]


def ensure_one_language(house: House, role: str, tag: str) -> None:
    strangers = list_strangers(house, role, house.inside if role else house.public, tag)
    assert not strangers, "\n".join(strangers)


@pytest.mark.parametrize("role", ["", "viewer", "network_admin", "system_admin"])
def test_pages_speak_one_language(house: House, role: str) -> None:
    ensure_one_language(house, role, CLOSE)


@pytest.mark.soak
@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != CLOSE])
@pytest.mark.parametrize("role", ["", "viewer", "network_admin"])
def test_pages_speak_one_language_in_all_others(house: House, role: str, tag: str) -> None:
    ensure_one_language(house, role, tag)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_refusals_speak_one_language(house: House, tag: str) -> None:
    judge, browser = judge_of(tag), house.visit()
    code, past = house.demo["open_collector"]["code"], house.demo["past_collectors"][0]["code"]
    forms = [
        {"remarks": "x" * 2_100, "attendance_count": "unheard_of", "submission_key": "k" * 22},
        {"remarks": "x" * 70_000},
        {"remarks": "ok"},
        {"impulses": "yes", "submission_key": "k" * 22},
        {"attendance_count": ["once", "no_answer"], "topics_wanted.other": "x" * 300, "submission_key": "k" * 22},
    ]
    pages = [
        open_page(browser, f"/q/{other}?lang={tag}", tag) for other in (house.closed_group, house.later, past, "zzzz")
    ]
    pages.append(open_page(browser, f"/q/{house.closed_group}?lang={tag}&ticket=AAAAA-AAAAA", tag))
    for survey in (code, house.closed_group, house.later, past):
        for form in forms:
            answer = browser.post(f"/q/{survey}?lang={tag}", data={**form, "lang": tag})
            if answer.status_code >= 400:
                pages.append(read_page(answer.get_data(as_text=True), f"/q/{survey}", answer.status_code))
    assert {page.status for page in pages if page} >= {400, 403, 404, 410, 413}
    assert {page.language for page in pages if page and past not in page.address} == {tag}
    strangers = [line for page in pages if page for line in judge.list_strangers(page)]
    assert not strangers, "\n".join(strangers)


@pytest.mark.parametrize("tag", ADDED)
def test_pages_for_participants_speak_added_languages(house: House, tag: str) -> None:
    judge, browser = judge_of(tag), house.visit()
    frame = ["/", "/?code=!!", "/q/zzzzzz", "/nothing-here"]
    notices = [f"/{kind}/{house.demo['network']}" for kind in ("imprint", "privacy", "accessibility", "feedback")]
    pages = [open_page(browser, address, tag) for address in (*frame, *notices)]
    assert [page.language for page in pages if page] == [tag] * len(pages)
    assert [line for page in pages if page for line in judge.list_strangers(page)] == []


@pytest.mark.parametrize("tag", ADDED)
def test_where_people_sign_in_added_languages_are_not_offered(house: House, tag: str) -> None:
    for role, address in (("", "/login"), ("coordinator", house.inside[0])):
        page = open_page(house.visit(role), f"{address}?lang={tag}", tag)
        assert page is not None
        assert page.language == "de"
        assert tag not in {words.language for words in page.words}
