"""The express lane answers exactly as the usual way would, for as long as it may, and never longer."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from factories import make_collector
from flask import Flask
from werkzeug.test import Client, TestResponse

from survey_app.domain.collector import Collector
from survey_app.participants import kept
from survey_app.services import housekeeping

_KEY = re.compile(rb'name="submission_key" value="([A-Za-z0-9_-]{22})"')


@pytest.fixture
def counted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths that Flask itself had to answer."""
    seen: list[str] = []
    original = app.full_dispatch_request
    monkeypatch.setattr(app, "full_dispatch_request", lambda: seen.append("asked") or original())
    monkeypatch.setattr(kept, "FRESH_SECONDS", 60)
    return seen


def fetch(app: Flask, path: str, **headers: str) -> TestResponse:
    return Client(app).get(path, headers={"Accept-Encoding": "identity"} | headers)


def test_second_visitor_meets_no_framework_and_gets_a_key_of_their_own(app, collector, counted):
    first, second = (fetch(app, f"/q/{collector.code}") for _ in range(2))
    while len(counted) > 1:  # the order of shuffled choices may not have been rendered yet
        counted.clear()
        second = fetch(app, f"/q/{collector.code}")
    keys = {_KEY.search(answer.data).group(1) for answer in (first, second)}
    assert len(keys) == 2
    assert dict(second.headers) == dict(first.headers)
    assert int(second.headers["Content-Length"]) == len(second.data)


@pytest.mark.parametrize("headers", [{"Accept-Language": "ar"}, {"Accept-Encoding": "gzip"}])
def test_other_wishes_are_not_answered_with_a_kept_page(app, collector, counted, headers):
    fetch(app, f"/q/{collector.code}")
    counted.clear()
    answer = fetch(app, f"/q/{collector.code}", **headers)
    assert counted == ["asked"]
    assert answer.headers["Content-Language"] == headers.get("Accept-Language", "de")


def test_kept_page_ends_with_the_survey(app, session, network, counted):
    end = datetime.now(UTC) + timedelta(hours=1)
    collector = make_collector(session, network, closes_at=end)
    for _visitor in range(12):
        assert fetch(app, f"/q/{collector.code}").status_code == 200
    memory = app.extensions["participants"]
    moment, entry = memory.entries.find(collector.code)
    ended = replace(entry, collector=replace(entry.collector, closes_at=datetime.now(UTC)))
    memory.entries.keep(collector.code, (moment, ended))
    for key in list(memory.passages._values):
        memory.passages.keep(key, replace(memory.passages.find(key), entry=ended))
    assert fetch(app, f"/q/{collector.code}").status_code == 410


def test_closing_is_seen_when_the_survey_is_no_longer_fresh(app, session, network, collector: Collector, monkeypatch):
    monkeypatch.setattr(kept, "FRESH_SECONDS", 0)
    assert fetch(app, f"/q/{collector.code}").status_code == 200
    housekeeping.close_collector(session, collector.code, network_id=network.id, now=datetime.now(UTC))
    assert fetch(app, f"/q/{collector.code}").status_code == 410


def test_thanks_are_kept_while_the_survey_is_open(app, collector, counted):
    first, second = (fetch(app, f"/q/{collector.code}/thanks?lang=tr") for _ in range(2))
    assert counted == ["asked"]
    assert (first.data, dict(first.headers)) == (second.data, dict(second.headers))
    assert second.headers["Cache-Control"] == "no-store"


def test_nothing_else_is_kept(app, collector, counted):
    for path in ("/q/unknown1", f"/q/{collector.code}/qr.svg", "/"):
        for _visitor in range(2):
            fetch(app, path)
    assert len(counted) == 6
    assert app.extensions["participants"].passages.find(("/q/unknown1", "", "", "identity")) is None
