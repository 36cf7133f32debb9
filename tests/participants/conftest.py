"""What the tests of this door share: a phone that reads pages as a person would, and looks into the database."""

import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from factories import make_collector, make_meeting
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from survey_app.domain.collector import Collector
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Questionnaire
from survey_app.extensions import db
from survey_app.participants import kept
from survey_app.services import designing
from survey_app.storage.answer_tables import language_tick, response, text_answer
from survey_app.storage.responses import iterate_responses


class Page:
    """A page as it stands in the browser."""

    def __init__(self, answer: TestResponse) -> None:
        self.status = answer.status_code
        self.headers = answer.headers
        self.text = answer.get_data(as_text=True)
        self.root = html5lib.parse(self.text, namespaceHTMLElements=False)

    def all(self, path: str) -> list[Any]:
        return self.root.findall(f".//{path}")

    def one(self, path: str) -> Any:
        found = self.all(path)
        assert len(found) == 1, f"{len(found)} × {path}"
        return found[0]

    def words(self, path: str) -> str:
        return " ".join("".join(self.one(path).itertext()).split())

    @property
    def everything(self) -> str:
        return " ".join("".join(self.root.itertext()).split())

    @property
    def foreign_scripts(self) -> list[Any]:
        """Return the scripts that are not the one of this door."""
        own = re.compile(r"/script/[0-9a-f]{16}\.js")
        scripts = self.all("script")
        return [found for found in scripts if not own.fullmatch(found.get("src", "")) or "".join(found.itertext())]

    @property
    def fields(self) -> dict[str, list[str]]:
        """Return what the browser would send if the person pressed send now."""
        sent: dict[str, list[str]] = {}
        for element in self.all("form[@method='post']//*"):
            name, kind = element.get("name"), element.get("type")
            if not name or element.tag == "button":
                continue
            if kind in ("radio", "checkbox") and element.get("checked") is None:
                continue
            value = element.text or "" if element.tag == "textarea" else element.get("value", "")
            sent.setdefault(name, []).append(value)
        return sent

    @property
    def answers(self) -> dict[str, list[str]]:
        """Return the filled fields without the hidden ones."""
        frame = ("submission_key", "lang")
        return {name: values for name, values in self.fields.items() if name not in frame and any(values)}


class Phone:
    """Somebody with a phone: no cookies kept, no script run."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client(use_cookies=False)

    def open(self, address: str, **headers: str) -> Page:
        return Page(self.client.get(address, headers=headers))

    def send(self, code: str, fields: dict[str, Any], **headers: str) -> Page:
        return Page(self.client.post(f"/q/{code}", data=fields, headers=headers))


@pytest.fixture
def phone(app: Flask) -> Phone:
    return Phone(app)


@pytest.fixture
def bare(app: Flask) -> FlaskClient:
    """Return a client that does not read the pages it gets: for many of them."""
    return FlaskClient(app, app.response_class, use_cookies=False)


@pytest.fixture
def stored(session: Session, collector: Collector) -> Callable[[], list[dict[str, Any]]]:
    """Return a function that gives the closed answers of every stored response."""

    def read() -> list[dict[str, Any]]:
        session.rollback()
        return list(iterate_responses(session.connection(), collector.id))

    return read


@pytest.fixture
def stored_texts(session: Session) -> Callable[[], dict[str, str]]:
    def read() -> dict[str, str]:
        session.rollback()
        return dict(session.execute(select(text_answer.c.item, text_answer.c.text)).all())

    return read


@pytest.fixture
def stored_languages(session: Session) -> Callable[[], list[str]]:
    def read() -> list[str]:
        session.rollback()
        return list(session.scalars(select(language_tick.c.language)))

    return read


@pytest.fixture
def count_stored(session: Session) -> Callable[[], int]:
    """Return a function that counts the responses of every collector."""

    def count() -> int:
        session.rollback()
        return len(session.execute(select(response.c.collector_id)).all())

    return count


@pytest.fixture
def without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every request see the collector as it is now."""
    monkeypatch.setattr(kept, "FRESH_SECONDS", 0.0)


@pytest.fixture
def queries(app: Flask, session: Session) -> list[str]:
    """Return a list that grows by every statement the database gets."""
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: seen.append(statement))
    return seen


@pytest.fixture
def open_survey(session: Session, network: Network) -> Callable[..., Collector]:
    """Return a function that opens a survey with a questionnaire of one's own."""

    def make(questionnaire: Questionnaire, **values: Any) -> Collector:
        values.setdefault("languages", questionnaire.languages)
        now = values.pop("published_at")
        version = designing.publish_questionnaire(session, questionnaire, network_id=network.id, now=now)
        return make_collector(session, network, version_id=version, meeting_id=make_meeting(session, network), **values)

    return make


@pytest.fixture
def only_sqlite(database_kind: str) -> None:
    if database_kind != "sqlite":
        pytest.skip("a lock on the file and a file that is full are SQLite's affair")
